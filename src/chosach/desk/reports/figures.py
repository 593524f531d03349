"""Figures of a report, computed from ledger entries alone: a pure function, so that a report can be rebuilt at any time.

A case's figures are a function of its outcomes. What a period shows is the case's figures at the end of the period less those
before it: every outcome counts once, in the period in which it was approved; a correction moves the difference into the period
in which the correction was approved. Sums over periods are therefore always true.

What counts (source: indicator columns of the committee's published reports; which kinds a column takes is data of the form):
a case counts once, by its lead kind, as soon as it is sanctioned or prosecuted; it stands with the body whose outcome that was.
Cases out of the plan's scope (S1) and traders outside the province (S6) never count; an unknown place is not inside: those cases
stand in the memo lines, so that no case is lost.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chosach.desk.core.kinds import ViolationKind

#: Every measure that a form's indicator may name, with what it counts.
MEASURES: Mapping[str, str] = {
    "inspections": "số lượt kiểm tra đã ghi nhận kết quả",
    "handled": "số vụ đã xử lý (xử phạt hoặc khởi tố), mỗi vụ tính một lần",
    **{f"handled_{kind.value}": f"số vụ đã xử lý: {kind.label}" for kind in ViolationKind},
    "prosecuted_cases": "số vụ khởi tố",
    "prosecuted_persons": "số đối tượng bị khởi tố",
    "sanctioned_cases": "số vụ xử lý hành chính (không bị khởi tố)",
    "sanctioned_subjects": "số đối tượng bị xử phạt hành chính",
    "collected": "tổng số tiền đã thu nộp ngân sách",
    "collected_fines": "tiền phạt vi phạm hành chính đã thu",
    "collected_additional_tax": "phạt bổ sung và truy thu thuế đã thu",
    "collected_sold": "tiền bán hàng tịch thu đã thu",
    "goods": "trị giá hàng hóa vi phạm",
    "goods_held": "trị giá hàng tạm giữ",
    "goods_confiscated": "trị giá hàng tịch thu",
    "goods_destroyed": "trị giá hàng tiêu hủy",
    "memo_dismissed": "số vụ kết thúc không có vi phạm",
    "memo_out_of_scope": "số vụ ngoài phạm vi kế hoạch",
    "memo_outside": "số vụ của thương nhân ngoài tỉnh",
    "memo_unknown_place": "số vụ chưa rõ địa bàn",
}

#: The ledger events that carry figures.
EVENTS = ("case.outcome_recorded", "case.outcome_corrected")


@dataclass(frozen=True)
class FigureEntry:
    """One ledger entry that carries figures: its place in the ledger, the business date, the ids it refers to, its payload."""

    seq: int
    date: dt.date
    case: str
    outcome: str
    payload: Mapping[str, Any]


@dataclass
class Cell:
    """One figure: its value and the entries behind it (ledger places), with the amount each contributed by its case."""

    value: int = 0
    seqs: set[int] = field(default_factory=set)
    #: case → what the case contributes to this cell in this period
    cases: dict[str, int] = field(default_factory=dict)


#: (body code, measure) → cell
Table = dict[tuple[str, str], Cell]
_Figures = dict[tuple[str, str], int]


def compute(entries: Iterable[FigureEntry], start: dt.date, end: dt.date) -> Table:
    """The table of a period, both days included. `entries` is the whole history in ledger order (later ones are left out).

    Cells that no case touched are absent: read them as zero.
    """
    by_case: dict[str, list[FigureEntry]] = defaultdict(list)
    for entry in entries:
        if entry.date <= end:
            by_case[entry.case].append(entry)
    table: Table = {}
    for case, history in by_case.items():
        before = _figures_of([entry for entry in history if entry.date < start])
        after = _figures_of(history)
        touching = {entry.seq for entry in history if entry.date >= start}
        for key in before.keys() | after.keys():
            change = after.get(key, 0) - before.get(key, 0)
            if change:
                cell = table.setdefault(key, Cell())
                cell.value += change
                cell.seqs |= touching
                cell.cases[case] = change
    return table


def by_goods(entries: Iterable[FigureEntry]) -> list[FigureEntry]:
    """The same entries with the goods group in the body's place ("" where none is known), so that `compute` breaks figures down by goods.

    The groups add up to the whole exactly as the bodies do.
    """
    return [replace(entry, payload={**entry.payload, "body": entry.payload.get("goods_group") or ""}) for entry in entries]


def total(table: Table, measure: str, bodies: Iterable[str] | None = None) -> int:
    """The measure over these bodies (all, when None)."""
    wanted = None if bodies is None else set(bodies)
    return sum(cell.value for (body, name), cell in table.items() if name == measure and (wanted is None or body in wanted))


def _effective(history: list[FigureEntry]) -> list[FigureEntry]:
    """The outcomes that stand: a correction takes the place of the outcome it corrects."""
    standing: dict[str, FigureEntry] = {}
    for entry in history:
        corrects = entry.payload.get("corrects")
        if corrects is None:
            standing[entry.outcome] = entry
            continue
        order = list(standing)
        standing = {(entry.outcome if key == corrects else key): (entry if key == corrects else standing[key]) for key in order}
        standing.setdefault(entry.outcome, entry)
    return list(standing.values())


def _figures_of(history: list[FigureEntry]) -> _Figures:
    """A case's figures from its outcomes so far."""
    figures: _Figures = defaultdict(int)
    outcomes = [entry.payload for entry in _effective(history)]
    if not outcomes:
        return figures
    last = outcomes[-1]
    memo = _memo(outcomes)
    if memo:
        figures[last["body"], memo] = 1
        return figures
    for payload in outcomes:
        _add_outcome(figures, payload)
    _add_goods(figures, outcomes)
    _add_handled(figures, outcomes)
    if last["outcome"] == "dismissed" and not any(p["outcome"] in {"sanctioned", "prosecuted"} for p in outcomes):
        figures[last["body"], "memo_dismissed"] = 1
    return figures


def _memo(outcomes: list[Mapping[str, Any]]) -> str | None:
    """The memo line in which a case stands that doesn't count, by its latest word."""
    if any(payload["outcome"] == "out_of_scope" for payload in outcomes):
        return "memo_out_of_scope"
    place = outcomes[-1]["place"]
    return {"outside": "memo_outside", "unknown": "memo_unknown_place"}.get(place)


def _add_outcome(figures: _Figures, payload: Mapping[str, Any]) -> None:
    body = payload["body"]
    if payload["outcome"] == "inspected":
        figures[body, "inspections"] += 1
    if payload["outcome"] == "prosecuted":
        figures[body, "prosecuted_cases"] += payload.get("prosecuted_cases") or 0
        figures[body, "prosecuted_persons"] += payload.get("prosecuted_persons") or 0
    if payload["outcome"] == "sanctioned":
        figures[body, "sanctioned_subjects"] += payload.get("subjects") or 0
        for name, value in _collected(payload).items():
            figures[body, name] += value
            figures[body, "collected"] += value


def _collected(payload: Mapping[str, Any]) -> dict[str, int]:
    """Only what has been paid in is money collected to the budget. A part payment pays the fine first, then additional fine and
    tax, then the sale of goods; what was paid beyond that is a fine too."""
    left = payload.get("collected") or 0
    tax = (payload.get("additional_fine") or 0) + (payload.get("tax_recovered") or 0)
    imposed = {"collected_fines": payload.get("fine") or 0, "collected_additional_tax": tax, "collected_sold": payload.get("sold") or 0}
    paid: dict[str, int] = {}
    for name, amount in imposed.items():
        paid[name] = min(left, amount)
        left -= paid[name]
    paid["collected_fines"] += left
    return paid


def _add_goods(figures: _Figures, outcomes: list[Mapping[str, Any]]) -> None:
    """Goods as the latest outcome that speaks of them has them: goods held in May and confiscated in June are the same goods."""
    names = ("goods_held", "goods_confiscated", "goods_destroyed")
    for payload in reversed(outcomes):
        values = {name: payload.get(name) or 0 for name in names}
        if any(values.values()):
            for name, value in values.items():
                figures[payload["body"], name] += value
            figures[payload["body"], "goods"] += sum(values.values())
            return


def _add_handled(figures: _Figures, outcomes: list[Mapping[str, Any]]) -> None:
    handling = [payload for payload in outcomes if payload["outcome"] in {"sanctioned", "prosecuted"}]
    if not handling:
        return
    first, last = handling[0], handling[-1]
    figures[first["body"], "handled"] += 1
    figures[first["body"], f"handled_{last['kind']}"] += 1
    if all(payload["outcome"] == "sanctioned" for payload in handling):
        figures[first["body"], "sanctioned_cases"] += 1
