"""An officer's error is correctable: withdraw a label, turn it round, use it again. Each with a reason, each kept; of one person's on one
day what comes after the first `limits.SUDDEN` waits for a second person of the standing office (`masses`)."""

from uuid import UUID

from chosach.desk.cases.models import Outcome
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads.models import Dismissal
from chosach.desk.learning import limits
from chosach.desk.learning.models import Label, LabelChange, LabelState
from chosach.desk.learning.selectors import label_for, may_correct
from chosach.desk.learning.services.history import tell
from chosach.desk.ledger.services import in_turn, record

_CORRECTIONS = (LabelChange.Act.WITHDRAWN, LabelChange.Act.RESTORED, LabelChange.Act.TURNED)


@in_turn
def withdraw_label(label_id: UUID, *, reason: str, actor: Actor) -> Label:
    """The label counts no more."""
    label = _correctable(label_id, actor)
    if label.state == LabelState.WITHDRAWN:
        raise Problem("label.withdrawn", "Nhãn này đã được rút.")
    return _change(label, LabelChange.Act.WITHDRAWN, reason, actor, state=LabelState.WITHDRAWN)


@in_turn
def restore_label(label_id: UUID, *, reason: str, actor: Actor) -> Label:
    """A withdrawn label counts again."""
    label = _correctable(label_id, actor)
    if label.state != LabelState.WITHDRAWN:
        raise Problem("label.not_withdrawn", "Nhãn này chưa bị rút.")
    if decision_gone(label):
        raise Problem("label.decision_gone", "Quyết định tạo ra nhãn này đã được rút lại hoặc đính chính; không dùng lại nhãn được.")
    return _change(label, LabelChange.Act.RESTORED, reason, actor, state=LabelState.COUNTED)


@in_turn
def turn_label(label_id: UUID, *, reason: str, actor: Actor) -> Label:
    """The label says the opposite: the finding was right where it had said wrong, or the other way round."""
    label = _correctable(label_id, actor)
    if label.state == LabelState.WITHDRAWN:
        raise Problem("label.withdrawn", "Nhãn này đã được rút; hãy dùng lại nhãn trước khi đảo.")
    return _change(label, LabelChange.Act.TURNED, reason, actor, right=not label.right)


def decision_gone(label: Label) -> bool:
    """True where the decision that made the label was sent back, taken back or corrected: another one speaks of the finding, if any."""
    if label.dismissal is not None:
        return label.dismissal.state in (Dismissal.State.SENT_BACK, Dismissal.State.TAKEN_BACK)
    return label.outcome_id is not None and Outcome.objects.filter(corrects=label.outcome_id).exists()


def still_fits(change: LabelChange) -> bool:
    """True where a correction that has waited finds its label as it was when it was asked for."""
    label = change.label
    if change.act == LabelChange.Act.RESTORED:
        return label.state == LabelState.WITHDRAWN and not decision_gone(label)
    if label.state == LabelState.WITHDRAWN:
        return False
    return change.act != LabelChange.Act.TURNED or label.right != change.after["right"]


def _correctable(label_id: UUID, actor: Actor) -> Label:
    label = label_for(actor, label_id, lock=True)
    if not may_correct(actor, label):
        raise Refused("learning.correct", refs={"label": str(label_id)})
    if label.changes.filter(state=LabelChange.State.WAITING).exists():
        raise Problem("label.change_waits", "Một lần sửa nhãn này đang chờ người thứ hai ở Văn phòng Thường trực.")
    return label


def _many_today(actor: Actor) -> bool:
    """True if this person has corrected as many labels today as may be corrected alone. What one entry changed counts once."""
    mine = LabelChange.objects.filter(by=actor.user_id, on=businessdate.today(), act__in=_CORRECTIONS)
    return mine.order_by().values("entry").distinct().count() >= limits.SUDDEN


def _change(label: Label, act: LabelChange.Act, reason: str, actor: Actor, **values: object) -> Label:
    reason = needed(reason)
    before = {name: getattr(label, name) for name in values}
    refs = {"label": label.id, "lead": label.lead_id, "user": label.by_id, "body": label.body.code}
    payload = {"reason": reason, "before": before, "after": dict(values)}
    if _many_today(actor):
        entry = record("label.change_waits", actor=actor, refs=refs, payload={"act": act.value, **payload})
        tell([label], act, reason, entry, actor, waits=dict(values))
        return label
    for name, value in values.items():
        setattr(label, name, value)
    label.save(update_fields=list(values))
    entry = record(f"label.{act}", actor=actor, refs=refs, payload=payload)
    tell([label], act, reason, entry, actor)
    return label


def needed(reason: str) -> str:
    """A reason that has to be there, trimmed."""
    text = reason.strip()
    if not text:
        raise Problem("learning.reason_missing", "Hãy ghi lý do.", where="reason")
    return text[:1000]
