"""A mass of false alarms, or of corrections, from one person on one day: the standing office lets it count, or not."""

import datetime as dt
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.learning.models import Label, LabelChange, LabelState
from chosach.desk.learning.services.correcting import needed, still_fits
from chosach.desk.learning.services.history import tell
from chosach.desk.learning.services.noting import withdraw_all
from chosach.desk.ledger.services import in_turn, record


@in_turn
def release_mass(by: UUID, on: dt.date, *, reason: str, actor: Actor) -> int:
    """Let the labels of this person and day count, within the limits. Returns how many there were."""
    held = _held(by, on, actor)
    reason = needed(reason)
    entry = record("label.mass_released", actor=actor, refs={"user": by}, payload={"on": on, "labels": len(held), "reason": reason})
    tell(held, LabelChange.Act.RELEASED, reason, entry, actor)
    Label.objects.filter(pk__in=[label.pk for label in held]).update(state=LabelState.COUNTED, seen=True)
    return len(held)


@in_turn
def refuse_mass(by: UUID, on: dt.date, *, reason: str, actor: Actor) -> int:
    """These labels don't count: all are withdrawn. Each can be used again."""
    held = _held(by, on, actor)
    reason = needed(reason)
    entry = record("label.mass_refused", actor=actor, refs={"user": by}, payload={"on": on, "labels": len(held), "reason": reason})
    return withdraw_all(Label.objects.filter(pk__in=[label.pk for label in held]), reason, entry, actor)


@in_turn
def release_changes(by: UUID, on: dt.date, *, reason: str, actor: Actor) -> int:
    """The corrections of this person and day that wait are done. One whose label has become another meanwhile (its dismissal was taken
    back) is refused instead. Returns how many were done."""
    waiting, reason = _waiting(by, on, actor), needed(reason)
    fit = [change for change in waiting if still_fits(change)]
    late = [change for change in waiting if change not in fit]
    refs = {"user": by, "label": [change.label_id for change in waiting]}
    payload = {"on": on, "labels": len(fit), "reason": reason, "refused": [str(change.label_id) for change in late]}
    record("label.changes_released", actor=actor, refs=refs, payload=payload)
    _answered(late, LabelChange.State.REFUSED, actor)
    for change in fit:
        for name, value in change.after.items():
            setattr(change.label, name, value)
        change.label.save(update_fields=list(change.after))
    return _answered(fit, LabelChange.State.DONE, actor)


@in_turn
def refuse_changes(by: UUID, on: dt.date, *, reason: str, actor: Actor) -> int:
    """These corrections are not done: the labels stay as they are."""
    waiting, reason = _waiting(by, on, actor), needed(reason)
    refs = {"user": by, "label": [change.label_id for change in waiting]}
    record("label.changes_refused", actor=actor, refs=refs, payload={"on": on, "labels": len(waiting), "reason": reason})
    return _answered(waiting, LabelChange.State.REFUSED, actor)


def _answered(waiting: list[LabelChange], state: str, actor: Actor) -> int:
    LabelChange.objects.filter(pk__in=[change.pk for change in waiting]).update(state=state, second=actor.user_id)
    return len(waiting)


def _waiting(by: UUID, on: dt.date, actor: Actor) -> list[LabelChange]:
    actor.require("learning.oversee", user=by)
    if by == actor.user_id:
        raise Problem("label.own_changes", "Người sửa nhãn không được tự đồng ý; cần người thứ hai.")
    found = LabelChange.objects.filter(state=LabelChange.State.WAITING, by=by, on=on).select_related("label__dismissal")
    waiting = list(found.select_for_update(of=("self", "label")))
    if not waiting:
        raise Problem("label.no_changes", "Không còn lần sửa nhãn nào của đợt này chờ xem.")
    return waiting


def _held(by: UUID, on: dt.date, actor: Actor) -> list[Label]:
    actor.require("learning.oversee", user=by)
    if by == actor.user_id:
        raise Problem("label.own_mass", "Người bỏ qua không được tự xem đợt của mình; cần người thứ hai.")
    held = list(Label.objects.filter(state=LabelState.HELD, by=by, on=on).select_for_update(of=("self",)))
    if not held:
        raise Problem("label.no_mass", "Không còn nhãn nào của đợt này chờ xem.")
    return held
