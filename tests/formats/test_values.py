"""Prices, counts, times and images as people write them."""

import contextlib
import datetime as dt
import json
import time
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosach.formats.listings import values


@pytest.mark.parametrize(
    ("written", "vnd"),
    [
        ("1.250.000 đ", 1_250_000),
        ("1.250.000₫", 1_250_000),
        ("₫1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("1.250.000,00 VNĐ", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u00a0000", 1_250_000),
        ("350k", 350_000),
        ("350K", 350_000),
        ("35,5k", 35_500),
        ("350 nghìn", 350_000),
        ("350 ngàn đồng", 350_000),
        ("1tr2", 1_200_000),
        ("1tr250", 1_250_000),
        ("1tr250k", 1_250_000),
        ("1,2 triệu", 1_200_000),
        ("2 tỷ 5", 2_500_000_000),
        ("350000.0", 350_000),
        ("350000", 350_000),
        ("3.5E+5", 350_000),
        ("120.000đ/kg", 120_000),
        ("１２０.０００", 120_000),
        ("1.200k", 1_200_000),
        ("Giá: 250k", 250_000),
        ("giá bán 1.250.000 đ", 1_250_000),
        ("2 triệu rưỡi", 2_500_000),
        ("1 triệu 250 nghìn", 1_250_000),
        ("99k (gồm ship)", 99_000),
        ("250k, chưa ship", 250_000),
        ("250k/1kg", 250_000),
        ("120.000đ/100g", 120_000),
        ("2.500.000/cái 5kg", 2_500_000),
        ("99k (gồm ship, còn hàng)", 99_000),
        ("450đ/bộ", 450),
        ("450k/bộ", 450_000),
        ("9.9k", 9_900),
        ("250k/lọ kem ngày", 250_000),
        ("giá: liên hệ", None),
        ("giá inbox", None),
        (350000.0, 350_000),
        (350000, 350_000),
        ("", None),
        ("Liên hệ", None),
        ("N/A", None),
        (float("nan"), None),
        (None, None),
    ],
)
def test_a_price_is_read_as_people_write_it(written: object, vnd: int | None) -> None:
    assert values.money(written) == vnd


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("rẻ", "number.unclear"),
        ("$12", "number.unclear"),
        ("100.000 - 200.000", "number.unclear"),
        ("1.250.00", "number.unclear"),
        ("12.34.56", "number.unclear"),
        ("1,5tr2", "number.unclear"),
        ("12/05", "number.unclear"),
        ("giá 12/05/2024", "number.unclear"),
        ("100k/200k", "number.unclear"),
        ("từ 250k", "number.unclear"),
        ("250k trở lên", "number.unclear"),
        ("250k (từ 2 cái)", "number.unclear"),
        ("250k (đặt cọc)", "number.unclear"),
        ("giá gốc 500k", "number.unclear"),
        ("450/bộ", "number.unclear"),
        ("1.2k", "number.unclear"),
        ("1k2", "number.unclear"),
        ("100k/tháng", "number.unclear"),
        ("3tr5/tháng", "number.unclear"),
        ("3tr5 / 1 tháng", "number.unclear"),
        ("100k một ngày", "number.unclear"),
        ("2tr/phòng/đêm", "number.unclear"),
        ("250k/cái từ 5 cái", "number.unclear"),
        ("100k/kg 5kg", "number.unclear"),
        ("1.250 triệu", "number.unclear"),
        ("1.5", "number.unclear"),
        (99.9, "number.unclear"),
        (True, "number.unclear"),
        ("-5000", "number.negative"),
        (-1, "number.negative"),
        ("99999999999999999", "number.too_large"),
        ("9" * 400, "number.unclear"),
        ("1e99", "number.too_large"),
        (float("inf"), "number.too_large"),
    ],
)
def test_a_price_that_is_none_says_why(written: object, code: str) -> None:
    with pytest.raises(values.Bad) as error:
        values.money(written)
    assert error.value.code == code


def test_a_price_before_a_discount_may_say_so() -> None:
    assert values.money("Giá gốc 500k", old=True) == values.money("giá niêm yết: 500k", old=True) == 500_000


def _no_price(written: str) -> object:
    with contextlib.suppress(values.Bad):
        return values.money(written)
    return None


def _no_count(written: str) -> object:
    with contextlib.suppress(values.Bad):
        return values.count(written)
    return None


@pytest.mark.parametrize("read", [_no_price, _no_count, values.image_list])
@pytest.mark.parametrize("piece", [", a", "a ", "(a", "; ", "1/", "đ ", "1.", "a \n", "a\u0323\u0301", " "])
def test_a_cell_made_to_hold_up_a_program_costs_no_more_than_its_length(read: Callable[[str], object], piece: str) -> None:
    def taken(times: int) -> float:
        began = time.process_time()
        read(f"x{piece * times}x")
        return time.process_time() - began

    short = min(taken(2_000) for _ in range(3))
    assert min(taken(16_000) for _ in range(2)) < 20 * short + 0.05, "eight times the text: a square of it would be 64 times the work"


@given(st.integers(0, 10**12), st.sampled_from([".", ",", " ", ""]), st.sampled_from(["", " đ", "₫", " VND", " đồng"]))
def test_any_whole_amount_is_read_back_however_it_is_grouped(amount: int, separator: str, currency: str) -> None:
    assert values.money(f"{amount:,}".replace(",", separator) + currency) == amount


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers_of_values(text: str) -> None:
    for read in (values.money, values.count, values.moment):
        with contextlib.suppress(values.Bad):
            read(text)
    values.image_list(text)


@pytest.mark.parametrize(
    ("written", "pieces"),
    [("Đã bán 350", 350), ("1,2k", 1200), ("10k+", 10_000), ("1.234", 1234), ("350 đã bán", 350), (12.0, 12), ("", None)],
)
def test_a_number_sold_is_read(written: object, pieces: int | None) -> None:
    assert values.count(written) == pieces


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2020-11-13", "2020-11-12T17:00:00+00:00"),
        ("13/11/2020", "2020-11-12T17:00:00+00:00"),
        ("13/11/2020 08:30", "2020-11-13T01:30:00+00:00"),
        ("2020-11-13T08:30:00+07:00", "2020-11-13T01:30:00+00:00"),
        ("2020-11-13T01:30:00Z", "2020-11-13T01:30:00+00:00"),
        (1605231000, "2020-11-13T01:30:00+00:00"),
        (1605231000000, "2020-11-13T01:30:00+00:00"),
        ("1605231000", "2020-11-13T01:30:00+00:00"),
        (dt.date(2020, 11, 13), "2020-11-12T17:00:00+00:00"),
    ],
)
def test_a_time_without_a_zone_is_vietnamese_time(written: object, utc: str) -> None:
    read = values.moment(written)
    assert read is not None and read.isoformat() == utc


@pytest.mark.parametrize(
    ("written", "code"), [("hôm qua", "date.unclear"), ("31/02/2020", "date.unclear"), ("0001-01-01", "date.out_of_range")]
)
def test_a_time_that_is_none_says_why(written: str, code: str) -> None:
    with pytest.raises(values.Bad) as error:
        values.moment(written)
    assert error.value.code == code


def test_images_come_as_a_list_however_they_are_written() -> None:
    for written in ('["a.jpg", "b.jpg"]', "a.jpg|b.jpg", "a.jpg;b.jpg", "a.jpg\nb.jpg", ["a.jpg", "b.jpg"]):
        assert values.image_list(written) == ["a.jpg", "b.jpg"]
    assert values.image_list("https://x.vn/a,b.jpg, https://x.vn/c.jpg") == ["https://x.vn/a,b.jpg", "https://x.vn/c.jpg"]
    assert values.image_list("http://x.vn/c.jpg,\n http://x.vn/d.jpg ,  http://x.vn/e.jpg") == [f"http://x.vn/{one}.jpg" for one in "cde"]
    assert values.image_list("") is None


def test_what_json_can_spell_and_no_column_can_hold_is_mended_in_names_of_images() -> None:
    assert values.image_list('["a\\ud83d.jpg", "b\\u0000.jpg"]') == ["a\ufffd.jpg", "b.jpg"]
    assert values.image_list(["\udc00x.jpg", "\0"]) == ["\ufffdx.jpg"]
    assert values.image_list("[" * 100_000) is None


_JSON = st.recursive(st.none() | st.text(st.characters()) | st.integers() | st.booleans(), st.lists, max_leaves=8)


@given(st.text(st.characters(), max_size=30) | _JSON | st.lists(_JSON).map(json.dumps))
def test_whatever_comes_as_images_fits_into_a_column(value: object) -> None:
    pa.array([values.image_list(value)], pa.list_(pa.string()))
