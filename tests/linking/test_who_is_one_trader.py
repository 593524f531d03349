"""Which records are one trader, and which are not."""

from functools import cache

import pyarrow as pa
import pytest
from bench.sellers import make
from hypothesis import given
from hypothesis import strategies as st

from chosach.linking import Linked, link
from chosach.linking.model import shipped
from tests.examples import examples
from tests.linking.making import LAN, groups, pairwise, table, together


def test_the_same_values_written_another_way_are_one_trader() -> None:
    other = {
        "name": "NGUYEN THI QUYNH LAN",
        "seller_name": "✨Mỹ Phẩm HOA HƯỚNG DƯƠNG✨ Official Store",
        "phone": "+84 912.345.678",
        "address": "Số 12/3 đường Lê Lợi, P. Tân Mai, Biên Hòa, Đồng Nai",
    }
    assert together(LAN, other)


@pytest.mark.parametrize("field", ["name", "seller_name", "phone", "bank_account", "address"])
def test_one_wrong_or_missing_value_does_not_part_a_trader(field: str) -> None:
    wrong = {
        "name": "Nguyễn Thị Quỳnh Lam",
        "seller_name": "Mỹ phẩm Hoa Hướng Dưong",
        "phone": "0912345687",
        "bank_account": "0071000123465",
        "address": "12/3 Lê Lợ, phường Tam Hiệp, Đồng Nai",
    }
    assert together(LAN, {**LAN, field: wrong[field]})
    assert together(LAN, {**LAN, field: None})


def test_names_that_differ_in_tones_alone_are_two_people() -> None:
    first, second = {**LAN, "name": "Trần Thị Hạ"}, {**LAN, "name": "Trần Thị Hà"}
    for field in ("seller_name", "phone", "bank_account"):
        first, second = {**first, field: None}, {**second, field: None}
    assert not together(first, second)  # one address: a family
    assert together(first, {**second, "name": "Tran Thi Ha", "phone": "0912345678"}, {**first, "phone": "0912345678"})


def test_homonyms_are_not_one_trader() -> None:
    others = [{"name": "Nguyễn Thị Lan", "phone": f"09{at:08d}", "bank_account": f"77{at:010d}"} for at in range(30)]
    assert len(groups(link(table(*others), edges=False))) == len(others)


def test_a_hotline_and_a_trade_centre_do_not_make_one_trader_of_many() -> None:
    traders = [
        {
            "name": f"{surname} {middle} {given}",
            "seller_name": f"{goods} {surname} {given}",
            "phone": "0901234567",
            "address": "Chợ Biên Hòa, phường Trấn Biên, Đồng Nai",
            "bank_account": f"{at * 7919 + 10**9}",
        }
        for at, (surname, given, middle, goods) in enumerate(
            (surname, given, middle, goods)
            for surname in ("Trần", "Lê", "Phạm", "Võ", "Bùi")
            for given in ("Bình", "Cường", "Dũng", "Giang", "Hải", "Khoa")
            for middle, goods in (("Văn", "Giày"), ("Hữu", "Túi"), ("Đức", "Vải"), ("Quốc", "Mũ"))
        )
    ]
    found = groups(link(table(*traders), edges=False))
    assert len(found) >= len(traders) - 2


def test_a_tax_code_alone_is_enough_and_a_common_name_alone_is_not() -> None:
    assert together({"tax_code": "3601234567"}, {"tax_code": "3601234567-001"})
    people = [{"name": "Nguyễn Thị Lan"}, {"name": "Nguyễn Thị Lan"}, *({"name": f"Người {at}"} for at in range(50))]
    assert frozenset({"0000", "0001"}) not in groups(link(table(*people), edges=False))


def test_made_up_sellers_are_told_apart_far_above_what_was_asked() -> None:
    records, truth = make(4_000, seed=11)
    precision, recall = pairwise(link(records, edges=False), truth)
    assert precision >= 0.98
    assert 2 * precision * recall / (precision + recall) >= 0.97


@cache
def in_their_order() -> tuple[pa.Table, Linked]:
    """Made-up records, and what they are as they stand: learnt from them alone."""
    records, _ = make(400, seed=3)
    return records, link(records)


@examples(3)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(chance: object) -> None:
    records, first = in_their_order()
    order = list(range(records.num_rows))
    chance.shuffle(order)  # type: ignore[attr-defined]
    second = link(records.take(order))
    assert first.clusters.equals(second.clusters)
    assert first.edges is not None
    assert second.edges is not None
    assert first.edges.equals(second.edges)
    assert first.model == second.model


@cache
def none_left_out() -> tuple[pa.Table, Linked]:
    records, _ = make(400, seed=4)
    return records, link(records, model=shipped(), edges=False)


@examples(4)
@given(st.integers(min_value=0, max_value=399))
def test_a_record_more_or_less_leaves_unrelated_traders_as_they_are(place: int) -> None:
    records, whole = none_left_out()
    without = link(pa.concat_tables([records.slice(0, place), records.slice(place + 1)]), model=shipped(), edges=False)
    gone = records["record_id"][place].as_py()
    trader = next(group for group in groups(whole) if gone in group)
    assert {group for group in groups(whole) if group != trader} <= groups(without)


def test_a_trader_keeps_the_id_of_its_first_record() -> None:
    alone = link(table({**LAN, "record_id": "x1"}), edges=False).clusters["cluster_id"].to_pylist()
    more = link(table({**LAN, "record_id": "x9"}, {**LAN, "record_id": "x1"}), edges=False).clusters["cluster_id"].to_pylist()
    assert more == [alone[0]] * 2


def test_records_that_say_nothing_stay_alone() -> None:
    assert len(groups(link(table({"name": None}, {"name": " "}, {"name": "..."}), edges=True))) == 3
    only = link(table({"record_id": "1", "phone": "0912345678"}))
    assert only.clusters.num_rows == 1
    assert only.edges is not None
    assert only.edges.num_rows == 0


def test_two_records_may_not_share_an_id() -> None:
    with pytest.raises(ValueError):
        link(table({**LAN, "record_id": "x"}, {**LAN, "record_id": "x"}))
