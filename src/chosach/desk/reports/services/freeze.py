"""Consolidation: proposed by one person of the standing office, approved by another, then frozen for good."""

import datetime as dt

from django.conf import settings

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.evidence import store
from chosach.desk.ledger.models import Head
from chosach.desk.ledger.selectors import last_seq
from chosach.desk.ledger.services import in_turn, record, sign_head
from chosach.desk.reports import document, sources
from chosach.desk.reports.comparisons import compared_with
from chosach.desk.reports.figures import Table
from chosach.desk.reports.forms_of_plan import form_named, letterhead_of, recipients_of, subject_of
from chosach.desk.reports.models import Frozen, Return, Round
from chosach.desk.reports.services.board import note_frozen


def _locked(report: Round, state: str) -> Round:
    locked = Round.objects.select_for_update().get(pk=report.pk)
    if locked.state != state:
        label = dict(Round.State.choices)[locked.state]
        raise Problem("report.wrong_state", f"Không làm được việc này khi báo cáo ở trạng thái “{label}”.", where="state")
    return locked


def _moved(report: Round, table: Table) -> list[Return]:
    """Accepted returns whose figures in the ledger are no longer those that the body handed in."""
    now = sources.by_body(table)
    accepted = report.returns.select_related("body").filter(state=Return.State.ACCEPTED)
    return [found for found in accepted if found.figures != now.get(found.body.code, {})]


def _missing(report: Round) -> list[str]:
    return [found.body.name for found in report.returns.select_related("body").exclude(state=Return.State.ACCEPTED)]


@in_turn
def propose_freeze(*, actor: Actor, report: Round, reason_for_missing: str = "") -> Round:
    """Put the consolidated report before the head. Bodies that have not reported need a reason; moved figures stop it."""
    actor.require("reports.consolidate", report=report.pk)
    report = _locked(report, Round.State.COLLECTING)
    if businessdate.today() < report.period_to:
        raise Problem("report.period_runs", f"Kỳ báo cáo đến {report.period_to:%d/%m/%Y} chưa kết thúc.", where="period_to")
    moved = _moved(report, sources.table(report.period_from, report.period_to, last_seq()))
    if moved:
        names = ", ".join(found.body.short_name for found in moved)
        raise Problem(
            "report.figures_moved",
            f"Số liệu của {names} đã thay đổi sau khi nộp. Hãy trả lại để đơn vị nộp lại.",
            where="returns",
        )
    missing = _missing(report)
    if missing and not reason_for_missing.strip():
        raise Problem(
            "report.returns_missing",
            f"Còn {len(missing)} đơn vị chưa được tiếp nhận báo cáo. Hãy tiếp nhận, hoặc ghi lý do chốt khi còn thiếu.",
            where="reason_for_missing",
        )
    report.state, report.proposed_by_id = Round.State.PROPOSED, actor.seat[0]
    report.save(update_fields=["state", "proposed_by"])
    record(
        "report.freeze_proposed",
        actor=actor,
        refs={"report": report.pk},
        payload={"words": report.words, "missing": missing, "reason_for_missing": reason_for_missing.strip()},
    )
    return report


@in_turn
def withdraw_proposal(*, actor: Actor, report: Round, reason: str) -> Round:
    """The head does not approve: back to collecting, with the reason."""
    actor.require("reports.freeze", report=report.pk)
    if not reason.strip():
        raise Problem("report.reason_missing", "Hãy ghi lý do không duyệt.", where="reason")
    report = _locked(report, Round.State.PROPOSED)
    report.state, report.proposed_by = Round.State.COLLECTING, None
    report.save(update_fields=["state", "proposed_by"])
    record("report.freeze_withdrawn", actor=actor, refs={"report": report.pk}, payload={"reason": reason.strip()})
    return report


@in_turn
def approve_freeze(*, actor: Actor, report: Round) -> Frozen:
    """The second person approves: figures are read from the ledger once, both files made and kept, the report closed."""
    actor.require("reports.freeze", report=report.pk)
    report = _locked(report, Round.State.PROPOSED)
    if report.proposed_by is None or report.proposed_by_id == actor.user_id:
        raise Problem("report.same_person", "Người trình không được tự duyệt. Cần người thứ hai.", where="actor")
    # The signed head says, outside the database too, what the ledger held when the figures were read.
    head = sign_head()
    table = sources.table(report.period_from, report.period_to, head.seq)
    if _moved(report, table):
        raise Problem("report.figures_moved", "Số liệu đã thay đổi sau khi trình. Không duyệt và trả lại để cập nhật.", where="returns")
    frame = make_frame(report, table, head, businessdate.today())
    figures = sources.by_body(table)
    docx = _keep(document.docx(frame, figures))
    xlsx = _keep(document.xlsx(frame, figures))
    frozen = Frozen.objects.create(
        round=report,
        up_to_seq=head.seq,
        ledger_hash=head.hash,
        frame=frame,
        figures=figures,
        docx_sha256=docx,
        xlsx_sha256=xlsx,
        frozen_on=businessdate.today(),
        proposed_by=report.proposed_by,
        approved_by_id=actor.seat[0],
    )
    report.state = Round.State.FROZEN
    report.save(update_fields=["state"])
    record(
        "report.frozen",
        actor=actor,
        refs={"report": report.pk},
        payload={"up_to_seq": head.seq, "head": head.number, "figures": figures, "docx_sha256": docx, "xlsx_sha256": xlsx},
    )
    note_frozen(actor=actor, report=report)
    return frozen


def make_frame(report: Round, table: Table, head: Head, frozen_on: dt.date) -> document.Frame:
    """All that the documents say besides the figures, as plain JSON."""
    _, form = form_named(report.form, on=report.period_from, plan=report.plan)
    bodies = [(found.body.code, found.body.name) for found in report.returns.select_related("body")]
    # A body that has figures but was not asked stands in the table all the same: no figure is left out.
    asked = {code for code, _ in bodies}
    bodies += [(code, code) for code in sorted({body for body, _ in table} - asked)]
    whole = document.sums(sources.by_body(table))
    return {
        "title": report.title,
        "subject": subject_of(report.plan, report.period_from, report.period_to),
        "period_from": report.period_from.isoformat(),
        "period_to": report.period_to.isoformat(),
        "letterhead": letterhead_of(report.plan),
        "recipients": recipients_of(report.plan),
        "indicators": form.indicators,
        "bodies": [list(pair) for pair in bodies],
        "words": dict(report.words),
        "comparisons": compared_with(report, form, head.seq),
        "notes": [check.message for check in form.checks if not check.holds(whole)],
        "missing": _missing(report),
        "up_to_seq": head.seq,
        "ledger_hash": head.hash,
        "head_number": head.number,
        "frozen_on": frozen_on.isoformat(),
    }


def _keep(data: bytes) -> str:
    return store.put([data], limit=settings.EVIDENCE_MAX_BYTES).sha256
