"""The outcome of a case: proposed by an officer, approved by another person who is a head. Never edited, only corrected by a new one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chosach.desk.agencies.models import Body
from chosach.desk.cases import kinds
from chosach.desk.cases.hooks import after_outcome
from chosach.desk.cases.models import Case, Outcome
from chosach.desk.cases.outcome_rules import OutcomeInput, checked, warnings_of
from chosach.desk.cases.selectors.access import owned_case_for
from chosach.desk.cases.services.checks import text, working
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record

#: Outcomes that say how the case ended; an inspection alone doesn't.
CONCLUDING = frozenset(
    {kinds.OutcomeKind.SANCTIONED, kinds.OutcomeKind.PROSECUTED, kinds.OutcomeKind.DISMISSED, kinds.OutcomeKind.OUT_OF_SCOPE}
)


@in_turn
def propose_outcome(case_id: UUID, given: OutcomeInput, *, confirmed: bool = False, actor: Actor) -> Outcome:
    """An officer of the owner proposes an outcome. What is unusual but possible raises `Problem("outcome.confirm")` until
    `confirmed`; what can't be raises a `Problem` of its own."""
    actor.require("cases.propose", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    working(case)
    fields = checked(given, case, today=businessdate.today())
    unusual = warnings_of(given)
    if unusual and not confirmed:
        raise Problem("outcome.confirm", " ".join(unusual) + " Nếu đúng như vậy, hãy xác nhận rồi gửi lại.", where="confirmed")
    outcome = Outcome.objects.create(
        case=case,
        **fields,
        body=_body(case, given.body),
        handed_to=_handed_to(given),
        corrects=_corrected(case, given.corrects),
        proposed_by_id=actor.seat[0],
        proposed_on=businessdate.today(),
    )
    payload = {**figures(outcome), "reason": outcome.reason, "reference": outcome.reference}
    record("case.outcome_proposed", actor=actor, refs=_refs(outcome), payload=payload)
    return outcome


@in_turn
def decide_outcome(case_id: UUID, outcome_id: UUID, *, approve: bool, reason: str = "", actor: Actor) -> Outcome:
    """A head who is not the proposer approves (the figures enter the ledger) or returns it with a reason."""
    actor.require("cases.decide", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    outcome = case.outcomes.select_related("body", "corrects").filter(pk=outcome_id).first()
    if outcome is None:
        raise Refused("object.not_visible", refs={"case": str(case_id), "outcome": str(outcome_id)})
    if outcome.state != kinds.Decision.PROPOSED:
        raise Problem("outcome.decided", "Đề xuất này đã được quyết định.", where="outcome")
    if outcome.proposed_by_id == actor.user_id:
        raise Problem("case.same_person", "Người đề xuất không được tự duyệt; cần người thứ hai.", where="outcome")
    if not approve:
        reason = text(reason, "reason", "Hãy ghi lý do trả lại.")
    outcome.state = kinds.Decision.APPROVED if approve else kinds.Decision.RETURNED
    outcome.decided_by_id, outcome.decided_on, outcome.decided_reason = actor.user_id, businessdate.today(), reason.strip()
    outcome.save(update_fields=["state", "decided_by", "decided_on", "decided_reason"])
    if not approve:
        record("case.outcome_returned", actor=actor, refs=_refs(outcome), payload={"reason": outcome.decided_reason})
        return outcome
    payload = figures(outcome)
    if outcome.corrects_id:
        entry = record(
            "case.outcome_corrected", actor=actor, refs=_refs(outcome), payload={**payload, "corrects": str(outcome.corrects_id)}
        )
    else:
        entry = record("case.outcome_recorded", actor=actor, refs=_refs(outcome), payload=payload)
    _tell_senders(case, outcome, actor)
    after_outcome.run(outcome, entry, actor)
    return outcome


def figures(outcome: Outcome) -> Mapping[str, Any]:
    """The payload that reports read: amounts in VND, codes and dates only. `collected` is what had been paid in by `collected_on`;
    a later payment is a correction of the outcome."""
    return {
        "outcome": str(outcome.kind),
        "body": outcome.body.code,
        "date": outcome.date.isoformat(),
        "kind": str(outcome.case.kind),
        "place": str(outcome.case.place),
        "goods_group": _goods_group(outcome.case),
        "subjects": outcome.subjects,
        "fine": outcome.fine,
        "additional_fine": outcome.additional_fine,
        "tax_recovered": outcome.tax_recovered,
        "sold": outcome.sold,
        "collected": outcome.collected,
        "collected_on": outcome.collected_on.isoformat() if outcome.collected_on else None,
        "prosecuted_cases": outcome.prosecuted_cases,
        "prosecuted_persons": outcome.prosecuted_persons,
        "goods_held": outcome.goods_held,
        "goods_confiscated": outcome.goods_confiscated,
        "goods_destroyed": outcome.goods_destroyed,
        **({"why": str(outcome.why)} if outcome.why else {}),
    }


def _goods_group(case: Case) -> str:
    """The goods group that most of the case's leads are about (`core.kinds.GoodsGroup`); empty where none is known."""
    groups = [group for group in case.lead_links.values_list("lead__goods_group", flat=True) if group]
    return max(sorted(set(groups)), key=groups.count, default="")


def _tell_senders(case: Case, outcome: Outcome, actor: Actor) -> None:
    """The result comes back to the bodies that handed the case over, once each."""
    if outcome.kind not in CONCLUDING:
        return
    waiting = case.transfers.select_related("from_body").filter(state=kinds.TransferState.ACCEPTED, result_on__isnull=True)
    for transfer in waiting:
        transfer.result_on = businessdate.today()
        transfer.save(update_fields=["result_on"])
        record(
            "case.transfer_result",
            actor=actor,
            refs={"case": case.id, "transfer": transfer.id, "outcome": outcome.id, "body": transfer.from_body.code},
            payload={"outcome": outcome.kind, "date": outcome.date},
        )


def _body(case: Case, code: str) -> Body:
    """The body that made the outcome: the owner, or one that takes part."""
    taking_part = [case.owner_id, *case.joined.values_list("body_id", flat=True)]
    body = Body.objects.filter(code=code, pk__in=taking_part).first() if code else case.owner
    if body is None:
        raise Problem("outcome.body_unknown", "Cơ quan ra kết quả phải là cơ quan thụ lý hoặc cơ quan cùng tham gia.", where="body")
    return body


def _handed_to(given: OutcomeInput) -> Body | None:
    if given.kind != kinds.OutcomeKind.OUT_OF_SCOPE:
        return None
    body = Body.objects.filter(code=given.handed_to).first()
    if body is None:
        raise Problem("outcome.handed_to_missing", "Hãy chọn cơ quan nhận nội dung ngoài phạm vi.", where="handed_to")
    return body


def _corrected(case: Case, outcome_id: UUID | None) -> Outcome | None:
    if outcome_id is None:
        return None
    old = case.outcomes.filter(pk=outcome_id, state=kinds.Decision.APPROVED).first()
    if old is None:
        raise Problem("outcome.corrects_unknown", "Chỉ đính chính kết quả đã duyệt của chính vụ việc này.", where="corrects")
    if old.corrections.exclude(state=kinds.Decision.RETURNED).exists():
        raise Problem("outcome.already_corrected", "Kết quả này đã có đính chính; hãy đính chính bản mới nhất.", where="corrects")
    return old


def _refs(outcome: Outcome) -> dict[str, object]:
    return {"case": outcome.case_id, "outcome": outcome.id, "body": outcome.body.code}
