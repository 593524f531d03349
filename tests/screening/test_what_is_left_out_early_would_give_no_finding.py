"""Most listings are left out from all hits together; whoever is left out would have come to nothing."""

from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from chosach.screening import choose, screen
from chosach.screening.columns import price_column, text_column
from chosach.screening.lexicon import FIELDS, TERM, lexicon

DAY = date(2024, 5, 1)

TITLES = [
    ("Túi D.i.o.r thời trang", 250_000),
    ("Giày Nike nam chạy bộ", 90_000),
    ("Giày Nike nam chạy bộ", 2_900_000),
    ("Áo thun hình Pikachu cho bé", 60_000),
    ("Đồ chơi Doraemon", None),
    ("Sữa bột công thức số 1 lon 900g", 400_000),
    ("Sữa bột cho bé 0-6 tháng", 400_000),
    ("Viên uống đẹp da, sản phẩm này không phải là thuốc", 200_000),
    ("Bánh quy bơ HSD 03/2023", 45_000),
    ("Bánh quy bơ hạn sử dụng 01/06/2024", 45_000),
    ("Trà giảm 5kg trong 7 ngày", 150_000),
    ("Mô hình nhân vật hàng fake", 150_000),
    ("Chuột không dây giá rẻ", 99_000),
    ("Rượu vang đỏ 750ml", 250_000),
    ("Kem dưỡng da nội địa", 10**15),
    ("Tóc giả nữ dài", -5),
]


def _table() -> pa.Table:
    """Every suspicious word of the lexicon beside goods of several kinds, and facts that speak besides words."""
    goods = ("Giày nam", "Viên uống", "Sữa bột cho bé", "Túi Gucci", "Hàng")
    words = sorted({entry.text for entry in lexicon().entries if entry.part == TERM})
    titles = [title for title, _ in TITLES] + [f"{goods[n % 5]} {word}" for n, word in enumerate(words)]
    prices: list[int | None] = [price for _, price in TITLES] + [(n % 7) * 100_000 for n in range(len(words))]
    described = [f"{goods[n % 4]}, {word}, xem thêm trong shop." for n, word in enumerate(reversed(words))]
    return pa.table(
        {
            "listing_id": [str(n) for n in range(len(titles))],
            "title": titles,
            "description": ["Giao hàng toàn quốc. Hạn dùng in trên bao bì."] * len(TITLES) + described,
            "price": pa.array(prices, pa.int64()),
        }
    )


@cache
def _screened() -> tuple[pa.Table, pa.Table]:
    """Those listings and what is found in them, which takes seconds."""
    table = _table()
    return table, screen(table, as_of=DAY)


def test_a_closer_look_at_every_listing_with_a_suspicious_word_finds_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    table, quick = _screened()

    def all_with_a_trigger(hits: choose.Hits, prices: list[int | None], columns: list[pa.Array]) -> np.ndarray:
        wanted = np.zeros(len(prices), np.bool_)
        wanted[hits.row[lexicon().triggers[hits.pattern]]] = True
        return wanted[hits.row]

    monkeypatch.setattr(choose, "worth_a_look", all_with_a_trigger)
    assert screen(table, as_of=DAY).equals(quick)
    assert quick.num_rows > 500


def test_innocent_listings_are_left_out_before_anything_is_made_for_them() -> None:
    table = pa.table({"listing_id": ["1", "2"], "title": ["Giày Nike nam chạy bộ", "Chuột không dây"], "price": [2_900_000, 99_000]})
    columns = [text_column(table, name) for name in FIELDS]
    hits = lexicon().matcher.find(columns)
    assert len(hits.row) > 0
    assert not choose.worth_a_look(hits, price_column(table), columns).any()


@pytest.mark.parametrize("batch", [1, 7, 100_000])
def test_where_batches_are_cut_changes_nothing(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    table = _table().slice(0, 300)
    whole = screen(table, as_of=DAY)
    monkeypatch.setattr("chosach.screening.engine.BATCH", batch)
    assert screen(table, as_of=DAY).equals(whole)


def test_more_kinds_of_company_than_there_are_bits_lose_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    table, whole = _screened()
    monkeypatch.setattr(choose, "BITS", 24)
    choose._plan.cache_clear()
    try:
        assert len(set(choose._bits(lexicon().entries).values())) == 24 < len(choose._bits(lexicon().entries))
        assert screen(table, as_of=DAY).equals(whole)
    finally:
        choose._plan.cache_clear()


def test_goods_that_are_read_together_share_no_bit() -> None:
    bits = choose._bits(lexicon().entries)
    own = [bits[name] for name in choose._OWN if name in bits]
    assert len(set(own)) == len(own) < choose.BITS
