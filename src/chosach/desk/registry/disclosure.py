"""Identifiers that nobody published: given by a sender, a witness or another body, and so in no listing. Named bodies alone read them.

What stands in a listing was published by the seller, and every body of the State reads it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Identifier, Sighting

HIDDEN = "(không công khai)"

#: True for identifiers that stand in a listing. For queries of `Identifier`.
PUBLISHED = Exists(Sighting.objects.filter(identifier=OuterRef("pk"), listing__isnull=False))


def may_read_all(actor: Actor) -> bool:
    return actor.may("registry.undisclosed")


def readable(actor: Actor) -> Q:
    """Condition on `Identifier`: those whose value this actor may read."""
    return Q() if may_read_all(actor) else Q(PUBLISHED)


def hidden_from(actor: Actor, identifiers: Iterable[UUID | None]) -> set[UUID]:
    """Of these identifiers, those whose value this actor may not read."""
    wanted = {one for one in identifiers if one is not None}
    if not wanted or may_read_all(actor):
        return set()
    return wanted - set(Identifier.objects.filter(PUBLISHED, id__in=wanted).values_list("id", flat=True))
