"""Posts have no column of prices: what the words ask is compared as a column would be, where one amount alone can be meant."""

from time import process_time
from typing import Any

import pytest
from tests.screening.reading import findings, probability

from chosach.screening import explain
from chosach.screening.asked import asked


def reasons(kind: str, title: str, description: str | None = None, **fields: Any) -> list[dict[str, Any]]:
    return list(findings(title, description, **fields)[kind]["reasons"])


@pytest.mark.parametrize(
    ("title", "description", "words"),
    [
        ("Túi Gucci nữ 250k", None, "250k"),
        ("Giày Nike Air Force 1 giá 150k freeship đơn 300k", None, "150k"),
        ("Áo polo Lacoste giá gốc 1.200.000đ còn 99.000đ", None, "99.000đ"),
        ("Túi Gucci nữ", "Mẫu mới về tuần này. Giá 250k, cọc 50k.", "250k"),
    ],
)
def test_a_price_that_the_words_name_is_a_reason_at_its_place(title: str, description: str | None, words: str) -> None:
    found = reasons("counterfeit", title, description)
    (price,) = [reason for reason in found if reason["term"] == "giá thấp bất thường"]
    text = title if price["field"] == "title" else description
    assert text is not None
    assert price["text"] == words == text[price["start"] : price["end"]]
    assert price["reference"]["floor"] > 250_000
    assert probability("counterfeit", title, description) >= 0.5


def test_it_is_told_as_much_as_a_column_says_and_that_it_is_all_there_is() -> None:
    by_words, by_column = findings("Túi Gucci nữ 250k")["counterfeit"], findings("Túi Gucci nữ", price=250_000)["counterfeit"]
    assert by_words["probability"] == by_column["probability"]
    assert explain(by_words).startswith("Chỉ dựa vào nhãn hiệu và giá")


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Giày Nike 2tr9", None),
        ("Túi Gucci nữ giảm 50k", None),
        ("Túi Gucci nữ, ship 30k", None),
        ("Túi Gucci mini 250k, túi lớn 450k", None),
        ("Túi Gucci nữ", "Cọc 50k, tặng kèm móc khóa 20k."),
        ("Túi Gucci nữ", "Mã túi 250k trong kho."),
    ],
)
def test_a_discount_a_deposit_or_several_amounts_are_no_price(title: str, description: str | None) -> None:
    assert probability("counterfeit", title, description) < 0.3


def test_the_column_goes_before_the_words() -> None:
    assert probability("counterfeit", "Giày Nike giá 150k", price=2_900_000) < 0.3
    told = asked({"title": "Giày Nike giá 150k", "description": ""}, 2_900_000)
    assert told is not None
    assert told == (2_900_000, "price", 0, 7)


def test_a_title_that_repeats_goods_and_price_without_end_is_read_in_a_moment() -> None:
    began = process_time()
    assert probability("counterfeit", "Giày Nike 100k " * 4000) >= 0.5
    assert process_time() - began < 5
