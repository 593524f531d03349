"""Closing a case: asked by an officer, decided by another person who is a head, and only with an approved outcome."""

from uuid import UUID

from chosach.desk.cases import kinds, stages
from chosach.desk.cases.models import Case, Closing
from chosach.desk.cases.selectors.access import owned_case_for
from chosach.desk.cases.services.checks import text, working
from chosach.desk.cases.services.outcomes import CONCLUDING
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record


@in_turn
def propose_closing(case_id: UUID, *, reason: str, actor: Actor) -> Closing:
    """Ask for the case to be closed. The reason stays for ever."""
    actor.require("cases.propose", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    working(case)
    _may_close(case)
    if case.closings.filter(state=kinds.Decision.PROPOSED).exists():
        raise Problem("case.closing_pending", "Vụ việc đang có đề xuất kết thúc chờ duyệt.", where="reason")
    closing = Closing.objects.create(
        case=case,
        reason=text(reason, "reason", "Hãy ghi lý do kết thúc."),
        proposed_by_id=actor.seat[0],
        proposed_on=businessdate.today(),
    )
    record("case.closing_proposed", actor=actor, refs={"case": case.id, "closing": closing.id}, payload={"reason": closing.reason})
    return closing


@in_turn
def decide_closing(case_id: UUID, closing_id: UUID, *, approve: bool, reason: str = "", actor: Actor) -> Closing:
    """A head who is not the proposer closes the case, or sends the proposal back with a reason."""
    actor.require("cases.decide", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    closing = case.closings.filter(pk=closing_id).first()
    if closing is None:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    if closing.state != kinds.Decision.PROPOSED:
        raise Problem("case.closing_decided", "Đề xuất này đã được quyết định.", where="closing")
    if closing.proposed_by_id == actor.user_id:
        raise Problem("case.same_person", "Người đề xuất không được tự duyệt; cần người thứ hai.", where="closing")
    today = businessdate.today()
    closing.decided_by_id, closing.decided_on, closing.decided_reason = actor.user_id, today, reason.strip()
    if approve:
        working(case)
        _may_close(case)
        closing.state = kinds.Decision.APPROVED
        case.stage, case.closed_on = stages.Stage.CLOSED, today
        case.save(update_fields=["stage", "closed_on"])
    else:
        closing.decided_reason = text(reason, "reason", "Hãy ghi lý do không đồng ý kết thúc.")
        closing.state = kinds.Decision.RETURNED
    closing.save(update_fields=["state", "decided_by", "decided_on", "decided_reason"])
    event = "case.closed" if approve else "case.closing_returned"
    payload = {"reason": closing.reason if approve else closing.decided_reason, "decision": closing.decided_reason}
    record(event, actor=actor, refs={"case": case.id, "closing": closing.id}, payload=payload)
    return closing


def _may_close(case: Case) -> None:
    standing = case.outcomes.filter(state=kinds.Decision.APPROVED, kind__in=CONCLUDING).exclude(corrections__state=kinds.Decision.APPROVED)
    if not standing.exists():
        raise Problem(
            "case.no_outcome",
            "Chưa có kết quả được duyệt cho biết vụ việc xử lý ra sao (xử phạt, khởi tố, không xử lý hoặc ngoài phạm vi). "
            "Hãy ghi kết quả trước khi kết thúc.",
            where="reason",
        )
    if case.outcomes.filter(state=kinds.Decision.PROPOSED).exists():
        raise Problem("case.outcome_waiting", "Còn kết quả chờ duyệt; hãy quyết định trước khi kết thúc.", where="reason")
    if case.transfers.filter(state=kinds.TransferState.PROPOSED).exists():
        raise Problem("case.transfer_pending", "Còn đề xuất chuyển giao chờ duyệt; hãy quyết định trước khi kết thúc.", where="reason")
