"""The standing office looks at a dismissal that the lot put before it."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.leads.hooks import after_dismissal
from chosach.desk.leads.models import Dismissal, Lead, LeadState
from chosach.desk.leads.selectors import drawn_dismissal
from chosach.desk.leads.services.common import needed, refs
from chosach.desk.leads.services.set_aside import weigh_again
from chosach.desk.leads.services.states import bring_back
from chosach.desk.ledger.services import in_turn, record


@in_turn
def confirm_review(dismissal_id: UUID, *, actor: Actor) -> Dismissal:
    """Find the dismissal right."""
    return _review(dismissal_id, Dismissal.Review.CONFIRMED, "", actor)


@in_turn
def send_back(dismissal_id: UUID, *, answer: str, actor: Actor) -> Dismissal:
    """Send the lead back to its body with a reason: it is open again, or single findings of it count again."""
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao trả lại.", "answer")
    return _review(dismissal_id, Dismissal.Review.SENT_BACK, answer, actor)


def _review(dismissal_id: UUID, result: Dismissal.Review, answer: str, actor: Actor) -> Dismissal:
    actor.require("leads.review", dismissal=dismissal_id)
    dismissal = drawn_dismissal(actor, dismissal_id, lock=True)
    lead = Lead.objects.select_for_update(of=("self",)).select_related("body").get(id=dismissal.lead_id)
    dismissal.review, dismissal.reviewer_id, dismissal.answer = result, actor.seat[0], answer
    if result == Dismissal.Review.SENT_BACK:
        dismissal.state = Dismissal.State.SENT_BACK
        if lead.state == LeadState.DISMISSED and not dismissal.part:  # new listings may have opened it again meanwhile
            bring_back(lead)
    dismissal.save(update_fields=["review", "reviewer", "answer", "state"])
    entry = record(
        "lead.dismissal_reviewed",
        actor=actor,
        refs=refs(lead, dismissal=dismissal.id),
        payload={"result": result.value, "answer": answer},
    )
    after_dismissal.run(dismissal, entry, actor)
    if dismissal.part and result == Dismissal.Review.SENT_BACK:
        weigh_again(dismissal)
    return dismissal
