"""Traders beside a ring: tied to its members by something, and not by enough to be of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Trader
from chosach.desk.rings.models import Member, Ring, Tie, TieKind
from chosach.desk.rings.selectors import shown


@dataclass(frozen=True)
class Beside:
    """A trader that is tied to `members` traders of a ring by ties of these kinds. `nearest`: the member with the weightiest tie, `tie`.
    `ring`: the one that it is of, where it is of another."""

    trader: Trader
    members: int
    kinds: Sequence[str]
    nearest: UUID
    tie: Tie
    ring: Ring | None


def beside(actor: Actor, ring: Ring) -> list[Beside]:
    """Who is tied to a ring from outside, those first whom most of its members are tied to. Values that the actor may not read are taken
    out; ties that a person cut count for nobody."""
    actor.require("rings.read")
    ties = shown(actor, _ties(ring).select_related("left", "right").order_by("-weight", "id"))
    inside = set(ring.members.values_list("trader", flat=True))
    by_trader: dict[UUID, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_trader[tie.right_id if tie.left_id in inside else tie.left_id].append(tie)
    others = {one.trader_id: one.ring for one in Member.objects.filter(trader__in=list(by_trader)).select_related("ring")}
    found = [_told(trader, of, others.get(trader)) for trader, of in by_trader.items()]
    return sorted(found, key=lambda one: (-one.members, -len(one.kinds), -one.tie.weight, one.trader.name, str(one.trader.id)))


def number_beside(ring: Ring) -> int:
    """How many traders `beside` names."""
    inside = set(ring.members.values_list("trader", flat=True))
    return len({trader for pair in _ties(ring).order_by().values_list("left", "right") for trader in pair} - inside)


def _ties(ring: Ring) -> QuerySet[Tie]:
    left = Exists(Member.objects.filter(ring=ring, trader=OuterRef("left")))
    right = Exists(Member.objects.filter(ring=ring, trader=OuterRef("right")))
    return Tie.objects.filter(Q(left, ~right) | Q(~left, right), cut=False)


def _told(trader: UUID, ties: Sequence[Tie], ring: Ring | None) -> Beside:
    first = ties[0]
    own, nearest = (first.left, first.right_id) if first.left_id == trader else (first.right, first.left_id)
    members = {tie.right_id if tie.left_id == trader else tie.left_id for tie in ties}
    kinds = sorted({tie.kind for tie in ties}, key=TieKind.values.index)
    return Beside(own, len(members), [TieKind(kind).label.lower() for kind in kinds], nearest, first, ring)
