"""What can be asked about reports, filtered by who asks."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.core.kinds import BodyKind
from chosach.desk.reports.models import Return, Round
from chosach.desk.reports.permissions import REPORTING

#: Bodies that see every body's figures: those that follow and lead the plan. Others see their own, and the frozen report.
OVERVIEW = {BodyKind.STANDING_OFFICE, BodyKind.LEADERS}


def rounds_for(actor: Actor) -> QuerySet[Round]:
    """Rounds that this actor may see: all who report see that a report is being made."""
    if not actor.may("reports.read"):
        return Round.objects.none()
    return Round.objects.all()


def round_for(actor: Actor, id: UUID) -> Round:  # noqa: A002
    """This round; `Refused` when it is not there or not for this actor."""
    found = rounds_for(actor).filter(pk=id).first()
    if found is None:
        raise Refused("object.not_visible", {"report": str(id)})
    return found


def returns_for(actor: Actor, report: Round) -> QuerySet[Return]:
    """Returns of a round: all for the standing office and the leaders, one's own for others."""
    found = report.returns.select_related("body", "round", "submitted_by")
    return found if actor.body_kind in OVERVIEW or actor.is_system else found.filter(body=actor.body_id)


def return_for(actor: Actor, id: UUID) -> Return:  # noqa: A002
    """This return, if the actor may read it."""
    found = Return.objects.select_related("round", "body").filter(pk=id).first()
    if found is None or not actor.may("reports.read") or not returns_for(actor, found.round).filter(pk=id).exists():
        raise Refused("object.not_visible", {"return": str(id)})
    return found


def own_return(actor: Actor, id: UUID) -> Return:  # noqa: A002
    """This return, if it is the actor's own body's."""
    found = return_for(actor, id)
    if found.body_id != actor.body_id:
        raise Refused("object.not_visible", {"return": str(id)})
    return found


def sees_cell(actor: Actor, report: Round, body: str) -> bool:
    """May this actor open a figure of this body to the cases behind it? Own figures, or the standing office and the leaders."""
    return actor.may("reports.read") and (actor.body_kind in OVERVIEW or actor.body_code == body != "")


def bodies_to_ask(on: dt.date) -> list[Body]:
    """Bodies of the plan that report, as they stand on this date."""
    current = Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    kinds = [kind.value for kind in REPORTING if kind not in {BodyKind.LEADERS, BodyKind.COMMUNE_COMMITTEE}]
    return list(Body.objects.filter(*current, kind__in=kinds).order_by("code"))
