"""Other bodies in a case: asked, granted, refused, withdrawn. And the look-up that shows who has an open file."""

from collections.abc import Sequence
from uuid import UUID

from chosach.desk.agencies.models import Body
from chosach.desk.cases import kinds
from chosach.desk.cases.models import Case, Joined, JoinRequest
from chosach.desk.cases.selectors.access import owned_case_for
from chosach.desk.cases.selectors.overlap import OpenFile, open_cases_of_others, open_files_on
from chosach.desk.cases.services.checks import text
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import STATE
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Trader


@in_turn
def look_up(trader_id: UUID, *, actor: Actor) -> list[OpenFile]:
    """Which other bodies have an open file on this trader. The question itself stands in the ledger."""
    actor.require("cases.lookup", trader=trader_id)
    _trader(trader_id)
    found = open_files_on(actor, [trader_id])
    record("case.overlap_looked_up", actor=actor, refs={"trader": trader_id}, payload={"found": len(found)})
    return found


@in_turn
def ask_to_join(trader_id: UUID, *, reason: str, actor: Actor) -> list[JoinRequest]:
    """Ask every other body with an open file on this trader to take part. The asker learns no case. Asked once while unanswered."""
    actor.require("cases.ask_to_join", trader=trader_id)
    _trader(trader_id)
    reason = text(reason, "reason", "Hãy ghi lý do đề nghị cùng tham gia.")
    cases = [case for case in open_cases_of_others(actor.body_id, [trader_id]) if not _takes_part(case, actor.seat[1])]
    if not cases:
        raise Problem("case.nothing_to_join", "Không có hồ sơ đang mở của cơ quan khác mà cơ quan anh/chị chưa tham gia.", where="trader")
    made = []
    for case in cases:
        if case.join_requests.filter(body_id=actor.seat[1], state=kinds.JoinState.ASKED).exists():
            continue
        made.append(
            JoinRequest.objects.create(
                case=case,
                trader_id=trader_id,
                body_id=actor.seat[1],
                asked_by_id=actor.seat[0],
                asked_on=businessdate.today(),
                reason=reason,
            )
        )
    if not made:
        raise Problem("case.join_already_asked", "Cơ quan anh/chị đã đề nghị và đang chờ trả lời.", where="trader")
    refs = {"case": [request.case_id for request in made], "trader": trader_id, "join_request": [request.id for request in made]}
    record("case.join_asked", actor=actor, refs=refs, payload={"reason": reason})
    return made


@in_turn
def answer_join_request(case_id: UUID, request_id: UUID, *, rights: Sequence[str], answer: str, actor: Actor) -> JoinRequest:
    """Grant the asked rights, or refuse with a reason when `rights` is empty."""
    actor.require("cases.manage", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    request = case.join_requests.select_related("body").filter(pk=request_id).first()
    if request is None:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    if request.state != kinds.JoinState.ASKED:
        raise Problem("case.join_answered", "Đề nghị này đã được trả lời.", where="request")
    answer = text(answer, "answer", "Hãy ghi lý do đồng ý hoặc không đồng ý.")
    request.state = kinds.JoinState.GRANTED if rights else kinds.JoinState.REFUSED
    request.answered_by_id, request.answered_on, request.answer = actor.user_id, businessdate.today(), answer
    request.save(update_fields=["state", "answered_by", "answered_on", "answer"])
    if rights:
        _join(case, request.body, rights, answer, actor)
    else:
        refs = {"case": case.id, "join_request": request.id, "body": request.body.code}
        record("case.join_refused", actor=actor, refs=refs, payload={"reason": answer})
    return request


@in_turn
def join_body(case_id: UUID, *, body_code: str, rights: Sequence[str], reason: str, actor: Actor) -> Joined:
    """The owner lets another body take part, with stated rights. Rights are changed by withdrawing and granting anew."""
    actor.require("cases.manage", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    body = Body.objects.filter(code=body_code, kind__in=STATE).exclude(pk=case.owner_id).first()
    if body is None:
        raise Problem("case.body_unknown", "Hãy chọn một cơ quan nhà nước khác trong danh sách.", where="body_code")
    return _join(case, body, rights, text(reason, "reason", "Hãy ghi lý do cho tham gia."), actor)


@in_turn
def withdraw_body(case_id: UUID, joined_id: UUID, *, reason: str, actor: Actor) -> Joined:
    """End a body's part in the case. What it saw and wrote stays in the file and the ledger."""
    actor.require("cases.manage", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    joined = case.joined.select_related("body").filter(pk=joined_id).first()
    if joined is None:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    if joined.withdrawn_on:
        raise Problem("case.already_withdrawn", "Quyền tham gia này đã thu hồi.", where="joined")
    joined.withdrawn_reason = text(reason, "reason", "Hãy ghi lý do thu hồi.")
    joined.withdrawn_on, joined.withdrawn_by_id = businessdate.today(), actor.user_id
    joined.save(update_fields=["withdrawn_reason", "withdrawn_on", "withdrawn_by"])
    refs = {"case": case.id, "body": joined.body.code, "joined": joined.id}
    record("case.body_withdrawn", actor=actor, refs=refs, payload={"reason": joined.withdrawn_reason})
    return joined


def _join(case: Case, body: Body, rights: Sequence[str], reason: str, actor: Actor) -> Joined:
    chosen = [str(right.value) for right in kinds.Right if right.value in rights or right is kinds.Right.READ]
    if set(rights) - set(chosen):
        raise Problem("case.right_unknown", "Hãy chọn quyền trong danh sách.", where="rights")
    if case.joined.filter(body=body, withdrawn_on__isnull=True).exists():
        raise Problem("case.already_joined", f"{body.name} đã tham gia vụ việc này.", where="body_code")
    joined = Joined.objects.create(
        case=case, body=body, rights=chosen, reason=reason, granted_by_id=actor.seat[0], granted_on=businessdate.today()
    )
    refs = {"case": case.id, "body": body.code, "joined": joined.id}
    record("case.body_joined", actor=actor, refs=refs, payload={"rights": chosen, "reason": reason})
    return joined


def _takes_part(case: Case, body_id: UUID) -> bool:
    return case.joined.filter(body_id=body_id, withdrawn_on__isnull=True).exists()


def _trader(trader_id: UUID) -> Trader:
    trader = Trader.objects.filter(pk=trader_id).first()
    if trader is None:
        raise Refused("object.not_visible", refs={"trader": str(trader_id)})
    return trader
