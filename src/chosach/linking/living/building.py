"""An index from a full run: its records, model and traders, written into a new file that takes the place of the old one at the end."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from chosach.linking import blocking, tables
from chosach.linking.living import places as houses
from chosach.linking.living import store
from chosach.linking.living.judgements import settled
from chosach.linking.living.weighing import COUNTED
from chosach.linking.model import Model
from chosach.linking.normal import normal

_ROWS = 65_536


def build(path: Path, records: pa.Table, clusters: pa.Table, model: Model, judgements: pa.Table | None = None) -> None:
    """Write the index of a run. `records`: schema.RECORDS; `clusters`: schema.CLUSTERS, a row for each of them.

    Readers of an index that stood there before go on reading that one. `ValueError` where the two tables are not of the same records.
    """
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        con = store.connect(part, build=True)
        try:
            con.execute("BEGIN")
            _fill(con, records, clusters)
            houses.note_stores(con)
            _judgements(con, judgements)
            con.execute("INSERT INTO meta VALUES ('model', ?), ('version', ?)", (model.to_json(), str(store.VERSION)))
            con.execute("COMMIT")
            con.executescript(store.INDEXES)
            con.execute("PRAGMA journal_mode = WAL")
        finally:
            con.close()
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o600)  # the records of sellers are personal data
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        part.replace(path)
    finally:
        for left in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
            left.unlink(missing_ok=True)


def _fill(con: sqlite3.Connection, records: pa.Table, clusters: pa.Table) -> None:
    with tempfile.TemporaryDirectory(prefix="chosach-index-") as scratch, duckdb.connect(":memory:") as duck:
        duck.execute(f"SET temp_directory = '{Path(scratch).as_posix()}'")
        duck.execute("SET memory_limit = '3GB'")
        duck.execute("SET enable_progress_bar = false")
        batches = records.combine_chunks().to_batches(max_chunksize=_ROWS)
        tables.prepared(duck, pl.concat([normal(pa.Table.from_batches([batch])) for batch in batches]))
        places = _traders(con, clusters)
        _records(con, duck, records, places)
        keys = [f"SELECT {_number(key.name, key.sql)} AS k, id FROM records WHERE ({key.sql}) IS NOT NULL" for key in blocking.KEYS]  # noqa: S608
        duck.execute(f"CREATE TABLE all_keys AS {' UNION ALL '.join(keys)}")
        _many(con, "INSERT INTO keys VALUES (?, ?)", duck.sql("SELECT k, id FROM all_keys ORDER BY k, id"))
        counts = [f"SELECT {_number(name, name)} AS v, count(*) AS n FROM records WHERE {name} IS NOT NULL GROUP BY 1" for name in COUNTED]  # noqa: S608
        counted = f"SELECT v, CAST(sum(n) AS BIGINT) FROM ({' UNION ALL '.join(counts)}) GROUP BY 1 ORDER BY 1"  # noqa: S608
        _many(con, "INSERT INTO carried VALUES (?, ?)", duck.sql(counted))
        duck.execute("DROP TABLE all_keys")
        for table, batch in houses.fill(duck, records, _number):
            con.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", zip(*(column.to_pylist() for column in batch.columns), strict=True))  # noqa: S608
        duck.execute("CREATE TABLE hot (k BIGINT, o INTEGER, sorted VARCHAR, id INTEGER)")
        for key in blocking.KEYS:
            _hot(duck, key)
        _many(con, "INSERT INTO ordered VALUES (?, ?, ?, ?)", duck.sql("SELECT k, o, sorted, id FROM hot ORDER BY k, o, sorted, id"))
    con.execute("INSERT INTO meta VALUES ('total', ?)", (str(records.num_rows),))


def _number(kind: str, sql: str) -> str:
    """SQL: `store.number` of a value."""
    told = f"CAST(md5_number_lower(concat('{kind}', chr(2), {sql})) AS HUGEINT)"
    return f"CAST(CASE WHEN {told} >= 9223372036854775808 THEN {told} - 18446744073709551616 ELSE {told} END AS BIGINT)"


def _hot(duck: duckdb.DuckDBPyConnection, key: blocking.Key) -> None:
    """Records of keys that more than `most` share, in the orders that their neighbours are looked for in."""
    for at, order in store.orders_of(key):
        texts = ", ".join([*(f"coalesce({name}, chr(1114111))" for name in order), "record_id"])
        duck.execute(
            f"INSERT INTO hot SELECT {_number(key.name, 'k')}, {at}, concat_ws(chr(1), {texts}), id FROM ("  # noqa: S608
            f"SELECT *, ({key.sql}) AS k FROM records WHERE ({key.sql}) IS NOT NULL "
            f"QUALIFY count(*) OVER (PARTITION BY ({key.sql})) > {key.most}) WHERE {order[0]} IS NOT NULL"
        )


def _many(con: sqlite3.Connection, statement: str, found: duckdb.DuckDBPyRelation) -> None:
    for batch in found.to_arrow_reader(_ROWS):
        con.executemany(statement, zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _traders(con: sqlite3.Connection, clusters: pa.Table) -> dict[str, int]:
    """Write traders and rings. Record → number of its trader."""
    told = pl.DataFrame(clusters.select(["record_id", "cluster_id", "ring_id"]))
    rings = {name: at for at, name in enumerate(told["ring_id"].drop_nulls().unique().sort(), 1)}
    con.executemany("INSERT INTO rings VALUES (?, ?, NULL)", ((at, name) for name, at in rings.items()))
    each = told.group_by("cluster_id").agg(pl.len(), pl.col("ring_id").first()).sort("cluster_id")
    rows = [(at, name, size, None if ring is None else rings[ring]) for at, (name, size, ring) in enumerate(each.iter_rows(), 1)]
    con.executemany("INSERT INTO traders VALUES (?, ?, ?, ?)", rows)
    numbers = {name: at for at, name, _, _ in rows}
    return {record: numbers[trader] for record, trader in told.select("record_id", "cluster_id").iter_rows()}


def _records(con: sqlite3.Connection, duck: duckdb.DuckDBPyConnection, records: pa.Table, places: dict[str, int]) -> None:
    if len(places) != records.num_rows:
        raise ValueError("records and traders are not of the same run")
    raw = records.select(["record_id", *(name for name in store.RAW if name in records.column_names)]).sort_by("record_id")
    asked = ", ".join("CAST(name_marked AS INTEGER)" if name == "name_marked" else name for name in store.KEPT)
    marks = ", ".join("?" * (4 + len(store.KEPT)))
    read = _as_read(raw)

    def rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
        for row, told in zip(zip(*(column.to_pylist() for column in batch.columns), strict=True), read, strict=False):
            if row[1] not in places:
                raise ValueError("records and traders are not of the same run")
            yield (row[0], row[1], places[row[1]], told, *row[2:])

    for batch in duck.sql(f"SELECT id, record_id, {asked} FROM records ORDER BY id").to_arrow_reader(_ROWS):  # noqa: S608
        con.executemany(f"INSERT INTO records VALUES ({marks})", rows(batch))  # noqa: S608


def _as_read(raw: pa.Table) -> Iterator[str]:
    for batch in raw.to_batches(max_chunksize=_ROWS):
        for row in batch.to_pylist():
            yield store.raw_of(row)


def _judgements(con: sqlite3.Connection, judgements: pa.Table | None) -> None:
    if judgements is None:
        return
    told = settled(judgements)
    rows = [(one.left, one.right, one.verdict) for one in (*told.same, *told.different, *told.ties)]
    con.executemany("INSERT INTO judged VALUES (?, ?, ?)", rows)
