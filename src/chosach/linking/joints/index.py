"""Bands of texts kept in a database: ordinary rows of one table, one a text, put in, asked and deleted with plain SQL.

    index = Index(connection)            # PostgreSQL or SQLite, any DB-API connection; commits are the caller's
    index = LakeIndex("bands.duckdb")    # a DuckDB file (or ":memory:"); each call is a transaction

    index.create()
    index.insert(ids, texts)             # those that are there already are replaced
    index.query(ids, texts)              # pa.Table l, r, similarity: l is who asks, r who is there
    index.delete(ids)

The table holds no text: similarity is read off the bands, off by 0.05 on the average; `texts.similarity` tells it exactly to who has the
texts. Both hold the same rows and give the same answers.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from chosach.linking.joints.texts import COLUMNS, LEAST_SIMILARITY, NEAR, Column, bands, estimate, flat

TABLE = "text_bands"
#: Stored texts that are looked at for each band of a text that asks, the first by id: of a band that thousands share not all are told.
MOST = 50
#: Similarities are estimates: those a little below what is asked are told too, so that an exact check can follow.
SLACK = 0.05
_LISTED = ", ".join(COLUMNS)
#: Rows of one statement; SQLite takes 32,766 values.
_ROWS, _IDS = 1_000, 5_000


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    rowcount: int

    def execute(self, query: Any, parameters: Any = ..., /) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def close(self) -> Any: ...


class Connection(Protocol):
    """What is used of a DB-API connection."""

    def cursor(self) -> Any: ...


def _rows(ids: Column, texts: Column) -> pl.DataFrame:
    """`id` and bands of the texts that have any; a text that stands twice under one id once."""
    read = flat(ids, texts)
    made = pl.DataFrame(bands(read["text"].to_arrow())).insert_column(0, read["id"])
    return made.filter(pl.col(COLUMNS[0]).is_not_null()).unique(maintain_order=True)


def _told(found: pl.DataFrame, least: float) -> pa.Table:
    """`NEAR` of rows with l, r, the asking text's bands (suffix _asked) and the stored text's."""
    if not len(found):
        return NEAR.empty_table()
    asked, stored = found.select([f"{name}_asked" for name in COLUMNS]).to_numpy(), found.select(COLUMNS).to_numpy()
    similar = pl.Series("similarity", estimate(np.ascontiguousarray(asked), np.ascontiguousarray(stored)), pl.Float32)
    pairs = found.select("l", "r").with_columns(similar).filter(pl.col("similarity") >= least - SLACK)
    return pairs.group_by("l", "r").agg(pl.col("similarity").max()).sort("l", "r").to_arrow().cast(NEAR)


class Index:
    """The table on PostgreSQL or SQLite through a DB-API connection. Nothing is committed here: rows can change together with others'.

    `table`: its name, letters, figures and underscores (`ValueError` for another).
    """

    def __init__(self, connection: Connection, table: str = TABLE) -> None:
        if not table.replace("_", "").isalnum() or not table.isascii():
            raise ValueError(f"not a table's name: {table!r}")
        self.connection = connection
        self.table = table
        driver = sys.modules[type(connection).__module__.partition(".")[0]]
        self._mark = "?" if getattr(driver, "paramstyle", "format") == "qmark" else "%s"

    @contextmanager
    def _cursor(self) -> Iterator[Cursor]:
        cursor = self.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def create(self) -> None:
        """Table and indices, where they are not there."""
        columns = ", ".join(f"{name} bigint NOT NULL" for name in COLUMNS)
        with self._cursor() as cursor:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {self.table} (id text NOT NULL, {columns})")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {self.table}_id ON {self.table} (id)")
            for name in COLUMNS:
                # by id as well: the first few of a hot band are read without the rest
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {self.table}_{name} ON {self.table} ({name}, id)")

    def insert(self, ids: Column, texts: Column) -> int:
        """Rows of these texts in the place of what these ids had; returns how many (texts too short have none)."""
        self.delete(ids)
        rows = _rows(ids, texts)
        with self._cursor() as cursor:
            for part in rows.iter_slices(_ROWS):
                # whole numbers stand in the statement as they are; what people write goes in as a parameter
                values = ", ".join(f"({self._mark}, {', '.join(map(str, row))})" for row in part.select(COLUMNS).iter_rows())
                cursor.execute(f"INSERT INTO {self.table} (id, {_LISTED}) VALUES {values}", part["id"].to_list())  # noqa: S608
        return len(rows)

    def delete(self, ids: Column) -> int:
        """Deletes all rows of these ids; returns how many there were."""
        gone = 0
        known = sorted(set(_plain(ids)))
        with self._cursor() as cursor:
            for begin in range(0, len(known), _IDS):
                part = known[begin : begin + _IDS]
                cursor.execute(f"DELETE FROM {self.table} WHERE id IN ({', '.join([self._mark] * len(part))})", part)  # noqa: S608
                gone += max(0, cursor.rowcount)
        return gone

    def query(self, ids: Column, texts: Column, *, least: float = LEAST_SIMILARITY) -> pa.Table:
        """Stored texts near these: `NEAR` with `l` who asks, `r` who is stored (another id), `least` less `SLACK` and above."""
        one = f"SELECT * FROM (SELECT id, {_LISTED} FROM {self.table} WHERE {{}} = {self._mark} ORDER BY id LIMIT {MOST}) AS of_{{}}"  # noqa: S608
        query = " UNION ".join(one.format(name, name) for name in COLUMNS)
        found: list[tuple[Any, ...]] = []
        with self._cursor() as cursor:
            for asks, *asked in _rows(ids, texts).iter_rows():
                cursor.execute(query, asked)
                found += [(asks, *row, *asked) for row in cursor.fetchall() if row[0] != asks]
        schema = {"l": pl.String, "r": pl.String} | dict.fromkeys([*COLUMNS, *(f"{name}_asked" for name in COLUMNS)], pl.Int64)
        return _told(pl.DataFrame(found, schema=schema, orient="row"), least)

    def __len__(self) -> int:
        with self._cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {self.table}")  # noqa: S608
            return int(cursor.fetchall()[0][0])


class LakeIndex:
    """The table in a DuckDB file, which one process opens at a time. Close it, or use it in a `with`."""

    def __init__(self, place: str | Path = ":memory:") -> None:
        self.connection = duckdb.connect(str(place))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    def create(self) -> None:
        """The table, where it is not there. DuckDB reads columns fast enough to need no index."""
        columns = ", ".join(f"{name} BIGINT NOT NULL" for name in COLUMNS)
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (id VARCHAR NOT NULL, {columns})")

    def insert(self, ids: Column, texts: Column) -> int:
        """As `Index.insert`; what these ids had and what they get change together."""
        rows = _rows(ids, texts)
        known = pa.table({"id": pa.array(sorted(set(_plain(ids))), pa.string())})
        with self._transaction() as con:
            con.register("known_ids", known)
            con.register("new_rows", rows.to_arrow())
            con.execute(f"DELETE FROM {TABLE} WHERE id IN (SELECT id FROM known_ids)")  # noqa: S608
            con.execute(f"INSERT INTO {TABLE} SELECT id, {_LISTED} FROM new_rows")  # noqa: S608
        return len(rows)

    def delete(self, ids: Column) -> int:
        """As `Index.delete`."""
        with self._transaction() as con:
            con.register("known_ids", pa.table({"id": pa.array(sorted(set(_plain(ids))), pa.string())}))
            gone = con.execute(f"DELETE FROM {TABLE} WHERE id IN (SELECT id FROM known_ids)").fetchall()  # noqa: S608
        return int(gone[0][0])

    def query(self, ids: Column, texts: Column, *, least: float = LEAST_SIMILARITY) -> pa.Table:
        """As `Index.query`, all texts at once."""
        asked = ", ".join(f"a.{name} AS {name}_asked" for name in COLUMNS)
        stored = ", ".join(f"t.{name}" for name in COLUMNS)
        one = (
            f"SELECT a.id AS l, t.id AS r, {stored}, {asked} FROM {TABLE} t JOIN asking a ON t.{{0}} = a.{{0}} "  # noqa: S608
            f"QUALIFY row_number() OVER (PARTITION BY a.at ORDER BY t.id, {stored}) <= {MOST}"
        )
        self.connection.register("asking", _rows(ids, texts).with_row_index("at").to_arrow())
        found = self.connection.sql(f"SELECT * FROM ({' UNION '.join(map(one.format, COLUMNS))}) WHERE l <> r").pl()  # noqa: S608
        self.connection.unregister("asking")
        return _told(found, least)

    def __len__(self) -> int:
        found = self.connection.execute(f"SELECT count(*) FROM {TABLE}").fetchall()  # noqa: S608
        return int(found[0][0])

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self.connection.begin()
        try:
            yield self.connection
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()


def _plain(ids: Column) -> Iterable[str]:
    return ids.to_pylist() if isinstance(ids, (pa.Array, pa.ChunkedArray)) else ids
