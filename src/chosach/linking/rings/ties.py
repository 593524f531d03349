"""What two traders share, what each such tie is worth, and how closely two traders are tied by all of them.

A value is worth what its kind is worth, less the more traders carry it: what a hotline, a market hall, a maker's picture or a bank's phone
is to everybody proves nothing. Whether a value of a few dozen carriers is a ring's or the public's, the other kinds tell: those who are
paid into one account as a ring share more than that, the customers of one carrier do not.
"""

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.linking.rings import near
from chosach.linking.rings.carried import CONTACT, KINDS, PLACE, PLACES

Ints = NDArray[np.int64]

#: Bits of two traders' ties together from which they are linked, if two groups of evidence say so.
LINKED = 10.0
#: A group says so from this many bits on. One address, which all stalls of a market have, never does.
SAYS = 2.5
#: What further ties of one group add: they come together.
FURTHER = 0.25
#: SQL of the two: a group's bits, and what two traders (or a trader and a ring) need of groups.
_GROUP = f"max(w) AS best, (sum(w) - max(w)) // {round(1 / FURTHER)} AS more"
_CLOSE = f"HAVING bits >= {round(1000 * LINKED)} AND count(*) FILTER (best >= {round(1000 * SAYS)}) > 1"
#: Houses that more traders than this live in are markets, and so are the warehouses in them.
_HOUSE = 3
#: Share of a number's carriers that live at one address, from which the number is the house's own.
_OF_HOUSE = 0.5
#: How many times as many traders may carry a value that all its carriers share something else with.
_BORNE_OUT = 5.0
#: Carriers that share something else with another carrier by chance.
_BY_CHANCE = 0.2
#: One who sells nothing but has the account that so many of a ring, and such a share of it, are paid into, belongs to it.
_PAID, _PAID_SHARE = 3, 0.3
#: What a letter or figure by which two values differ takes from their bits.
_SLIP = 1.0


def make(con: duckdb.DuckDBPyConnection, cut: Sequence[tuple[int, int]] = ()) -> None:
    """Make table `ties`: `l` < `r` (traders), `kind`, `value`, `grp`, `n`, `first_l`, `first_r` (records), `lives_l`,
    `lives_r`, `off`, `w`.

    `w`: thousandths of bits, in whole numbers, whose sums no order changes. Only values that say anything are in it. `off`: letters in
    which the two differ, 0 where they share the value itself (`near`).

    `cut`: pairs of traders, the lower first, whose ties a person cut: they are here too, but bear out no value. They stay in table
    `cut_pairs` (`l`, `r`).
    """
    con.execute("CREATE OR REPLACE TEMP TABLE cut_pairs (l INTEGER, r INTEGER)")
    if cut:
        con.executemany("INSERT INTO cut_pairs VALUES (?, ?)", [list(pair) for pair in sorted(set(cut))])
    most = _by_kind([kind.most for kind in KINDS])
    address, warehouse = PLACES["address"], PLACES["warehouse"]
    # two who live in one house, or in stalls of one hall, share the house, wherever they keep their goods
    kind = f"CASE WHEN l.kind = {warehouse} AND l.home AND r.home THEN {address} ELSE l.kind END"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE found_ties AS SELECT l.trader AS l, r.trader AS r, "  # noqa: S608
        f"CAST({kind} AS TINYINT) AS kind, l.value, l.n, l.lived, "
        f"{_first('l')} AS first_l, {_first('r')} AS first_r, "
        "l.first_lives IS NOT NULL AS lives_l, r.first_lives IS NOT NULL AS lives_r FROM carried l JOIN carried r "
        f"ON l.kind = r.kind AND l.value = r.value AND l.trader < r.trader WHERE l.n <= {most.replace('kind', 'l.kind')} "
        f"AND (l.kind <> {warehouse} OR NOT (l.home AND r.home) OR l.n <= {KINDS[address].most})"
    )
    _houses_numbers(con)
    con.execute(f"CREATE OR REPLACE TEMP TABLE grouped_ties AS {_grouped('found_ties')}")
    con.execute("DROP TABLE found_ties")
    _borne_out(con)
    con.execute(f"CREATE OR REPLACE TEMP TABLE ties AS {_weighed('grouped_ties', '0')}")
    con.execute("DROP TABLE grouped_ties")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE tied AS SELECT l, r, "  # noqa: S608
        f"bit_or(1 << grp) FILTER (w >= {round(1000 * SAYS)} AND kind <> {address}) AS seen, "
        "bit_or(CAST(1 AS INTEGER) << CAST(kind AS INTEGER)) AS kinds FROM ties GROUP BY l, r HAVING seen IS NOT NULL"
    )
    near.find(con, "tied")
    con.execute(f"CREATE OR REPLACE TEMP TABLE near_ties AS {_grouped('slips')}")
    con.execute(f"INSERT INTO ties BY NAME {_weighed('near_ties', 'off')}")
    for name in ("tied", "slips", "near_ties"):
        con.execute(f"DROP TABLE {name}")


def _grouped(table: str) -> str:
    """SQL: the ties of a table with `grp`."""
    groups = _by_kind([kind.group for kind in KINDS])
    return (
        f"SELECT t.*, CAST(CASE WHEN h.value IS NOT NULL THEN {PLACE} ELSE {groups} END AS TINYINT) AS grp "  # noqa: S608
        f"FROM {table} t LEFT JOIN house_numbers h USING (kind, value)"
    )


def _weighed(table: str, off: str) -> str:
    """SQL: the ties of a table with `w`, those alone that say anything. `off`: SQL of the letters in which the two differ."""
    bits, few = _by_kind([kind.bits for kind in KINDS]), _by_kind([kind.few for kind in KINDS])
    house = f"(kind = {PLACES['warehouse']} AND lived > {_HOUSE})"
    bits = f"(CASE WHEN {house} THEN {KINDS[PLACES['address']].bits} ELSE {bits} END - {_SLIP} * {off})"
    few = f"({few} * (1 + {_BORNE_OUT} * greatest(0, coalesce(share, 0) - {_BY_CHANCE}) / {1 - _BY_CHANCE}))"
    return (
        "SELECT l, r, CAST(kind AS TINYINT) AS kind, value, grp, n, first_l, first_r, lives_l, lives_r, "  # noqa: S608
        f"CAST({off} AS TINYINT) AS off, w FROM ("
        f"SELECT g.*, CAST(round(1000 * ({bits} - log2(1 + pow(n / {few}, 3)))) AS INTEGER) AS w "
        f"FROM {table} g LEFT JOIN borne_out USING (kind, value)) WHERE w > 0"
    )


def _first(side: str) -> str:
    """The record that shows what is shared: of two who live in one house, their addresses; else a warehouse before an address."""
    lives, ships, first = (f"{side}.{name}" for name in ("first_lives", "first_ships", "first"))
    return f"CASE WHEN l.home AND r.home THEN coalesce({lives}, {ships}) ELSE coalesce({ships}, {first}) END"


def _by_kind(values: list[int] | list[float]) -> str:
    return "CASE kind " + " ".join(f"WHEN {at} THEN {value}" for at, value in enumerate(values)) + " END"


def _houses_numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `house_numbers`: phones and addresses of mail (`kind`, `value`) of which half the carriers live in one house or hall."""
    numbers = ", ".join(str(at) for at, kind in enumerate(KINDS) if kind.group == CONTACT)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE house_numbers AS SELECT DISTINCT kind, value FROM ("  # noqa: S608
        "SELECT c.kind, c.value, count(*) AS together, any_value(c.n) AS n FROM carried c JOIN homes h USING (trader) "
        f"WHERE c.kind IN ({numbers}) GROUP BY c.kind, c.value, h.value"
        f") WHERE together > 1 AND together >= {_OF_HOUSE} * n"
    )


def _borne_out(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `borne_out`: for a value the share of its carriers that share something of another group with another carrier."""
    address = PLACES["address"]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE borne_out AS SELECT kind, value, count(DISTINCT trader) / any_value(n) AS share FROM ("  # noqa: S608
        "SELECT kind, value, n, unnest([l, r]) AS trader FROM grouped_ties JOIN ("
        f"SELECT l, r, bit_or(1 << grp) AS seen FROM grouped_ties ANTI JOIN cut_pairs USING (l, r) WHERE kind <> {address} "
        "GROUP BY l, r HAVING bit_count(seen) > 1"
        f") USING (l, r) WHERE (seen & ~(1 << grp)) <> 0 AND kind <> {address}) GROUP BY kind, value"
    )


def links(con: duckdb.DuckDBPyConnection) -> tuple[Ints, Ints, Ints]:
    """Pairs of traders that two groups of evidence tie closely: left, right, thousandths of bits; by left and right."""
    found = con.execute(
        f"SELECT l, r, sum(best + more) AS bits FROM (SELECT l, r, grp, {_GROUP} FROM ties GROUP BY l, r, grp) "  # noqa: S608
        f"GROUP BY l, r {_CLOSE} ORDER BY l, r"
    ).fetchnumpy()
    left, right, bits = (np.asarray(found[name]).astype(np.int64) for name in ("l", "r", "bits"))
    return left, right, bits


def newcomers(con: duckdb.DuckDBPyConnection, trader: Ints, ring: Ints) -> tuple[Ints, Ints, Ints]:
    """Traders of no ring that a ring's traders together tie as closely as two are linked: trader, ring, thousandths of bits; by trader.

    Each value counts once, however many of the ring carry it. Of two rings the one with more bits, then the first.
    Then the holders of accounts.
    """
    con.register("in_ring", pa.table({"trader": trader.astype(np.int32), "ring": ring.astype(np.int32)}))
    found = con.execute(
        "SELECT outside AS trader, min_by(ring, (-bits, ring)) AS ring, max(bits) AS bits FROM ("  # noqa: S608
        "SELECT outside, ring, sum(best + more) AS bits FROM ("
        f"SELECT outside, ring, grp, {_GROUP} FROM (SELECT outside, ring, grp, value, max(w) AS w FROM ("
        "SELECT r AS outside, ring, grp, value, w FROM ties JOIN in_ring ON l = trader "
        "UNION ALL SELECT l, ring, grp, value, w FROM ties JOIN in_ring ON r = trader"
        ") WHERE outside NOT IN (SELECT trader FROM in_ring) GROUP BY outside, ring, grp, value) GROUP BY outside, ring, grp"
        f") GROUP BY outside, ring {_CLOSE}) GROUP BY outside ORDER BY outside"
    ).fetchnumpy()
    holders = _account_holders(con)
    con.unregister("in_ring")
    close = {name: np.asarray(column).astype(np.int64) for name, column in found.items()}
    more = ~np.isin(holders["trader"], close["trader"])
    traders, rings, bits = (np.append(close[name], holders[name][more]) for name in ("trader", "ring", "bits"))
    return traders, rings, bits


def _account_holders(con: duckdb.DuckDBPyConnection) -> dict[str, NDArray[np.int64]]:
    """Traders of no ring who sell nothing (table `idle`), but whose account many of a ring are paid into: `trader`, `ring`, `bits`.

    An account is no trader's by chance, and who sells nothing has no other reason to show one. Table `in_ring` is read.
    """
    found = con.execute(
        "SELECT trader, min_by(ring, (-paid, -w, ring)) AS ring, min_by(w, (-paid, -w, ring)) AS bits FROM ("  # noqa: S608
        "SELECT outside AS trader, ring, count(DISTINCT inside) AS paid, max(w) AS w FROM ("
        "SELECT r AS outside, l AS inside, kind, w FROM ties UNION ALL SELECT l, r, kind, w FROM ties) "
        "JOIN idle ON outside = idle.trader JOIN in_ring ON inside = in_ring.trader "
        f"WHERE kind = {PLACES['account']} AND w >= {round(1000 * SAYS)} AND outside NOT IN (SELECT trader FROM in_ring) "
        "GROUP BY outside, ring) JOIN (SELECT ring, count(*) AS size FROM in_ring GROUP BY ring) USING (ring) "
        f"WHERE paid >= greatest({_PAID}, {_PAID_SHARE} * size) GROUP BY trader ORDER BY trader"
    ).fetchnumpy()
    return {name: np.asarray(column).astype(np.int64) for name, column in found.items()}
