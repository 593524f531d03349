"""What can be asked about bodies and territory."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from chosach.desk.agencies.models import Body, BodySuccession, Competence, Territory, TerritorySuccession
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import BodyKind


def valid_on(date: dt.date) -> Q:
    """The condition that a dated row is in force on a day (both ends included)."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=date)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=date))


def body(code: str) -> Body:
    """The body of this code. Raises `Problem` body.unknown."""
    found = Body.objects.filter(code=code).first()
    if found is None:
        raise Problem("body.unknown", f"Không có cơ quan nào mang mã “{code}”.", where="body")
    return found


def is_current(a_body: Body, on: dt.date | None = None) -> bool:
    """True if the body exists on the business date (or on the day given)."""
    day = on or businessdate.today()
    return (a_body.valid_from is None or a_body.valid_from <= day) and (a_body.valid_to is None or a_body.valid_to >= day)


def bodies_for(actor: Actor, on: dt.date | None = None) -> QuerySet[Body]:
    """The bodies that exist on a day, for everyone who may read the list."""
    actor.require("agencies.read")
    return Body.objects.filter(valid_on(on or businessdate.today())).select_related("parent")


def body_for(actor: Actor, code: str) -> Body:
    """One body, past or present, for everyone who may read the list."""
    actor.require("agencies.read")
    found = Body.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise Refused("object.not_visible", refs={"body": code})
    return found


def competences_for(actor: Actor, on: dt.date | None = None) -> QuerySet[Competence]:
    """The rows of the competence table in force on a day."""
    actor.require("agencies.competence")
    return Competence.objects.filter(valid_on(on or businessdate.today()), withdrawn=False)


def standing_office(on: dt.date) -> Body:
    """The standing office on a day. Raises `Problem` body.no_standing_office when no plan is loaded."""
    found = Body.objects.filter(valid_on(on), kind=BodyKind.STANDING_OFFICE).first()
    if found is None:
        raise Problem("body.no_standing_office", "Chưa có Văn phòng Thường trực. Hãy nạp tệp kế hoạch: chosach plan load.")
    return found


def bodies_of_kind(kind: str, on: dt.date) -> QuerySet[Body]:
    """The bodies of one kind on a day."""
    return Body.objects.filter(valid_on(on), kind=kind)


def bodies_ended(kind: str, before: dt.date) -> QuerySet[Body]:
    """The bodies of one kind that ended before a day, the last to end first."""
    return Body.objects.filter(kind=kind, valid_to__lt=before).order_by("-valid_to", "code")


def succession_chain(a_body: Body) -> Sequence[BodySuccession]:
    """Who took over from this body, for its page."""
    return list(BodySuccession.objects.filter(body=a_body).select_related("successor"))


def territory(code: str) -> Territory | None:
    """The unit of this code, if the loaded plans know it."""
    return Territory.objects.filter(code=code).first()


def territory_line(code: str) -> list[str]:
    """The codes of a unit and of everything above it, the unit first. Empty for an unknown or empty code."""
    line: list[str] = []
    unit = territory(code) if code else None
    while unit is not None:
        line.append(unit.code)
        unit = unit.parent
    return line


def territory_at(code: str, on: dt.date) -> str:
    """The code of the unit that is in this place on a day: the successor of a unit that ended, the predecessor of one that had not
    begun. A place that has none keeps its code."""
    unit = territory(code)
    for _ in range(4):
        if unit is None:
            break
        if unit.valid_to is not None and unit.valid_to < on:
            step = TerritorySuccession.objects.filter(unit=unit).order_by("-default").select_related("successor").first()
            unit = step.successor if step else None
        elif unit.valid_from is not None and unit.valid_from > on:
            back = TerritorySuccession.objects.filter(successor=unit).order_by("-default").select_related("unit").first()
            unit = back.unit if back else None
        else:
            return unit.code
    return code


def limits_of_small() -> tuple[int, ...]:
    """Values (VND, exclusive) up to which the competence table knows small cases, the lowest first. Of values between two of them
    routing says the same."""
    limits = Competence.objects.filter(withdrawn=False, max_value__isnull=False).order_by().values_list("max_value", flat=True).distinct()
    return tuple(sorted(limit for limit in limits if limit is not None))
