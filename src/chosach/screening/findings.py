"""Evidence as findings: one a kind, with its reasons, the law of the day and what would clear the seller."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from chosach.screening.asked import MOST_WORDED
from chosach.screening.evidence import Evidence
from chosach.screening.judge import combined
from chosach.screening.law import Provision, laws_in_force, of_trademarks
from chosach.screening.lexicon import FIELDS, Lexicon
from chosach.screening.model import Model, buckets, letters
from chosach.screening.prices import PriceTable
from chosach.screening.schema import KINDS

LEAST = 0.05  #: findings below are not put out
MOST_REASONS = 8  #: per finding
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
FIELDS_ORDER = {name: place for place, name in enumerate((*FIELDS, "price", "platform", "origin"))}


def _told_once(reasons: Sequence[Evidence]) -> list[Evidence]:
    """The strongest first, each place once for each rule (a word and a fact may rest on the same words)."""
    told = {(e.rule, e.field, e.start, e.end): e for e in reversed(reasons)}
    kept = {id(e) for e in told.values()}
    return [e for e in reasons if id(e) in kept][:MOST_REASONS]


def _place_of(e: Evidence) -> tuple[Any, ...]:
    """Sorts the strongest first, and equal ones always in the same way."""
    return (-e.probability, FIELDS_ORDER[e.field], e.start, e.end, e.rule, e.term, repr(e.against))


def findings(
    evidence: Sequence[Evidence], text: dict[str, str], day: tuple[date, str], known: Lexicon, prices: PriceTable, *, model: Model
) -> Iterator[dict[str, Any]]:
    by_kind: dict[str, list[Evidence]] = {}
    for e in evidence:
        by_kind.setdefault(known.rules[e.rule].kind, []).append(e)
    branded = any(e.rule.startswith("ip.brand_") for e in evidence)
    read = None
    for kind in sorted(by_kind, key=_ORDER.__getitem__):
        reasons = sorted(set(by_kind[kind]), key=_place_of)
        raw = combined(reasons)
        if raw < LEAST:
            continue
        if read is None and kind in model.words:
            read = buckets(letters(text["title"], text["category"], text["description"]))
        probability = model.probability(kind, round(raw, 4), read)
        if probability > MOST_WORDED:
            worded = {e.rule for e in reasons if e.against is not None and e.field != "price"}
            if worded:  # a price in words: what would be said without it?
                rest = combined([e for e in reasons if e.rule not in worded])
                probability = max(MOST_WORDED, model.probability(kind, round(rest, 4), read) if rest else 0.0)
        if probability < LEAST:
            continue
        shown = _told_once(reasons)
        rules = list(dict.fromkeys(e.rule for e in shown))
        yield {
            "kind": kind,
            "probability": round(probability, 4),
            "reasons": [_reason(e, text, prices) for e in shown],
            "law": [_provision(p, *day) for p in laws_in_force(kind, of_trademarks(rules, branded=branded), day[0])],
            "clears": list(dict.fromkeys(c for rule in rules for c in known.rules[rule].clears)),
        }


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
    return {
        "instrument": p.instrument,
        "article": p.article,
        "clause": p.clause or None,
        "point": p.point or None,
        "valid_from": p.valid_from,
        "as_of": on,
        "as_of_source": source,
    }
