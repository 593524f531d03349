"""Join channels that share an identifier exactly, where it is one seller's own.

Deterministic and replaceable: every join is a row with its evidence, made by the method named in `METHOD`. Whether an identifier is one
seller's own is asked once all that comes together has been noted: a join that is taken back tomorrow has told one body of another's
trader today.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.apart import are_apart
from chosach.desk.registry.common import JOINING, common
from chosach.desk.registry.models import Channel, Identifier, Join, Listing, Sighting, Trader
from chosach.desk.registry.services.locate import place_traders

CHUNK = 500
METHOD = "shared-identifier/2"


@dataclass(frozen=True)
class Joined:
    """One trader that was joined to another, and why: what the ledger says of it."""

    kept: UUID
    gone: UUID
    ground: str
    evidence: tuple[str, UUID]
    kind: str = ""


@in_turn
def join_traders(*, source: str, actor: Actor) -> int:
    """Join what listings or pictures of one source have shown to be one seller's, once the whole of it has been taken; gives how many
    traders were joined to others. Idempotent."""
    actor.require("registry.take", source=source)
    seen = Sighting.objects.filter(Q(listing__source=source) | Q(picture__shown_in__source=source), identifier__kind__in=JOINING)
    joined = join_shared(set(seen.order_by().values_list("identifier", flat=True)))
    conclude(joined, actor)
    return len(joined)


def join_shared(identifiers: Iterable[UUID]) -> list[Joined]:
    """Join the channels of each of these identifiers that is one seller's own; the trader known first keeps its id."""
    joined: list[Joined] = []
    ids = sorted(set(identifiers) - common(identifiers))
    for start in range(0, len(ids), CHUNK):
        shared = Identifier.objects.filter(id__in=ids[start : start + CHUNK]).annotate(channels=Count("sightings")).filter(channels__gt=1)
        for identifier in shared.order_by("digest"):
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


def conclude(joined: Collection[Joined], actor: Actor) -> None:
    """Place the traders that took others in, and tell the ledger of each that was joined to another. Part of the act."""
    if joined:
        place_traders(Channel.objects.filter(trader__in={join.kept for join in joined}).values_list("id", flat=True))
    for join in joined:
        record(
            "registry.traders_joined",
            actor=actor,
            refs={"trader": [join.kept, join.gone], join.evidence[0]: join.evidence[1]},
            payload={"kept": str(join.kept), "ground": str(join.ground), "kind": join.kind, "method": METHOD},
        )
