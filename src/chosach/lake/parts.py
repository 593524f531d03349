"""The lake: a folder of Parquet parts, one folder a source, read by Arrow, DuckDB or Spark.

    ROOT/listings/source=<name>/part-00000.parquet
    ROOT/findings/source=<name>/part-00000.parquet

A part's name follows from its source and number alone: written again after a crash, it takes its own place.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from chosach.lake.atomic import replacing

_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True)
class Lake:
    """A lake below a folder."""

    root: Path

    def part(self, table: str, source: str, number: int) -> Path:
        """Where this part lies, there or not. `table` is "listings" or "findings"; `source` letters, digits, - and _."""
        if not _NAME.fullmatch(table) or not _NAME.fullmatch(source) or number < 0:
            raise ValueError(f"no such part: {table!r} {source!r} {number}")
        return self.root / table / f"source={source}" / f"part-{number:05d}.parquet"

    def write(self, table: str, source: str, number: int, rows: pa.Table) -> Path:
        """Write a part, whole or not at all. The same rows give the same bytes."""
        path = self.part(table, source, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as temporary:
            pq.write_table(rows, temporary, compression="zstd")
        return path

    def read(self, table: str, source: str | None = None) -> pa.Table:
        """All rows of a source, or of all sources (then with the column `source`)."""
        folder = self.root / table / f"source={source}" if source else self.root / table
        if not folder.exists():
            return pa.table({})
        partitioning = None if source else ds.partitioning(pa.schema([("source", pa.string())]), flavor="hive")
        return ds.dataset(folder, format="parquet", partitioning=partitioning, ignore_prefixes=["."]).to_table()
