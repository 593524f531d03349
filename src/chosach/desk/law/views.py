"""Pages of the law: kinds and texts, fines, deadlines, the calendar, the clocks."""

import calendar as months
import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render

from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core import businessdate
from chosach.desk.core.errors import Refused
from chosach.desk.core.forms import DayInput
from chosach.desk.core.pages import Request, page
from chosach.desk.law import catalogue, selectors, workdays
from chosach.desk.law.beside import beside
from chosach.desk.law.models import CalendarDay, ClockState, DeadlineRule, Instrument

YEARS = (2014, 2040)


class DayForm(forms.Form):
    """The day whose law is asked for."""

    on = forms.DateField(label="Luật có hiệu lực vào ngày", required=False, widget=DayInput())


class FineForm(DayForm):
    q = forms.CharField(label="Tìm trong hành vi, văn bản", required=False, max_length=100)


class ClockFilter(forms.Form):
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Đang tính và tạm dừng"), *ClockState.choices])


@page("law.read")
def kinds(request: Request) -> HttpResponseBase:
    """The violation kinds with the law of a day."""
    form, day = _day(DayForm(request.GET))
    rows = [(kind, catalogue.laws_for(kind.code, day)) for kind in catalogue.kinds()]
    texts = Instrument.objects.filter(withdrawn=False)
    return render(request, "law/kinds.html", {"form": form, "day": day, "rows": rows, "texts": texts})


@page("law.read")
def penalties(request: Request) -> HttpResponseBase:
    """The brackets of fines of a day."""
    form, day = _day(FineForm(request.GET))
    found = catalogue.penalties_on(day)
    words = str(form.cleaned_data.get("q", "")).casefold()
    rows = [row for row in found if words in f"{row.violation} {row.instrument} {row.article}".casefold()]
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "law/penalties.html", {"form": form, "day": day, "page": shown})


@page("law.read")
def deadlines(request: Request) -> HttpResponseBase:
    """The legal periods of a day."""
    form, day = _day(DayForm(request.GET))
    rules = DeadlineRule.objects.filter(valid_on(day), withdrawn=False).order_by("name")
    return render(request, "law/deadlines.html", {"form": form, "day": day, "rules": rules})


@page("law.read")
def calendar(request: Request, year: int | None = None) -> HttpResponseBase:
    """The working days of a year."""
    shown = year or businessdate.today().year
    if not YEARS[0] <= shown <= YEARS[1]:
        raise Refused("object.not_visible", refs={"year": str(shown)})
    days = workdays.calendar()
    exceptions = {day.date: day for day in CalendarDay.objects.filter(date__year=shown, withdrawn=False)}
    context = {
        "year": shown,
        "provisional": workdays.is_provisional(shown),
        "months": [_month(shown, month, days) for month in range(1, 13)],
        "exceptions": exceptions.values(),
        "holidays": workdays.holidays_of(shown, days),
        "working_days": sum(days.is_working(dt.date(shown, 1, 1) + dt.timedelta(days=n)) for n in range(365 + months.isleap(shown))),
        "previous": shown - 1 if shown > YEARS[0] else None,
        "next": shown + 1 if shown < YEARS[1] else None,
    }
    return render(request, "law/calendar.html", context)


@page(None)
def clocks(request: Request) -> HttpResponseBase:
    """The clocks of the own body, the late ones first; all clocks for those who watch over them."""
    form = ClockFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    every = selectors.clocks_for(request.actor)
    found = every.filter(state=state) if state else every.filter(state__in=selectors.OPEN)
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    faces = sorted(selectors.faces(list(shown), request.actor), key=lambda face: not face.overdue)
    late = len(selectors.overdue_for(request.actor))
    context = {"form": form, "page": shown, "faces": faces, "late": late, "all": request.actor.may("law.clocks_all")}
    context["beside"] = beside(request.actor)
    return render(request, "law/clocks.html", context)


def _day(form: Any) -> tuple[Any, dt.date]:
    given = form.cleaned_data.get("on") if form.is_valid() else None
    return form, given or businessdate.today()


def _month(year: int, month: int, days: workdays.Calendar) -> dict[str, Any]:
    weeks = [
        [(date.day, days.is_working(date), workdays.name_of(date)) if date.month == month else None for date in week]
        for week in months.Calendar().monthdatescalendar(year, month)
    ]
    return {"number": month, "weeks": weeks}
