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


def test_it_is_told_less_than_a_column_says_and_that_it_is_all_there_is() -> None:
    in_title, by_column = findings("Túi Gucci nữ 250k"), findings("Túi Gucci nữ", price=250_000)
    in_description = findings("Túi Gucci nữ", "Giá 250k.")
    for kind in ("counterfeit", "ip_infringing"):
        said = [found[kind]["probability"] for found in (by_column, in_title, in_description)]
        assert said == sorted(said, reverse=True)
        assert said[0] >= 0.8 > said[1] > said[2] >= 0.4
        assert explain(in_title[kind]).startswith("Chỉ dựa vào nhãn hiệu và giá")


@pytest.mark.parametrize(
    ("title", "asks"),
    [("Túi Gucci nữ", "giá 10k"), ("Túi Gucci chính hãng", "giá 10k"), ("Túi Gucci auth authentic", "12k"), ("Túi Dior super", "giá 99k")],
)
def test_a_lead_of_the_highest_rank_rests_on_other_words(title: str, asks: str) -> None:
    for kind in ("counterfeit", "ip_infringing"):
        assert 0.5 <= probability(kind, f"{title} {asks}") < 0.8


def test_words_of_grading_carry_it_and_the_price_takes_nothing_off() -> None:
    graded = "Túi Gucci rep 1:1"
    assert probability("counterfeit", f"{graded} 250k") >= probability("counterfeit", graded) >= 0.8


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Giày Nike 2tr9", None),
        ("Túi Gucci nữ giảm 50k", None),
        ("Túi Gucci nữ, ship 30k", None),
        ("Túi Gucci mini 250k, túi lớn 450k", None),
        ("Túi Gucci nữ", "Cọc 50k, tặng kèm móc khóa 20k."),
        ("Túi Gucci nữ", "Mã túi 250k trong kho."),
        ("Túi xách Gucci", "Túi Gucci auth. Tặng kèm quà trị giá 100k. Inbox giá"),
        ("Túi xách Gucci", "Được đánh giá 50k lượt"),
        ("Túi xách Gucci", "Duoc danh gia 50k luot"),
        ("Túi xách Gucci", "Dịch vụ check auth. Giá 300k"),
        ("Túi xách Gucci", "Giá 50k đánh giá 5 sao"),
        ("Túi xách Gucci", "Trị giá quà 100k, mệnh giá: 200k"),
        ("Túi xách Gucci", "Giá thị trường chỉ 400k"),
        ("Túi xách Gucci", "Giá 150k-300k tùy mẫu"),
        ("Túi xách Gucci", "Giá 200k/tháng"),
        ("Túi xách Gucci", "Tặng ví, giá 150k/200k"),
        ("Túi xách Gucci hoàn tiền 200k", None),
        ("Tui xach Gucci hoan tien 200k", None),
        ("Túi xách Gucci. Voucher trị giá 200k", None),
        ("Túi xách Gucci bảo hành 100k", None),
        ("Túi xách Gucci nhận đặt trước 500k", None),
        ("Túi xách Gucci quà 50k", None),
        ("Túi xách Gucci quà 50k/100k", None),
        ("Túi xách Gucci rẻ hơn 500k", None),
        ("Túi xách Gucci chênh 50k", None),
        ("Túi xách Gucci dưới 500k", None),
        ("Túi xách Gucci check auth giá 300k", None),
        ("Túi xách Gucci 300k lượt thích", None),
        ("Túi xách Gucci 50k đánh giá", None),
        ("Túi xách Gucci phí chỉ 50k", None),
        ("Túi xách Gucci giá inbox, cọc trước 100k", None),
        ("Thuê túi Gucci 250k", None),
        ("Túi Gucci ưu đãi 200k", None),
        ("Túi Gucci lì xì 100k", None),
        ("Túi xách Gucci", "So với giá 200k, mua 2 giá 400k."),
        ("Vệ sinh giày Nike, giá 80k", None),
    ],
)
def test_a_discount_a_deposit_or_several_amounts_are_no_price(title: str, description: str | None) -> None:
    assert probability("counterfeit", title, description) < 0.3


def test_an_amount_that_is_no_price_clears_no_figure() -> None:
    assert asked({"title": "Áo thun Uniqlo Doraemon đền 100 triệu nếu giả", "description": ""}, None) is None
    assert findings("Áo thun Uniqlo Doraemon đền 100 triệu nếu giả")["ip_infringing"]["reasons"][0]["rule"] == "ip.character"


@pytest.mark.parametrize(
    ("title", "description", "amount"),
    [
        ("Túi Gucci đen giảm còn 250k", "", 250_000),
        ("Túi Gucci nữ màu đen 250k freeship", "", 250_000),
        ("Giày Nike nữ 350.000đ/đôi", "", 350_000),
        ("Tui Gucci nu gia 250k", "", 250_000),
        ("Túi Gucci nữ", "gia ban: 250k ship cod toàn quốc", 250_000),
        ("Túi Gucci nữ", "Tặng kèm móc khóa 20k. Giá chỉ 250k.", 250_000),
        ("Túi Gucci nữ", "Da thật. " * 66 + " giá 250.000đ", 250_000),  # at the border it is read whole …
        ("Túi Gucci nữ", "Da thật. " * 67 + " giá 250.000đ", None),  # … or not at all
        ("Giày Nike nữ full box 450k", "", 450_000),
        ("Giày Nike nữ fullbox 450k", "", 450_000),
        ("giay nike nu nguyen hop 450k", "", 450_000),
        ("Giày Nike chỉ 450.000", "", 450_000),
        ("Giày Nike nữ, hộp 50k", "", None),  # what the box costs
        ("Túi Gucci 16 triệu màu", "", None),
        ("[100K] Túi Gucci nữ", "", None),
        ("100k túi Gucci nữ", "", None),
        ("Giày Nike mẫu mới 2023 K.", "", None),
        ("Đồng hồ Gucci AB-70K", "", None),
        ("Túi Gucci voucher 199K cap 100K", "", None),
        ("Túi Gucci nữ", "Tặng kệ giá 10k và dầu giá 25k", None),
        ("Túi Gucci nữ", "Giá 350k/áo 150k/quần", None),
        ("Túi Gucci nữ", "Giá: 1.999.000 - 3.998.000", None),
        ("Túi Gucci nữ", "Giá sỉ chỉ 200k", None),
    ],
)
def test_which_amount_is_asked(title: str, description: str, amount: int | None) -> None:
    told = asked({"title": title, "description": description}, None)
    assert (told and told.amount) == amount


def test_the_column_goes_before_the_words() -> None:
    assert probability("counterfeit", "Giày Nike giá 150k", price=2_900_000) < 0.3
    told = asked({"title": "Giày Nike giá 150k", "description": ""}, 2_900_000)
    assert told is not None
    assert told == (2_900_000, "price", 0, 7)


def test_a_title_that_repeats_goods_and_price_without_end_is_read_in_a_moment() -> None:
    began = process_time()
    assert probability("counterfeit", "Giày Nike giá 100k " * 4000) >= 0.5
    assert process_time() - began < 5
