"""Note the identifiers of new listings, with where they were first seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chosach.desk.registry import identifiers
from chosach.desk.registry.common import JOINING
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Identifier, Listing, Picture, Sighting, Trader

CHUNK = 500
PICTURE = "picture"


@dataclass(frozen=True)
class Seen:
    """One identifier on a channel: its kind and one form, and where it was first seen."""

    kind: str
    value: str
    listing: Listing
    field: str
    picture: Picture | None = None


#: (digest, channel) → what was seen.
AllSeen = Mapping[tuple[str, UUID], Seen]


def identify(listings: Sequence[Listing]) -> set[UUID]:
    """Note identifiers in the texts of these listings; returns those that now stand on one channel more and may join."""
    return note(_read(listings))


def note(seen: AllSeen) -> set[UUID]:
    """Note identifiers of channels with where they stand; returns those that now stand on one channel more and may join."""
    if not seen:
        return set()
    new = _sightings(seen, _identifiers(seen))
    return {sighting.identifier_id for sighting in new if sighting.identifier.kind in JOINING}


def _read(listings: Sequence[Listing]) -> AllSeen:
    seen: dict[tuple[str, UUID], Seen] = {}
    for listing in listings:
        if listing.channel_id is None:
            continue
        for name, text in (("title", listing.title), ("description", listing.description)):
            for found in identifiers.find(text):
                key = (identifiers.digest(found.kind, found.value), listing.channel_id)
                seen.setdefault(key, Seen(found.kind, found.value[:300], listing, name))
    return seen


def _identifiers(seen: AllSeen) -> dict[str, Identifier]:
    wanted = {digest: (one.kind, one.value) for (digest, _), one in seen.items()}
    held = _by_digest(list(wanted))
    new = [Identifier(kind=kind, value=value, digest=digest) for digest, (kind, value) in wanted.items() if digest not in held]
    Identifier.objects.bulk_create(new, batch_size=CHUNK)
    return held | {identifier.digest: identifier for identifier in new}


def _by_digest(digests: Sequence[str]) -> dict[str, Identifier]:
    held: dict[str, Identifier] = {}
    for start in range(0, len(digests), CHUNK):
        held.update((row.digest, row) for row in Identifier.objects.filter(digest__in=digests[start : start + CHUNK]))
    return held


def _sightings(seen: AllSeen, held: dict[str, Identifier]) -> list[Sighting]:
    known: dict[tuple[UUID, UUID], tuple[UUID, UUID | None, UUID | None]] = {}
    ids = [identifier.id for identifier in held.values()]
    for start in range(0, len(ids), CHUNK):
        rows = Sighting.objects.filter(identifier__in=ids[start : start + CHUNK])
        for pk, identifier, channel, listing, picture in rows.values_list("id", "identifier", "channel", "listing", "picture"):
            known[identifier, channel] = (pk, listing, picture)
    new: list[Sighting] = []
    for (digest, channel), one in seen.items():
        before = known.get((held[digest].id, channel))
        if before is None:
            new.append(Sighting(identifier=held[digest], channel_id=channel, listing=one.listing, field=one.field, picture=one.picture))
        elif one.picture is not None and before[1] in (None, one.listing.id) and before[2] is None:
            # it stands in the text, or nobody had published it; now it stands in a picture too
            Sighting.objects.filter(id=before[0]).update(picture=one.picture, listing=one.listing)
        elif before[1] is None:  # a body had stated it; now the seller publishes it
            Sighting.objects.filter(id=before[0]).update(listing=one.listing, field=one.field)
    Sighting.objects.bulk_create(new, batch_size=CHUNK)
    return new


def refold(trader: Trader, channel_names: Iterable[str]) -> str:
    """A trader's search column: its own name and those of its channels."""
    return fold(" ".join(dict.fromkeys([trader.name, *channel_names])))
