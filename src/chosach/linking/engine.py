"""Records in, traders out: the steps in their order."""

import hashlib
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from chosach.linking import blocking, learning, persons, rings, scoring, tables
from chosach.linking import edges as holding
from chosach.linking.comparisons import Comparison, of_columns
from chosach.linking.living import run as living
from chosach.linking.living.events import EVENTS, changed_first
from chosach.linking.living.judgements import OVERRULED
from chosach.linking.model import Model, shipped
from chosach.linking.normal import normal
from chosach.linking.schema import CLUSTERS, EDGES, MEMBERS, RINGS, TIES

#: Pairs that speak more strongly against one trader than this are forgotten.
_FORGOTTEN = -60.0
_ROWS = 65_536
#: What rings are found by besides the normal columns.
_OF_RINGS = ("record_id", "seller_name", "address", "warehouse", "images", "texts")
#: Rows that normal columns are made of at once: long lists of phrases are made ready for each time, and values recur.
_TOGETHER = 196_608
#: Of these how many are read before the first of them is finished.
_AHEAD = 2
_MEMORY = "3GB"


@dataclass(frozen=True)
class Linked:
    """`clusters`: schema.CLUSTERS, by `record_id`. `edges`: schema.EDGES, by both ids; None if not asked for, or written to a file.

    `pairs`, `held`: how many pairs were compared, and how many hold traders together (0 if edges were not asked for).
    `ties`, `rings`, `members`: schema.TIES, RINGS, MEMBERS.
    `events`: living.EVENTS, what became of the traders and rings of the run before; empty without one. `overruled`: living.OVERRULED.
    `cut`: schema.TIES that a person cut: no part of `ties`, and they counted for no ring.
    """

    clusters: pa.Table
    edges: pa.Table | None
    model: Model
    pairs: int
    held: int
    ties: pa.Table = field(default_factory=TIES.empty_table)
    rings: pa.Table = field(default_factory=RINGS.empty_table)
    members: pa.Table = field(default_factory=MEMBERS.empty_table)
    events: pa.Table = field(default_factory=EVENTS.empty_table)
    overruled: pa.Table = field(default_factory=OVERRULED.empty_table)
    cut: pa.Table = field(default_factory=TIES.empty_table)


def link(
    records: pa.Table,
    *,
    model: Model | None = None,
    edges: bool = True,
    start: Model | None = None,
    judgements: pa.Table | None = None,
    previous: pa.Table | None = None,
) -> Linked:
    """Traders of a table of records (`schema.RECORDS`: `record_id` and any other columns). `ValueError` where two records share an id.

    The result does not depend on the order of the records. `model`: used as it is; without it one is learnt from the records, starting
    from `start` (the shipped one). Rows of the result: as many as records, and as many edges as pairs that hold together.

    `judgements`: living.JUDGEMENTS, what people said of two records, which holds whatever the records say. `previous`: the `clusters` of an
    earlier run, whose ids the traders keep. `living.Unusable` (a `ValueError`) where one of the two can't be read.
    """
    batches = (pa.Table.from_batches([batch], records.schema) for batch in records.combine_chunks().to_batches(max_chunksize=_ROWS))
    return link_batches(batches, model=model, edges=edges, start=start, judgements=judgements, previous=previous)


def link_batches(
    batches: Iterable[pa.Table],
    *,
    model: Model | None = None,
    edges: bool | Path = True,
    start: Model | None = None,
    judgements: pa.Table | None = None,
    previous: pa.Table | None = None,
) -> Linked:
    """The same for records that come in parts. `edges`: a path has them written there as Parquet, for they are many times the records.

    What DuckDB can't hold in 3 GB it puts into a scratch folder, which is gone afterwards.
    """
    run = living.begin(judgements, previous)
    normals, raw = _normals(batches, whole=bool(edges))
    with tempfile.TemporaryDirectory(prefix="chosach-link-") as scratch, duckdb.connect(":memory:") as con:
        con.execute(f"SET temp_directory = '{Path(scratch).as_posix()}'")
        con.execute(f"SET memory_limit = '{_MEMORY}'")
        con.execute("SET preserve_insertion_order = false")
        con.execute("SET enable_progress_bar = false")
        filled = tables.prepared(con, normals)
        del normals
        comparisons = of_columns(filled)
        ids = con.sql("SELECT record_id FROM records ORDER BY id").to_arrow_table()["record_id"].to_pylist()
        known, pairs = _weighed(con, filled, comparisons, model, start)
        lowest = run.traders(ids, persons.pairs(con, len(ids), [one.field for one in comparisons]))
        held = _taken(holding.found(con, raw, lowest, known, comparisons, judged=run.said(ids)), known, edges) if edges else (None, 0)
        told, events = run.named(ids, lowest, cluster_id)
        found_rings = rings.find(con, raw, lowest, ids, told["cluster_id"].to_pylist(), judged=run.ties(ids, lowest))
        told = told.set_column(told.column_names.index("ring_id"), CLUSTERS.field("ring_id"), found_rings.ring_ids)
        told, renamed, of_rings = run.ringed(told, rings.ring_id)
        found_rings = found_rings.renamed(renamed)
        return Linked(
            told, held[0], known, pairs, held[1], found_rings.ties, found_rings.rings, found_rings.members,
            changed_first(pa.concat_tables([events, of_rings])), run.overruled(ids), found_rings.cut,
        )  # fmt: skip


def _weighed(
    con: duckdb.DuckDBPyConnection, filled: Sequence[str], comparisons: Sequence[Comparison], model: Model | None, start: Model | None
) -> tuple[Model, int]:
    """Make table `weighed`: the pairs that are worth it. Returns the model, and how many were compared.

    Without a column that tells traders apart there are none: each record is its own trader, and rings have what else the records carry.
    """
    if not comparisons:
        con.execute("CREATE TEMP TABLE weighed (l INTEGER, r INTEGER, weight FLOAT)")
        return model or shipped(), 0
    tables.frequencies(con, dict.fromkeys(name for one in comparisons for name in one.frequencies))
    pairs = blocking.pairs(con, filled)
    with scoring.compared(con, comparisons):
        scoring.levels(con, "pairs", comparisons, into="levels")
        known = model or learning.learn(con, comparisons, start or shipped())
    scoring.weigh(con, "levels", known, comparisons, into="weighed", least=_FORGOTTEN)
    return known, pairs


def _taken(reader: pa.RecordBatchReader, model: Model, into: bool | Path) -> tuple[pa.Table | None, int]:
    """The edges as a table, or written to a file as they come; and how many."""
    if not isinstance(into, Path):
        table = pa.Table.from_batches(reader, reader.schema).cast(EDGES)
        return table, table.num_rows
    held = 0
    schema = EDGES.with_metadata({b"chosach.model": model.to_json().encode()})
    with pq.ParquetWriter(into, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_table(pa.Table.from_batches([batch]).cast(EDGES).replace_schema_metadata(schema.metadata))
            held += batch.num_rows
    return None, held


def _normals(batches: Iterable[pa.Table], *, whole: bool) -> tuple[pl.DataFrame, pa.Table]:
    """Normal columns of all records, made on two threads as the batches come, and the records themselves: all, or what rings need."""
    made: list[pl.DataFrame] = []
    raw: list[pa.Table] = []
    waiting: deque[Future[pl.DataFrame]] = deque()
    with ThreadPoolExecutor(2) as threads:
        for batch in _together(batches):
            waiting.append(threads.submit(normal, batch))
            raw.append(batch if whole else batch.select([name for name in _OF_RINGS if name in batch.column_names]))
            while len(waiting) > _AHEAD:
                made.append(waiting.popleft().result())
        made += [one.result() for one in waiting]
    if not made:
        raise ValueError("no records")
    return pl.concat(made), pa.concat_tables(raw, promote_options="default")


def _together(batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Batches put together to `_TOGETHER` rows or somewhat more."""
    some: list[pa.Table] = []
    for batch in batches:
        some.append(batch)
        if sum(one.num_rows for one in some) >= _TOGETHER:
            yield pa.concat_tables(some, promote_options="default")
            some = []
    if some:
        yield pa.concat_tables(some, promote_options="default")


def cluster_id(record_id: str, attempt: int = 0) -> str:
    """The id of the trader whose first record (by id) this is: the same in every run. `attempt`: above 0 for another where it is taken."""
    named = record_id.encode("utf-8", "surrogatepass") + (f"\0{attempt}".encode() if attempt else b"")
    return "T" + hashlib.blake2b(named, digest_size=6).hexdigest().upper()
