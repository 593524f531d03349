"""An index knows the places that goods are sent from, as rings do."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from chosach.linking import link
from chosach.linking.living import places
from chosach.linking.living.index import Index
from chosach.linking.model import shipped
from chosach.linking.normal import addresses
from chosach.linking.rings.carried import PLACE_KNOWN, PLACE_VALUE
from tests.linking.rings.making import pool, table, trader

STORE = "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"
TOLD = [
    STORE, "Kho 9, đường số 5, KCN Amata, Biên Hòa", "KCN Amata", "kho 3 kcn Amata", "Đồng Nai", "Lê Lợi, Đồng Nai", "12 Lê Lợi", "",
    "Kho hàng số 4 đường Nguyễn Ái Quốc, Đồng Nai", "phường Tam Hiệp, Đồng Nai", "Kho 12 khu công nghiệp Long Thành, xã An Phước", "***",
]  # fmt: skip


def test_a_place_is_one_value_for_one_record_as_for_a_full_run() -> None:
    told = pl.Series("address", TOLD)
    with duckdb.connect() as con:
        con.register("p", pl.concat([told.to_frame(), addresses.addresses(told)], how="horizontal").to_arrow())
        known = f"p.street IS NOT NULL AND {PLACE_KNOWN}"
        rows = con.execute(f"SELECT address, CASE WHEN {known} THEN {PLACE_VALUE} END FROM p").fetchall()
    assert {text: places.value(text) for text in TOLD} == dict(rows)
    assert sum(value is not None for _, value in rows) >= 4


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    ring = pool(0, 4, bank_account="19036666777888", warehouse=STORE)
    records = table([*ring, trader(20, address=STORE), *(trader(100 + at) for at in range(20))])
    linked = link(records, model=shipped(), edges=False)
    Index.build(tmp_path / "i", records, linked.clusters, linked.model)
    with Index(tmp_path / "i") as opened:
        yield opened


def test_a_warehouse_alone_finds_those_who_send_from_it_and_who_lives_there_with_their_ring(index: Index) -> None:
    placed = index.place({"record_id": "new", "warehouse": "Số 45/6 Bùi Văn Hòa, P. Long Bình, Biên Hòa, Đồng Nai"})
    assert (placed.trader_id, placed.candidates, placed.more_sharing) == (None, [], 0)
    assert {one.record_id for one in placed.sharing} == {"t0000", "t0001", "t0002", "t0003", "t0020"}
    of = {one.record_id: one for one in placed.sharing}
    assert of["t0000"].ring_id == index.ring_of(of["t0000"].trader_id) is not None
    assert of["t0020"].ring_id is None
    assert of["t0000"].sentence == f"Cùng kho hàng “{STORE}”. Kho này có ở 5 thương nhân."
    assert of["t0020"].sentence.startswith("Kho hàng của một bên là địa chỉ của bên kia")
    assert of["t0000"].name == trader(0)["name"] and of["t0000"].seller_name == trader(0)["seller_name"]


def test_an_address_finds_those_who_send_from_there_and_not_who_lives_there(index: Index) -> None:
    placed = index.place({"record_id": "new", "address": STORE})
    assert {one.record_id for one in placed.sharing} == {"t0000", "t0001", "t0002", "t0003"}


def test_more_than_are_asked_for_are_counted_and_none_is_told_of_its_own_place(index: Index) -> None:
    placed = index.place({"record_id": "new", "warehouse": STORE}, 2)
    assert (len(placed.sharing), placed.more_sharing) == (2, 3)
    placed = index.place({**trader(1, warehouse=STORE), "record_id": "new"})
    assert placed.trader_id == index.trader_of("t0001")
    assert {one.record_id for one in placed.sharing} == {"t0000", "t0002", "t0003", "t0020"}


def test_places_come_and_go_with_their_records(index: Index) -> None:
    index.insert(trader(30, warehouse=STORE))
    index.delete("t0020")
    found = {one.record_id for one in index.place({"record_id": "new", "warehouse": STORE}, 9).sharing}
    assert found == {"t0000", "t0001", "t0002", "t0003", "t0030"}


def test_the_first_record_with_a_warehouse_is_found_by_who_lives_there(tmp_path: Path) -> None:
    records = table([trader(at) for at in range(20)])
    linked = link(records, model=shipped(), edges=False)
    Index.build(tmp_path / "none", records, linked.clusters, linked.model)
    with Index(tmp_path / "none") as without:
        assert without.place({"record_id": "new", "address": STORE}).sharing == []
        without.insert(trader(30, warehouse=STORE))
        assert [one.record_id for one in without.place({"record_id": "new", "address": STORE}).sharing] == ["t0030"]


def test_a_place_of_very_many_tells_nothing(index: Index) -> None:
    with index.changing():
        for at in range(places.MOST):
            index.insert({"record_id": f"m{at}", "phone": f"09{at * 7919 % 10**8:08d}", "warehouse": STORE})
    placed = index.place({"record_id": "new", "warehouse": STORE})
    assert (placed.sharing, placed.more_sharing) == ([], None)
