"""Which pairs are compared at all: records that share a key.

Every field gives a key of its own, and pairs of fields give coarser ones that survive when both values are corrupted: half of a phone with
the given name, the ends of a name with the ward. So a pair is found though each of its keys is corrupted once.

A key that very many records share (a hotline, a trade centre, a common name) would give millions of pairs. Its records are put in order
instead, by what else tells them apart, and each is compared with its neighbours that begin alike: as many pairs as records, not their
square.
"""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from chosach.linking import tables


@dataclass(frozen=True)
class Key:
    """`sql`: the key of a record, null for none; `needs`: columns it is made of; `most`: records that may share it before it is hot."""

    name: str
    field: str
    needs: tuple[str, ...]
    sql: str
    most: int = 40


def _whole(field: str, column: str, most: int = 40) -> Key:
    return Key(column, field, (column,), column, most)


#: `field`: what a pair found by the key agrees on by the way it was found, so that learning does not take it for evidence.
KEYS: tuple[Key, ...] = (
    _whole("phone", "phone"),
    _whole("bank_account", "account"),
    _whole("tax_code", "tax"),
    _whole("email", "email"),
    _whole("handle", "handle"),
    _whole("url", "url"),
    _whole("address", "place"),
    _whole("seller_name", "shop_joined", 8),
    _whole("name", "name_sorted", 8),
    Key("name_place", "name+address", ("name_ends", "unit"), "name_ends || '|' || unit", 20),
    Key("given_street", "name+address", ("given", "street"), "given || '|' || number || '|' || left(street, 8)", 20),
    Key("given_phone_head", "name+phone", ("given", "phone"), "given || '|' || left(phone, 7)", 20),
    Key("given_phone_tail", "name+phone", ("given", "phone"), "given || '|' || right(phone, 6)", 20),
    Key(
        "account_head", "bank_account", ("account",), "CASE WHEN length(account) >= 8 THEN left(account, length(account) // 2 + 1) END", 10
    ),
    Key(
        "account_tail", "bank_account", ("account",), "CASE WHEN length(account) >= 8 THEN right(account, length(account) // 2 + 1) END", 10
    ),
    Key("tax_head", "tax_code", ("tax",), "CASE WHEN length(tax) >= 7 THEN left(tax, length(tax) // 2 + 1) END", 10),
    Key("tax_tail", "tax_code", ("tax",), "CASE WHEN length(tax) >= 7 THEN right(tax, length(tax) // 2 + 1) END", 10),
    Key("shop_given", "seller_name+name", ("shop_joined", "given"), "left(shop_joined, 8) || '|' || given", 8),
    Key("shop_unit", "seller_name+address", ("shop_joined", "unit"), "right(shop_joined, 6) || '|' || unit", 8),
    Key("name_head_shop", "seller_name+name", ("shop_joined", "name_sorted"), "left(name_folded, 8) || '|' || right(shop_joined, 8)", 8),
    Key("email_head", "email", ("email_local",), "CASE WHEN length(email_local) >= 6 THEN left(email_local, 6) END", 10),
)
#: By what the records of a hot key are put in order; null goes last, and ties go by record.
_ORDERS: tuple[tuple[str, ...], ...] = (
    ("name_sorted", "shop_joined", "place"),
    ("shop_joined", "name_sorted", "place"),
    ("place", "name_sorted", "shop_joined"),
)
NEIGHBOURS = 3
#: Neighbours whose values do not even begin alike are such by the alphabet alone: of a common name's, seven in ten.
BEGIN = 3
_MASKS = {key.name: 1 << at for at, key in enumerate(KEYS)}


def keys_of(filled: Collection[str]) -> tuple[Key, ...]:
    """Keys that can be made of the columns that hold any value."""
    return tuple(key for key in KEYS if all(column in filled for column in key.needs))


def pairs(con: duckdb.DuckDBPyConnection, filled: Collection[str]) -> int:
    """Make table `pairs` (`l` < `r`: ids, `found`: bits of the keys that found it). Returns how many."""
    con.execute("CREATE OR REPLACE TEMP TABLE found_pairs (l INTEGER, r INTEGER, found INTEGER)")
    for key in keys_of(filled):
        _of_key(con, key, [tuple(name for name in order if name in filled) for order in _ORDERS])
    con.execute("CREATE OR REPLACE TABLE pairs AS SELECT l, r, bit_or(found) AS found FROM found_pairs GROUP BY l, r")
    con.execute("DROP TABLE found_pairs")
    return tables.count(con, "pairs")


def mask(key: Key) -> int:
    """The bit of a key in `found`."""
    return _MASKS[key.name]


def _of_key(con: duckdb.DuckDBPyConnection, key: Key, orders: list[tuple[str, ...]]) -> None:
    con.execute(
        # counted apart and joined again: a window would put all keys in order
        f"CREATE OR REPLACE TEMP TABLE blocks AS WITH keyed AS MATERIALIZED (SELECT id, hash({key.sql}) AS k FROM records "  # noqa: S608
        f"WHERE ({key.sql}) IS NOT NULL) SELECT id, k, n FROM keyed JOIN ("
        "SELECT k, count(*) AS n FROM keyed GROUP BY k HAVING count(*) > 1) USING (k)"
    )
    con.execute(
        f"INSERT INTO found_pairs SELECT a.id, b.id, {mask(key)} FROM blocks a JOIN blocks b ON a.k = b.k AND a.id < b.id "  # noqa: S608
        f"WHERE a.n <= {key.most} AND b.n <= {key.most}"
    )
    if tables.one(con, f"SELECT count(*) FROM blocks WHERE n > {key.most}"):  # noqa: S608
        for order in dict.fromkeys(order for order in orders if order and order[0] not in key.needs):
            _neighbours(con, key, order)
    con.execute("DROP TABLE blocks")


def _neighbours(con: duckdb.DuckDBPyConnection, key: Key, order: tuple[str, ...]) -> None:
    """Pairs of a hot key: each record with those of the few that follow it in this order whose value begins as its own does.

    Those without the first value stand aside.
    """
    begin = f"left({order[0]}, {BEGIN})"
    next_ones = ", ".join(
        f"CASE WHEN lead({begin}, {step}) OVER w = {begin} THEN lead(id, {step}) OVER w END" for step in range(1, NEIGHBOURS + 1)
    )
    con.execute(
        f"INSERT INTO found_pairs SELECT least(id, other), greatest(id, other), {mask(key)} FROM ("  # noqa: S608
        f"SELECT id, unnest([{next_ones}]) AS other FROM blocks JOIN records USING (id) WHERE n > {key.most} AND {order[0]} IS NOT NULL "
        f"WINDOW w AS (PARTITION BY k ORDER BY {', '.join(order)}, id)) WHERE other IS NOT NULL"
    )
