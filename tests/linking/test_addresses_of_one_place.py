"""One place written in many ways is one place, and what only looks alike is two.

`data/address_pairs.csv`: pairs made up in the ways in which sellers write; `second set` was written when the rules for the others stood.
"""

import csv
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from chosach.linking import tables
from chosach.linking.comparisons import ADDRESS
from chosach.linking.living import one
from chosach.linking.living.sql import compiled
from chosach.linking.normal import normal

_PAIRS = Path(__file__).with_name("data") / "address_pairs.csv"
_LEVELS = [(level.name, compiled(ADDRESS.spelt_out(level.sql) or "true")) for level in ADDRESS.levels]


def level(left: str, right: str) -> str:
    """How far two addresses agree."""
    sides = [one.columns({"address": text}) for text in (left, right)]
    row = {f"{name}_{end}": value for side, end in zip(sides, "lr", strict=True) for name, value in side.items()}
    return next(name for name, holds in _LEVELS if holds(row) is True)


def one_place(left: str, right: str) -> bool:
    return level(left, right) in ("same", "near")


def pairs() -> list[dict[str, str]]:
    with _PAIRS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("says", ["same", "other"])
def test_places_of_the_list_are_told_apart(says: str) -> None:
    asked = [row for row in pairs() if row["says"] == says]
    wrong = [row for row in asked if one_place(row["left"], row["right"]) != (says == "same")]
    assert len(asked) > 100
    assert len(wrong) <= 0.025 * len(asked), wrong


def test_the_list_is_read_alike_in_a_batch_and_one_by_one() -> None:
    told = sorted({text for row in pairs() for text in (row["left"], row["right"])})
    with duckdb.connect() as con:
        tables.prepared(con, normal(pa.table({"record_id": [f"{at:05d}" for at in range(len(told))], "address": told})))
        names = ("number", "street", "province", "district", "unit", "figures", "place")
        batch = con.sql(f"SELECT {', '.join(names)} FROM records ORDER BY id").fetchall()
    alone = [one.columns({"address": text}) for text in told]
    assert batch == [tuple(columns[name] for name in names) for columns in alone]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kho 9, đường số 5, KCN Amata, Biên Hòa, Đồng Nai", "kho 9 duong so 5 khu cn amata bien hoa"),
        ("Lô 7, KCX Linh Trung, Thủ Đức, TP.HCM", "lô 7 khu chế xuất Linh Trung Thủ Đức TPHCM"),
        ("Lô 2, CCN Dốc 47, Tam Phước, Biên Hòa", "lô 2 cụm CN Dốc 47, P. Tam Phước, TP Biên Hòa"),
        ("7 Lê Lợi, Quang Vinh, Biên Hòa", "Nhà số 7 Lê Lợi, Quang Vinh, Biên Hòa"),
        ("7 Lê Lợi, Quang Vinh, Biên Hòa", "SN 07, đường Lê Lợi, P. Quang Vinh, Biên Hòa, ĐN"),
        ("45 đường 30/4, Thanh Bình, Biên Hòa", "số 45 Ba Mươi Tháng Tư, Thanh Bình, Biên Hòa"),
        ("168 Cách Mạng Tháng Tám, Quang Vinh, Biên Hòa", "168 CMT8, Quang Vinh, Biên Hòa"),
        ("1234 Quốc lộ 1A, Hố Nai, Biên Hòa", "1234 QL 1, Hố Nai, Biên Hòa"),
        ("56 ĐT743, An Phú, Thuận An, Bình Dương", "56 TL 743, An Phú, Thuận An, Bình Dương"),
        ("12 hẻm 34 Lê Duẩn, Tam Hiệp, Biên Hòa", "34/12 Lê Duẩn, Tam Hiệp, Biên Hòa"),
        ("KP3, tổ 5, Tam Hiệp, Biên Hòa", "tổ 5 khu phố 3 Tam Hiệp Biên Hòa"),
        ("34 Trần Phú, Thắng Tam, Vũng Tàu, Bà Rịa - Vũng Tàu", "34 Trần Phú, P. Thắng Tam, TP Vũng Tàu, BRVT"),
    ],
)
def test_one_place_in_two_writings_is_the_same_to_the_last_letter(first: str, second: str) -> None:
    assert level(first, second) == "same"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("3 Lê Lợi, Quang Vinh, Biên Hòa", "7 Lê Lợi, Quang Vinh, Biên Hòa"),
        ("12 Phan Trung, Tân Mai, Biên Hòa", "12A Phan Trung, Tân Mai, Biên Hòa"),
        ("12 Phan Trung, Tân Mai, Biên Hòa", "12/3 Phan Trung, Tân Mai, Biên Hòa"),
        ("30/4 Lê Lợi, Quang Vinh, Biên Hòa", "đường 30/4, Quang Vinh, Biên Hòa"),
        ("12 đường số 1, Long Bình, Biên Hòa", "12 đường số 12, Long Bình, Biên Hòa"),
        ("102 QL51, Phước Tân, Biên Hòa", "102 QL1A, Hố Nai, Biên Hòa"),
        ("5 ngõ 12 Láng Hạ, Đống Đa, Hà Nội", "5 ngõ 21 Láng Hạ, Đống Đa, Hà Nội"),
        ("45 Nguyễn Trãi, P5, Q3, TPHCM", "45 Nguyễn Trãi, P5, Q5, TPHCM"),
        ("12 Trần Phú, Quận 5, TPHCM", "12 Trần Phú, Quận Tân Phú, TPHCM"),
        ("P1205 tòa A KĐT Xanh, Biên Hòa", "P1205 tòa B KĐT Xanh, Biên Hòa"),
        ("15 Lý Thường Kiệt, KP7, Tân Tiến, Biên Hòa", "15 hẻm 7 Lý Thường Kiệt, Tân Tiến, Biên Hòa"),
    ],
)
def test_a_figure_that_differs_is_another_house(first: str, second: str) -> None:
    assert not one_place(first, second)
