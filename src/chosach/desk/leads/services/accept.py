"""Accept a lead, or take that back; say that it stands in a case."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Problem
from chosach.desk.leads.models import HELD, Lead, LeadState
from chosach.desk.leads.ranking import rank
from chosach.desk.leads.selectors import lead_for
from chosach.desk.leads.services.common import CLOSED_MESSAGE, needed, open_lead, refs
from chosach.desk.leads.services.open_leads import open_leads
from chosach.desk.leads.services.states import bring_back
from chosach.desk.ledger.services import in_turn, record


@in_turn
def accept(lead_id: UUID, *, actor: Actor) -> Lead:
    """Take the lead on: what follows is a case."""
    lead = open_lead(actor, lead_id, "leads.work")
    _accept(lead, actor)
    record("lead.accepted", actor=actor, refs=refs(lead), payload={"kind": lead.kind, "score": lead.score, "place": lead.trader.place})
    return lead


@in_turn
def attach_to_case(lead_ids: UUID | Collection[UUID], *, case_id: UUID, actor: Actor) -> list[Lead]:
    """Mark leads of the actor's body as part of a case (called by the act that opens or extends the case). An open lead is accepted
    by it; a lead that stands in another case already is a `Problem`."""
    ids = [lead_ids] if isinstance(lead_ids, UUID) else list(lead_ids)
    attached = []
    for lead_id in ids:
        actor.require("leads.work", lead=lead_id)
        lead = lead_for(actor, lead_id, lock=True)
        if lead.case_id == case_id:
            attached.append(lead)
            continue
        if lead.case_id is not None:
            raise Problem("lead.in_case", "Đầu mối này đã nằm trong một vụ việc khác.", where="lead")
        if (not lead.is_open and lead.state != LeadState.ACCEPTED) or lead.state in HELD:
            raise Problem("lead.not_open", CLOSED_MESSAGE[LeadState(lead.state)], where="lead")
        _accept(lead, actor, case_id)
        record("lead.attached", actor=actor, refs=refs(lead, case=case_id), payload={"kind": lead.kind, "score": lead.score})
        attached.append(lead)
    return attached


@in_turn
def take_back_acceptance(lead_id: UUID, *, answer: str, actor: Actor) -> Lead:
    """Open a lead again that was accepted by mistake, with a reason, as it was before; not once it stands in a case. Its findings
    may have changed meanwhile: it is weighed again, and lapses if none are left."""
    actor.require("leads.take_back", lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    if lead.case_id is not None:
        raise Problem("lead.in_case", "Đầu mối đã nằm trong một vụ việc; hãy làm tiếp trong vụ việc.", where=str(lead.id))
    if lead.state != LeadState.ACCEPTED:
        raise Problem("lead.not_accepted", "Đầu mối không ở trạng thái đã tiếp nhận.", where=str(lead.id))
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao rút lại.", "answer")
    lead.assignee_id = lead.assignee_before_id if lead.before in (LeadState.ASSIGNED, LeadState.WATCHING) else None
    lead.assignee_before = None
    lead.save(update_fields=["assignee", "assignee_before"])
    bring_back(lead)
    record("lead.acceptance_taken_back", actor=actor, refs=refs(lead), payload={"answer": answer})
    open_leads(actor=system("ranking"), trader_ids={lead.trader_id})
    lead.refresh_from_db()
    return lead


def _accept(lead: Lead, actor: Actor, case_id: UUID | None = None) -> None:
    if lead.is_open:
        # what it is again if this was a mistake; the end of its watch is kept for that too
        lead.before, lead.assignee_before_id = lead.state, lead.assignee_id
    lead.state, lead.case_id, lead.closed_at = LeadState.ACCEPTED, case_id, timezone.now()
    if case_id is not None:
        lead.watch_until = None
    if lead.assignee_id is None:
        lead.assignee_id = actor.user_id
    lead.save(update_fields=["state", "before", "case_id", "watch_until", "closed_at", "assignee", "assignee_before"])
    rank()
