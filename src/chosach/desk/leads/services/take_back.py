"""A lead that was dismissed wrongly, or a finding of it, is opened again by its own body, with a reason; what the dismissal taught is taken
back with it. Who only proposed a dismissal withdraws that before the second person has decided."""

from uuid import UUID

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.hooks import after_dismissal
from chosach.desk.leads.models import Dismissal, Lead, LeadState
from chosach.desk.leads.selectors import dismissal_waiting, lead_for
from chosach.desk.leads.services.common import needed, refs
from chosach.desk.leads.services.set_aside import told, weigh_again
from chosach.desk.leads.services.states import bring_back
from chosach.desk.ledger.services import in_turn, record

#: Dismissals that one person may take back on one business date: with each its labels go.
MOST_A_DAY = 10


@in_turn
def take_back(lead_id: UUID, *, answer: str, actor: Actor) -> Dismissal:
    """Open a dismissed lead again. A second look at the dismissal that was still to come waits no more; it falls on the lead's next
    dismissal (`dismiss.draw`), for which `review` stays as it is."""
    actor.require("leads.take_back", lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    dismissal = lead.dismissals.filter(state=Dismissal.State.DONE, part=False).order_by("-created_at").first()
    if lead.state != LeadState.DISMISSED or dismissal is None:
        raise Problem("lead.not_dismissed", "Đầu mối không ở trạng thái đã bỏ qua.", where=str(lead.id))
    _undo(lead, dismissal, "lead.dismissal_taken_back", answer, actor)
    bring_back(lead)
    return dismissal


@in_turn
def take_back_findings(lead_id: UUID, dismissal_id: UUID, *, answer: str, actor: Actor) -> Dismissal:
    """Single findings that were called false alarms count again, wherever the lead stands now."""
    actor.require("leads.take_back", lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    dismissal = lead.dismissals.filter(id=dismissal_id, part=True, state=Dismissal.State.DONE).first()
    if dismissal is None:
        raise Problem("lead.no_false_alarms", "Việc đánh dấu này không còn hiệu lực.", where=str(lead.id))
    _undo(lead, dismissal, "lead.findings_taken_back", answer, actor)
    weigh_again(dismissal)
    return dismissal


def _undo(lead: Lead, dismissal: Dismissal, event: str, answer: str, actor: Actor) -> None:
    """The dismissal holds no more; its labels go with it."""
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao mở lại.", "answer")
    today = businessdate.today()
    if Dismissal.objects.filter(taken_back_by=actor.user_id, taken_back_on=today).count() >= MOST_A_DAY:
        message = f"Mỗi người rút lại tối đa {MOST_A_DAY} việc bỏ qua trong ngày; hãy để người khác làm tiếp."
        raise Problem("lead.too_many_taken_back", message, where=str(lead.id))
    dismissal.state, dismissal.answer = Dismissal.State.TAKEN_BACK, answer
    dismissal.taken_back_by_id, dismissal.taken_back_on = actor.seat[0], today
    dismissal.save(update_fields=["state", "answer", "taken_back_by", "taken_back_on"])
    entry = record(
        event,
        actor=actor,
        refs=refs(lead, dismissal=dismissal.id, user=dismissal.by_id),
        payload={"answer": answer, "reason": dismissal.reason, **told(dismissal)},
    )
    after_dismissal.run(dismissal, entry, actor)


@in_turn
def withdraw_dismissal(lead_id: UUID, *, answer: str, actor: Actor) -> Dismissal:
    """Withdraw one's own proposal to dismiss a lead, while it waits for a second person: the lead is open as before. It still counts among
    the dismissals of the day (`dismiss.needs_second`)."""
    actor.require("leads.dismiss", lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    dismissal = dismissal_waiting(lead)
    if lead.state != LeadState.AWAITING or dismissal is None:
        raise Problem("lead.not_waiting", "Đầu mối không chờ người thứ hai.", where=str(lead.id))
    if dismissal.by_id != actor.user_id:
        message = "Chỉ người đã đề nghị bỏ qua mới rút được đề nghị; người khác trả lời đề nghị."
        raise Problem("lead.not_the_proposer", message, where=str(lead.id))
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao rút lại.", "answer")
    dismissal.state, dismissal.answer = Dismissal.State.WITHDRAWN, answer
    dismissal.save(update_fields=["state", "answer"])
    bring_back(lead)
    record("lead.dismissal_withdrawn", actor=actor, refs=refs(lead, dismissal=dismissal.id), payload={"answer": answer})
    return dismissal
