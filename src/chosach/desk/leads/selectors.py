"""What can be asked about leads, always filtered by who asks: a body sees its own."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from chosach.desk.accounts.models import Membership, User
from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.core.kinds import Role
from chosach.desk.leads.models import HELD, OPEN, Dismissal, Lead, LeadState, Passing, SavedView
from chosach.desk.leads.permissions import OWNERS
from chosach.desk.registry.models import Trader


def leads_for(actor: Actor) -> QuerySet[Lead]:
    """The leads of the actor's body."""
    actor.require("leads.read")
    query = Lead.objects.select_related("trader", "body", "assignee")
    return query if actor.is_system else query.filter(body=actor.body_id)


def lead_for(actor: Actor, lead_id: UUID | str, *, lock: bool = False) -> Lead:
    """One lead of the actor's body; raises `Refused`, as if it didn't exist, for any other. `lock` holds the row to the commit."""
    query = leads_for(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    try:
        found = query.filter(id=lead_id).first()
    except ValidationError:
        found = None
    if found is None:
        raise Refused("object.not_visible", refs={"lead": str(lead_id)})
    return found


def joined_into(actor: Actor, lead: Lead) -> QuerySet[Lead]:
    """Earlier leads that were folded into this one because their traders turned out to be one, as far as the actor may see them."""
    return leads_for(actor).filter(joined_into=lead).order_by("-opened_on", "id")


def colleagues(actor: Actor) -> QuerySet[User]:
    """People of the actor's body who may be given a lead."""
    current = _current_people(businessdate.today()).filter(body=actor.body_id)
    return User.objects.filter(is_active=True, memberships__in=current).distinct().order_by("full_name")


def _current_people(day: dt.date) -> QuerySet[Membership]:
    """Roles of this day that work on leads."""
    return Membership.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        ended_at__isnull=True,
        role__in=(Role.OFFICER, Role.HEAD),
    )


def dismissal_waiting(lead: Lead) -> Dismissal | None:
    """The proposal to dismiss this lead that waits for a second person."""
    return lead.dismissals.filter(state=Dismissal.State.PENDING).select_related("by").first()


def waiting_for_second(actor: Actor) -> QuerySet[Dismissal]:
    """Proposals of colleagues that this person may agree to or refuse."""
    actor.require("leads.second")
    query = Dismissal.objects.filter(state=Dismissal.State.PENDING, lead__body=actor.body_id).exclude(by=actor.user_id)
    return query.select_related("lead__trader", "by")


def drawn_for_review(actor: Actor) -> QuerySet[Dismissal]:
    """Dismissals drawn by lot that wait for the standing office."""
    actor.require("leads.review")
    waiting = Dismissal.objects.filter(review=Dismissal.Review.DRAWN).exclude(state=Dismissal.State.TAKEN_BACK)
    return waiting.select_related("lead__trader", "lead__body", "by").order_by("created_at")


def drawn_dismissal(actor: Actor, dismissal_id: UUID | str, *, lock: bool = False) -> Dismissal:
    """One dismissal drawn by lot; the standing office sees this one item and no other of the lead's body."""
    query = drawn_for_review(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    try:
        found = query.filter(id=dismissal_id).first()
    except ValidationError:
        found = None
    if found is None:
        raise Refused("object.not_visible", refs={"dismissal": str(dismissal_id)})
    return found


def receivers(actor: Actor) -> QuerySet[Body]:
    """Bodies of today to which a lead can be passed: they may work on leads, and have people who do."""
    return receivers_on(businessdate.today()).exclude(id=actor.seat[1]).order_by("name")


def receivers_on(day: dt.date) -> QuerySet[Body]:
    """Bodies of a day that may work on leads and have people who do."""
    people = _current_people(day).filter(body=OuterRef("pk"), user__is_active=True)
    return Body.objects.filter(valid_on(day), kind__in=OWNERS).filter(Exists(people))


def passings_to(actor: Actor) -> QuerySet[Passing]:
    """Leads that other bodies sent to the actor's and that wait for an answer, the oldest first."""
    actor.require("leads.answer_passed")
    waiting = Passing.objects.filter(state=Passing.State.SENT, lead__state=LeadState.PASSING, to_body=actor.body_id)
    return waiting.select_related("lead__trader", "lead__body", "from_body", "to_body", "by").order_by("created_at")


def passing_to(actor: Actor, passing_id: UUID | str, *, lock: bool = False) -> Passing:
    """One of them; raises `Refused`, as if it didn't exist, for any other."""
    query = passings_to(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    found = query.filter(id=passing_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"passing": str(passing_id)})
    return found


def passing_of(lead: Lead) -> Passing | None:
    """The way of this lead to another body, while that body has not answered."""
    return lead.passings.filter(state=Passing.State.SENT).select_related("to_body", "by").first()


def counts_by_body(actor: Actor) -> list[dict[str, Any]]:
    """Numbers of leads of every body by state and place: all that the standing office sees of them."""
    actor.require("leads.count")
    rows = (
        Lead.objects.exclude(state=LeadState.JOINED)
        .values(name=F("body__name"), code=F("body__code"))
        .annotate(
            open=Count("id", filter=Q(state__in=OPEN)),
            new=Count("id", filter=Q(state=LeadState.NEW)),
            watching=Count("id", filter=Q(state=LeadState.WATCHING)),
            awaiting=Count("id", filter=Q(state=LeadState.AWAITING)),
            passing=Count("id", filter=Q(state=LeadState.PASSING)),
            accepted=Count("id", filter=Q(state=LeadState.ACCEPTED)),
            dismissed=Count("id", filter=Q(state=LeadState.DISMISSED)),
            handed_over=Count("id", filter=Q(state=LeadState.HANDED_OVER)),
            inside=Count("id", filter=Q(state__in=OPEN, trader__place="inside")),
            unknown=Count("id", filter=Q(state__in=OPEN, trader__place="unknown")),
            outside=Count("id", filter=Q(state__in=OPEN, trader__place="outside")),
        )
        .order_by("-open", "name")
    )
    return [dict(row) for row in rows]


def views_of(actor: Actor) -> QuerySet[SavedView]:
    """The person's own saved views."""
    actor.require("leads.read")
    return SavedView.objects.filter(user=actor.user_id)


def view_for(actor: Actor, view_id: UUID) -> SavedView:
    """One of the person's own saved views."""
    found = views_of(actor).filter(id=view_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"view": str(view_id)})
    return found


@dataclass(frozen=True)
class Held:
    """Another body's work on a trader, as far as outsiders may know: the body and its contact."""

    body: str
    contact: str


def held_by_others(actor: Actor, trader: Trader) -> Held | None:
    """The body that is working on this trader's lead, when it is another than the actor's. A lead that nobody took up says nothing;
    of one that stands in a case the case itself tells."""
    lead = worked_on([trader.id]).exclude(body=actor.body_id).select_related("body").first()
    return Held(lead.body.name, lead.body.contact) if lead else None


def worked_on(traders: Collection[UUID]) -> QuerySet[Lead]:
    """Leads about these traders that somebody took up, also those that were folded into another body's because two traders are one. For
    services and `held_by_others`; pages get no lead of another body."""
    at_work = (LeadState.ASSIGNED, LeadState.WATCHING, *HELD)
    own = Q(trader__in=list(traders)) & (Q(state__in=at_work) | Q(state=LeadState.ACCEPTED, case_id=None))
    folded = Q(state=LeadState.JOINED, joined_into__trader__in=list(traders), before__in=(LeadState.ASSIGNED, LeadState.WATCHING))
    return Lead.objects.filter(own | folded).order_by("opened_on", "id")


def own_lead(actor: Actor, trader: Trader) -> Lead | None:
    """The lead of the actor's own body about a trader."""
    if not actor.may("leads.read") or actor.body_kind not in OWNERS:
        return None
    return Lead.objects.filter(trader=trader, body=actor.body_id).exclude(state=LeadState.JOINED).first()
