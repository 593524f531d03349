"""Where the figures come from: the ledger, read up to one entry."""

import datetime as dt
from collections import defaultdict

from chosach.desk.ledger.selectors import figure_entries
from chosach.desk.reports.figures import EVENTS, FigureEntry, Table, compute

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


def by_body(found: Table) -> dict[str, dict[str, int]]:
    """body code → measure → value: the plain form that is shown, stored and compared."""
    plain: dict[str, dict[str, int]] = defaultdict(dict)
    for (body, measure), cell in sorted(found.items()):
        plain[body][measure] = cell.value
    return dict(plain)


def previous_period(start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The period of the same kind that ends the day before `start`: as many months where it runs by months, else as many days."""
    last = start - dt.timedelta(days=1)
    return last - (end - start), last
