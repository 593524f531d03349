"""A record is placed among known ones with the very weights of a full run."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from bench.sellers import make

from chosach.linking import Linked, blocking, link, scoring, tables
from chosach.linking.comparisons import of_columns
from chosach.linking.living.index import Index, NoIndex, Problem
from chosach.linking.model import shipped
from chosach.linking.normal import normal
from tests.linking.making import LAN, table

_RECORDS = 2_000
Weights = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def sellers() -> pa.Table:
    return make(_RECORDS, seed=17)[0]


@pytest.fixture(scope="module")
def run(sellers: pa.Table) -> Linked:
    return link(sellers, model=shipped())


@pytest.fixture(scope="module")
def weights(sellers: pa.Table) -> Weights:
    """Of every pair of a full run."""
    found: Weights = defaultdict(dict)
    with duckdb.connect() as con:
        filled = tables.prepared(con, normal(sellers))
        comparisons = of_columns(filled)
        tables.frequencies(con, dict.fromkeys(name for one in comparisons for name in one.frequencies))
        blocking.pairs(con, filled)
        scoring.levels(con, "pairs", comparisons, into="levels")
        scoring.weigh(con, "levels", shipped(), comparisons, into="weighed", least=-60.0)
        for left, right, bits in con.execute(
            "SELECT a.record_id, b.record_id, weight FROM weighed JOIN records a ON l = a.id JOIN records b ON r = b.id"
        ).fetchall():
            found[left][right] = found[right][left] = bits
    return found


@pytest.fixture(scope="module")
def built(sellers: pa.Table, run: Linked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "sellers.index"
    Index.build(path, sellers, run.clusters, run.model)
    return path


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Iterator[Index]:
    copy = tmp_path / "sellers.index"
    copy.write_bytes(built.read_bytes())
    with Index(copy) as opened:
        yield opened


def test_a_record_is_weighed_against_the_pairs_of_a_full_run_with_its_weights(index: Index, sellers: pa.Table, weights: Weights) -> None:
    for record in sellers.slice(0, 120).to_pylist():
        index.delete(record["record_id"])
        assert index.place(record).weights == pytest.approx(weights.get(record["record_id"], {}), abs=1e-5)
        index.insert(record)
    assert len(index) == _RECORDS


def test_a_record_goes_to_the_trader_that_a_full_run_gives_it(index: Index, sellers: pa.Table, run: Linked) -> None:
    right = asked = 0
    records_of = defaultdict(list)
    for record, trader in zip(run.clusters["record_id"].to_pylist(), run.clusters["cluster_id"].to_pylist(), strict=True):
        records_of[trader].append(record)
    for record in sellers.slice(500, 120).to_pylist():
        trader = index.trader_of(record["record_id"])
        assert trader is not None
        index.delete(record["record_id"])
        asked += 1
        right += index.place(record).trader_id == (trader if len(records_of[trader]) > 1 else None)
        index.insert(record)
    assert right >= asked * 0.98


def test_reasons_are_those_of_a_full_run(index: Index, sellers: pa.Table, run: Linked) -> None:
    assert run.edges is not None
    edges = {(row["record_id_l"], row["record_id_r"]): row for row in run.edges.to_pylist()}
    seen = 0
    for record in sellers.slice(900, 40).to_pylist():
        index.delete(record["record_id"])
        placed = index.place(record)
        for one in placed.candidates:
            edge = edges.get((min(record["record_id"], one.record_id), max(record["record_id"], one.record_id)))
            if edge is None:
                continue
            seen += 1
            assert one.weight == pytest.approx(edge["weight"], abs=1e-5)
            assert one.probability == pytest.approx(edge["probability"])
            assert one.agreement == pytest.approx(edge["agreement"], abs=1e-5)
            assert [reason["weight"] for reason in one.reasons] == pytest.approx([reason["weight"] for reason in edge["reasons"]], abs=1e-5)
            for reason, other in zip(one.reasons, edge["reasons"], strict=True):
                alike = other["shared_by"] is not None and reason["level"] == "same"
                assert reason["shared_by"] == (other["shared_by"] - 1 if alike else reason["shared_by"]), (
                    "the record is not in the list yet"
                )
        for one in index.insert(record).candidates:
            edge = edges.get((min(record["record_id"], one.record_id), max(record["record_id"], one.record_id)))
            if edge is not None:
                assert [reason["sentence"] for reason in one.reasons] == [reason["sentence"] for reason in edge["reasons"]]
                assert [reason["shared_by"] for reason in one.reasons] == [reason["shared_by"] for reason in edge["reasons"]]
    assert seen > 20


def test_a_stranger_is_a_trader_of_its_own(index: Index) -> None:
    stranger = {"record_id": "n1", "name": "Ngô Xuân Quýnh", "phone": "0299999998"}
    placed = index.place(stranger)
    assert placed.trader_id is None
    assert placed.probability == 0
    inserted = index.insert(stranger)
    assert inserted.trader_id == index.trader_of("n1")
    again = index.place({**stranger, "record_id": "n2"})
    assert again.trader_id == inserted.trader_id
    assert again.candidates[0].record_id == "n1"
    assert "0299999998" in " ".join(reason["sentence"] for reason in again.reasons)


def test_placing_changes_nothing(index: Index, built: Path, sellers: pa.Table) -> None:
    with pytest.raises(Problem) as caught:
        index.place(sellers.slice(3, 1).to_pylist()[0])
    assert caught.value.code == "record.known"
    before = index.log()
    index.place({**LAN, "record_id": "n1"})
    assert index.log() == before == []
    assert index.trader_of("n1") is None


def test_what_a_person_judged_places_a_record(tmp_path: Path) -> None:
    records = table({**LAN, "record_id": "a"}, {"record_id": "b", "name": "Trần Văn Bình", "phone": "0987654321"})
    linked = link(records, model=shipped())
    Index.build(tmp_path / "i", records, linked.clusters, linked.model)
    with Index(tmp_path / "i") as index:
        twin = {**LAN, "record_id": "c"}
        assert index.place(twin).trader_id == index.trader_of("a")
        index.judge("a", "c", "different")
        placed = index.place(twin)
        assert placed.trader_id is None
        assert placed.candidates[0].barred
        index.judge("c", "b", "same")
        placed = index.place(twin)
        assert (placed.trader_id, placed.judged, placed.probability) == (index.trader_of("b"), True, 1.0)
        index.judge("a", "c", None)
        index.judge("b", "c", None)
        assert index.place(twin).trader_id == index.trader_of("a")


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no index at all, but long enough to be taken for one" * 40)
    for name in ("x", "missing"):
        with pytest.raises(NoIndex):
            Index(tmp_path / name)
    assert not (tmp_path / "missing").exists()
