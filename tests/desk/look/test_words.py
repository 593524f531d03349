"""Numbers, money, dates, terms and likelihoods read as Vietnamese read them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template

from chosach.desk.core import words

DAY = dt.date(2021, 3, 15)


def show(source: str, **values: object) -> str:
    return Template("{% load chosach %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0 đồng"),
        (999, "999 đồng"),
        (1_250_000, "1.250.000 đồng"),
        (-1500, "-1.500 đồng"),
        (12_600_000_000, "12.600.000.000 đồng"),
        (None, "—"),
    ],
)
def test_money_is_written_in_full_with_dots(value: int | None, shown: str) -> None:
    assert words.money(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (999_999, "999.999 đồng"),
        (1_000_000, "1 triệu đồng"),
        (1_250_000, "1,3 triệu đồng"),
        (999_940_000, "999,9 triệu đồng"),
        (999_960_000, "1 tỷ đồng"),
        (12_600_000_000, "12,6 tỷ đồng"),
        (1_234_500_000_000, "1.234,5 tỷ đồng"),
        (-12_600_000_000, "-12,6 tỷ đồng"),
        (None, "—"),
    ],
)
def test_large_sums_are_short_and_rounded_half_up(value: int | None, shown: str) -> None:
    assert words.money_short(value) == shown


def test_a_number_has_a_decimal_comma_and_no_empty_decimals() -> None:
    assert [words.number(value) for value in (1234567, 12.5, Decimal("3.00"), 0.1 + 0.2)] == [
        "1.234.567",
        "12,5",
        "3",
        "0,30000000000000004",
    ]
    assert words.number(2.345, 2) == "2,35"


def test_a_time_is_shown_on_the_day_it_has_in_vietnam() -> None:
    evening = dt.datetime(2021, 3, 14, 18, 30, tzinfo=dt.UTC)
    assert (words.date(evening), words.moment(evening)) == ("15/03/2021", "01:30 15/03/2021")


@pytest.mark.parametrize(("share", "shown"), [(0.0, "0%"), (0.001, "1%"), (0.824, "82%"), (0.9999, "99%"), (1.0, "100%"), (None, "—")])
def test_what_is_not_certain_is_never_shown_as_none_or_all(share: float | None, shown: str) -> None:
    assert words.percent(share) == shown


@pytest.mark.parametrize(
    ("due", "left", "done", "text", "tone"),
    [
        (DAY + dt.timedelta(12), None, None, "còn 12 ngày", "neutral"),
        (DAY + dt.timedelta(3), None, None, "còn 3 ngày", "warn"),
        (DAY, None, None, "hạn hôm nay", "warn"),
        (DAY - dt.timedelta(2), None, None, "quá hạn 2 ngày", "danger"),
        (DAY + dt.timedelta(4), 2, None, "còn 2 ngày", "warn"),
        (DAY - dt.timedelta(4), -2, None, "quá hạn 2 ngày", "danger"),
        (DAY - dt.timedelta(4), None, DAY - dt.timedelta(4), "đúng hạn", "ok"),
        (DAY - dt.timedelta(4), None, DAY - dt.timedelta(1), "trễ 3 ngày", "warn"),
    ],
)
def test_a_term_says_in_words_how_it_stands(due, left, done, text, tone) -> None:
    term = words.term(due, DAY, left=left, done=done)
    assert (term.text, term.tone) == (text, tone)
    assert term.icon


def test_a_deadline_goes_by_the_business_date_and_has_a_sign_beside_its_colour() -> None:
    shown = show('{% deadline due left=-2 unit="ngày làm việc" %}', due=DAY, business_date=dt.date(2021, 3, 17))
    assert "15/03/2021" in shown
    assert "quá hạn 2 ngày làm việc" in shown
    assert "#exclamation-octagon" in shown


def test_every_violation_kind_has_a_badge_with_sign_and_name() -> None:
    from chosach.desk.core.kinds import ViolationKind

    signs = {kind: show("{% kind_badge kind %}", kind=kind.value) for kind in ViolationKind}
    assert all(str(kind.label) in shown for kind, shown in signs.items())
    assert len({shown.split("#")[1].split('"')[0] for shown in signs.values()}) == len(ViolationKind)


def test_a_chance_is_words_and_figure() -> None:
    from django.utils.html import strip_tags

    assert strip_tags(show("{% chance 0.82 %}")) == "Khả năng cao 82%"
    assert strip_tags(show("{% chance 0.9499 %}")) == strip_tags(show("{% chance 0.95 %}"))  # the same figure in the same words
    assert show("{% chance none %}") == "—"
