"""How fast an index of sellers is made, places one record, takes records in and out, and merges two rings.

    python bench/living.py [--records 200000] [--asked 400] [--members 100000] [--wrong 0.2] [--files RECORDS TRUTH]

The sellers are made up (bench/sellers.py). The records that are placed are left out of the index, then put in. Beside the time of the clock
stands that of the processor: the clock also counts what others do on the machine. Placing is asked cold first (each key for the first
time), then once more. `--files`: what bench/sellers.py wrote before; the true traders then stand for
those of a full run, which is not made.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from bench.sellers import make

from chosach.linking import CLUSTERS, Model, link
from chosach.linking.living.index import Index, Placed
from chosach.linking.model import shipped


def timed(name: str, acts: list[Callable[[], object]]) -> list[object]:
    """Do all, print how long one takes in milliseconds."""
    clock, processor, told = [], [], []
    for act in acts:
        start, used = time.perf_counter(), time.process_time()
        told.append(act())
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - used) * 1000)
    for what, times in (("clock", clock), ("processor", processor)):
        p50, p95, p99 = np.percentile(times, [50, 95, 99])
        print(
            f"{name:<26} {what:<10} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   p99 {p99:6.1f} ms   mean {statistics.mean(times):6.1f} ms",
            flush=True,
        )
    return told


def whole(name: str, act: Callable[[], object]) -> object:
    """Do it once, print how long it takes in seconds."""
    start, used = time.perf_counter(), time.process_time()
    told = act()
    print(f"{name:<26} {time.perf_counter() - start:6.2f} s, of processor {time.process_time() - used:6.2f} s", flush=True)
    return told


def rings(path: Path, members: int) -> None:
    """An index of nothing but two rings."""
    ids = [f"r{at:07d}" for at in range(members * 2)]
    ring = pa.array(["A"] * members + ["B"] * members)
    clusters = pa.table({"record_id": ids, "cluster_id": [f"T{one}" for one in ids], "ring_id": ring})
    Index.build(path, pa.table({"record_id": ids, "phone": pa.nulls(len(ids), pa.string())}), clusters, shipped())


def placing(path: Path, asked: list[dict[str, str | None]], homes: dict[str, str | None]) -> None:
    """Place, place again, put in, take out."""
    with Index(path) as index:
        placed = [one for one in timed("place", [lambda record=record: index.place(record) for record in asked]) if isinstance(one, Placed)]
        right = sum(one.trader_id == homes[record["record_id"] or ""] for one, record in zip(placed, asked, strict=True))
        pairs = statistics.mean(len(one.weights) for one in placed)
        print(f"{'':<26} {right} of {len(asked)} to the trader of the full run; {pairs:.0f} pairs a record")
        timed("place again", [lambda record=record: index.place(record) for record in asked])
        timed("insert", [lambda record=record: index.insert(record) for record in asked])
        timed("delete", [lambda record=record: index.delete(str(record["record_id"])) for record in asked])


def main() -> None:
    """Make the records, run."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("--records", type=int, default=200_000)
    told.add_argument("--asked", type=int, default=400)
    told.add_argument("--members", type=int, default=100_000)
    told.add_argument("--wrong", type=float, default=0.2)
    told.add_argument("--files", type=Path, nargs=2, metavar=("RECORDS", "TRUTH"))
    given = told.parse_args()
    records, found, model = _run(given)
    count = records.num_rows
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}; {count:,} records, {given.members:,} members a ring", flush=True)
    traders = dict(zip(found["record_id"].to_pylist(), found["cluster_id"].to_pylist(), strict=True))
    step = max(1, count // given.asked)
    out = np.zeros(count, dtype=bool)
    out[::step] = True
    kept, asked = records.filter(pa.array(~out)), records.filter(pa.array(out)).to_pylist()[: given.asked]
    mates: dict[str, int] = {}
    for record in kept["record_id"].to_pylist():
        mates[traders[record]] = mates.get(traders[record], 0) + 1
    homes = {one["record_id"]: traders[one["record_id"]] if traders[one["record_id"]] in mates else None for one in asked}
    clusters = found.filter(pa.array([not gone for gone in _gone(found, records, out)]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sellers.index"
        whole("build", lambda: Index.build(path, kept, clusters, model))
        print(f"{'size':<26} {path.stat().st_size / 1e6:,.0f} MB, {path.stat().st_size / len(kept):,.0f} bytes a record")
        placing(path, asked, homes)
        rings(Path(folder) / "rings.index", given.members)
        with Index(Path(folder) / "rings.index") as index:
            whole("merge of two rings", lambda: index.merge("A", "B"))
            whole("all members of the one", lambda: len(index.traders_in("B")))
            whole("parting them again", lambda: index.part("B"))


def _run(given: argparse.Namespace) -> tuple[pa.Table, pa.Table, Model]:
    """Records, their traders (schema.CLUSTERS) and the model."""
    if given.files:
        records, truth = (pq.read_table(path) for path in given.files)
        names = pc.binary_join_element_wise("T", truth["trader"].cast(pa.string()), "")
        return records, pa.table([truth["record_id"], names, pa.nulls(len(names), pa.string())], names=CLUSTERS.names), shipped()
    records, _ = make(given.records, wrong=given.wrong)
    linked = link(records, edges=False)
    return records, linked.clusters, linked.model


def _gone(clusters: pa.Table, records: pa.Table, out: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[bool]:
    gone = {record for record, left in zip(records["record_id"].to_pylist(), out.tolist(), strict=True) if left}
    return [record in gone for record in clusters["record_id"].to_pylist()]


if __name__ == "__main__":
    main()
