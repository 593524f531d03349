"""The plan's report forms as the reports use them: indicators with their measure, checks, periods, letterhead, recipients."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem
from chosach.desk.plan.models import Plan, ReportForm, ReportPeriod
from chosach.desk.reports.document import Indicator, value_of
from chosach.desk.reports.figures import MEASURES


@dataclass(frozen=True)
class Check:
    """An arithmetic rule of the form: the total is the sum of its parts. Broken: a warning, since published figures break it too."""

    total: Indicator
    parts: Sequence[Indicator]
    message: str

    def holds(self, cells: Mapping[str, int]) -> bool:
        """True if the rule holds for these values (measure → value)."""
        return value_of(cells, self.total) == sum(value_of(cells, part) for part in self.parts)


@dataclass(frozen=True)
class Form:
    """A form as it is counted."""

    code: str
    title: str
    indicators: list[Indicator]
    checks: list[Check]
    #: id and name of each comparison that the form asks for
    comparisons: list[tuple[str, str]]
    #: What the form asks figures to be broken down by: body, goods_group, place, kind
    breakdowns: Sequence[str] = ()


def _plan(on: dt.date, code: str | None = None) -> Plan:
    plans = Plan.objects.filter(report_forms__isnull=False).distinct()
    if code is not None:
        plans = plans.filter(code=code)
    found = plans.filter(valid_from__lte=on).order_by("-valid_from").first() or plans.order_by("valid_from").first()
    if found is None:
        raise Problem("report.no_plan", "Chưa nạp kế hoạch nào có mẫu báo cáo. Quản trị viên dùng lệnh chosach plan load.", where="plan")
    return found


def form_named(code: str, *, on: dt.date, plan: str | None = None) -> tuple[str, Form]:
    """Code of the plan in force on this date, and its form of this code."""
    found = _plan(on, plan)
    row = ReportForm.objects.filter(plan=found, code=code).first()
    if row is None:
        raise Problem("report.unknown_form", "Kế hoạch không có mẫu báo cáo này.", where="form")
    definition: dict[str, Any] = row.definition
    indicators = [_indicator(line) for line in definition.get("indicators", [])]
    by_id = {indicator["id"]: indicator for indicator in indicators}
    checks = [
        Check(by_id[rule["total"]], [by_id[part] for part in rule["parts"]], rule["message"]) for rule in definition.get("checks", [])
    ]
    comparisons = [(str(line["id"]), str(line["name"])) for line in definition.get("comparisons", [])]
    return found.code, Form(row.code, row.name, indicators, checks, comparisons, definition.get("breakdowns", []))


def _indicator(line: dict[str, Any]) -> Indicator:
    measures = [f"{line['measure']}_{kind}" for kind in line.get("kinds", [])] or [str(line["measure"])]
    for measure in measures:
        if measure not in MEASURES:
            raise Problem("report.unknown_measure", f"Chỉ tiêu {line['id']} dùng cách tính không có: {measure}.", where="measure")
    return {
        "id": str(line["id"]),
        "name": str(line["name"]),
        "unit": str(line["unit"]),
        "measures": measures,
        "parent": str(line.get("parent") or ""),
    }


def form_choices() -> list[tuple[str, str]]:
    """Forms of the plan in force: code and name."""
    forms = ReportForm.objects.filter(plan=_plan(businessdate.today()), withdrawn=False)
    return [(form.code, form.name) for form in forms]


def suggested_period() -> dict[str, Any]:
    """The plan's period that runs on the business date, to fill the form for a new round."""
    today = businessdate.today()
    periods = ReportPeriod.objects.filter(withdrawn=False, first_day__lte=today).select_related("form")
    # The one that ends soonest; of two that end together the shorter. After the last, the last.
    period = (
        periods.filter(last_day__gte=today).order_by("last_day", "-first_day").first()
        or periods.order_by("-last_day", "-first_day").first()
    )
    if period is None:
        return {}
    return {"form": period.form.code, "period_from": period.first_day, "period_to": period.last_day, "due_on": period.due}


def letterhead_of(plan: str) -> dict[str, Any]:
    """Letterhead of the committee's documents: parent, issuer, symbol, place, signature lines."""
    letterhead: dict[str, Any] = Plan.objects.get(code=plan).letterhead
    return letterhead


def recipients_of(plan: str) -> list[str]:
    """Lines of "Nơi nhận", each ending as the decree has it."""
    lines = []
    for recipient in Plan.objects.get(code=plan).recipients:
        note = f" ({recipient['note']})" if recipient.get("note") and recipient["note"] != "lưu" else ""
        lines.append(f"{recipient['name']}{note};")
    if lines:
        lines[-1] = lines[-1].rstrip(";") + "."
    return lines


def subject_of(plan: str, start: dt.date, end: dt.date) -> str:
    """What the document is about: the plan's results in this period."""
    title = Plan.objects.get(code=plan).title
    return f"Kết quả thực hiện {title[0].lower()}{title[1:]} (từ ngày {start:%d/%m/%Y} đến ngày {end:%d/%m/%Y})"
