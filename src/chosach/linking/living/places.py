"""Places that goods are sent from, in an index: who else shows the place of a record, as its warehouse or its address.

What is one place goes by the SQL of rings (`rings.carried`), of one record here in Python; a test holds the two to each other. Streets with
a slip are two places here.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import duckdb
import polars as pl
import pyarrow as pa

from chosach.linking.living import store
from chosach.linking.living.answers import Sharing
from chosach.linking.living.one import address_parts
from chosach.linking.living.sql import Row
from chosach.linking.normal import addresses
from chosach.linking.rings.carried import KINDS, PLACE_KNOWN, PLACE_VALUE, PLACES
from chosach.linking.rings.output import SENTENCES

_KIND = "warehouse"
#: Traders from which on a place tells nothing: a carrier's store, a market.
MOST = KINDS[PLACES[_KIND]].most
#: Records from which on nobody counts the traders any more.
_MANY = 20 * MOST
#: Records of a trader that are looked through for a name.
_LOOKED = 20
_PARK = re.compile(r"\b[kc]cn [a-z0-9]{2,}", re.ASCII)
_FIGURE, _TWO_WORDS = re.compile(r"[0-9]"), re.compile(r"\b[a-z]{3,}\b.*\b[a-z]{3,}\b", re.ASCII)


class _Shown(NamedTuple):
    """A record that shows a place. `mine`, `theirs`: it is the address of the one asked about, of this one; `by`: traders that show it."""

    record_id: str
    mine: bool
    theirs: bool
    by: int


def value(text: str | None) -> str | None:
    """The place that a text tells, None where it tells too little to be one."""
    return _of_parts(*address_parts(text)) if text else None


def _of_parts(number: str | None, street: str | None, province: str | None, district: str | None, unit: str | None) -> str | None:
    if street is None:
        return None
    park = bool(_PARK.search(street))
    telling = len(street) >= 10 and bool(_FIGURE.search(street)) and bool(_TWO_WORDS.search(street))
    if (unit and not park) or ((province or park) and (number or telling)):
        return "|".join((number or "", street, unit or (f"{province}/{district}" if province and district else province) or "kcn"))
    return None


def numbers(record: Mapping[str, Any], columns: Row) -> list[tuple[int, bool]]:
    """The places of a record, each as a number, and whether it is its address. `columns`: its normal ones."""
    lives = _of_parts(*(columns[name] for name in addresses.COLUMNS))
    told = [(value(record.get("warehouse")), False), (lives, True)]
    return [(store.number(_KIND, place), lives) for place, lives in told if place is not None]


def fill(duck: duckdb.DuckDBPyConnection, records: pa.Table, number: str) -> Iterator[pa.RecordBatch]:
    """Rows of table `places` of all records. Table `records` of DuckDB is read. `number`: SQL of the number of column `value`."""
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
    found = duck.sql(
        f"SELECT DISTINCT {number} AS v, id, CAST(lives AS INTEGER) AS lives FROM ("  # noqa: S608
        f"SELECT {PLACE_VALUE} AS value, id, lives FROM all_places p WHERE p.street IS NOT NULL AND {PLACE_KNOWN}) ORDER BY v, id, lives"
    )
    yield from found.to_arrow_reader(65_536)
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


def sharing(con: sqlite3.Connection, shown: Sequence[tuple[int, bool]], but: int | None) -> list[tuple[int, Sharing]] | None:
    """Traders (numbers) with the same place (`shown`: see `numbers`), in the order of their records; `ring_id` is left open. None where so
    many show it that it tells nothing. Of two who live in one house nothing is told: that is seen when they are compared. `but`: a trader
    that is left out."""
    found: dict[int, _Shown] = {}
    common = False
    for place, lives in shown:
        if con.execute("SELECT count(*) FROM (SELECT 1 FROM places WHERE v = ? LIMIT ?)", (place, _MANY)).fetchone()[0] >= _MANY:
            common = True
            continue
        rows = con.execute(
            "SELECT trader, min(record_id), max(lives) FROM places JOIN records USING (id) WHERE v = ? AND lives <= ? "
            "GROUP BY trader, lives ORDER BY lives",
            (place, int(not lives)),
        ).fetchall()
        traders = {row[0] for row in rows}
        if len(traders) > MOST:
            common = True
            continue
        for trader, record_id, theirs in rows:
            found.setdefault(trader, _Shown(record_id, lives, bool(theirs), len(traders)))
    if common and not found:
        return None
    told = [(trader, _told(con, trader, one)) for trader, one in found.items() if trader != but]
    return sorted(told, key=lambda one: one[1].record_id)


def _told(con: sqlite3.Connection, trader: int, shown: _Shown) -> Sharing:
    name = str(con.execute("SELECT name FROM traders WHERE id = ?", (trader,)).fetchone()[0])
    raw = json.loads(con.execute("SELECT raw FROM records WHERE record_id = ?", (shown.record_id,)).fetchone()[0])
    text = str(raw.get("address" if shown.theirs else "warehouse") or "")
    said = SENTENCES["ships" if shown.mine or shown.theirs else _KIND].format(v=text, n=shown.by)
    return Sharing(name, None, shown.record_id, _KIND, text, shown.by, said, *names(con, name, raw))
