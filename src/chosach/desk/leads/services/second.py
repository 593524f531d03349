"""The second person agrees to a dismissal, or doesn't."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.hooks import after_dismissal
from chosach.desk.leads.models import Dismissal, Lead, LeadState
from chosach.desk.leads.selectors import dismissal_waiting, lead_for
from chosach.desk.leads.services.common import needed, refs
from chosach.desk.leads.services.dismiss import draw, event_of
from chosach.desk.leads.services.set_aside import go_on, told
from chosach.desk.leads.services.states import bring_back, close
from chosach.desk.ledger.services import in_turn, record


@in_turn
def agree(lead_id: UUID, *, actor: Actor) -> Dismissal:
    """Agree to the dismissal that waits. The second person is of the same body and is another than the one who proposed it."""
    lead, dismissal = _waiting(lead_id, actor)
    dismissal.state, dismissal.second_id = Dismissal.State.DONE, actor.seat[0]
    dismissal.save(update_fields=["state", "second"])
    if dismissal.part:
        bring_back(lead)
    else:
        close(lead)
    entry = record(
        event_of(dismissal),
        actor=actor,
        refs=refs(lead, dismissal=dismissal.id, user=dismissal.by_id),
        payload={"reason": dismissal.reason, "text": dismissal.text, "why_second": dismissal.why_second, **told(dismissal)},
    )
    draw(dismissal, entry, actor, lot=False)
    after_dismissal.run(dismissal, entry, actor)
    if dismissal.part:
        go_on(lead, dismissal, actor)
    return dismissal


@in_turn
def refuse(lead_id: UUID, *, answer: str, actor: Actor) -> Dismissal:
    """Don't agree, with a reason: the lead is open again."""
    lead, dismissal = _waiting(lead_id, actor)
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao không đồng ý.", "answer")
    dismissal.state, dismissal.second_id, dismissal.answer = Dismissal.State.REFUSED, actor.seat[0], answer
    dismissal.save(update_fields=["state", "second", "answer"])
    bring_back(lead)
    record(
        "lead.dismissal_refused",
        actor=actor,
        refs=refs(lead, dismissal=dismissal.id, user=dismissal.by_id),
        payload={"answer": answer},
    )
    return dismissal


def _waiting(lead_id: UUID, actor: Actor) -> tuple[Lead, Dismissal]:
    actor.require("leads.second", lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    dismissal = dismissal_waiting(lead)
    if lead.state != LeadState.AWAITING or dismissal is None:
        raise Problem("lead.not_waiting", "Đầu mối không chờ người thứ hai.", where=str(lead.id))
    if dismissal.by_id == actor.user_id:
        raise Problem("lead.same_person", "Người thứ hai phải là người khác với người đề nghị bỏ qua.", where=str(lead.id))
    return lead, dismissal
