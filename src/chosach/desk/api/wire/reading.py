"""A question as a listing, findings as an answer."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa

from chosach.desk.api.wire.schemas import Question
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.screenings import screener
from chosach.screening.data import rows
from chosach.screening.explain import compared, explain
from chosach.screening.schema import FINDING, LISTING

LIKELY, POSSIBLE = 0.8, 0.5
LONG_TITLE = 200  #: letters; a longer first line is cut at the end of a sentence
_SENTENCE_END = re.compile(r"[.!?…。]+\s")
#: What of a question goes to the screener; the rest is not even handed on.
READ = ("title", "description", "category", "brand", "origin", "price", "captured_at")
_SCHEMA = pa.schema([LISTING.field("listing_id"), *(LISTING.field(name) for name in READ)])


class Screened(NamedTuple):
    """Findings (mappings of `FINDING`), with places as the question counts them; what was screened; by which version."""

    findings: list[dict[str, Any]]
    text: str
    screener: str


def screened(question: Question) -> Screened:
    """Screen one question as the desk would, with the correction in force. Nothing of it is kept."""
    row: dict[str, Any] = {name: getattr(question, name) for name in READ}
    cut = None
    if question.text is not None:
        cut = end_of_title(question.text)
        row |= {"title": question.text[:cut], "description": question.text[cut:]}
    table = pa.Table.from_pylist([{"listing_id": "1", **row}], schema=_SCHEMA)
    found, version = screener.screened(table)
    findings = found.select([name for name in FINDING.names if name != "listing_id"]).to_pylist()
    if cut is not None:
        for finding in findings:
            finding["reasons"] = [_in_text(reason, cut) for reason in finding["reasons"]]
    return Screened(findings, f"{row['title'] or ''} {row['description'] or ''}", version)


def end_of_title(text: str) -> int:
    """Where the part of a text ends that is read as its title: the first line that says something, or its first sentences."""
    begin = len(text) - len(text.lstrip())
    line = text.find("\n", begin)
    end = len(text) if line < 0 else line
    if end - begin <= LONG_TITLE:
        return end
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, begin, end)]
    fitting = [place for place in sentences if place - begin <= LONG_TITLE]
    return fitting[-1] if fitting else sentences[0] if sentences else end


def _in_text(reason: Mapping[str, Any], cut: int) -> dict[str, Any]:
    moved = {"title": 0, "description": cut}.get(reason["field"])
    if moved is None:
        return dict(reason)
    return {**reason, "field": "text", "start": reason["start"] + moved, "end": reason["end"] + moved}


def told(findings: Sequence[Mapping[str, Any]]) -> set[str]:
    """Kinds that count as told: at least possible."""
    return {finding["kind"] for finding in findings if finding["probability"] >= POSSIBLE}


def answer(screened_: Screened, *, reasons: bool) -> dict[str, Any]:
    """What a key is told. Without `reasons` neither words nor figures nor what is merely weak: nothing to climb by."""
    if not reasons:
        found = [_coarse(finding) for finding in screened_.findings if finding["probability"] >= POSSIBLE]
        return {"screener": screened_.screener, "findings": found}
    return {"screener": screened_.screener, "findings": [_coarse(finding) | _whole(finding) for finding in screened_.findings]}


def _coarse(finding: Mapping[str, Any]) -> dict[str, Any]:
    probability = finding["probability"]
    level = "likely" if probability >= LIKELY else "possible" if probability >= POSSIBLE else "weak"
    return {"kind": finding["kind"], "level": level, "label": str(ViolationKind(finding["kind"]).label)}


def _whole(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "probability": finding["probability"],
        "explanation": explain({**finding, "reasons": [_named(reason) for reason in finding["reasons"]]}),
        "reasons": [{**reason, "sentence": sentence(reason)} for reason in finding["reasons"]],
        "law": finding["law"],
        "clears": finding["clears"],
    }


def _named(reason: Mapping[str, Any]) -> Mapping[str, Any]:
    """The engine has words for a listing's fields; a text without fields is the wire's own."""
    return {**reason, "field": "văn bản"} if reason["field"] == "text" else reason


def sentence(reason: Mapping[str, Any]) -> str:
    """One reason in words: what its rule says, and of a price what it was compared with."""
    said = f"{_sentences().get(reason['rule'], reason['rule'])}."
    if reason.get("reference"):
        figures = compared(reason["reference"])
        said += f" {figures[0].upper()}{figures[1:]}."
    return said


@cache
def _sentences() -> dict[str, str]:
    return {row["rule"]: row["sentence"] for row in rows("rules.csv")}
