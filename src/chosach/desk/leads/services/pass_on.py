"""Pass a lead to another body of the province; that body accepts it or returns it with a reason. It is never between two bodies: until it
is accepted it stays the sender's, open and counted there."""

from uuid import UUID

from chosach.desk.agencies.models import Body
from chosach.desk.core import businessdate, words
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.law.selectors import OPEN as RUNNING
from chosach.desk.law.selectors import clocks_of
from chosach.desk.law.services import start_clock, stop_clock
from chosach.desk.leads.models import Lead, LeadState, Passing
from chosach.desk.leads.ranking import rank
from chosach.desk.leads.selectors import lead_for, passing_to, receivers
from chosach.desk.leads.services.common import needed, open_lead, refs
from chosach.desk.leads.services.states import bring_back
from chosach.desk.ledger.services import in_turn, record

#: The clock within which the receiver answers (rule data of `law`), the one of cases that are handed over.
ANSWER_RULE = "transfer-answer"
NOUN = "lead_passing"


@in_turn
def pass_on(lead_id: UUID, *, to_body: str, reason: str, actor: Actor) -> Passing:
    """Send the lead to another body that may work on leads and has people who do. Its clock starts."""
    lead = open_lead(actor, lead_id, "leads.work")
    body: Body | None = receivers(actor).filter(code=to_body).first()
    if body is None or body.id == lead.body_id:
        raise Problem("lead.receiver_unknown", "Hãy chọn một cơ quan khác đang hoạt động và có người xử lý đầu mối.", where="to_body")
    reason = needed(reason, "lead.reason_missing", "Hãy ghi lý do chuyển.", "reason")
    today = businessdate.today()
    passing = Passing.objects.create(lead=lead, from_body_id=lead.body_id, to_body=body, reason=reason, by_id=actor.seat[0], on=today)
    lead.before, lead.state = lead.state, LeadState.PASSING
    lead.save(update_fields=["before", "state"])
    record("lead.passed", actor=actor, refs=refs(lead, passing=passing.id), payload={"to": body.code, "reason": reason})
    start_clock(NOUN, passing.id, ANSWER_RULE, actor=actor, body=body, on=today)
    return passing


@in_turn
def accept_passed(passing_id: UUID, *, actor: Actor) -> Passing:
    """The receiver takes the lead over: it is new in its queue, and routing proposes no other body any more."""
    passing, lead = _sent(passing_id, actor)
    lead.body, lead.state, lead.before, lead.assignee, lead.settled = passing.to_body, LeadState.NEW, "", None, True
    lead.watch_until = None
    lead.ground = f"Nhận chuyển từ {passing.from_body.name} ngày {words.date(passing.on)}: {passing.reason}"
    lead.save(update_fields=["body", "state", "before", "assignee", "settled", "watch_until", "ground"])
    rank()
    _answer(passing, Passing.State.ACCEPTED, "", actor)
    payload = {"from": passing.from_body.code, "to": passing.to_body.code}
    record("lead.pass_accepted", actor=actor, refs=refs(lead, passing=passing.id), payload=payload)
    _stop(passing, actor)
    return passing


@in_turn
def return_passed(passing_id: UUID, *, answer: str, actor: Actor) -> Passing:
    """The receiver sends the lead back with a reason: it is open again at the sender's, as it was before."""
    passing, lead = _sent(passing_id, actor)
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao trả lại.", "answer")
    bring_back(lead)
    _answer(passing, Passing.State.RETURNED, answer, actor)
    payload = {"from": passing.from_body.code, "to": passing.to_body.code, "answer": answer}
    record("lead.pass_returned", actor=actor, refs=refs(lead, passing=passing.id), payload=payload)
    _stop(passing, actor)
    return passing


@in_turn
def withdraw_passed(lead_id: UUID, *, answer: str, actor: Actor) -> Passing:
    """The sender takes the lead back before it was answered."""
    actor.require("leads.work", lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    passing = lead.passings.filter(state=Passing.State.SENT).select_related("from_body", "to_body").first()
    if lead.state != LeadState.PASSING or passing is None:
        raise Problem("lead.not_passing", "Đầu mối không trên đường chuyển.", where=str(lead.id))
    answer = needed(answer, "lead.answer_missing", "Hãy ghi vì sao rút lại.", "answer")
    bring_back(lead)
    _answer(passing, Passing.State.WITHDRAWN, answer, actor)
    record("lead.pass_withdrawn", actor=actor, refs=refs(lead, passing=passing.id), payload={"to": passing.to_body.code, "answer": answer})
    _stop(passing, actor)
    return passing


def _sent(passing_id: UUID, actor: Actor) -> tuple[Passing, Lead]:
    """The passing that waits for the actor's body, and its lead, locked."""
    actor.require("leads.answer_passed", passing=passing_id)
    passing = passing_to(actor, passing_id, lock=True)
    lead = Lead.objects.select_for_update(of=("self",)).select_related("body", "trader").get(id=passing.lead_id)
    if passing.state != Passing.State.SENT or lead.state != LeadState.PASSING:
        raise Refused("object.not_visible", refs={"passing": str(passing_id)})
    return passing, lead


def _answer(passing: Passing, state: Passing.State, answer: str, actor: Actor) -> None:
    passing.state, passing.answer, passing.answered_by_id, passing.answered_on = state, answer, actor.user_id, businessdate.today()
    passing.save(update_fields=["state", "answer", "answered_by", "answered_on"])


def _stop(passing: Passing, actor: Actor) -> None:
    for clock in clocks_of(NOUN, passing.id).filter(state__in=RUNNING):
        stop_clock(clock, actor=actor, on=businessdate.today())


def lapse_passing(lead: Lead, actor: Actor) -> None:
    """A lead whose findings have gone needs no answer any more. Part of the run that found it so, which records it."""
    for passing in lead.passings.filter(state=Passing.State.SENT):
        passing.state = Passing.State.LAPSED
        passing.save(update_fields=["state"])
        _stop(passing, actor)
