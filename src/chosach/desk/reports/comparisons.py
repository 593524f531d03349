"""The periods with which a form compares its figures: the one before, and the same days of the year before."""

import datetime as dt

from chosach.desk.plan.models import ReportPeriod
from chosach.desk.reports import sources
from chosach.desk.reports.document import Comparison, Figures, sums
from chosach.desk.reports.forms_of_plan import Form
from chosach.desk.reports.models import Round

#: What the figures of the other period are called, by the comparison's id in the form.
LABELS = {"previous": "Kỳ trước", "same-period": "Cùng kỳ năm trước"}


def compared_with(report: Round, form: Form, up_to_seq: int, bodies: set[str] | None = None) -> list[Comparison]:
    """The form's comparisons with the figures of the other period, as the ledger had them at this entry; of these bodies, or of all."""
    found: list[Comparison] = []
    for id_, name in form.comparisons:
        start, end = _period(report, id_)
        figures: Figures = sources.by_body(sources.table(start, end, up_to_seq))
        wanted = {body: cells for body, cells in figures.items() if bodies is None or body in bodies}
        found.append(
            {
                "id": id_,
                "label": LABELS[id_],
                "name": name,
                "period_from": start.isoformat(),
                "period_to": end.isoformat(),
                "figures": sums(wanted),
            }
        )
    return found


def _period(report: Round, comparison: str) -> tuple[dt.date, dt.date]:
    start, end = report.period_from, report.period_to
    if comparison == "same-period":
        return sources.same_period_last_year(start, end)
    # A plan whose first period has a day more says itself which period came before.
    planned = ReportPeriod.objects.filter(
        plan__code=report.plan, form__code=report.form, withdrawn=False, last_day=start - dt.timedelta(days=1)
    ).first()
    return (planned.first_day, planned.last_day) if planned else sources.previous_period(start, end)
