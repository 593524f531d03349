"""Places that goods are sent from, in an index: which ones a record shows, and all records of one.

What is one place goes by the SQL of rings (`rings.carried`), of one record here in Python; a test holds the two to each other.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import duckdb
import polars as pl
import pyarrow as pa

from chosach.linking.living import store
from chosach.linking.living.one import address_parts
from chosach.linking.living.sql import Row
from chosach.linking.normal import addresses
from chosach.linking.rings.carried import _HOUSES_NUMBER, _STALL, _STALLS_NUMBER, KINDS, PLACE_KNOWN, PLACE_VALUE, PLACES

_KIND, _HOUSE = "warehouse", "house"
#: Traders from which on a place tells nothing: a carrier's store, a market.
MOST = KINDS[PLACES[_KIND]].most
#: Records of a trader that are looked through for a name.
_LOOKED = 20
_PARK = re.compile(r"\b[kc]cn [a-z0-9]{2,}", re.ASCII)
_FIGURE, _TWO_WORDS = re.compile(r"[0-9]"), re.compile(r"\b[a-z]{3,}\b.*\b[a-z]{3,}\b", re.ASCII)
_STALLS, _OF_STALL, _OF_HOUSE = (re.compile(pattern, re.ASCII) for pattern in (_STALL, _STALLS_NUMBER, _HOUSES_NUMBER))


class Place(NamedTuple):
    """What a record shows: `lives`: as its address, else as its warehouse; `parts`: see `addresses.COLUMNS`; `value`: the place, None where
    too little of it is told."""

    record_id: str
    lives: bool
    parts: tuple[str | None, ...]
    value: str | None


def value(text: str | None) -> str | None:
    """The place that a text tells, None where it tells too little to be one."""
    return of_parts(*address_parts(text)) if text else None


def of_parts(number: str | None, street: str | None, province: str | None, district: str | None, unit: str | None) -> str | None:
    """The place of the parts of an address (`addresses.COLUMNS`)."""
    if street is None:
        return None
    park = bool(_PARK.search(street))
    telling = len(street) >= 10 and bool(_FIGURE.search(street)) and bool(_TWO_WORDS.search(street))
    if (unit and not park) or ((province or park) and (number or telling)):
        return "|".join((number or "", street, unit or (f"{province}/{district}" if province and district else province) or "kcn"))
    return None


def hall(number: str | None, street: str | None, province: str | None, district: str | None, unit: str | None) -> str | None:
    """The house or hall in which the stall, floor or room of an address lies; None where it is none."""
    if street is None or not _STALLS.search(street):
        return None
    left = _OF_STALL.sub(r"\1", re.sub(" +", " ", _STALLS.sub(" ", street)).strip(" "), count=1)
    if number is None and (told := _OF_HOUSE.match(left)):
        number, left = told[1].replace(" ", "/"), _OF_HOUSE.sub("", left, count=1)
    return of_parts(number, left, province, district, unit) if left else None


def shown(record: Mapping[str, Any], columns: Mapping[str, Any]) -> list[Place]:
    """The places of a record, its warehouse first. `columns`: its normal ones."""
    record_id, home = str(columns["record_id"]), tuple(columns[name] for name in addresses.COLUMNS)
    told = [(False, address_parts(record["warehouse"]))] if record.get("warehouse") else []
    return [Place(record_id, lives, parts, of_parts(*parts)) for lives, parts in (*told, (True, home)) if parts[1] is not None]


def _values(record: Mapping[str, Any], columns: Row) -> list[tuple[str, bool]]:
    return [(one.value, one.lives) for one in shown(record, columns) if one.value is not None]


def number(place: str) -> int:
    """A place as a number."""
    return store.number(_KIND, place)


def house(place: str) -> tuple[int, str] | None:
    """Of a place with a house number: that number and the ward as one number, and the street. None without one."""
    at, street, ward = place.split("|")
    return (store.number(_HOUSE, f"{at}|{ward}"), street) if at else None


def any_store(con: sqlite3.Connection) -> bool:
    """Has any record ever had a warehouse? In a list without that nobody need be asked for."""
    return con.execute("SELECT 1 FROM meta WHERE key = 'stores'").fetchone() is not None


def note_stores(con: sqlite3.Connection) -> None:
    """Note whether a record has one, when all are there."""
    con.execute("INSERT INTO meta SELECT 'stores', '1' WHERE EXISTS (SELECT 1 FROM records WHERE instr(raw, '\"warehouse\"'))")


def put(con: sqlite3.Connection, at: int, record: Mapping[str, Any], columns: Row) -> None:
    """Put the places of a record in."""
    if record.get("warehouse"):
        con.execute("INSERT OR IGNORE INTO meta VALUES ('stores', '1')")
    for value, lives in _values(record, columns):
        v = number(value)
        con.execute("INSERT INTO places VALUES (?, ?, ?)", (v, at, lives))
        if told := house(value):
            con.execute("INSERT OR IGNORE INTO houses VALUES (?, ?, ?)", (*told, v))


def take_out(con: sqlite3.Connection, at: int, record: Mapping[str, Any], columns: Row) -> None:
    """Take the places of a record out."""
    for value, _ in _values(record, columns):
        v = number(value)
        con.execute("DELETE FROM places WHERE v = ? AND id = ?", (v, at))
        if told := house(value):
            con.execute("DELETE FROM houses WHERE h = ? AND street = ? AND NOT EXISTS (SELECT 1 FROM places WHERE v = ?)", (*told, v))


def fill(duck: duckdb.DuckDBPyConnection, records: pa.Table, number: Callable[[str, str], str]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Rows of tables `places` and `houses` of all records, each with its table. Table `records` of DuckDB is read. `number`: SQL of
    `store.number`, of a kind and the SQL of a value."""
    parts = "p.number, p.street, p.unit, p.district, p.province"
    duck.execute(f"CREATE OR REPLACE TEMP TABLE all_places AS SELECT id, true AS lives, {parts} FROM records p")  # noqa: S608
    if "warehouse" in records.column_names and records["warehouse"].null_count < records.num_rows:
        told = pl.Series("warehouse", records["warehouse"].cast(pa.string()).unique().drop_null())
        duck.register("warehouses", pl.concat([told.to_frame(), addresses.addresses(told)], how="horizontal").to_arrow())
        duck.register("raw_places", records.select(["record_id", "warehouse"]))
        duck.execute(
            f"INSERT INTO all_places SELECT records.id, false, {parts} FROM raw_places JOIN records USING (record_id) "  # noqa: S608
            "JOIN warehouses p USING (warehouse)"
        )
        duck.unregister("warehouses")
        duck.unregister("raw_places")
    known = f"SELECT {PLACE_VALUE} AS value, id, lives FROM all_places p WHERE p.street IS NOT NULL AND {PLACE_KNOWN}"  # noqa: S608
    v, (at, street, ward) = number(_KIND, "value"), (f"split_part(value, '|', {part})" for part in (1, 2, 3))
    h = number(_HOUSE, f"concat({at}, '|', {ward})")
    asked = {
        "places": f"SELECT DISTINCT {v} AS v, id, CAST(lives AS INTEGER) AS lives FROM ({known}) ORDER BY v, id, lives",  # noqa: S608
        "houses": f"SELECT DISTINCT {h} AS h, {street} AS street, {v} AS v FROM ({known}) WHERE {at} <> '' ORDER BY h, street",  # noqa: S608
    }
    for table, query in asked.items():
        yield from ((table, batch) for batch in duck.sql(query).to_arrow_reader(65_536))
    duck.execute("DROP TABLE all_places")


def names(con: sqlite3.Connection, trader: str, first: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """What a trader and its shop are called: as the record `first` says, else as another one of the trader's does."""
    told = {field: first.get(field) for field in ("name", "seller_name")}
    if not all(told.values()):
        rows = con.execute(
            "SELECT raw FROM records WHERE trader = (SELECT id FROM traders WHERE name = ?) ORDER BY id LIMIT ?", (trader, _LOOKED)
        )
        for (raw,) in rows:
            told = {field: text or json.loads(raw).get(field) for field, text in told.items()}
    return told["name"], told["seller_name"]
