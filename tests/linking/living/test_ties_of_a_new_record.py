"""An index lists of those who show a new record's place the very ones whom a full run over all records would call tied by it."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from chosach.linking import link
from chosach.linking.living import places
from chosach.linking.living.index import Index
from chosach.linking.model import shipped
from chosach.linking.normal import addresses
from tests.linking.living.making import ids_of, table_of
from tests.linking.rings.making import Record, again, pool, table, trader

_WARD = "phường Long Bình, Đồng Nai"
#: One street as several people write it, some with a slip; the last two are others.
_STREETS = ("Bùi Văn Hòa", "Bùi Văn Hòa", "Bùi Văn Hòa", "Bùi Văm Hòa", "Bùi Vă Hòa", "Bùi Văn Hao", "Bùi Quang Hải", "Nguyễn Ái Quốc")
_ENDS = (f", {_WARD}", f", {_WARD}", f", {_WARD}", ", Đồng Nai", "", ", phường Tam Hiệp, Đồng Nai")
WORLDS = 90


def world(number: int) -> tuple[list[Record], Record]:
    """Some traders around one place, and one more record. House numbers and values are this world's own."""
    draw = random.Random(number)
    size = draw.choice([2, 3, 5, 9, 12, 20, 44, 60])
    alike = draw.choice([0.0, 0.3, 0.9])
    phones, accounts, handles = draw.choice([(0, 0, 0), (0.9, 0, 0), (0, 0.9, 0), (0, 0.4, 0), (0, 0, 0.8), (0.4, 0.4, 0.2)])
    spelt = draw.choice([(0,), (0, 3), range(len(_STREETS)), range(len(_STREETS))])

    def place() -> str:
        return f"{300 + number} {_STREETS[draw.choice(spelt)]}{draw.choice(_ENDS if len(spelt) > 2 else _ENDS[:1])}"

    def one(at: int, *, sure: bool) -> Record:
        more: Record = {}
        more |= {"warehouse": place()} if sure or draw.random() < 0.6 else {}
        lives = draw.random()
        more |= {"address": place()} if lives < alike / 2 else {"address": f"Sạp {at}, {place()}"} if lives < alike else {}
        more |= {"phone": f"0907{number:03d}{draw.choice([123, 123, 124])}"} if draw.random() < phones else {}
        more |= {"bank_account": f"1903{number:04d}777888"} if draw.random() < accounts else {}
        more |= {"handle": f"kho.hang.{number}"} if draw.random() < handles else {}
        return trader(at, **more)

    records = [one(70 * number + at, sure=False) for at in range(size)]
    return records, {**one(70 * number + 69, sure=draw.random() < 0.8), "record_id": f"new{number:02d}"}


@pytest.fixture(scope="module")
def worlds() -> tuple[list[Record], list[Record]]:
    made = [world(number) for number in range(WORLDS)]
    return [record for records, _ in made for record in records], [record for _, record in made]


def tied(ties: list[Record], of: dict[str, str], record: str) -> dict[str, str]:
    """Record → sentence without the value, of the first records that a place ties to the trader of `record`."""
    found = {}
    for tie in ties:
        sides = {tie["cluster_id_l"]: tie["record_id_l"], tie["cluster_id_r"]: tie["record_id_r"]}
        if tie["kind"] == "warehouse" and of[record] in sides:
            other = next(cluster for cluster in sides if cluster != of[record])
            found[sides[other]] = tie["sentence"].partition("“")[0]
    return found


def test_it_is_what_a_full_run_calls_a_tie(worlds: tuple[list[Record], list[Record]], tmp_path: Path) -> None:
    known, new = worlds
    linked, whole = (link(table(rows), model=shipped(), edges=False) for rows in (known, [*known, *new]))
    Index.build(tmp_path / "i", table(known), linked.clusters, linked.model)
    before, after = ids_of(linked.clusters), ids_of(whole.clusters)
    size = Counter(after.values())
    ties = whole.ties.to_pylist()
    seen: Counter[str] = Counter()
    with Index(tmp_path / "i") as index:
        for record in new:
            name = record["record_id"]
            placed = index.place(record, 1000)
            around = {after[other] for other in tied(ties, after, name)}
            if size[after[name]] > 1 or placed.trader_id or around - set(before.values()):
                continue  # one record more has made other traders of the known ones
            ours = {one.record_id: one.sentence.partition("“")[0] for one in placed.sharing}
            assert ours == tied(ties, after, name), (record, placed.public)
            seen["tied"] += bool(ours)
            seen["near"] += any("gần trùng" in told for told in ours.values())
            seen["public"] += bool(placed.public)
            seen["nobody"] += not ours
    assert min(seen[name] for name in ("tied", "near", "public", "nobody")) >= 3, seen


def test_a_hall_of_a_stall_is_the_same_for_one_record_as_for_a_full_run() -> None:
    from chosach.linking.rings import carried

    told = [f"{stall}{house}" for stall in ("Sạp 4, ", "Ki-ốt 5 lô C ", "Tầng 2, ", "Sạp 12-14 ", "Phòng 301 ", "") for house in _HALLS]
    rows = pl.concat([pl.Series("a", told).to_frame(), addresses.addresses(pl.Series("a", told))], how="horizontal")
    import duckdb

    with duckdb.connect() as con:
        con.register("read", rows.with_row_index("id").to_arrow())
        con.execute(
            "CREATE TABLE places AS SELECT id, true AS lives, number, street, unit, district, province FROM read WHERE street <> ''"
        )
        con.execute("CREATE TABLE trader_of AS SELECT id, id AS trader FROM read")
        con.execute("CREATE TABLE shown (kind TINYINT, value VARCHAR, id INTEGER, lives BOOLEAN, ships BOOLEAN)")
        carried._homes(con)
        theirs = {told[at]: value for at, value in con.execute("SELECT trader, value FROM halls").fetchall()}
    ours = {text: hall for text, *parts in rows.select("a", *addresses.COLUMNS).iter_rows() if (hall := places.hall(*parts))}
    assert ours == theirs and len(ours) > 10


_HALLS = (f"chợ Biên Hòa, {_WARD}", f"15/3 Lê Lợi, {_WARD}", "TTTM Vincom, Đồng Nai", f"12 Lê Lợi, {_WARD}", "Lê Lợi")
STORE = f"45/6 Bùi Văn Hòa, {_WARD}"


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Index]:
    """Fifty who send from one hall and share nothing else; two of them hand their ties to a person who cut them."""
    records = table([*pool(0, 50, warehouse=STORE), *pool(60, 3, warehouse="7 Lê Duẩn, phường Tam Hiệp, Đồng Nai")])
    linked = link(records, model=shipped(), edges=False)
    Index.build(tmp_path / "i", records, linked.clusters, linked.model, table_of([("new", "t0060", "cut")]))
    with Index(tmp_path / "i") as opened:
        yield opened


def test_those_of_a_hall_that_fifty_send_from_are_counted_and_not_listed(market: Index) -> None:
    placed = market.place({"record_id": "new", "warehouse": STORE})
    assert (placed.sharing, placed.more_sharing, placed.public) == ([], None, 50)


def test_whom_a_person_cut_is_not_listed(market: Index) -> None:
    placed = market.place({"record_id": "new", "warehouse": "7 Lê Duẩn, phường Tam Hiệp, Đồng Nai"})
    assert [one.record_id for one in placed.sharing] == ["t0061", "t0062"]


def test_a_record_that_goes_to_a_known_trader_is_not_tied_to_it(market: Index) -> None:
    placed = market.place({**again(trader(61), 1), "warehouse": "7 Lê Duẩn, phường Tam Hiệp, Đồng Nai"})
    assert placed.trader_id == market.trader_of("t0061")
    assert [(one.record_id, one.shared_by) for one in placed.sharing] == [("t0060", 3), ("t0062", 3)]
