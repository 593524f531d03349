"""What two traders share, what each such tie is worth, and how closely two traders are tied by all of them.

A value is worth what its kind is worth, less the more traders carry it: what a hotline, a market hall, a maker's picture or a bank's phone
is to everybody proves nothing. Whether a value of a few dozen carriers is a ring's or the public's, the other kinds tell: those who are
paid into one account as a ring share more than that, the customers of one carrier do not.
"""

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

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


def make(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `ties`: `l` < `r` (traders), `kind`, `value`, `grp`, `n`, `first_l`, `first_r` (records), `lives_l`, `lives_r`, `w`.

    `w`: thousandths of bits, in whole numbers, whose sums no order changes. Only values that say anything are in it.
    """
    most = _by_kind([kind.most for kind in KINDS])
    groups = _by_kind([kind.group for kind in KINDS])
    address, warehouse = PLACES["address"], PLACES["warehouse"]
    # two who live in one house share the house, wherever they keep their goods
    kind = f"CASE WHEN l.kind = {warehouse} AND l.first_lives IS NOT NULL AND r.first_lives IS NOT NULL THEN {address} ELSE l.kind END"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE found_ties AS SELECT l.trader AS l, r.trader AS r, "  # noqa: S608
        f"CAST({kind} AS TINYINT) AS kind, l.value, l.n, l.lived, "
        f"{_first('l')} AS first_l, {_first('r')} AS first_r, "
        "l.first_lives IS NOT NULL AS lives_l, r.first_lives IS NOT NULL AS lives_r FROM carried l JOIN carried r "
        f"ON l.kind = r.kind AND l.value = r.value AND l.trader < r.trader WHERE l.n <= {most.replace('kind', 'l.kind')} "
        f"AND (l.kind <> {warehouse} OR l.first_lives IS NULL OR r.first_lives IS NULL OR l.n <= {KINDS[address].most})"
    )
    _houses_numbers(con)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE grouped_ties AS SELECT t.*, CAST(CASE WHEN h.value IS NOT NULL THEN {PLACE} ELSE {groups} END "  # noqa: S608
        "AS TINYINT) AS grp FROM found_ties t LEFT JOIN house_numbers h USING (kind, value)"
    )
    con.execute("DROP TABLE found_ties")
    _borne_out(con)
    bits, few = _by_kind([kind.bits for kind in KINDS]), _by_kind([kind.few for kind in KINDS])
    house = f"(kind = {warehouse} AND lived > {_HOUSE})"
    bits = f"CASE WHEN {house} THEN {KINDS[address].bits} ELSE {bits} END"
    few = f"({few} * (1 + {_BORNE_OUT} * greatest(0, coalesce(share, 0) - {_BY_CHANCE}) / {1 - _BY_CHANCE}))"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE ties AS SELECT * EXCLUDE (lived) FROM (SELECT g.*, "  # noqa: S608
        f"CAST(round(1000 * ({bits} - log2(1 + pow(n / {few}, 3)))) AS INTEGER) AS w "
        "FROM grouped_ties g LEFT JOIN borne_out USING (kind, value)) WHERE w > 0"
    )
    con.execute("DROP TABLE grouped_ties")


def _first(side: str) -> str:
    """The record that shows what is shared: of two who live in one house, their addresses; else a warehouse before an address."""
    both = "l.first_lives IS NOT NULL AND r.first_lives IS NOT NULL"
    return f"CASE WHEN {both} THEN {side}.first_lives ELSE coalesce({side}.first_ships, {side}.first) END"


def _by_kind(values: list[int] | list[float]) -> str:
    return "CASE kind " + " ".join(f"WHEN {at} THEN {value}" for at, value in enumerate(values)) + " END"


def _houses_numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `house_numbers`: phones and addresses of mail (`kind`, `value`) of which half the carriers live in one house."""
    numbers = ", ".join(str(at) for at, kind in enumerate(KINDS) if kind.group == CONTACT)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE house_numbers AS SELECT DISTINCT kind, value FROM ("  # noqa: S608
        "SELECT c.kind, c.value, count(*) AS together, any_value(c.n) AS n FROM carried c JOIN carried h ON c.trader = h.trader "
        f"WHERE c.kind IN ({numbers}) AND h.kind = {PLACES['warehouse']} AND h.first_lives IS NOT NULL GROUP BY c.kind, c.value, h.value"
        f") WHERE together > 1 AND together >= {_OF_HOUSE} * n"
    )


def _borne_out(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `borne_out`: for a value the share of its carriers that share something of another group with another carrier."""
    address = PLACES["address"]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE borne_out AS SELECT kind, value, count(DISTINCT trader) / any_value(n) AS share FROM ("  # noqa: S608
        "SELECT kind, value, n, unnest([l, r]) AS trader FROM grouped_ties JOIN ("
        f"SELECT l, r, bit_or(1 << grp) AS seen FROM grouped_ties WHERE kind <> {address} GROUP BY l, r HAVING bit_count(seen) > 1"
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
    con.unregister("in_ring")
    traders, rings, bits = (np.asarray(found[name]).astype(np.int64) for name in ("trader", "ring", "bits"))
    return traders, rings, bits
