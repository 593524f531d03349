"""The file of an index: one SQLite database, every change one transaction.

SQLite because placing reads some hundred rows by number and key, several processes read while one writes, a change is there in whole or
not at all after any crash, and it comes with Python.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chosach.linking import blocking
from chosach.linking.comparisons import COMPARISONS
from chosach.linking.living.sql import Function, Row, compiled
from chosach.linking.living.weighing import COUNTED, READ

#: The shape of the file and how its columns are read: raised where either changes. A file of another one is refused.
VERSION = 5
#: Columns as read, which sentences repeat and all others are made of.
RAW: tuple[str, ...] = (*(one.field for one in COMPARISONS), "bank", "warehouse")
ORDERS = blocking._ORDERS
#: Columns of a record that are kept: what weighing reads and what hot keys are put in order by.
KEPT: tuple[str, ...] = tuple(dict.fromkeys((*READ, *(name for order in ORDERS for name in order))))
#: Goes before and after every text.
_BREAK, _LAST = "\x01", "\U0010ffff"

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (id INTEGER PRIMARY KEY, record_id TEXT NOT NULL, trader INTEGER NOT NULL, raw TEXT NOT NULL,
  {", ".join(f"{name} TEXT" for name in KEPT)});
CREATE TABLE keys (k INTEGER, id INTEGER, PRIMARY KEY (k, id)) WITHOUT ROWID;
CREATE TABLE carried (v INTEGER PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE ordered (k INTEGER, o INTEGER, sorted TEXT, id INTEGER, PRIMARY KEY (k, o, sorted, id)) WITHOUT ROWID;
CREATE TABLE places (v INTEGER, id INTEGER, lives INTEGER, PRIMARY KEY (v, id, lives)) WITHOUT ROWID;
CREATE TABLE houses (h INTEGER, street TEXT, v INTEGER, PRIMARY KEY (h, street)) WITHOUT ROWID;
CREATE TABLE traders (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, ring INTEGER);
CREATE TABLE rings (id INTEGER PRIMARY KEY, name TEXT NOT NULL, joined INTEGER);
CREATE TABLE judged (record_id_l TEXT, record_id_r TEXT, verdict TEXT, PRIMARY KEY (record_id_l, record_id_r, verdict)) WITHOUT ROWID;
CREATE TABLE log (at INTEGER PRIMARY KEY, what TEXT NOT NULL, ids TEXT NOT NULL);
"""
INDEXES = """
CREATE UNIQUE INDEX record_ids ON records (record_id);
CREATE INDEX records_of_traders ON records (trader);
CREATE UNIQUE INDEX trader_names ON traders (name);
CREATE INDEX traders_of_rings ON traders (ring);
CREATE INDEX rings_joined ON rings (joined);
CREATE UNIQUE INDEX ring_names ON rings (name);
CREATE INDEX judged_right ON judged (record_id_r);
"""


_WHOLE = ("BEGIN IMMEDIATE", "ROLLBACK", "COMMIT")


class NoIndex(ValueError):
    """The file is no index, or of another version. The message: Vietnamese."""


def connect(path: Path, *, build: bool = False) -> sqlite3.Connection:
    """A connection without transactions of its own making. `build`: a new file that nobody reads yet. Raises `NoIndex`."""
    if not build and not path.is_file():
        raise NoIndex(f"Không có chỉ mục ở {path}.")
    con = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        if build:
            con.executescript(
                "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;" + _SCHEMA
            )
            return con
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("PRAGMA synchronous = FULL")
        con.execute("PRAGMA cache_size = -64000")
        con.execute("PRAGMA mmap_size = 4294967296")
        told = con.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.DatabaseError as error:
        con.close()
        raise NoIndex(f"{path} không phải chỉ mục của chosach.") from error
    if told is None or int(told[0]) != VERSION:
        con.close()
        raise NoIndex(f"{path} là chỉ mục của phiên bản khác; hãy lập lại bằng chosach index build.")
    return con


@contextmanager
def changing(con: sqlite3.Connection) -> Iterator[None]:
    """One change: whole, or not at all. Waits for other writers. Within another change it is a part of that one."""
    begin, undo, end = ("SAVEPOINT part", "ROLLBACK TO part; RELEASE part", "RELEASE part") if con.in_transaction else _WHOLE
    con.execute(begin)
    try:
        yield
    except BaseException:
        for statement in undo.split("; "):
            con.execute(statement)
        raise
    con.execute(end)


@contextmanager
def reading(con: sqlite3.Connection) -> Iterator[None]:
    """All that is read is of one state of the file."""
    if con.in_transaction:
        yield
        return
    con.execute("BEGIN")
    try:
        yield
    finally:
        con.execute("COMMIT")


def number(kind: str, value: str) -> int:
    """A value of a key or column as a whole number of 64 bits: `hash_sql` in Python."""
    told = int.from_bytes(hashlib.md5(f"{kind}\x02{value}".encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()[8:], "little")
    return told - (1 << 64) if told >= 1 << 63 else told


_KEYS: tuple[tuple[blocking.Key, Function], ...] = tuple((key, compiled(key.sql)) for key in blocking.KEYS)


def keys_of(columns: Row) -> list[tuple[blocking.Key, int]]:
    """The keys of a record, each with its number."""
    found = []
    for key, compute in _KEYS:
        if all(columns.get(name) is not None for name in key.needs) and (value := compute(columns)) is not None:
            found.append((key, number(key.name, value)))
    return found


def values_of(columns: Row) -> list[int]:
    """The numbers of the values whose frequencies count."""
    return [number(name, columns[name]) for name in COUNTED if columns[name] is not None]


def orders_of(key: blocking.Key) -> list[tuple[int, tuple[str, ...]]]:
    """How the records of a hot key are put in order, each with its number.

    All of them, also of columns that hold nothing yet: a record that is put in later may fill one. A full run leaves such columns
    out, which is the same: where nobody has a value it puts nobody before another.
    """
    return [(at, order) for at, order in enumerate(ORDERS) if order[0] not in key.needs]


def sorted_by(order: Iterable[str], columns: Row) -> str:
    """Texts that come in the order of the records: nothing goes last, and ties go by record."""
    return _BREAK.join([*(_LAST if columns[name] is None else columns[name] for name in order), columns["record_id"]])


def begin(text: str) -> str:
    """What neighbours in an order have in common, or they are not compared (`blocking.BEGIN`)."""
    return text.partition(_BREAK)[0][: blocking.BEGIN]


def raw_of(record: Row) -> str:
    """The values as read."""
    return json.dumps({name: record[name] for name in RAW if record.get(name)}, ensure_ascii=False)


def kept(columns: Row) -> list[Any]:
    """Columns as they are stored."""
    return [columns[name] for name in KEPT]


def unstored(row: Sequence[Any]) -> Row:
    """Columns as weighing reads them: SQLite has no truth values."""
    told = dict(zip(KEPT, row, strict=True))
    marked = told.get("name_marked")
    told["name_marked"] = None if marked is None else str(marked) == "1"
    return told
