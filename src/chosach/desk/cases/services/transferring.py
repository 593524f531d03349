"""Handing a case to another body: proposed by one person, sent under seal by another, accepted or returned by the receiver."""

from uuid import UUID

from django.db import transaction

from chosach.desk.agencies.models import Body
from chosach.desk.cases import kinds, sealing, stages
from chosach.desk.cases.models import Case, Joined, Transfer
from chosach.desk.cases.selectors.access import case_for, owned_case_for
from chosach.desk.cases.services.checks import text, working
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import ENFORCEMENT
from chosach.desk.law.selectors import OPEN, clocks_of
from chosach.desk.law.services import start_clock, stop_clock
from chosach.desk.ledger.services import in_turn, record

#: The clock within which the receiver answers (rule data of `law`).
ANSWER_RULE = "transfer-answer"


@in_turn
def propose_transfer(case_id: UUID, *, to_body: str, reason: str, ground: str, actor: Actor) -> Transfer:
    """An officer of the owner proposes to hand the case over."""
    actor.require("cases.propose", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    working(case)
    body = Body.objects.filter(code=to_body, kind__in=ENFORCEMENT).exclude(pk=case.owner_id).first()
    today = businessdate.today()
    if body is None or (body.valid_to and body.valid_to < today):
        raise Problem("case.receiver_unknown", "Hãy chọn một cơ quan khác có thẩm quyền xử lý, còn hoạt động.", where="to_body")
    if case.transfers.filter(state__in=[kinds.TransferState.PROPOSED, kinds.TransferState.SENT]).exists():
        raise Problem("case.transfer_pending", "Vụ việc đang có một đề xuất chuyển giao chưa xong.", where="to_body")
    transfer = Transfer.objects.create(
        case=case,
        from_body_id=case.owner_id,
        to_body=body,
        reason=text(reason, "reason", "Hãy ghi lý do chuyển giao."),
        ground=text(ground, "ground", "Hãy ghi căn cứ pháp luật của việc chuyển giao."),
        stage_before=case.stage,
        proposed_by_id=actor.seat[0],
        proposed_on=today,
    )
    payload = {"to": body.code, "reason": transfer.reason, "ground": transfer.ground}
    record("case.transfer_proposed", actor=actor, refs=_refs(transfer), payload=payload)
    return transfer


@in_turn
def decide_transfer(case_id: UUID, transfer_id: UUID, *, approve: bool, reason: str = "", actor: Actor) -> Transfer:
    """A head who is not the proposer seals and sends the file, or declines with a reason. The receiver's clock starts."""
    actor.require("cases.decide", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    transfer = _transfer(case, transfer_id)
    if transfer.state != kinds.TransferState.PROPOSED:
        raise Problem("case.transfer_decided", "Đề xuất này đã được quyết định.", where="transfer")
    if transfer.proposed_by_id == actor.user_id:
        raise Problem("case.same_person", "Người đề xuất không được tự duyệt; cần người thứ hai.", where="transfer")
    today = businessdate.today()
    transfer.decided_by_id, transfer.decided_reason = actor.user_id, reason.strip()
    if not approve:
        transfer.decided_reason = text(reason, "reason", "Hãy ghi lý do không duyệt gửi.")
        transfer.state = kinds.TransferState.NOT_SENT
        transfer.save(update_fields=["state", "decided_by", "decided_reason"])
        record("case.transfer_not_sent", actor=actor, refs=_refs(transfer), payload={"reason": transfer.decided_reason})
        return transfer
    _nothing_waits(case)
    transfer.state, transfer.sent_on, transfer.stage_before = kinds.TransferState.SENT, today, case.stage
    transfer.manifest = sealing.manifest(case)
    transfer.seal = sealing.seal(transfer.manifest)
    transfer.save(update_fields=["state", "decided_by", "decided_reason", "sent_on", "stage_before", "manifest", "seal"])
    case.stage = stages.Stage.TRANSFERRING
    case.save(update_fields=["stage"])
    pieces = [row["id"] for row in transfer.manifest["evidence"]]
    record(
        "case.transfer_sent",
        actor=actor,
        refs={**_refs(transfer), "evidence": pieces},
        payload={
            "to": transfer.to_body.code,
            "seal": transfer.seal,
            "evidence": len(pieces),
            "entries": len(transfer.manifest["entries"]),
            "reason": transfer.decided_reason or transfer.reason,
        },
    )
    start_clock("transfer", transfer.id, ANSWER_RULE, actor=actor, body=transfer.to_body, on=today)
    return transfer


@in_turn
def answer_transfer(case_id: UUID, transfer_id: UUID, *, accept: bool, answer: str = "", actor: Actor) -> Transfer:
    """The receiving body takes the case over, or returns it with a reason. The sender keeps the right to read."""
    actor.require("cases.answer_transfer", case=case_id)
    case = Case.objects.select_for_update().get(pk=case_for(actor, case_id).pk)
    transfer = _transfer(case, transfer_id)
    if transfer.to_body_id != actor.body_id:
        raise Refused("object.not_visible", refs={"case": str(case_id), "transfer": str(transfer_id)})
    if transfer.state != kinds.TransferState.SENT:
        raise Problem("case.transfer_answered", "Việc chuyển giao này đã được trả lời.", where="transfer")
    today = businessdate.today()
    transfer.answered_by_id, transfer.answered_on, transfer.answer = actor.user_id, today, answer.strip()
    if accept:
        transfer.state = kinds.TransferState.ACCEPTED
        _hand_over(case, transfer, actor)
    else:
        transfer.answer = text(answer, "answer", "Hãy ghi lý do trả lại.")
        transfer.state = kinds.TransferState.RETURNED
        case.stage = transfer.stage_before
        case.save(update_fields=["stage"])
    transfer.save(update_fields=["state", "answered_by", "answered_on", "answer"])
    event = "case.transfer_accepted" if accept else "case.transfer_returned"
    record(event, actor=actor, refs=_refs(transfer), payload={"reason": transfer.answer, "seal": transfer.seal})
    for clock in clocks_of("transfer", transfer.id).filter(state__in=OPEN):
        stop_clock(clock, actor=actor, on=today)
    return transfer


def check_seal(case_id: UUID, transfer_id: UUID, *, actor: Actor) -> list[str]:
    """Compare the file with its seal: every piece of evidence is hashed anew. The check and its result stand in the ledger."""
    actor.require("cases.see", case=case_id)
    case = case_for(actor, case_id)
    transfer = _transfer(case, transfer_id)
    if not transfer.seal:
        raise Problem("case.not_sealed", "Hồ sơ chưa được niêm phong.", where="transfer")
    problems = sealing.broken(transfer)  # reads every file: nobody queues behind it
    with transaction.atomic():
        record("case.transfer_checked", actor=actor, refs=_refs(transfer), payload={"seal": transfer.seal, "problems": problems})
    return problems


def _hand_over(case: Case, transfer: Transfer, actor: Actor) -> None:
    """The receiver becomes the owner; the sender is joined with the right to read."""
    today = businessdate.today()
    case.joined.filter(body_id=transfer.to_body_id, withdrawn_on__isnull=True).update(
        withdrawn_on=today, withdrawn_by_id=actor.user_id, withdrawn_reason="Trở thành cơ quan thụ lý."
    )
    Joined.objects.create(
        case=case,
        body_id=transfer.from_body_id,
        rights=[str(kinds.Right.READ.value)],
        reason="Cơ quan đã chuyển giao vụ việc giữ quyền đọc.",
        granted_by_id=actor.seat[0],
        granted_on=today,
    )
    case.owner_id, case.stage = transfer.to_body_id, stages.Stage.TRANSFERRED
    case.save(update_fields=["owner", "stage"])


def _nothing_waits(case: Case) -> None:
    if case.outcomes.filter(state=kinds.Decision.PROPOSED).exists() or case.closings.filter(state=kinds.Decision.PROPOSED).exists():
        raise Problem(
            "case.proposals_waiting", "Còn đề xuất kết quả hoặc kết thúc chờ duyệt; hãy quyết định trước khi gửi.", where="transfer"
        )


def _transfer(case: Case, transfer_id: UUID) -> Transfer:
    transfer = case.transfers.select_related("to_body", "from_body").filter(pk=transfer_id).first()
    if transfer is None:
        raise Refused("object.not_visible", refs={"case": str(case.id), "transfer": str(transfer_id)})
    return transfer


def _refs(transfer: Transfer) -> dict[str, object]:
    return {"case": transfer.case_id, "transfer": transfer.id, "body": transfer.to_body.code}
