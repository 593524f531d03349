"""What outlives a run besides the list of traders: how former traders were made up, so that an id can come back to its trader; and which
judgements held, so that the next run can tell which of them were taken back.

It travels in the metadata of the table of traders (`schema.CLUSTERS`), so that one file is all that the next run needs. It is spelt in
letters there (base64): Polars and others refuse a file whose metadata are no text.
"""

import base64
import json
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from chosach.linking.living.judgements import Judgement, Settled

_KEY = b"chosach.memory"
_HELD = b"chosach.held"
#: How a stream of Arrow begins.
_STREAM = b"\xff\xff\xff\xff"
#: Former make-ups kept for one id, the newest.
_EACH = 8
#: Rows kept in all; the oldest runs are forgotten first.
_MOST = 2_000_000

#: `level`: trader or ring. `run`: in which run the id ceased to be made up so; with no `record_id`: in which run it was born, if not in
#: the first.
_SHAPE = pl.Schema({"level": pl.String(), "id": pl.String(), "run": pl.Int64(), "record_id": pl.String()})


@dataclass(frozen=True)
class Memory:
    """`run`: number of this run, the first is 0. `rows`: see `_SHAPE`."""

    run: int
    rows: pl.DataFrame

    def of(self, level: str) -> "Memory":
        """The rows of one level alone."""
        return Memory(self.run, self.rows.filter(pl.col("level") == level))

    def born(self) -> dict[str, int]:
        """In which run each id was born that is not as old as the list."""
        told = self.rows.filter(pl.col("record_id").is_null())
        return dict(zip(told["id"], told["run"], strict=True))

    def former(self) -> pl.DataFrame:
        """`id`, `run`, `record_id`: how ids were made up before."""
        return self.rows.filter(pl.col("record_id").is_not_null()).select("id", "run", "record_id")


def nothing() -> Memory:
    """Before the first run."""
    return Memory(-1, pl.DataFrame(schema=_SHAPE))


def of(table: pa.Table) -> Memory:
    """The memory that a table of traders carries; that of a first run where it carries none."""
    told = (table.schema.metadata or {}).get(_KEY)
    if told is None:
        return Memory(0, pl.DataFrame(schema=_SHAPE))
    # tables of before the memory was spelt in letters hold its bytes as they are
    stream = told if told.startswith(_STREAM) else base64.b64decode(told)
    with pa.ipc.open_stream(pa.py_buffer(stream)) as reader:
        kept = reader.read_all()
    run = int(kept.schema.metadata[b"run"])
    return Memory(run, pl.DataFrame(kept).cast(_SHAPE))


def onto(table: pa.Table, memory: Memory) -> pa.Table:
    """The table with the memory in its metadata. The same memory is always the same bytes."""
    kept = _bounded(memory.rows).to_arrow().replace_schema_metadata({b"run": str(memory.run).encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, kept.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(kept)
    spelt = base64.b64encode(sink.getvalue().to_pybytes())
    return table.replace_schema_metadata({**(table.schema.metadata or {}), _KEY: spelt})


def held_onto(table: pa.Table, judged: Settled | None) -> pa.Table:
    """The table with the judgements that held in its metadata, each kind the newest first."""
    told = () if judged is None else (*judged.same, *judged.different, *judged.ties)
    spelt = json.dumps([[one.left, one.right, one.verdict] for one in told])
    return table.replace_schema_metadata({**(table.schema.metadata or {}), _HELD: spelt.encode()})


def held(table: pa.Table) -> tuple[Judgement, ...] | None:
    """The judgements that held in the run of a table of traders. None where it does not say (a CSV file, or of a version before)."""
    told = (table.schema.metadata or {}).get(_HELD)
    return None if told is None else tuple(Judgement(left, right, verdict) for left, right, verdict in json.loads(told))


def _bounded(rows: pl.DataFrame) -> pl.DataFrame:
    born = rows.filter(pl.col("record_id").is_null())
    former = rows.filter(pl.col("record_id").is_not_null())
    age = pl.col("run").rank("dense", descending=True).over("level", "id")
    former = former.filter(age <= _EACH).sort("run", "level", "id", "record_id", descending=[True, False, False, False])
    if len(former) > _MOST:
        last = former["run"][_MOST]
        former = former.filter(pl.col("run") > last)
    return pl.concat([born, former]).unique().sort("level", "id", "run", "record_id", nulls_last=False)
