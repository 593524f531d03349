"""Opening a round and writing the standing office's words."""

import datetime as dt
from collections.abc import Sequence

from chosach.desk.agencies.models import Body
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.reports.document import PARTS
from chosach.desk.reports.forms_of_plan import form_named
from chosach.desk.reports.models import Return, Round
from chosach.desk.reports.selectors import bodies_to_ask


@in_turn
def open_round(
    *,
    actor: Actor,
    form: str,
    period_from: dt.date,
    period_to: dt.date,
    due_on: dt.date,
    title: str = "",
    bodies: Sequence[Body] | None = None,
) -> Round:
    """Ask every body of the plan (or these) for its return of this period. One round per form and period."""
    actor.require("reports.open")
    if period_to < period_from:
        raise Problem("report.period_backwards", "Ngày kết thúc kỳ báo cáo phải sau ngày bắt đầu.", where="period_to")
    plan, found = form_named(form, on=period_from)
    if Round.objects.filter(plan=plan, form=form, period_from=period_from, period_to=period_to).exists():
        raise Problem("report.round_exists", "Đã có đợt báo cáo của mẫu này cho đúng kỳ này. Hãy mở đợt đã có.", where="period_from")
    asked = list(bodies) if bodies is not None else bodies_to_ask(period_to)
    if not asked:
        raise Problem("report.no_bodies", "Chưa có cơ quan nào trong kế hoạch. Hãy nạp kế hoạch trước.", where="bodies")
    opened = Round.objects.create(
        plan=plan,
        form=form,
        title=title or f"{found.title} ({period_from:%d/%m/%Y} – {period_to:%d/%m/%Y})",
        period_from=period_from,
        period_to=period_to,
        due_on=due_on,
        opened_by_id=actor.seat[0],
        opened_on=businessdate.today(),
    )
    Return.objects.bulk_create([Return(round=opened, body=body) for body in asked])
    record(
        "report.round_opened",
        actor=actor,
        refs={"report": opened.pk, "plan": plan, "body": [body.code for body in asked]},
        payload={"form": form, "from": period_from, "to": period_to, "due": due_on},
    )
    return opened


@in_turn
def write_words(*, actor: Actor, report: Round, words: dict[str, str]) -> Round:
    """The standing office's words, by part. Kept until the report is proposed; frozen with it (and ledgered then)."""
    actor.require("reports.consolidate", report=report.pk)
    report = Round.objects.select_for_update().get(pk=report.pk)
    if report.state != Round.State.COLLECTING:
        raise Problem("report.not_collecting", "Báo cáo đã trình duyệt hoặc đã chốt, không sửa được nội dung.", where="state")
    report.words = {key: words.get(key, "").strip() for key in PARTS}
    report.save(update_fields=["words"])
    return report
