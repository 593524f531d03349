"""Vietnamese working days: Tết, days in lieu, Saturdays worked in exchange, and the Civil Code's way of counting."""

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosach.desk.law import workdays
from chosach.desk.law.workdays import Calendar, add_months

D = dt.date
DATES = st.dates(D(2019, 6, 1), D(2027, 6, 1))
EXCEPTIONS = st.dictionaries(DATES, st.booleans(), max_size=20)
#: Days around the seven Tết holidays from 2020 to 2027, where counting goes wrong first.
TET = st.sampled_from([D(2020, 1, 25), D(2021, 2, 12), D(2022, 2, 1), D(2023, 1, 22), D(2024, 2, 10), D(2025, 1, 29), D(2026, 2, 17)])
AROUND_TET = st.builds(lambda day, shift: day + dt.timedelta(days=shift), TET, st.integers(-20, 20))


@pytest.mark.parametrize(
    ("date", "works"),
    [
        (D(2020, 11, 13), True),
        (D(2020, 11, 14), False),  # a Saturday
        (D(2021, 2, 9), True),
        (D(2021, 2, 10), False),  # Tết, five days and the weekend
        (D(2021, 2, 12), False),
        (D(2021, 2, 16), False),
        (D(2021, 2, 17), True),
        (D(2021, 4, 21), False),  # the Hùng Kings
        (D(2021, 4, 30), False),
        (D(2021, 5, 1), False),
        (D(2021, 5, 3), False),  # in lieu of 1 May, a Saturday
        (D(2021, 9, 2), False),
    ],
)
def test_the_days_of_the_plans_first_year(date: D, works: bool) -> None:
    assert Calendar().is_working(date) is works


def test_the_plans_calendar_makes_an_exchanged_saturday_a_working_day(plan_2025: None) -> None:
    for off, worked in [(D(2024, 4, 29), D(2024, 5, 4)), (D(2025, 5, 2), D(2025, 4, 26)), (D(2026, 1, 2), D(2026, 1, 10))]:
        assert worked.weekday() == 5
        assert workdays.is_working(worked)
        assert not workdays.is_working(off)
    assert workdays.add(D(2026, 1, 8), 2) == D(2026, 1, 10)
    assert not workdays.is_provisional(2021)
    assert workdays.is_provisional(2031)


def test_a_period_begins_the_day_after_and_skips_tet() -> None:
    days = Calendar()
    assert days.due(D(2021, 2, 8), 3, "working_day") == D(2021, 2, 18)
    assert days.due(D(2021, 2, 8), 3, "day") == D(2021, 2, 17)  # the third day is 11 February, a holiday
    assert days.due(D(2020, 11, 13), 1, "month") == D(2020, 12, 14)  # the 13th is a Sunday
    assert days.due(D(2020, 2, 28), 1, "year") == D(2021, 3, 1)


def test_a_month_that_has_no_such_day_ends_on_its_last() -> None:
    assert add_months(D(2021, 1, 31), 1) == D(2021, 2, 28)
    assert add_months(D(2020, 1, 31), 1) == D(2020, 2, 29)
    assert add_months(D(2020, 11, 13), 14) == D(2022, 1, 13)


@given(start=AROUND_TET, days=st.integers(1, 40), exceptions=EXCEPTIONS)
def test_counting_and_adding_are_inverse(start: D, days: int, exceptions: Mapping[D, bool]) -> None:
    calendar = Calendar(exceptions)
    end = calendar.add(start, days)
    assert calendar.is_working(end)
    assert calendar.count(start, end) == days


@given(start=AROUND_TET, days=st.integers(1, 40), more=st.integers(1, 10))
def test_a_longer_period_ends_later(start: D, days: int, more: int) -> None:
    calendar = Calendar()
    assert calendar.add(start, days + more) > calendar.add(start, days)


@given(start=AROUND_TET, first=st.integers(1, 20), second=st.integers(1, 20), exceptions=EXCEPTIONS)
def test_two_periods_in_a_row_are_as_long_as_one(start: D, first: int, second: int, exceptions: Mapping[D, bool]) -> None:
    calendar = Calendar(exceptions)
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(start=DATES, middle=DATES, end=DATES, exceptions=EXCEPTIONS)
def test_counts_of_neighbouring_spans_add_up(start: D, middle: D, end: D, exceptions: Mapping[D, bool]) -> None:
    calendar = Calendar(exceptions)
    start, middle, end = sorted((start, middle, end))
    assert calendar.count(start, middle) + calendar.count(middle, end) == calendar.count(start, end)


@given(date=DATES, exceptions=EXCEPTIONS)
def test_a_decreed_day_is_what_the_decree_says(date: D, exceptions: Mapping[D, bool]) -> None:
    calendar = Calendar(exceptions)
    if date in exceptions:
        assert calendar.is_working(date) is exceptions[date]
    assert calendar.is_working(calendar.next_working(date))
    assert calendar.next_working(date) >= date


@given(tet=TET)
def test_tet_stops_the_clock_for_at_least_five_weekdays(tet: D) -> None:
    calendar = Calendar()
    assert not any(calendar.is_working(tet + dt.timedelta(days=shift)) for shift in range(4))
    around = [tet + dt.timedelta(days=shift) for shift in range(-4, 8)]
    assert sum(day.weekday() < 5 and not calendar.is_working(day) for day in around) >= 5


@given(start=AROUND_TET, length=st.integers(1, 60), unit=st.sampled_from(["day", "working_day", "month"]))
def test_no_period_ends_on_a_day_off(start: D, length: int, unit: str) -> None:
    end = Calendar().due(start, length, unit)
    assert Calendar().is_working(end)
    assert end > start


def test_a_negative_count_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="days"):
        Calendar().add(D(2021, 1, 1), -1)
