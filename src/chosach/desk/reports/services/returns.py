"""A body's return: written, handed in, sent back, accepted."""

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.selectors import last_seq
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.reports import sources
from chosach.desk.reports.document import RETURN_PARTS
from chosach.desk.reports.models import Return, Round
from chosach.desk.reports.selectors import own_return
from chosach.desk.reports.services.board import note_handed_in


def _locked(found: Return) -> Return:
    locked = Return.objects.select_for_update().select_related("round", "body").get(pk=found.pk)
    if locked.round.state != Round.State.COLLECTING:
        raise Problem("report.not_collecting", "Đợt báo cáo đã trình duyệt hoặc đã chốt, không sửa được báo cáo đơn vị.", where="state")
    return locked


@in_turn
def write_return(*, actor: Actor, found: Return, words: dict[str, str]) -> Return:
    """The body's own words in its return, before it is handed in."""
    actor.require("reports.prepare", **{"return": found.pk})
    found = _locked(own_return(actor, found.pk))
    if found.state not in {Return.State.AWAITED, Return.State.RETURNED}:
        raise Problem("return.handed_in", "Báo cáo đã nộp. Muốn sửa, đề nghị Văn phòng Thường trực trả lại.", where="state")
    found.words = {key: words.get(key, "").strip() for key in RETURN_PARTS}
    found.save(update_fields=["words"])
    return found


@in_turn
def submit(*, actor: Actor, found: Return) -> Return:
    """The head of the body hands the return in: the figures of the period as the ledger has them at this moment."""
    actor.require("reports.submit", **{"return": found.pk})
    found = _locked(own_return(actor, found.pk))
    if found.state not in {Return.State.AWAITED, Return.State.RETURNED}:
        raise Problem("return.handed_in", "Báo cáo này đã được nộp.", where="state")
    up_to = last_seq()
    cells = sources.by_body(sources.table(found.round.period_from, found.round.period_to, up_to)).get(found.body.code, {})
    found.state = Return.State.SUBMITTED
    found.figures, found.up_to_seq = cells, up_to
    found.submitted_by_id, found.submitted_on = actor.seat[0], businessdate.today()
    found.reason = ""
    found.save()
    record(
        "report.return_submitted",
        actor=actor,
        refs={"report": found.round_id, "return": found.pk, "body": found.body.code},
        payload={"figures": cells, "up_to_seq": up_to, "words": found.words},
    )
    note_handed_in(actor=actor, found=found)
    return found


@in_turn
def accept(*, actor: Actor, found: Return) -> Return:
    """The standing office takes a return as it is."""
    actor.require("reports.check", **{"return": found.pk})
    found = _locked(found)
    if found.state != Return.State.SUBMITTED:
        raise Problem("return.not_submitted", "Chỉ tiếp nhận được báo cáo đã nộp.", where="state")
    found.state = Return.State.ACCEPTED
    found.save(update_fields=["state"])
    record("report.return_accepted", actor=actor, refs={"report": found.round_id, "return": found.pk, "body": found.body.code})
    return found


@in_turn
def send_back(*, actor: Actor, found: Return, reason: str) -> Return:
    """The standing office gives a return back for correction, with the reason."""
    actor.require("reports.check", **{"return": found.pk})
    if not reason.strip():
        raise Problem("return.reason_missing", "Hãy ghi rõ nội dung cần sửa.", where="reason")
    found = _locked(found)
    if found.state not in {Return.State.SUBMITTED, Return.State.ACCEPTED}:
        raise Problem("return.not_submitted", "Chỉ trả lại được báo cáo đã nộp.", where="state")
    found.state, found.reason = Return.State.RETURNED, reason.strip()
    found.save(update_fields=["state", "reason"])
    record(
        "report.return_sent_back",
        actor=actor,
        refs={"report": found.round_id, "return": found.pk, "body": found.body.code},
        payload={"reason": found.reason},
    )
    return found
