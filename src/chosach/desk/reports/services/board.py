"""The plan board learns from the reports who has met the plan's date (obligation R3)."""

from django.urls import reverse

from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.kinds import BodyKind
from chosach.desk.plan.models import ReportForm
from chosach.desk.plan.report_dates import label_of
from chosach.desk.plan.services import fulfil_report
from chosach.desk.reports.models import Return, Round


def note_handed_in(*, actor: Actor, found: Return) -> None:
    """A body has met the plan's date by handing in. The standing office has not: its duty is the consolidated report."""
    if found.body.kind != BodyKind.STANDING_OFFICE:
        _note(actor, found.round, found.body, "Đã nộp báo cáo của đơn vị.")


def note_frozen(*, actor: Actor, report: Round) -> None:
    """The standing office has met the plan's date by the frozen report."""
    for found in report.returns.select_related("body").filter(body__kind=BodyKind.STANDING_OFFICE):
        _note(actor, report, found.body, "Đã tổng hợp và chốt báo cáo của Ban Chỉ đạo.")


def _note(actor: Actor, report: Round, body: Body, text: str) -> None:
    form = ReportForm.objects.get(plan__code=report.plan, code=report.form)
    label = label_of(form.name, report.period_from, report.period_to)
    fulfil_report(actor=actor, plan=report.plan, label=label, body=body, text=text, page=reverse("reports:report", args=[report.pk]))
