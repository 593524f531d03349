"""What can be done with clocks. The act that starts or stops one (a transfer, a decision) has checked its own permission."""

import datetime as dt
from typing import Any

from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import body as body_named
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import BodyKind
from chosach.desk.law import selectors, workdays
from chosach.desk.law.models import Clock, ClockState, Unit
from chosach.desk.ledger.services import in_turn, record


@in_turn
def start_clock(
    noun: str,
    object_id: object,
    rule_code: str,
    *,
    actor: Actor,
    body: Body | str,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Clock:
    """Start the deadline `rule_code` on an object. `body` must act; `on` is the day of the event that opens the period (the
    business date by default), `at` its moment for periods in hours (now by default)."""
    actor.require("law.keep_clock")
    day = on or businessdate.today()
    rule = selectors.rule(rule_code, day)
    if Clock.objects.filter(noun=noun, object_id=str(object_id), rule__code=rule_code, state__in=selectors.OPEN).exists():
        raise Problem("clock.already_running", f"Thời hạn “{rule.name}” đang được tính.", where=rule_code)
    due_at = None
    if rule.unit == Unit.HOUR:
        due_at = (at or dt.datetime.combine(day, selectors.now().timetz())) + dt.timedelta(hours=rule.length)
        due_on = due_at.date()
    else:
        due_on = workdays.calendar().due(day, rule.length, rule.unit)
    clock = Clock.objects.create(
        noun=noun,
        object_id=str(object_id),
        rule=rule,
        body=body_named(body) if isinstance(body, str) else body,
        started_by=actor.body_code,
        started_on=day,
        due_on=due_on,
        due_at=due_at,
    )
    _record("clock.started", clock, actor, {"rule": rule_code, "started_on": day, "due_on": due_on, "due_at": due_at})
    return clock


@in_turn
def pause_clock(clock: Clock, *, actor: Actor, reason: str, on: dt.date | None = None) -> Clock:
    """Stop counting for a while (a file is with another body). What is left of the period is kept."""
    clock = _held(clock, actor, ClockState.RUNNING)
    day = on or businessdate.today()
    if not reason.strip():
        raise Problem("clock.reason_missing", "Hãy ghi lý do tạm dừng thời hạn.", where="reason")
    if day < clock.started_on:
        raise Problem("clock.before_start", "Ngày tạm dừng trước ngày bắt đầu.", where="on")
    if clock.due_at is not None:
        clock.remaining = int((clock.due_at - selectors.now()).total_seconds())
    elif clock.rule.unit == Unit.WORKING_DAY:
        clock.remaining = workdays.count(day, clock.due_on)
    else:
        clock.remaining = max((clock.due_on - day).days, 0)
    clock.state, clock.paused_on, clock.reason = ClockState.PAUSED, day, reason.strip()[:300]
    clock.save()
    _record("clock.paused", clock, actor, {"on": day, "remaining": clock.remaining, "reason": clock.reason})
    return clock


@in_turn
def resume_clock(clock: Clock, *, actor: Actor, on: dt.date | None = None) -> Clock:
    """Go on counting: what was left when it was paused runs from this day."""
    clock = _held(clock, actor, ClockState.PAUSED)
    day = on or businessdate.today()
    left = clock.remaining or 0
    if clock.paused_on is not None and day < clock.paused_on:
        raise Problem("clock.before_pause", "Ngày tính tiếp trước ngày tạm dừng.", where="on")
    if clock.due_at is not None:
        clock.due_at = selectors.now() + dt.timedelta(seconds=left)
        clock.due_on = clock.due_at.date()
    elif clock.rule.unit == Unit.WORKING_DAY:
        clock.due_on = workdays.add(day, left)
    else:
        clock.due_on = workdays.calendar().next_working(day + dt.timedelta(days=left))
    clock.state, clock.paused_on, clock.remaining = ClockState.RUNNING, None, None
    clock.save()
    _record("clock.resumed", clock, actor, {"on": day, "due_on": clock.due_on, "due_at": clock.due_at})
    return clock


@in_turn
def stop_clock(clock: Clock, *, actor: Actor, on: dt.date | None = None, void: bool = False, reason: str = "") -> Clock:
    """What the period was for has been done (met, or missed when late), or it counts no more (`void`, with a reason)."""
    clock = _held(clock, actor, *selectors.OPEN)
    day = on or businessdate.today()
    if day < clock.started_on:
        raise Problem("clock.before_start", "Ngày kết thúc trước ngày bắt đầu.", where="on")
    if void and not reason.strip():
        raise Problem("clock.reason_missing", "Hãy ghi lý do thôi tính thời hạn.", where="reason")
    if void:
        clock.state = ClockState.VOID
    elif clock.state == ClockState.PAUSED:
        clock.state = ClockState.MET
    elif clock.due_at is not None and on is None:
        clock.state = ClockState.MISSED if selectors.now() > clock.due_at else ClockState.MET
    else:
        clock.state = ClockState.MISSED if day > clock.due_on else ClockState.MET
    clock.stopped_on, clock.reason = day, reason.strip()[:300] or clock.reason
    clock.save()
    _record("clock.stopped", clock, actor, {"on": day, "state": clock.state, "due_on": clock.due_on, "reason": clock.reason})
    return clock


def _held(clock: Clock, actor: Actor, *states: ClockState) -> Clock:
    """The clock as it is now, if this actor's body keeps it (or opened it) and it is in one of these states."""
    actor.require("law.keep_clock", clock=clock.pk)
    fresh = Clock.objects.select_for_update().select_related("rule", "body").get(pk=clock.pk)
    own = actor.body_code in {fresh.body.code, fresh.started_by} and bool(actor.body_code)
    if not (own or actor.is_system or actor.body_kind == BodyKind.STANDING_OFFICE):
        raise Refused("object.not_visible", refs={"clock": str(clock.pk)})
    if fresh.state not in states:
        raise Problem("clock.wrong_state", f"Thời hạn này {fresh.get_state_display()}, không thực hiện được.", where=str(clock.pk))
    return fresh


def _record(event: str, clock: Clock, actor: Actor, payload: dict[str, Any]) -> None:
    record(event, actor=actor, refs={"clock": clock.pk, clock.noun: clock.object_id, "body": clock.body.code}, payload=payload)
