"""Records come and go in an index, each change whole or not at all; rings are merged in a moment and parted again."""

import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
from bench.sellers import make

from chosach.linking import link
from chosach.linking.living.index import Index, Problem
from chosach.linking.living.store import connect
from chosach.linking.model import shipped

WORDS = ("Sen", "Mai", "Trúc", "Quỳnh", "Hồng", "Đào", "Cúc")


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an index says, without the numbers of its rows."""
    con = connect(path)
    queries = {
        "records": "SELECT record_id, traders.name, raw FROM records JOIN traders ON trader = traders.id ORDER BY 1",
        "keys": "SELECT k, record_id FROM keys JOIN records USING (id) ORDER BY 1, 2",
        "carried": "SELECT v, n FROM carried ORDER BY 1",
        "places": "SELECT v, record_id, lives FROM places JOIN records USING (id) ORDER BY 1, 2, 3",
        "ordered": "SELECT k, o, sorted, record_id FROM ordered JOIN records USING (id) ORDER BY 1, 2, 3",
        "traders": "SELECT name, size FROM traders ORDER BY 1",
        "total": "SELECT CAST(value AS TEXT) FROM meta WHERE key = 'total'",
    }
    told = {name: con.execute(query).fetchall() for name, query in queries.items()}
    con.close()
    return told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pa.Table]:
    records, _ = make(400, seed=23)
    linked = link(records, model=shipped(), edges=False)
    path = tmp_path_factory.mktemp("made") / "i"
    Index.build(path, records, linked.clusters, linked.model)
    return path, records


@pytest.fixture
def built(made: tuple[Path, pa.Table], tmp_path: Path) -> tuple[Path, pa.Table]:
    """An index of one's own."""
    (tmp_path / "i").write_bytes(made[0].read_bytes())
    return tmp_path / "i", made[1]


def test_records_put_in_one_by_one_make_the_index_of_a_build(built: tuple[Path, pa.Table]) -> None:
    path, records = built
    whole = contents(path)
    with Index(path) as index:
        gone = records.slice(0, 150).to_pylist()
        for record in gone:
            index.delete(record["record_id"])
        assert len(index) == 250
        for record in gone:
            index.insert(record)
    after = contents(path)
    for name in ("keys", "carried", "places", "ordered", "total"):
        assert after[name] == whole[name], name
    assert sum(size for _, size in after["traders"]) == 400  # type: ignore[misc]


def test_a_column_that_nobody_had_at_first_is_used_as_soon_as_records_bring_it(tmp_path: Path) -> None:
    """A hundred share one hotline, so they are put in order; the shops that tell them apart come later."""
    first = pa.table({"record_id": [f"a{at:03d}" for at in range(60)], "phone": ["0912345678"] * 60})
    later = [
        {"record_id": f"b{at:03d}", "phone": "0912345678", "seller_name": f"{word} {other}"}
        for at, (word, other) in enumerate((a, b) for a in WORDS for b in WORDS)
    ]
    linked = link(first, edges=False)
    Index.build(tmp_path / "i", first, linked.clusters, linked.model)
    with Index(tmp_path / "i") as index:
        for record in later:
            index.insert(record)
        placed = index.place({**later[20], "record_id": "c"})
    assert placed.candidates[0].record_id == later[20]["record_id"]
    assert [reason["field"] for reason in placed.candidates[0].reasons] == ["seller_name", "phone"]
    both = pa.concat_tables([first, pa.Table.from_pylist(later)], promote_options="default")
    again = link(both, edges=False, model=linked.model)
    Index.build(tmp_path / "j", both, again.clusters, again.model)
    for name in ("keys", "carried", "places", "ordered", "total"):
        assert contents(tmp_path / "i")[name] == contents(tmp_path / "j")[name], name


def test_a_change_that_fails_half_way_leaves_no_trace(built: tuple[Path, pa.Table], monkeypatch: pytest.MonkeyPatch) -> None:
    path, records = built
    before = contents(path)
    with Index(path) as index:
        record = {**records.slice(5, 1).to_pylist()[0], "record_id": "n1"}

        def broken(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(Index, "_log", broken)
        with pytest.raises(RuntimeError):
            index.insert(record)
        with pytest.raises(RuntimeError):
            index.delete(records["record_id"][7].as_py())
    assert contents(path) == before


def test_a_change_is_there_after_the_process_is_killed_in_the_next_one(built: tuple[Path, pa.Table]) -> None:
    path, _ = built
    program = (
        "import os, sys; from chosach.linking.living.index import Index; index = Index(sys.argv[1]);"
        "index.insert({'record_id': 'n1', 'name': 'Ngô Xuân Quýnh', 'phone': '0299999998'});"
        "index._con.execute('BEGIN IMMEDIATE'); index._con.execute('DELETE FROM records'); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == -9
    with Index(path) as index:
        assert index.trader_of("n1")
        assert len(index) == 401
        assert len(contents(path)["records"]) == 401


def test_others_read_while_one_writes_and_see_what_is_done(built: tuple[Path, pa.Table]) -> None:
    path, _ = built
    with Index(path) as writer, Index(path) as reader:
        writer.insert({"record_id": "n1", "name": "Ngô Xuân Quýnh", "phone": "0299999998"})
        assert reader.place({"record_id": "n2", "name": "Ngô Xuân Quýnh", "phone": "0299999998"}).trader_id == writer.trader_of("n1")


def test_an_unknown_record_or_one_without_an_id_is_refused(built: tuple[Path, pa.Table]) -> None:
    with Index(built[0]) as index:
        for act, code in ((lambda: index.delete("zz"), "record.unknown"), (lambda: index.insert({"name": "Lan"}), "record.id_empty")):
            with pytest.raises(Problem) as caught:
                act()
            assert caught.value.code == code


def rings(path: Path, members: int) -> Path:
    """An index of traders in three rings, A and B large ones."""
    ids = [f"r{at:07d}" for at in range(members * 2 + 3)]
    ring = ["A"] * members + ["B"] * members + ["C"] * 2 + [None]
    clusters = pa.table({"record_id": ids, "cluster_id": [f"T{one}" for one in ids], "ring_id": pa.array(ring, pa.string())})
    records = pa.table({"record_id": ids, "phone": pa.array([None] * len(ids), pa.string())})
    Index.build(path, records, clusters, shipped())
    return path


def test_two_rings_are_merged_at_once_and_parted_again(tmp_path: Path) -> None:
    with Index(rings(tmp_path / "i", 5_000)) as index:
        start = time.process_time()
        assert index.merge("A", "B") == "A"
        assert time.process_time() - start < 0.1
        assert index.ring_of("Tr0009999") == "A"
        assert len(index.traders_in("B")) == len(index.traders_in("A")) == 10_000
        assert index.merge("C", "B") == "C"
        assert len(index.traders_in("C")) == 10_002
        index.part("A")
        assert len(index.traders_in("C")) == 2
        assert len(index.traders_in("A")) == 10_000
        index.part("B")
        assert index.traders_in("B")[0] == "Tr0005000"
        assert [len(index.traders_in(ring)) for ring in "ABC"] == [5_000, 5_000, 2]
        assert index.ring_of("Tr0010002") is None
        assert [what for _, what, _ in index.log()] == ["merge", "merge", "part", "part"]


def test_merges_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with Index(rings(tmp_path / "i", 5)) as index:
        index.merge("A", "B")
        for act, code in (
            (lambda: index.merge("B", "A"), "ring.same"),
            (lambda: index.merge("A", "X"), "ring.unknown"),
            (lambda: index.part("A"), "ring.alone"),
        ):
            with pytest.raises(Problem) as caught:
                act()
            assert caught.value.code == code


def test_records_and_traders_of_different_runs_make_no_index(tmp_path: Path, built: tuple[Path, pa.Table]) -> None:
    records = built[1]
    linked = link(records.slice(0, 100), model=shipped(), edges=False)
    (tmp_path / "old").write_text("")
    with pytest.raises(ValueError):
        Index.build(tmp_path / "j", records, linked.clusters, linked.model)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["i", "old"]
