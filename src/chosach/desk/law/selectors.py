"""What can be asked about clocks. Lateness is computed on the business date."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core import businessdate
from chosach.desk.core.access import NOBODY, Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.law import nouns, workdays
from chosach.desk.law.models import Clock, ClockState, DeadlineRule
from chosach.desk.law.nouns import Shown

OPEN = (ClockState.RUNNING, ClockState.PAUSED)


@dataclass(frozen=True)
class Face:
    """How a clock looks today: late or not, and working days left (negative: days late)."""

    clock: Clock
    shown: Shown
    overdue: bool
    days_left: int | None


def rule(code: str, on: dt.date) -> DeadlineRule:
    """The deadline rule of this code in force on a day. Raises `Problem` law.rule_unknown."""
    found = DeadlineRule.objects.filter(valid_on(on), code=code, withdrawn=False).first()
    if found is None:
        raise Problem("law.rule_unknown", f"Không có quy định thời hạn “{code}” có hiệu lực ngày {on:%d/%m/%Y}.", where="rule")
    return found


def now() -> dt.datetime:
    """The present moment on the business date: the simulated day with the real time of day, or simply now."""
    return dt.datetime.combine(businessdate.today(), timezone.localtime().timetz())


def clocks_of(noun: str, object_id: object) -> QuerySet[Clock]:
    """The clocks on one object, the nearest deadline first. The caller has checked that the object may be seen."""
    return Clock.objects.filter(noun=noun, object_id=str(object_id)).select_related("rule", "body")


def clocks_for(actor: Actor) -> QuerySet[Clock]:
    """The clocks that this actor may see: the own body's; all for the standing office, the leaders and the auditor."""
    every = Clock.objects.select_related("rule", "body")
    if actor.may("law.clocks_all"):
        return every
    actor.require("law.clocks")
    return every.filter(body__code=actor.body_code)


def clock_for(actor: Actor, clock_id: object) -> Clock:
    """One clock that this actor may see."""
    found = clocks_for(actor).filter(pk=str(clock_id)).first()
    if found is None:
        raise Refused("object.not_visible", refs={"clock": str(clock_id)})
    return found


def is_overdue(clock: Clock) -> bool:
    """True if a running clock has passed its deadline today."""
    if clock.state != ClockState.RUNNING:
        return False
    if clock.due_at is not None:
        return now() > clock.due_at
    return businessdate.today() > clock.due_on


def overdue_for(actor: Actor) -> list[Clock]:
    """The running clocks past their deadline that this actor may see."""
    late = clocks_for(actor).filter(state=ClockState.RUNNING, due_on__lte=businessdate.today())
    return [clock for clock in late if is_overdue(clock)]


def faces(clocks: list[Clock], actor: Actor = NOBODY) -> list[Face]:
    """How these clocks look today; with an actor, with the page of what they run on where that actor may open it."""
    days, today = workdays.calendar(), businessdate.today()

    def left(clock: Clock) -> int | None:
        if clock.state != ClockState.RUNNING:
            return None
        return days.count(today, clock.due_on) if clock.due_on >= today else -days.count(clock.due_on, today)

    return [Face(clock, nouns.shown(actor, clock.noun, clock.object_id), is_overdue(clock), left(clock)) for clock in clocks]
