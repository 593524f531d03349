"""Listings in, findings out: ``screen`` is a pure function of a batch."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chosach.screening import choose
from chosach.screening.columns import as_table, day_column, price_column, text_column
from chosach.screening.data import fingerprint
from chosach.screening.evidence import read
from chosach.screening.findings import findings
from chosach.screening.judge import judge
from chosach.screening.lexicon import DESCRIPTION, FIELDS, TITLE, lexicon
from chosach.screening.model import Model
from chosach.screening.prices import PriceTable
from chosach.screening.schema import FINDING
from chosach.screening.signs import signs
from chosach.text import markup

ENGINE_VERSION = "1"
_BASE_VERSION = f"chosach-{ENGINE_VERSION}-{fingerprint()}"


def version(prices: PriceTable | None = None, model: Model | None = None) -> str:
    """What a finding names as its screener: engine, data files, price table, learnt part."""
    return f"{_BASE_VERSION}-{(prices or PriceTable.shipped()).id}-{(model or Model.shipped()).id}"


SCREENER_VERSION = version()

BESIDE = ("platform", "origin")  #: columns that are compared with the words, not read for them

BATCH = 2048  #: listings looked at together

VIETNAM = timezone(timedelta(hours=7))


def screen(listings: Any, *, as_of: date | None = None, prices: PriceTable | None = None, model: Model | None = None) -> pa.Table:
    """Findings (``schema.FINDING``) of a table of listings (``schema.LISTING``; other columns are ignored).

    ``listings``: an Arrow table, or anything that exports one (a Polars or pandas frame). One row out a (listing, kind), listings
    in their order, kinds in the order of ``KINDS``. Law is that in force on the listing's ``captured_at`` (Vietnamese date), else
    on ``as_of``, else today; the row says which. The outcome of a listing depends on that listing alone, not on its neighbours.
    ``prices``: quoted beside a price that is a reason; None = the table that ships. ``model``: the learnt part that makes probabilities
    of what the rules say; None = the one that ships, ``Model.none()`` = what the rules say.

    Raises ``TypeError`` for what is no table or no date; ``ValueError`` where ``listing_id`` or ``title`` is missing, an id is null,
    or a column that is looked at holds what can't be read.
    """
    table = as_table(listings)
    if as_of is not None and not isinstance(as_of, date):
        raise TypeError(f"as_of must be a date, not {type(as_of).__name__}")
    if isinstance(as_of, datetime):
        as_of = as_of.astimezone(VIETNAM).date() if as_of.tzinfo else as_of.date()
    default = as_of or datetime.now(VIETNAM).date()
    reference, learnt = prices or PriceTable.shipped(), model or Model.shipped()
    parts = [_screen_batch(table.slice(begin, BATCH), default, reference, learnt) for begin in range(0, table.num_rows, BATCH)]
    return pa.concat_tables(parts) if parts else FINDING.empty_table()


def _screen_batch(table: pa.Table, default: date, reference: PriceTable, model: Model) -> pa.Table:
    known, screener = lexicon(), version(reference, model)
    given = [text_column(table, name) for name in FIELDS]
    columns, marked = _shown([column.fill_null("") if column.null_count else column for column in given])  # filled once, not by each reader
    ids, prices, days = text_column(table, "listing_id"), price_column(table), day_column(table)
    found = known.matcher.find(columns, choose=lambda hits: choose.worth_a_look(hits, prices, columns))
    chosen = list(choose.candidates(found))
    rows = pa.array([row for row, _ in chosen], pa.int64())
    taken = [column.take(rows) for column in columns]
    texts = [column.to_pylist() for column in taken]
    held = list(zip(signs(taken[TITLE]), signs(taken[DESCRIPTION]), strict=True))
    beside = {name: text_column(table, name).take(rows).to_pylist() for name in BESIDE}
    out: dict[str, list[Any]] = {name: [] for name in FINDING.names}
    for k, (row, hits) in enumerate(chosen):
        text = {name: texts[place][k] or "" for place, name in enumerate(FIELDS)}
        text |= {name: values[k] or "" for name, values in beside.items()}
        price, day = prices[row], days[row]
        on, source = (default, "as_of") if day is None else (day, "captured_at")
        reading = read(hits)
        reading.signs = held[k]
        evidence = judge(reading, text, price, known, reference, on=on, seen=day is not None)
        text["price"] = "" if price is None else str(price)
        for finding in findings(evidence, text, (on, source), known, reference, model=model):
            if row in marked:
                _put_back(finding["reasons"], marked[row])
            out["listing_id"].append(ids[row].as_py())
            out["screener"].append(screener)
            for name, value in finding.items():
                out[name].append(value)
    return pa.table({name: pa.array(out[name], FINDING.field(name).type) for name in FINDING.names}, schema=FINDING)


#: A field of a row: its text as given, and as it is shown.
_Marked = dict[str, tuple[str, markup.Plain]]


def _shown(columns: list[pa.Array]) -> tuple[list[pa.Array], dict[int, _Marked]]:
    """The columns without what was left of HTML, and of the rows that had some their texts."""
    marked: dict[int, _Marked] = {}
    for place, name in enumerate(FIELDS):
        column = columns[place]
        rows = markup.may_hold(column)
        changed = [(row, text, shown) for row in rows for text in [column[row].as_py()] for shown in [markup.plain(text)] if shown]
        if changed:
            which = np.zeros(len(column), np.bool_)
            which[[row for row, _, _ in changed]] = True
            columns[place] = pc.replace_with_mask(column, pa.array(which), pa.array([shown.text for _, _, shown in changed], column.type))
        for row, text, shown in changed:
            marked.setdefault(row, {})[name] = (text, shown)
    return columns, marked


def _put_back(reasons: list[dict[str, Any]], marked: _Marked) -> None:
    """Give places in a text as it is shown their places in the text as given."""
    for reason in reasons:
        if reason["field"] in marked:
            text, shown = marked[reason["field"]]
            reason["start"], reason["end"] = shown.place(reason["start"], reason["end"])
            reason["text"] = text[reason["start"] : reason["end"]]


__all__ = ["ENGINE_VERSION", "SCREENER_VERSION", "screen", "version"]
