"""What two traders share, what it is worth, and how it is told."""

import pytest

from chosach.linking.schema import TIE_KINDS
from tests.linking.rings.making import Record, again, linked, pool, texts, trader


def _ties(*records: Record) -> list[Record]:
    return list(linked(*records).ties.to_pylist())


@pytest.mark.parametrize("kind", ["phone", "account"])
def test_a_value_of_few_carriers_says_more_than_one_of_many(kind: str) -> None:
    column = {"phone": "phone", "account": "bank_account"}[kind]
    weights = []
    for size in (2, 4, 12, 30):
        found = [tie for tie in _ties(*pool(0, size, **{column: "0901234567"})) if tie["kind"] == kind]
        assert all(tie["shared_by"] <= size for tie in found)
        weights.append(found[0]["weight"] if found else 0)
    assert weights[0] > 7.5
    assert weights[1] > 7
    assert weights == sorted(weights, reverse=True)
    assert weights[3] < weights[1] - 2


def test_a_tie_names_the_value_the_records_and_how_many_carry_it() -> None:
    ring = pool(0, 3, phone="0901234567")
    tie = _ties(*ring)[0]
    assert tie["kind"] in TIE_KINDS
    assert tie["value"] == "0901234567"
    assert tie["sentence"] == "Cùng dùng số điện thoại 0901234567. Số này có ở 3 thương nhân."
    assert {tie["record_id_l"], tie["record_id_r"]} <= {record["record_id"] for record in ring}
    assert tie["cluster_id_l"] < tie["cluster_id_r"]


def test_one_address_is_a_weak_tie_and_says_so() -> None:
    (tie,) = _ties(*pool(0, 2, address="12 Lê Lợi, phường Tam Hiệp, Đồng Nai"))
    assert tie["kind"] == "address"
    assert tie["weight"] < 2.5
    assert tie["sentence"].endswith("Chung địa chỉ chỉ là dấu hiệu yếu.")
    assert tie["value"] == "12 Lê Lợi, phường Tam Hiệp, Đồng Nai"


def test_a_warehouse_at_anothers_address_is_a_tie() -> None:
    keeper = trader(0)
    (tie,) = _ties(keeper, trader(1, warehouse=keeper["address"].replace(", ", " , ").upper()))
    assert tie["kind"] == "warehouse"
    assert tie["sentence"].startswith("Kho hàng của một bên là địa chỉ của bên kia: “")


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("Kho 9, đường số 5, KCN Amata, Biên Hòa", "KHO 9, Đường số 5, khu công nghiệp Amata, TP. Biên Hòa, Đồng Nai", ["warehouse"]),
        ("Lô B12, KCN Nhơn Trạch 3, Đồng Nai", "lô B12 - KCN Nhơn Trạch 3 - Đồng Nai", ["warehouse"]),
        ("Kho 9, đường số 5, KCN Amata, Biên Hòa", "Kho 7, đường số 5, KCN Amata, Biên Hòa", []),
        ("Kho 9, KCN Amata", "KHO 9 khu công nghiệp Amata, Biên Hòa, Đồng Nai", ["warehouse"]),
        ("Kho 9, KCN Vân Đình", "kho 9 KCN Vân Đình", ["warehouse"]),  # wherever it lies
        ("Kho 9, KCN Vân Đình", "Kho 8, KCN Vân Đình", []),
        ("KCN Amata, Đồng Nai", "KCN Amata, Đồng Nai", []),  # hundreds have their store in it
        ("Tổ 3, ấp 2, Long Thành, Đồng Nai", "Tổ 3, ấp 2, Long Thành, Đồng Nai", []),
        ("Trần Phú, Biên Hòa, Đồng Nai", "Trần Phú, Biên Hòa, Đồng Nai", []),
    ],
)
def test_a_store_in_an_industrial_zone_is_a_place_without_house_number_and_ward(one: str, other: str, kinds: list[str]) -> None:
    assert [tie["kind"] for tie in _ties(trader(0, warehouse=one), trader(1, warehouse=other))] == kinds


def test_a_street_with_a_letter_wrong_is_the_same_place() -> None:
    keeper = trader(0, address="37 Nguyễn Ái Quốc, phường Tam Hiệp, Đồng Nai")
    (tie,) = _ties(keeper, trader(1, warehouse="37 Nguyẽn Á Quốc, phường Tam Hiệp, Đồng Nai"))
    assert tie["kind"] == "warehouse"


def test_pictures_and_texts_that_are_nearly_the_same_are_one_tie_each() -> None:
    first = trader(0, images=["c3d2a19b5e6f7081", "0f1e2d3c4b5a6978"], texts=texts("meo"))
    second = trader(1, images=["c3d2a19b5e6f7083", "0f1e2d3c4b5a6978"], texts=[texts("meo")[0].upper() + " nhé"])
    found = {tie["kind"]: tie for tie in _ties(first, second)}
    assert found["image"]["sentence"] == "Cùng dùng 2 ảnh (gần như giống hệt). Ảnh hiếm nhất có ở 2 thương nhân."
    assert found["text"]["sentence"] == "Cùng dùng một đoạn mô tả (gần như giống hệt). Đoạn này có ở 2 thương nhân."
    assert found["image"]["value"] is None


def test_a_few_words_that_anybody_writes_tie_nobody() -> None:
    assert _ties(*pool(0, 3, texts=["Hàng đẹp giá rẻ"])) == []


def test_records_of_one_trader_are_no_tie() -> None:
    one = trader(0)
    assert _ties(one, again(one, 2), again(one, 3)) == []


@pytest.mark.parametrize(
    ("kind", "column", "value", "slip"),
    [
        ("account", "bank_account", "19036666777888", "19036667677888"),
        ("phone", "phone", "0901234567", "0901234568"),
        ("email", "email", "khohangtamhiep@gmail.com", "khohangtamhip@gmail.com"),
    ],
)
def test_a_value_with_a_slip_ties_two_who_share_something_else(kind: str, column: str, value: str, slip: str) -> None:
    ring = [*pool(0, 3, texts=texts("meo"), **{column: value}), trader(3, texts=texts("meo"), **{column: slip})]
    found = [tie for tie in _ties(*ring) if tie["kind"] == kind]
    near = [tie for tie in found if "t0003" in (tie["record_id_l"], tie["record_id_r"])]
    assert len(found) == 6
    assert len(near) == 3
    assert {tie["value"] for tie in found} == {value}
    assert all("gần trùng" in tie["sentence"] and "có thể do ghi sai" in tie["sentence"] for tie in near)
    assert max(tie["weight"] for tie in near) < min(tie["weight"] for tie in found if tie not in near)


def test_two_who_share_a_number_are_not_told_that_they_have_near_ones_too() -> None:
    many = pool(0, 30, phone="0901234567")
    two = [{**many[0], "texts": texts("meo")}, again(many[0], 2, phone="0901234568"), {**many[1], "texts": texts("meo")}]
    pairs = [
        (tie["kind"], tie["sentence"][:4])
        for tie in _ties(*two, *many[2:])
        if {tie["record_id_l"], tie["record_id_r"]} == {"t0000", "t0001"}
    ]
    assert pairs == [("phone", "Cùng"), ("text", "Cùng")]


@pytest.mark.parametrize(("column", "slip"), [("bank_account", "19036667677888"), ("phone", "0901234568")])
def test_a_slip_alone_ties_nobody_nor_does_it_with_one_address(column: str, slip: str) -> None:
    value = {"bank_account": "19036666777888", "phone": "0901234567"}[column]
    home = {"address": "12 Lê Lợi, phường Tam Hiệp, Đồng Nai"}
    assert _ties(trader(0, **{column: value}), trader(1, **{column: slip})) == []
    assert [tie["kind"] for tie in _ties(trader(0, **home, **{column: value}), trader(1, **home, **{column: slip}))] == ["address"]


@pytest.mark.parametrize(
    ("wrong", "kinds"),
    [
        ("37 Nguyễn Ái Quốc, Đồng Nai", ["text", "warehouse"]),
        ("Số 37 Nguyễn Ái Quốc, phường Tam Hipệ, Đồng Nia", ["text", "warehouse"]),
        ("39 Nguyễn Ái Quốc, phường Tam Hiệp, Đồng Nai", ["text"]),
        ("37 Nguyễn Ái Quốc, phường Trảng Dài, Đồng Nai", ["text"]),
    ],
)
def test_a_place_whose_end_was_mistyped_ties_but_not_the_house_beside_nor_another_ward(wrong: str, kinds: list[str]) -> None:
    keeper = trader(0, address="37 Nguyễn Ái Quốc, phường Tam Hiệp, Đồng Nai", texts=texts("meo"))
    assert [tie["kind"] for tie in _ties(keeper, trader(1, warehouse=wrong, texts=texts("meo")))] == kinds
