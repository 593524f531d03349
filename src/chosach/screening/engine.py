"""Listings in, findings out: ``screen`` is a pure function of a batch."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pyarrow as pa

from chosach.screening import facts
from chosach.screening.columns import as_table, day_column, price_column, text_column
from chosach.screening.data import fingerprint
from chosach.screening.evidence import DOUBTFUL, Evidence, Hit, Reading, from_words, read
from chosach.screening.law import Provision, laws_in_force
from chosach.screening.lexicon import FIELDS, TITLE, WATCHED_TIERS, Lexicon, lexicon
from chosach.screening.prices import PriceTable
from chosach.screening.schema import FINDING, KINDS
from chosach.text.matcher import Hits

ENGINE_VERSION = "1"
_BASE_VERSION = f"chosach-{ENGINE_VERSION}-{fingerprint()}"


def version(prices: PriceTable | None = None) -> str:
    """What a finding names as its screener: engine, data files, price table."""
    return f"{_BASE_VERSION}-{(prices or PriceTable.shipped()).id}"


SCREENER_VERSION = version()

LEAST = 0.05  #: findings below are not put out
MOST_REASONS = 8  #: per finding
BATCH = 8192  #: listings looked at together

VIETNAM = timezone(timedelta(hours=7))
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def screen(listings: Any, *, as_of: date | None = None, prices: PriceTable | None = None) -> pa.Table:
    """Findings (``schema.FINDING``) of a table of listings (``schema.LISTING``; other columns are ignored).

    ``listings``: an Arrow table, or anything that exports one (a Polars or pandas frame). One row out a (listing, kind), listings
    in their order, kinds in the order of ``KINDS``. Law is that in force on the listing's ``captured_at`` (Vietnamese date), else
    on ``as_of``, else today; the row says which. The outcome of a listing depends on that listing alone, not on its neighbours.
    ``prices``: quoted beside a price that is a reason; None = the table that ships.

    Raises ``TypeError`` for what is no table or no date; ``ValueError`` where ``listing_id`` or ``title`` is missing, an id is null,
    or a column that is looked at holds what can't be read.
    """
    table = as_table(listings)
    if as_of is not None and not isinstance(as_of, date):
        raise TypeError(f"as_of must be a date, not {type(as_of).__name__}")
    if isinstance(as_of, datetime):
        as_of = as_of.astimezone(VIETNAM).date() if as_of.tzinfo else as_of.date()
    default = as_of or datetime.now(VIETNAM).date()
    parts = [_screen_batch(table.slice(begin, BATCH), default, prices or PriceTable.shipped()) for begin in range(0, table.num_rows, BATCH)]
    return pa.concat_tables(parts) if parts else FINDING.empty_table()


def _screen_batch(table: pa.Table, default: date, reference: PriceTable) -> pa.Table:
    known, screener = lexicon(), version(reference)
    columns = [text_column(table, name) for name in FIELDS]
    ids, prices, days = text_column(table, "listing_id"), price_column(table), day_column(table)
    chosen = list(candidates(known.matcher.find(columns), known))
    rows = pa.array([row for row, _ in chosen], pa.int64())
    texts = [column.take(rows).to_pylist() for column in columns]
    out: dict[str, list[Any]] = {name: [] for name in FINDING.names}
    for k, (row, hits) in enumerate(chosen):
        text = {name: texts[place][k] or "" for place, name in enumerate(FIELDS)}
        price, day = prices[row], days[row]
        on, source = (default, "as_of") if day is None else (day, "captured_at")
        evidence = _judge(read(hits), text, price, known, on=on, seen=day is not None)
        text["price"] = "" if price is None else str(price)
        for finding in _findings(evidence, text, (on, source), known, reference):
            out["listing_id"].append(ids[row].as_py())
            out["screener"].append(screener)
            for name, value in finding.items():
                out[name].append(value)
    return pa.table({name: pa.array(out[name], FINDING.field(name).type) for name in FINDING.names}, schema=FINDING)


def candidates(hits: Hits, known: Lexicon) -> Iterator[tuple[int, list[Hit]]]:
    """Listings with at least one word that may matter, and all their hits."""
    if len(hits.row) == 0:
        return
    trigger = known.triggers[hits.pattern] & ((hits.field == TITLE) | ~known.names[hits.pattern])
    wanted = np.zeros(int(hits.row[-1]) + 1, np.bool_)
    wanted[hits.row[trigger]] = True
    places = np.flatnonzero(wanted[hits.row])
    rows = hits.row[places]
    pattern = hits.pattern[places].tolist()
    field = hits.field[places].tolist()
    start = hits.start[places].tolist()
    end = hits.end[places].tolist()
    sentence = hits.sentence[places].tolist()
    first = hits.first_letter[places].tolist()
    last = hits.last_letter[places].tolist()
    flags = hits.flags[places].tolist()
    borders = np.flatnonzero(np.diff(rows)) + 1
    begins = [0, *borders.tolist()]
    ends = [*borders.tolist(), len(rows)]
    entries = known.entries
    for begin, stop in zip(begins, ends, strict=True):
        if begin == stop:
            continue
        yield (
            int(rows[begin]),
            [Hit(entries[pattern[k]], field[k], start[k], end[k], sentence[k], first[k], last[k], flags[k]) for k in range(begin, stop)],
        )


def _company(reading: Reading) -> set[str]:
    """What else the text is about: the names by which terms ask for company."""
    company = set(reading.context)
    groups = {hit.entry.name for hit in reading.groups}
    copied = WATCHED_TIERS - {"character"}
    if any(hit.entry.rule in copied for hit in reading.names):
        company.add("brand")
    if groups & facts.FASHION:
        company.add("fashion")
    return company | groups


def _judge(reading: Reading, text: dict[str, str], price: int | None, known: Lexicon, *, on: date, seen: bool) -> list[Evidence]:
    company = _company(reading)
    found = from_words(reading, known.rules, company)
    graded = any(known.rules[e.rule].kind == "counterfeit" and e.rule in _GRADED for e in found)
    found += facts.from_brand(reading, text["title"], price, known, graded)
    if graded:
        found += facts.from_figures(reading, known)
    found += facts.from_characters(reading, text["title"], price, known)
    found += facts.from_formula(reading, text["title"], known)
    found += facts.from_disclaimer(reading, known)
    if "slimming" in company:
        found += facts.from_slimming(text, known)
    if "expiry" in company:
        found += facts.from_expiry(text["title"], on, seen, known)
    if any(e.rule.startswith("conditional.") for e in found) and facts.paper_number(reading, text):
        found = [_lowered(e) if e.rule.startswith("conditional.") else e for e in found]
    if facts.is_a_book(reading):
        found = [e if e.rule.startswith("ip.") else e._replace(probability=e.probability * DOUBTFUL) for e in found]
    return found


_GRADED = frozenset({"counterfeit.grade", "counterfeit.declared"})


def _lowered(evidence: Evidence) -> Evidence:
    """The text shows a paper number."""
    return evidence._replace(probability=evidence.probability * 0.6)


def _combined(evidence: Sequence[Evidence]) -> float:
    """Within a rule the strongest word counts; different rules add up as independent."""
    best: dict[str, float] = {}
    for e in evidence:
        best[e.rule] = max(best.get(e.rule, 0.0), e.probability)
    missed = 1.0
    for probability in best.values():
        missed *= 1.0 - probability
    extra = min(4, len({(e.rule, e.term) for e in evidence}) - len(best))
    return min(0.99, 1.0 - missed * 0.93**extra)


def _told_once(reasons: Sequence[Evidence]) -> list[Evidence]:
    """The strongest first, each place once for each rule (a word and a fact may rest on the same words)."""
    told = {(e.rule, e.field, e.start, e.end): e for e in reversed(reasons)}
    kept = {id(e) for e in told.values()}
    return [e for e in reasons if id(e) in kept][:MOST_REASONS]


def _findings(
    evidence: Sequence[Evidence], text: dict[str, str], day: tuple[date, str], known: Lexicon, prices: PriceTable
) -> Iterator[dict[str, Any]]:
    by_kind: dict[str, list[Evidence]] = {}
    for e in evidence:
        by_kind.setdefault(known.rules[e.rule].kind, []).append(e)
    for kind in sorted(by_kind, key=_ORDER.__getitem__):
        reasons = sorted(set(by_kind[kind]), key=lambda e: (-e.probability, FIELDS_ORDER[e.field], e.start, e.end, e.rule, e.term))
        probability = _combined(reasons)
        if probability < LEAST:
            continue
        shown = _told_once(reasons)
        rules = list(dict.fromkeys(e.rule for e in shown))
        yield {
            "kind": kind,
            "probability": round(probability, 4),
            "reasons": [_reason(e, text, prices) for e in shown],
            "law": [_provision(p, *day) for p in laws_in_force(kind, frozenset(rules), day[0])],
            "clears": list(dict.fromkeys(c for rule in rules for c in known.rules[rule].clears)),
        }


FIELDS_ORDER = {name: place for place, name in enumerate((*FIELDS, "price"))}


def _reason(e: Evidence, text: dict[str, str], prices: PriceTable) -> dict[str, Any]:
    return {
        "field": e.field,
        "start": e.start,
        "end": e.end,
        "text": text[e.field][e.start : e.end],
        "term": e.term,
        "rule": e.rule,
        "reference": None if e.against is None else prices.quoted(*e.against),
    }


def _provision(p: Provision, on: date, source: str) -> dict[str, Any]:
    return {"instrument": p.instrument, "article": p.article, "valid_from": p.valid_from, "as_of": on, "as_of_source": source}


__all__ = ["ENGINE_VERSION", "SCREENER_VERSION", "screen", "text_column"]
