"""How long rings take of a million records with pictures and texts, step by step.

    python bench/rings_time.py [--records 1000000] [--folder FOLDER]

Worlds of `bench/rings_world.py`, 100,000 records each, side by side; the traders are those of the truth, so that what is timed is rings
alone. `--folder`: keeps the worlds there for another run (making a million records takes three minutes).
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path
from types import ModuleType

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from bench.rings_world import plant

from chosach.linking import rings, tables
from chosach.linking.normal import normal
from chosach.linking.rings import carried, groups, near, output, roles, ties

_WORLD = 100_000
_ROWS = 65_536
_STEPS: tuple[tuple[ModuleType, str, str], ...] = (
    (carried, "_near_images", "near pictures"),
    (carried, "_near_texts", "near texts"),
    (carried, "make", "values carried, with both"),
    (near, "find", "slips"),
    (ties, "make", "ties, with slips"),
    (groups, "grouped", "rings"),
    (roles, "roles", "roles"),
    (output, "ties", "table of ties"),
)


def told(name: str, since: float) -> None:
    """Print a step's seconds of processor, and the most memory so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  {name:<28} {time.process_time() - since:7.1f} s of processor, at most {peak:.2f} GB so far", flush=True)


def timed(module: ModuleType, name: str, called: str) -> None:
    """Have a function tell how long it took."""
    inner = getattr(module, name)

    def outer(*given: object, **named: object) -> object:
        begun = time.process_time()
        result = inner(*given, **named)
        told(called, begun)
        return result

    setattr(module, name, outer)


def world(folder: Path, number: int, size: int) -> tuple[pa.Table, pl.DataFrame]:
    """Records and `record_id`, `trader` of one world, whose ids no other has."""
    files = [folder / f"{size}.{number}.{name}.parquet" for name in ("records", "truth")]
    if not files[1].exists():
        made, truth = plant(size, max(1, size // 500), seed=100 + number)
        ids = pa.array([f"w{number}.{one}" for one in made["record_id"].to_pylist()])
        pq.write_table(made.set_column(0, "record_id", ids), files[0])
        pq.write_table(truth.set_column(0, "record_id", ids), files[1])
    truth = pl.read_parquet(files[1]).select("record_id", pl.format("{}.{}", pl.lit(number), "trader").alias("trader"))
    return pq.read_table(files[0]), truth


def run(records: int, folder: Path) -> None:
    """Make the worlds, and time rings in them."""
    size = min(records, _WORLD)
    worlds = [world(folder, number, size) for number in range(max(1, records // size))]
    raw, truth = pa.concat_tables([one for one, _ in worlds]), pl.concat([one for _, one in worlds])
    print(f"{raw.num_rows:,} records")
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(":memory:") as con:
        for setting in (f"temp_directory = '{scratch}'", "memory_limit = '3GB'", "preserve_insertion_order = false"):
            con.execute(f"SET {setting}")
        begun = time.process_time()
        batches = raw.combine_chunks().to_batches(max_chunksize=_ROWS)
        tables.prepared(con, pl.concat([normal(pa.Table.from_batches([batch])) for batch in batches]))
        told("normal columns (not of rings)", begun)
        ids = con.sql("SELECT record_id FROM records ORDER BY id").pl().with_row_index("id")
        lowest = ids.join(truth, "record_id", maintain_order="left").select(pl.col("id").cast(pl.Int64).min().over("trader"))["id"]
        for module, name, called in _STEPS:
            timed(module, name, called)
        begun = time.process_time()
        found = rings.find(con, raw, lowest.to_numpy(), ids["record_id"].to_list(), lowest.cast(pl.String).to_list())
        told("all", begun)
    print(f"  {found.rings.num_rows:,} rings of {found.members.num_rows:,} traders, {found.ties.num_rows:,} ties")


def main() -> None:
    """Read what is asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--records", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        run(given.records, given.folder or Path(scratch))


if __name__ == "__main__":
    main()
