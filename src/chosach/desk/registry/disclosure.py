"""Identifiers that a seller has not published: stated by a body (`services.state`), and so in no listing of the channel. Named bodies alone
read them.

What stands in a listing was published by the seller, and every body of the State reads it. That one seller publishes a value tells nothing
of another of whom it is only known: what is asked is always whether a value is published on a channel.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Sighting

HIDDEN = "(không công khai)"
CHUNK = 500


def may_read_all(actor: Actor) -> bool:
    return actor.may("registry.undisclosed")


def readable(actor: Actor) -> QuerySet[Sighting]:
    """The sightings whose value this actor may read."""
    return Sighting.objects.filter(Q() if may_read_all(actor) else Q(listing__isnull=False))


def hidden_from(actor: Actor, pairs: Iterable[tuple[UUID | None, UUID]]) -> set[tuple[UUID, UUID]]:
    """Of these (identifier, channel) those where the value stands on the channel and this actor may not read it there."""
    wanted = {(identifier, channel) for identifier, channel in pairs if identifier is not None}
    return set() if not wanted or may_read_all(actor) else wanted & _unpublished({identifier for identifier, _ in wanted})


def _unpublished(identifiers: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    ids, found = sorted(identifiers), set[tuple[UUID, UUID]]()
    for start in range(0, len(ids), CHUNK):
        rows = Sighting.objects.filter(listing__isnull=True, identifier__in=ids[start : start + CHUNK]).order_by()
        found.update(rows.values_list("identifier", "channel"))
    return found
