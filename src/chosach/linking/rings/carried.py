"""Which values each trader carries: its numbers and addresses, and the pictures and texts that are near to others'."""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from chosach.linking import clusters
from chosach.linking.normal import addresses


@dataclass(frozen=True)
class Kind:
    """One kind of evidence (schema.TIE_KINDS).

    `group`: kinds of one group come together, so they count as one piece of evidence. `bits`: what a value that two share says.
    `few`: how many traders may carry a value before it is held for public; `most`: from here on it is not looked at. Where those who
    carry it also share something else, `few` may be six times as many. `sql`: the normal value of a record, "" where it is made here.
    """

    name: str
    group: int
    bits: float
    few: float
    most: int
    sql: str = ""


#: Shorter texts are what anybody writes; shorter hashes are none.
_LEAST = {"image": 16, "text": 50}

#: What a street without a house number must show to be one place of its province: a figure and two words ("kho 9 5 kcn amata").
_TELLING = r"length(p.street) >= 10 AND regexp_matches(p.street, '[0-9]') AND regexp_matches(p.street, '\b[a-z]{3,}\b.*\b[a-z]{3,}\b')"
#: A park is a place by its name, whether or not anybody says where it lies; but many have their store in it, so the name alone is no store.
_IN_A_PARK = r"regexp_matches(p.street, '\b[kc]cn [a-z0-9]{2,}')"

#: SQL of a place as one value, and of whether it tells enough to be one. Reads `number`, `street`, `unit`, `district`,
#: `province` of `p`.
PLACE_VALUE = "concat_ws('|', coalesce(p.number, ''), p.street, coalesce(p.unit, p.province || '/' || p.district, p.province, 'kcn'))"
PLACE_KNOWN = (
    f"((p.unit IS NOT NULL AND NOT {_IN_A_PARK}) OR ((p.province IS NOT NULL OR {_IN_A_PARK}) AND (p.number IS NOT NULL OR {_TELLING})))"
)

_LABEL, _ROW = r"(?: ?[a-z]?[0-9]+[a-z]?| [a-z](?: [0-9]+)?)\b", r"lo ?(?:[a-z]?[0-9]+[a-z]?|[a-z])\b"
#: What of a street says where in a house or hall one is: stalls, kiosks, with the row they stand in; floors, rooms, flats.
_STALL = (
    rf"\b(?:{_ROW} )?(?:lo )?(?:sap|quay|kiot|gian){_LABEL}(?: {_ROW})?|\b(?:day|tang|lau|phong|can){_LABEL}|"
    r"\b(?:tang|lau) (?:tret|ham|lung)\b"
)
#: Numbers left before the name of a hall are the stall's ("sạp 12-14 chợ Biên Hòa"), others the house's ("tầng 2, 15/3 Lê Lợi").
_STALLS_NUMBER, _HOUSES_NUMBER = r"^(?:[0-9]+[a-z]? )+(cho|sieu thi|tttm|trung tam|toa|cc)\b", r"^([0-9]+[a-z]?(?: [0-9]+[a-z]?)*) "

CONTACT, MONEY, WEB, PLACE, CONTENT = range(5)
#: A market hall has dozens of traders, a bank's phone or a carrier's store hundreds; an account is hardly ever public.
KINDS: tuple[Kind, ...] = (
    Kind("phone", CONTACT, 8, 8, 120, "CASE WHEN length(phone) >= 9 THEN phone END"),
    Kind("account", MONEY, 9, 15, 300, "CASE WHEN length(account) >= 6 THEN account END"),
    Kind("tax_code", MONEY, 9, 8, 120, "tax"),
    Kind("email", CONTACT, 8, 10, 120, "CASE WHEN contains(email, '@') THEN email END"),
    Kind("handle", WEB, 8, 8, 120, "CASE WHEN length(handle) >= 4 THEN handle END"),
    Kind("url", WEB, 8, 8, 120, "url"),
    Kind("address", PLACE, 2, 6, 20),
    Kind("warehouse", PLACE, 7, 8, 150),
    Kind("image", CONTENT, 5, 6, 150),
    Kind("text", CONTENT, 5, 6, 150),
)
PLACES = {kind.name: at for at, kind in enumerate(KINDS)}


def make(con: duckdb.DuckDBPyConnection, raw: pa.Table) -> None:
    """Make tables `shown` (`kind`, `value`, `id`, `lives`, `ships`: a record shows a value) and `carried`: values of two traders or more.

    `carried`: `kind`, `value`, `trader`, `first` (its first record that shows the value), `n` (traders that carry it). Addresses and
    warehouses are one kind of value here, that of the warehouse: `first_lives` is the first record whose address the place is,
    `first_ships` whose warehouse (null: none), `home` whether the trader lives there or in a stall, on a floor, in a room of it (table
    `homes`: `trader`, `value`), `lived` how many do. Table `places` (`id`, `lives` (else it is a warehouse), `number`, `street`, `unit`,
    `province`) has also those of which too little was read; table `idle` the traders that sell nothing. Table `trader_of` (`id`,
    `trader`) is read.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE shown (kind TINYINT, value VARCHAR, id INTEGER, lives BOOLEAN, ships BOOLEAN)")
    for at, kind in enumerate(KINDS):
        if kind.sql:
            con.execute(f"INSERT INTO shown SELECT {at}, {kind.sql}, id, false, false FROM records WHERE ({kind.sql}) IS NOT NULL")  # noqa: S608
    _places(con, raw)
    _mend_streets(con)
    _content(con, raw, "image", "images", _near_images)
    _content(con, raw, "text", "texts", _near_texts)
    _idle(con)
    _homes(con)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE carried AS SELECT *, count(*) FILTER (home) OVER v AS lived, count(*) OVER v AS n FROM ("  # noqa: S608
        "SELECT kind, value, trader, min(id) AS first, min(id) FILTER (lives) AS first_lives, min(id) FILTER (ships) AS first_ships, "
        f"bool_or(lives) OR (kind = {PLACES['warehouse']} AND (trader, value) IN (SELECT (trader, value) FROM halls)) AS home "
        "FROM shown JOIN trader_of USING (id) GROUP BY kind, value, trader) WINDOW v AS (PARTITION BY kind, value) QUALIFY n > 1"
    )
    con.execute("DROP TABLE halls")


def _homes(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `homes` (`trader`, `value`): where each trader lives; who lives in a stall or on a floor lives in the whole hall too,
    and that part of it is also table `halls`."""
    street = (
        f"regexp_replace(trim(regexp_replace(regexp_replace(street, '{_STALL}', ' ', 'g'), ' +', ' ', 'g')), '{_STALLS_NUMBER}', '\\1')"
    )
    number = f"replace(regexp_extract(street, '{_HOUSES_NUMBER}', 1), ' ', '/')"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE halls AS SELECT trader, {PLACE_VALUE} AS value FROM ("  # noqa: S608
        f"SELECT id, unit, district, province, coalesce(number, nullif({number}, '')) AS number, "
        f"CASE WHEN number IS NULL THEN regexp_replace(street, '{_HOUSES_NUMBER}', '') ELSE street END AS street FROM ("
        f"SELECT * REPLACE ({street} AS street) FROM places WHERE lives AND regexp_matches(street, '{_STALL}'))) p "
        f"JOIN trader_of USING (id) WHERE street <> '' AND {PLACE_KNOWN}"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE homes AS FROM halls UNION SELECT trader, value FROM shown JOIN trader_of USING (id) "  # noqa: S608
        f"WHERE kind = {PLACES['warehouse']} AND lives"
    )


def _idle(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `idle`: traders that show an account, but no shop, link, handle, picture, text or warehouse: they sell nothing."""
    sells = "shop_joined IS NOT NULL OR url IS NOT NULL OR handle IS NOT NULL"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE idle AS SELECT trader FROM trader_of JOIN records USING (id) GROUP BY trader "  # noqa: S608
        f"HAVING count(account) > 0 AND NOT bool_or({sells}) EXCEPT SELECT trader FROM shown JOIN trader_of USING (id) "
        f"WHERE ships OR kind IN ({PLACES['image']}, {PLACES['text']})"
    )


def _places(con: duckdb.DuckDBPyConnection, raw: pa.Table) -> None:
    """Addresses and warehouses with a street, by ward where it is known and by province else; all of them stay in table `places`."""
    parts = "p.number, p.street, p.unit, p.district, p.province"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE places AS SELECT id, true AS lives, {parts} FROM records p WHERE p.street IS NOT NULL"  # noqa: S608
    )
    if _any(raw, "warehouse"):
        told = pl.Series("warehouse", raw["warehouse"].unique().drop_null()).sort()
        con.register("warehouses", pl.concat([told.to_frame(), addresses.addresses(told)], how="horizontal").to_arrow())
        con.register("raw_places", raw.select(["record_id", "warehouse"]))
        con.execute(
            f"INSERT INTO places SELECT records.id, false, {parts} FROM raw_places JOIN records USING (record_id) "  # noqa: S608
            "JOIN warehouses p USING (warehouse) WHERE p.street IS NOT NULL"
        )
        con.unregister("warehouses")
        con.unregister("raw_places")
    con.execute(
        f"INSERT INTO shown SELECT {PLACES['warehouse']}, {PLACE_VALUE}, id, lives, NOT lives FROM places p WHERE {PLACE_KNOWN}"  # noqa: S608
    )


def _mend_streets(con: duckdb.DuckDBPyConnection) -> None:
    """One number in one ward on two streets that differ in a letter (two in a long name) is one house, that of the commoner spelling."""
    at = PLACES["warehouse"]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE houses AS SELECT value, count(*) AS shown, split_part(value, '|', 1) AS number, "  # noqa: S608
        f"split_part(value, '|', 2) AS street, split_part(value, '|', 3) AS place FROM shown WHERE kind = {at} GROUP BY value"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE slips AS SELECT a.value AS wrong, max_by(b.value, (b.shown, b.value)) AS value FROM houses a "
        "JOIN houses b ON a.number = b.number AND a.place = b.place AND (b.shown, b.value) > (a.shown, a.value) WHERE a.number <> '' "
        "AND levenshtein(a.street, b.street) <= CASE WHEN length(a.street) >= 10 THEN 2 ELSE 1 END GROUP BY a.value"
    )
    con.execute(f"UPDATE shown SET value = slips.value FROM slips WHERE shown.kind = {at} AND shown.value = slips.wrong")  # noqa: S608
    con.execute("DROP TABLE houses")
    con.execute("DROP TABLE slips")


def _any(raw: pa.Table, column: str) -> bool:
    return column in raw.column_names and raw[column].null_count < raw.num_rows


def _content(con: duckdb.DuckDBPyConnection, raw: pa.Table, kind: str, column: str, near: Callable[[pa.Array], pa.Table]) -> None:
    """Pictures or texts: those that are near to one another, over any number of steps, are one value."""
    if not _any(raw, column):
        return
    con.register("raw_lists", raw.select(["record_id", column]))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE listed AS SELECT DISTINCT id, trim(content) AS content FROM ("  # noqa: S608
        f"SELECT id, unnest({column}) AS content FROM raw_lists JOIN records USING (record_id)) WHERE length(content) >= {_LEAST[kind]}"
    )
    con.unregister("raw_lists")
    contents = con.sql("SELECT DISTINCT content FROM listed ORDER BY content").to_arrow_table()["content"].combine_chunks()
    pairs = near(contents)
    left, right = (np.asarray(pairs[side]).astype(np.int64) for side in ("l", "r"))
    label = clusters.components(len(contents), left, right)
    con.register("groups", pa.table({"content": contents, "value": label}))
    con.execute(
        f"INSERT INTO shown SELECT DISTINCT {PLACES[kind]}, CAST(value AS VARCHAR), id, false, false "  # noqa: S608
        "FROM listed JOIN groups USING (content)"
    )
    con.unregister("groups")
    con.execute("DROP TABLE listed")


def _places_of(contents: pa.Array) -> pa.Array:
    """Ids of contents for `near`: their places."""
    return pa.array(np.arange(len(contents)).astype(str))


def _near_images(contents: pa.Array) -> pa.Table:
    """Pairs of pictures (places of two hashes)."""
    from chosach.linking.joints import images

    return images.near(_places_of(contents), contents)


def _near_texts(contents: pa.Array) -> pa.Table:
    """Pairs of texts (places of two)."""
    from chosach.linking.joints import texts

    return texts.near(_places_of(contents), contents)
