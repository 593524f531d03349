"""Figures from ledger entries: each case once, in its period, with its body; corrections move only the difference."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosach.desk.core.kinds import ViolationKind
from chosach.desk.reports.figures import FigureEntry, compute, total
from chosach.desk.reports.sources import previous_period, same_period_last_year

START, END = dt.date(2020, 11, 13), dt.date(2021, 5, 13)


def entry(
    seq: int, case: str = "A", outcome: str = "", date: str = "2020-12-01", result: str = "sanctioned", **payload: Any
) -> FigureEntry:
    base = {"outcome": result, "body": "market-surveillance", "kind": "counterfeit", "place": "inside"}
    return FigureEntry(seq, dt.date.fromisoformat(date), case, outcome or f"o{seq}", {**base, **payload})


def figures(*entries: FigureEntry, start: dt.date = START, end: dt.date = END) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (_, measure), cell in compute(entries, start, end).items():
        found[measure] += cell.value
    return found


def test_a_case_inspected_and_sanctioned_counts_once_as_handled() -> None:
    found = figures(
        entry(1, result="inspected", goods_held=10_000_000),
        entry(2, subjects=1, fine=20_000_000, collected=20_000_000, collected_on="2020-12-20", goods_confiscated=10_000_000),
        entry(3, subjects=1, fine=5_000_000),
    )
    assert found["inspections"] == 1
    assert found["handled"] == found["handled_counterfeit"] == found["sanctioned_cases"] == 1
    assert found["sanctioned_subjects"] == 2
    assert found["collected"] == found["collected_fines"] == 20_000_000, "a fine not yet paid is not collected"
    assert found["goods"] == 10_000_000, "goods held and later confiscated are the same goods"


def test_a_prosecuted_case_is_not_an_administrative_one() -> None:
    found = figures(
        entry(1, subjects=1),
        entry(2, result="prosecuted", body="police", prosecuted_cases=1, prosecuted_persons=3),
    )
    assert (found["handled"], found["prosecuted_cases"], found["prosecuted_persons"], found["sanctioned_cases"]) == (1, 1, 3, 0)


def test_outside_the_province_unknown_place_and_out_of_scope_never_count_but_are_not_lost() -> None:
    found = figures(
        entry(1, "A", place="outside", fine=1, collected=1, collected_on="2020-12-02"),
        entry(2, "B", place="unknown"),
        entry(3, "C", result="out_of_scope", body="tax"),
    )
    assert found["handled"] == found["collected"] == 0
    assert (found["memo_outside"], found["memo_unknown_place"], found["memo_out_of_scope"]) == (1, 1, 1)


def test_a_correction_in_a_later_period_moves_only_the_difference() -> None:
    history = (
        entry(1, outcome="o1", subjects=1, fine=20_000_000, collected=20_000_000, collected_on="2020-12-20"),
        entry(
            2,
            outcome="o2",
            date="2021-06-01",
            subjects=1,
            fine=15_000_000,
            collected=15_000_000,
            collected_on="2020-12-20",
            kind="smuggled",
            corrects="o1",
        ),
    )
    assert figures(*history)["collected_fines"] == 20_000_000
    later = figures(*history, start=dt.date(2021, 5, 14), end=dt.date(2021, 11, 13))
    assert later["collected_fines"] == -5_000_000
    assert (later["handled"], later["handled_counterfeit"], later["handled_smuggled"]) == (0, -1, 1)


def test_a_part_payment_pays_the_fine_first_then_tax_then_goods() -> None:
    found = figures(entry(1, subjects=1, fine=10, additional_fine=2, tax_recovered=5, sold=9, collected=15, collected_on="2021-01-05"))
    assert (found["collected_fines"], found["collected_additional_tax"], found["collected_sold"], found["collected"]) == (10, 5, 0, 15)


def test_a_cell_opens_to_its_cases_and_entries() -> None:
    table = compute([entry(7, "A"), entry(9, "B")], START, END)
    cell = table["market-surveillance", "handled"]
    assert cell.cases == {"A": 1, "B": 1}
    assert cell.seqs == {7, 9}


amounts = st.integers(0, 10**9)
payloads = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(["inspected", "sanctioned", "prosecuted", "dismissed", "out_of_scope"]),
        "body": st.sampled_from(["tax", "police", "market-surveillance"]),
        "kind": st.sampled_from([kind.value for kind in ViolationKind]),
        "place": st.sampled_from(["inside", "inside", "outside", "unknown"]),
        "subjects": st.integers(0, 3),
        "fine": amounts,
        "additional_fine": amounts,
        "tax_recovered": amounts,
        "sold": amounts,
        "collected": amounts,
        "collected_on": st.sampled_from([None, "2021-01-01"]),
        "prosecuted_cases": st.integers(0, 1),
        "prosecuted_persons": st.integers(0, 4),
        "goods_held": amounts,
        "goods_confiscated": amounts,
        "goods_destroyed": amounts,
    }
)
histories = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 400), payloads, st.booleans()), max_size=12)


def build(rows: list[tuple[str, int, dict[str, Any], bool]]) -> list[FigureEntry]:
    entries: list[FigureEntry] = []
    last: dict[str, str] = {}
    for seq, (case, day, payload, corrects) in enumerate(sorted(rows, key=lambda row: row[1]), start=1):
        changed = {**payload, "corrects": last[case]} if corrects and case in last else payload
        last[case] = f"o{seq}"
        entries.append(FigureEntry(seq, START + dt.timedelta(days=day), case, f"o{seq}", changed))
    return entries


@given(histories, st.integers(0, 400))
def test_periods_that_meet_add_up_to_the_whole(rows: list[Any], cut: int) -> None:
    entries, middle, last = build(rows), START + dt.timedelta(days=cut), START + dt.timedelta(days=401)
    first = figures(*entries, end=middle)
    second = figures(*entries, start=middle + dt.timedelta(days=1), end=last)
    whole = figures(*entries, end=last)
    assert {name for name in whole if whole[name] != first[name] + second[name]} == set()


@given(histories)
def test_the_arithmetic_of_the_form_holds(rows: list[Any]) -> None:
    table = compute(build(rows), START, START + dt.timedelta(days=401))
    assert total(table, "handled") == sum(total(table, f"handled_{kind.value}") for kind in ViolationKind)
    parts = ("collected_fines", "collected_additional_tax", "collected_sold")
    assert total(table, "collected") == sum(total(table, part) for part in parts)
    assert total(table, "goods") == sum(total(table, part) for part in ("goods_held", "goods_confiscated", "goods_destroyed"))
    assert all(cell.value == sum(cell.cases.values()) for cell in table.values())


D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2021-01-01", "2021-06-30", ("2020-07-01", "2020-12-31")),
        ("2021-03-01", "2021-03-31", ("2021-02-01", "2021-02-28")),
        ("2021-05-14", "2021-11-13", ("2020-11-14", "2021-05-13")),
        ("2021-03-05", "2021-03-11", ("2021-02-26", "2021-03-04")),
    ],
)
def test_the_period_before_runs_by_months_where_the_period_does(start: str, end: str, before: tuple[str, str]) -> None:
    assert previous_period(D(start), D(end)) == (D(before[0]), D(before[1]))


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2021-05-14", "2021-11-13", ("2020-05-14", "2020-11-13")),
        ("2021-02-01", "2021-02-28", ("2020-02-01", "2020-02-29")),
        ("2020-02-01", "2020-02-29", ("2019-02-01", "2019-02-28")),
        ("2020-02-29", "2020-03-01", ("2019-03-01", "2019-03-01")),
    ],
)
def test_the_same_period_is_that_of_the_year_before(start: str, end: str, before: tuple[str, str]) -> None:
    assert same_period_last_year(D(start), D(end)) == (D(before[0]), D(before[1]))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 1200))
def test_the_period_before_ends_the_day_before_and_neither_overlaps(start: dt.date, days: int) -> None:
    end = start + dt.timedelta(days=days)
    first, last = previous_period(start, end)
    assert first <= last == start - dt.timedelta(days=1)
    assert abs((last - first).days - days) <= 6, "months differ by a few days, no more"
    year = same_period_last_year(start, end)
    assert year[0] <= year[1] < end
