"""What a data scientist holds is not always the canonical table: other Arrow types, frames, missing columns."""

import subprocess
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import chosach

DAY = date(2021, 3, 1)
TITLE = "Túi gucci siêu cấp rep 1:1"
BASE = pa.table({"listing_id": ["a", "b", "c"], "title": [TITLE, "Bàn gỗ", TITLE], "price": [150_000, 20_000, None]})


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    return list(chosach.screen(BASE, as_of=DAY).to_pylist())


def with_column(name: str, column: Any) -> pa.Table:
    return BASE.drop_columns([name] if name in BASE.column_names else []).append_column(name, column)


@pytest.mark.parametrize(
    "listings",
    [
        with_column("title", BASE["title"].cast(pa.large_string())),
        with_column("title", BASE["title"].cast(pa.string_view())),
        with_column("title", BASE["title"].combine_chunks().dictionary_encode()),
        with_column("listing_id", BASE["listing_id"].combine_chunks().dictionary_encode()),
        with_column("price", pa.array([150_000.0, 20_000.0, None])),
        with_column("price", pa.array([150_000.2, 20_000.0, float("nan")])),
        with_column("price", pa.array([Decimal("150000.00"), Decimal("20000.00"), None])),
        with_column("price", pa.array(["150000", "20000", None])),
        pa.concat_tables([BASE.slice(0, 1), BASE.slice(1)]),
        pa.concat_tables([BASE, BASE]).slice(3, 3),
        BASE.append_column("anything", pa.array([1, 2, 3])),
        BASE.to_batches()[0],
        pl.DataFrame({"listing_id": ["a", "b", "c"], "title": [TITLE, "Bàn gỗ", TITLE], "price": [150_000, 20_000, None]}),
    ],
    ids=range(13),
)
def test_the_type_of_a_column_changes_nothing(listings: Any, expected: list[dict[str, Any]]) -> None:
    assert chosach.screen(listings, as_of=DAY).to_pylist() == expected


@pytest.mark.parametrize(
    ("listings", "error", "says"),
    [
        ("tin.csv", TypeError, "Arrow table"),
        (BASE.drop_columns(["title"]), ValueError, "'title'"),
        (BASE.append_column("title", BASE["title"]), ValueError, "2 columns 'title'"),
        (with_column("listing_id", pa.array(["a", None, "c"])), ValueError, "nulls"),
        (with_column("title", pa.array([[1], [2], [3]])), ValueError, "title"),
        (with_column("price", pa.array(["350k", "1", None])), ValueError, "price"),
        (with_column("captured_at", pa.array(["hôm qua"] * 3)), ValueError, "captured_at"),
    ],
    ids=range(7),
)
def test_what_can_not_be_read_is_an_error_that_names_the_column(listings: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        chosach.screen(listings)


@pytest.mark.parametrize(
    ("column", "day"),
    [
        (pa.array([datetime(2020, 10, 14, 18)] * 3, pa.timestamp("us")), date(2020, 10, 15)),
        (pa.array([datetime(2020, 10, 14, 16, 59)] * 3, pa.timestamp("ns", "Asia/Ho_Chi_Minh")), date(2020, 10, 14)),
        (pa.array([date(2020, 10, 15)] * 3), date(2020, 10, 15)),
        (pa.array([2**62, -(2**62), None], pa.int64()).cast(pa.timestamp("us", "UTC")), DAY),
        (pa.array([datetime(9999, 12, 31, 23)] * 3, pa.timestamp("us", "UTC")), DAY),
    ],
    ids=["no zone is UTC", "another zone", "a date", "beyond the calendar", "the last hour"],
)
def test_the_day_of_capture_is_the_date_in_vietnam(column: Any, day: date) -> None:
    found = chosach.screen(with_column("captured_at", column), as_of=DAY).to_pylist()
    assert {law["as_of"] for row in found for law in row["law"]} == {day}


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import chosach, sys; print([m for m in ('pyarrow', 'numpy', 'numba', 'django') if m in sys.modules], chosach.__version__)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.startswith("[] ")


@pytest.mark.parametrize("stops", [True, False])
@pytest.mark.parametrize(
    "sentence", ["hàng giả gucci siêu cấp ung thư trị không chống. ", "viên uống giả da số công bố hsd trị ung thư không "], ids=[0, 1]
)
def test_a_description_full_of_suspicious_words_takes_a_moment_not_minutes(sentence: str, stops: bool) -> None:
    """Eight times the text takes about eight times as long, in seconds of the processor, not sixty-four times."""
    text = sentence if stops else sentence.replace(".", "")

    def spent(times: int) -> float:
        listing = {"listing_id": ["a"], "title": ["Giày nike gucci " * 200], "description": [text * times], "price": [9_000]}
        begun = time.process_time()
        assert chosach.screen(pa.table(listing)).num_rows
        return time.process_time() - begun

    spent(10)  # what is compiled and read at the first use
    small = min(spent(500) for _ in range(3))
    assert spent(4_000) < 24 * small
