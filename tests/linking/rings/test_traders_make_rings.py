"""Which traders are one ring, and which are not."""

import random
from collections.abc import Callable
from functools import cache

import pyarrow as pa
import pytest
from bench.rings import by_ring, pairwise, taken_for_rings, told_rings
from bench.rings_world import plant
from hypothesis import given
from hypothesis import strategies as st

from chosach.linking import MEMBERS, RINGS, TIES, Linked, link
from chosach.linking.model import shipped
from tests.examples import examples
from tests.linking.rings.making import again, ids, linked, pool, rings, table, texts, trader

ONE = {"bank_account": "19036666777888", "warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"}
OTHER = {"bank_account": "0451000222333", "warehouse": "9 Nguyễn Ái Quốc, phường Trảng Dài, Đồng Nai"}


def test_traders_with_one_account_and_one_warehouse_are_a_ring() -> None:
    ring = pool(0, 5, **ONE)
    found = linked(*ring)
    assert rings(found) == {ids(*ring)}
    assert found.rings["traders"].to_pylist() == [5]
    assert found.rings["sentence"][0].as_py().startswith("5 thương nhân với 5 hồ sơ có dấu hiệu hoạt động chung, dùng chung ")
    assert found.ties.schema == TIES
    assert found.rings.schema == RINGS
    assert found.members.schema == MEMBERS


@pytest.mark.parametrize(
    "shared",
    [
        {"phone": "0901234567"},
        {"bank_account": "19036666777888"},
        {"email": "khohang@gmail.com"},
        {"warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"},
        {"address": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"},
        {"images": ["c3d2a19b5e6f7081"], "texts": texts("meo")},
    ],
)
def test_one_kind_of_evidence_alone_makes_no_ring(shared: dict[str, object]) -> None:
    assert rings(linked(*pool(0, 6, **shared))) == set()


def test_two_traders_are_no_ring() -> None:
    assert rings(linked(*pool(0, 2, **ONE))) == set()


@pytest.mark.parametrize("size", [4, 8, 30, 120])
def test_a_market_hall_with_one_address_one_phone_and_one_store_is_no_ring(size: int) -> None:
    hall = pool(
        0,
        size,
        address="Chợ Biên Hòa, phường Trấn Biên, Đồng Nai",
        phone="02513822222",
        warehouse="7 Võ Thị Sáu, phường Trấn Biên, Đồng Nai",
    )
    hidden = [{**stall, "address": None} if at % 6 == 5 else stall for at, stall in enumerate(hall)]
    assert rings(linked(*hidden)) == set()


HALL = "Chợ Biên Hòa, P. Thanh Bình, Biên Hòa, Đồng Nai"
STALLS = (
    "{1}", "Sạp {}, {}", "Sạp số {} dãy B, {}", "Ki-ốt {} lô C, {}", "Lô C, quầy số {}, {}", "gian hàng B{}, {}", "Tầng 2, sạp {}, {}",
    "Sạp A-{}, {}", "Sạp {0}-{0}, {1}", "lô sạp {}, {}", "Tầng {}, 15/3 {}", "15/3 {1}, phòng 30{0}",
)  # fmt: skip


def test_a_market_hall_with_its_stalls_its_phone_and_the_hall_as_store_is_no_ring() -> None:
    hall = [trader(at, address=f"Sạp {3 * at + 1}, {HALL}", warehouse=HALL) for at in range(15)]
    for one in hall[:5]:
        one["phone"] = "02513 822 100"
    found = linked(*hall)
    assert rings(found) == set()
    assert len(found.clusters["cluster_id"].unique()) == 45, "nor one trader"
    assert set(found.ties["kind"].to_pylist()) == {"phone"}


def test_a_houses_phone_is_its_own_however_stalls_floors_and_rooms_are_written() -> None:
    names = ("Chợ An Bình", "Chợ Phú Lộc", "Chợ Tân Hiệp", "Chợ Hố Nai", "Chợ Sặt", "Chợ Bửu Long", "Siêu thị Vườn Mít", "Chợ Long Bình",
             "Chợ Phúc Hải", "Chợ Xóm Mới", "Đồng Khởi", "Phạm Văn Thuận")  # fmt: skip
    store = "45/{} Bùi Văn Hòa, phường Long Bình, Đồng Nai"
    halls = [
        trader(5 * at + stall, address=f"{how.format(stall + 1, name)}, phường Tam Hiệp, Đồng Nai",
               phone=f"0251382{at:04d}", warehouse=store.format(at))
        for at, (how, name) in enumerate(zip(STALLS, names, strict=True))
        for stall in range(4)
    ]  # fmt: skip
    assert rings(linked(*halls)) == set()
    elsewhere = [{**one, "address": None} for one in halls]
    assert len(rings(linked(*elsewhere))) == len(STALLS)


def test_stalls_whose_store_is_the_hall_they_stand_in_share_an_address() -> None:
    hall = [trader(at, address=f"Sạp {at + 1}, {HALL}", warehouse=HALL) for at in range(3)]
    plain = trader(3, address=HALL)
    found = linked(*hall, plain)
    assert set(found.ties["sentence"].to_pylist()) == {
        f"Cùng địa chỉ “{HALL}”. Địa chỉ này có ở 4 thương nhân. Chung địa chỉ chỉ là dấu hiệu yếu."
    }


def test_stalls_that_share_an_account_and_a_phone_are_a_ring_though_they_stand_in_one_hall() -> None:
    ring = [trader(at, address=f"Sạp {at + 1}, {HALL}", phone="0901234567", bank_account=ONE["bank_account"]) for at in range(4)]
    others = [trader(at, address=f"Sạp {at + 1}, {HALL}") for at in range(10, 20)]
    assert rings(linked(*ring, *others)) == {ids(*ring)}


def test_a_banks_phone_and_a_carriers_store_that_hundreds_give_tie_nobody() -> None:
    store = "1 Đồng Khởi, phường Tam Hiệp, Đồng Nai"
    found = linked(*pool(0, 200, phone="1900545413", warehouse=store))
    assert rings(found) == set()
    assert not {"phone", "warehouse"} & set(found.ties["kind"].to_pylist())


def test_a_family_with_one_address_and_one_phone_is_no_ring() -> None:
    assert rings(linked(*pool(0, 4, address="12 Lê Lợi, phường Tam Hiệp, Đồng Nai", phone="02513823456"))) == set()


def test_one_weak_tie_between_two_rings_does_not_fuse_them() -> None:
    first, second = pool(0, 5, **ONE), pool(20, 5, **OTHER)
    first[0]["images"] = second[3]["images"] = ["c3d2a19b5e6f7081"]
    assert rings(linked(*first, *second)) == {ids(*first), ids(*second)}


def test_two_dense_rings_that_one_pair_ties_closely_stay_two() -> None:
    first, second = pool(0, 8, **ONE), pool(20, 8, **OTHER)
    for one in (first[0], second[3]):
        one |= {"texts": texts("meo"), "email": "khohang@gmail.com"}
    assert rings(linked(*first, *second)) == {ids(*first), ids(*second)}


@pytest.mark.parametrize("kind", ["bank_account", "texts", "warehouse"])
def test_a_decoy_with_one_tie_to_a_ring_does_not_join_it(kind: str) -> None:
    shared = {**ONE, "texts": texts("meo")}
    ring = pool(0, 5, **shared)
    assert rings(linked(*ring, trader(40, **{kind: shared[kind]}))) == {ids(*ring)}


def test_a_trader_joins_by_two_ties_to_two_traders_of_the_ring() -> None:
    ring = pool(0, 4, **ONE)
    more = [again(ring[0], 2, phone="0907777777"), again(ring[1], 2, texts=texts("meo"))]
    newcomer = trader(40, phone="0907777777", texts=texts("meo"))
    assert rings(linked(*ring, *more, newcomer)) == {ids(*ring, *more, newcomer)}


def test_a_chain_of_suppliers_is_one_ring() -> None:
    chain = [trader(0, texts=texts("a"))]
    for at in range(1, 7):
        chain.append(trader(at, warehouse=chain[-1]["address"], texts=[*texts("abcdefg"[at - 1]), *texts("abcdefg"[at])]))
    assert rings(linked(*chain)) == {ids(*chain)}


@pytest.mark.parametrize(
    "wrong", [lambda place: place.replace("Đồng Nai", "Đồgn Nia"), lambda place: place.replace(", phường Tam Hiệp", "")]
)
def test_a_chain_holds_where_the_warehouse_of_a_link_was_mistyped(wrong: Callable[[str], str]) -> None:
    chain = [trader(0, texts=texts("a"))]
    for at in range(1, 7):
        place = chain[-1]["address"]
        chain.append(trader(at, warehouse=wrong(place) if at == 4 else place, texts=[*texts("abcdefg"[at - 1]), *texts("abcdefg"[at])]))
    assert rings(linked(*chain)) == {ids(*chain)}


def test_one_who_sells_nothing_belongs_to_the_ring_that_is_paid_into_his_account() -> None:
    ring = pool(0, 5, **ONE)
    seller = trader(43, bank_account=ONE["bank_account"])
    assert rings(linked(*ring, seller)) == {ids(*ring)}
    assert rings(linked(*ring, {**seller, "seller_name": None})) == {ids(*ring, seller)}


def test_records_with_pictures_texts_and_warehouses_alone_have_ties_and_rings() -> None:
    shared = {"images": ["c3d2a19b5e6f7081"], "texts": texts("meo")}
    ring = [{"record_id": f"r{at}", "warehouse": ONE["warehouse"], **shared} for at in range(4)]
    copied = {"record_id": "s1", "warehouse": OTHER["warehouse"], **shared}
    found = link(table([*ring, copied]), model=shipped())
    assert rings(found) == {ids(*ring)}
    assert found.edges is not None and found.edges.num_rows == 0
    pictures = link(table([{**one, "warehouse": None} for one in ring]).select(["record_id", "images", "texts"]), edges=False)
    assert pictures.ties["kind"].to_pylist() == ["image", "text"] * 6
    assert pictures.rings.num_rows == 0


@pytest.mark.parametrize("gone", [1, 3])
def test_a_ring_that_went_and_returns_has_its_old_id_though_not_all_return(gone: int) -> None:
    ring, others = pool(0, 6, **ONE), [trader(1000 + at) for at in range(5)]
    first = link(table([*ring, *others]), model=shipped(), edges=False)
    between = first
    for _ in range(gone):
        between = link(table(others), model=shipped(), edges=False, previous=between.clusters)
        assert between.rings.num_rows == 0
    newer = pool(20, 3, **ONE)
    again_ = link(table([*ring[2:], *newer, *others]), model=shipped(), edges=False, previous=between.clusters)
    assert rings(again_) == {ids(*ring[2:], *newer)}
    assert again_.rings["ring_id"].to_pylist() == first.rings["ring_id"].to_pylist()


def test_planted_rings_are_found_again_and_nothing_honest_is_called_a_ring() -> None:
    records, truth = plant(4_000, 16, seed=7)
    traders = told_rings(link(records, edges=False), truth)
    assert pairwise(traders)[2] >= 0.9
    assert by_ring(traders)[2] >= 0.9
    taken = taken_for_rings(traders)
    assert {taken[kind][0] for kind in ("market", "bank", "family")} == {0}


@cache
def in_their_order() -> tuple[pa.Table, Linked]:
    records, _ = plant(600, 6, seed=3)
    return records, link(records, edges=False)


@examples(1)
@given(st.integers(min_value=0, max_value=2**32))
def test_the_order_of_the_records_changes_no_ring(seed: int) -> None:
    records, first = in_their_order()
    order = list(range(records.num_rows))
    random.Random(seed).shuffle(order)
    second = link(records.take(order), edges=False)
    assert first.rings.num_rows > 3
    for name in ("clusters", "ties", "rings", "members"):
        assert getattr(first, name).equals(getattr(second, name)), name


def test_a_record_more_that_shares_nothing_changes_no_ring() -> None:
    records, _ = plant(600, 6, seed=4)
    more = pa.concat_tables([records, table([trader(7, record_id="q1"), trader(8, record_id="q2")])], promote_options="default")
    first, second = link(records, model=shipped(), edges=False), link(more, model=shipped(), edges=False)
    assert first.rings.num_rows > 3
    for name in ("ties", "rings", "members"):
        assert getattr(first, name).equals(getattr(second, name)), name


def test_records_without_anything_to_share_have_no_rings() -> None:
    found = link(table([trader(0), trader(1)]), edges=False)
    assert (found.rings.num_rows, found.members.num_rows, found.ties.num_rows) == (0, 0, 0)
    assert found.clusters["ring_id"].null_count == 2
