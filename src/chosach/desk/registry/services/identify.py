"""Note the identifiers of new listings, and join channels that share one exactly.

Deterministic and replaceable: every join is a row with its evidence, made by the method named in `METHOD`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from chosach.desk.registry import identifiers
from chosach.desk.registry.apart import are_apart
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Identifier, Join, Listing, Sighting, Trader

CHUNK = 500
METHOD = "shared-identifier/1"
#: Kinds that join. An address doesn't: a market hall holds a hundred honest sellers.
JOINING = frozenset(
    {identifiers.PHONE, identifiers.ACCOUNT, identifiers.TAX_CODE, identifiers.EMAIL, identifiers.DOMAIN, identifiers.SOCIAL}
)
#: An identifier on more channels than this is a hotline or a platform's own: it joins nobody.
MOST_CHANNELS = 20


@dataclass(frozen=True)
class Joined:
    """One trader that was joined to another, and why: what the ledger says of it."""

    kept: UUID
    gone: UUID
    ground: str
    evidence: tuple[str, UUID]
    kind: str = ""


def identify(listings: Sequence[Listing]) -> list[Joined]:
    """Note identifiers of these listings; returns the traders that were joined to another by them."""
    seen = _read(listings)
    if not seen:
        return []
    held = _identifiers(seen)
    new = _sightings(seen, held)
    return _join({sighting.identifier_id for sighting in new if sighting.identifier.kind in JOINING})


def _read(listings: Sequence[Listing]) -> dict[tuple[str, UUID], tuple[str, str, Listing, str]]:
    """(digest, channel) → (kind, value, first listing, field)."""
    seen: dict[tuple[str, UUID], tuple[str, str, Listing, str]] = {}
    for listing in listings:
        if listing.channel_id is None:
            continue
        for name, text in (("title", listing.title), ("description", listing.description)):
            for found in identifiers.find(text):
                key = (identifiers.digest(found.kind, found.value), listing.channel_id)
                seen.setdefault(key, (found.kind, found.value[:300], listing, name))
    return seen


def _identifiers(seen: dict[tuple[str, UUID], tuple[str, str, Listing, str]]) -> dict[str, Identifier]:
    wanted = {digest: (kind, value) for (digest, _), (kind, value, _, _) in seen.items()}
    held = _by_digest(list(wanted))
    new = [Identifier(kind=kind, value=value, digest=digest) for digest, (kind, value) in wanted.items() if digest not in held]
    Identifier.objects.bulk_create(new, batch_size=CHUNK)
    return held | {identifier.digest: identifier for identifier in new}


def _by_digest(digests: Sequence[str]) -> dict[str, Identifier]:
    held: dict[str, Identifier] = {}
    for start in range(0, len(digests), CHUNK):
        held.update((row.digest, row) for row in Identifier.objects.filter(digest__in=digests[start : start + CHUNK]))
    return held


def _sightings(seen: dict[tuple[str, UUID], tuple[str, str, Listing, str]], held: dict[str, Identifier]) -> list[Sighting]:
    known: set[tuple[UUID, UUID]] = set()
    ids = [identifier.id for identifier in held.values()]
    for start in range(0, len(ids), CHUNK):
        known.update(Sighting.objects.filter(identifier__in=ids[start : start + CHUNK]).values_list("identifier_id", "channel_id"))
    new = [
        Sighting(identifier=held[digest], channel_id=channel, listing=listing, field=name)
        for (digest, channel), (_, _, listing, name) in seen.items()
        if (held[digest].id, channel) not in known
    ]
    Sighting.objects.bulk_create(new, batch_size=CHUNK)
    return new


def _join(touched: set[UUID]) -> list[Joined]:
    """Join the channels of each identifier that now stands on several; the trader known first keeps its id."""
    joined: list[Joined] = []
    ids = list(touched)
    for start in range(0, len(ids), CHUNK):
        shared = (
            Identifier.objects.filter(id__in=ids[start : start + CHUNK])
            .annotate(channels=Count("sightings"))
            .filter(channels__gt=1, channels__lte=MOST_CHANNELS)
            .order_by("digest")
        )
        for identifier in shared:
            joined += _join_by(identifier)
    return joined


def _join_by(identifier: Identifier) -> list[Joined]:
    channels = list(
        Channel.objects.filter(sightings__identifier=identifier).select_related("trader").order_by("trader__created_at", "trader_id", "id")
    )
    first = channels[0]
    joined: list[Joined] = []
    linked = set(Join.objects.filter(identifier=identifier).values_list("first_id", "second_id"))
    for second in channels[1:]:
        if (first.id, second.id) in linked or (second.id, first.id) in linked:
            continue
        if second.trader_id != first.trader_id and are_apart(first.trader_id, second.trader_id):
            continue  # a person has said that they are two: what they share is a tie between them, no more
        Join.objects.create(
            trader=first.trader, first=first, second=second, ground=Join.Ground.IDENTIFIER, identifier=identifier, method=METHOD
        )
        if second.trader_id != first.trader_id and merge(second.trader, first.trader):
            joined.append(Joined(first.trader_id, second.trader_id, Join.Ground.IDENTIFIER, ("identifier", identifier.id), identifier.kind))
    return joined


def join_by_listing(moves: Sequence[tuple[Channel, Channel, Listing]]) -> list[Joined]:
    """A listing whose seller nobody named turns out to be a named seller's: join the nameless channel to the named one."""
    joined: list[Joined] = []
    for nameless, named, listing in moves:
        Join.objects.create(
            trader_id=named.trader_id, first=named, second=nameless, ground=Join.Ground.SAME_LISTING, listing=listing, method=METHOD
        )
        if nameless.trader_id != named.trader_id and merge(nameless.trader, named.trader):
            joined.append(Joined(named.trader_id, nameless.trader_id, Join.Ground.SAME_LISTING, ("listing", listing.id)))
    return joined


def merge(gone: Trader, kept: Trader) -> bool:
    """Move everything of one trader to another. The one that goes stays as a pointer; False if it had gone already."""
    gone.refresh_from_db(fields=["merged_into"])
    if gone.merged_into_id is not None:
        return False
    Channel.objects.filter(trader=gone).update(trader=kept)
    Join.objects.filter(trader=gone).update(trader=kept)
    Trader.objects.filter(merged_into=gone).update(merged_into=kept)
    Trader.objects.filter(id=gone.id).update(merged_into=kept)
    return True


def refold(trader: Trader, channel_names: Iterable[str]) -> str:
    """A trader's search column: its own name and those of its channels."""
    return fold(" ".join(dict.fromkeys([trader.name, *channel_names])))
