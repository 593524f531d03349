"""Where the figures come from: the ledger, read up to one entry."""

import calendar
import datetime as dt
from collections import defaultdict

from chosach.desk.ledger.selectors import figure_entries
from chosach.desk.reports.figures import EVENTS, FigureEntry, Table, by_goods, compute

#: Before any plan: the history of a case counts from its first entry, whatever the period.
BEGINNING = "0001-01-01"


def history(until: dt.date, up_to_seq: int) -> list[FigureEntry]:
    """Every entry that carries figures, in ledger order, with a business date up to `until` and a number up to `up_to_seq`."""
    return [
        FigureEntry(
            seq=entry.seq,
            date=dt.date.fromisoformat(entry.business_date),
            case=str(entry.refs["case"]),
            outcome=str(entry.refs["outcome"]),
            payload=entry.payload,
        )
        for entry in figure_entries(EVENTS, BEGINNING, until.isoformat(), up_to_seq)
    ]


def table(start: dt.date, end: dt.date, up_to_seq: int) -> Table:
    """The table of a period (both days included) as the ledger had it at this entry."""
    return compute(history(end, up_to_seq), start, end)


def goods_table(start: dt.date, end: dt.date, up_to_seq: int, body: str | None = None) -> Table:
    """The same by goods group in the body's place; of one body's outcomes alone, where one is named."""
    entries = [entry for entry in history(end, up_to_seq) if body is None or entry.payload["body"] == body]
    return compute(by_goods(entries), start, end)


def by_body(found: Table) -> dict[str, dict[str, int]]:
    """body code → measure → value: the plain form that is shown, stored and compared."""
    plain: dict[str, dict[str, int]] = defaultdict(dict)
    for (body, measure), cell in sorted(found.items()):
        plain[body][measure] = cell.value
    return dict(plain)


def previous_period(start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The period of the same kind that ends the day before `start`: as many months where it runs by months, else as many days."""
    last, after = start - dt.timedelta(days=1), end + dt.timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if after.day == start.day and months > 0:
        year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
        if start.day <= calendar.monthrange(year, month + 1)[1]:
            return dt.date(year, month + 1, start.day), last
    return last - (end - start), last


def same_period_last_year(start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The same days of the year before; a period that ends with February ends with February."""
    return _year_before(start), _year_before(end + dt.timedelta(days=1)) - dt.timedelta(days=1)


def _year_before(day: dt.date) -> dt.date:
    leap = day.month == 2 and day.day == 29
    return dt.date(day.year - 1, 3, 1) if leap else day.replace(year=day.year - 1)
