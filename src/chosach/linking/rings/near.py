"""Values that two traders share but for a slip: an account with two figures swapped, a street with a letter wrong, a ward left out.

Among a million numbers each has others that differ from it in one figure, so a near value says nothing of two strangers. Of two who share
something else already, of another group, it says nearly as much as the value itself: that such two have numbers a slip apart is met once in
millions by chance. So they alone are looked at, and nobody is compared with all.
"""

import duckdb

from chosach.linking.rings.carried import KINDS, PLACES

#: Kinds that a slip is looked for in; codes and names shorter than this many letters differ in one by chance.
_NUMBERS = {"phone": 9, "account": 8, "tax_code": 10, "email": 12, "handle": 8}
#: Slips of one letter or figure (two that changed places are one slip) and of two, in shorter and in longer values.
_LONG = 9


def find(con: duckdb.DuckDBPyConnection, tied: str) -> None:
    """Make table `slips`: for two traders and a kind the nearest two values.

    `l`, `r`, `kind`; `value`: that of the two which more traders carry; `n`: how many, and the other one; `lived`: how many live there;
    `first_l`, `first_r`: records; `lives_l`, `lives_r`; `off`: 1 or 2 letters. `tied`: name of the table of those who are looked at:
    `l`, `r`, `seen`: bits of the groups that tie them, `kinds`: of the kinds. Tables `shown`, `carried`, `places`, `trader_of` are read.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE worn AS SELECT kind, value, trader, min(id) AS first, coalesce(any_value(n), 1) AS n FROM shown "  # noqa: S608
        f"JOIN trader_of USING (id) JOIN (SELECT DISTINCT unnest([l, r]) AS trader FROM {tied}) USING (trader) "
        f"LEFT JOIN (SELECT DISTINCT kind, value, n FROM carried) USING (kind, value) WHERE {_long_enough()} GROUP BY kind, value, trader"
    )
    group = "CASE kind " + " ".join(f"WHEN {PLACES[name]} THEN {1 << KINDS[PLACES[name]].group}" for name in _NUMBERS) + " END"
    # in two steps: the planner would pair all values of a kind first
    con.execute(
        "CREATE OR REPLACE TEMP TABLE mine AS SELECT l, r, kind, value AS a, n AS a_n, first AS first_l "  # noqa: S608
        f"FROM {tied} JOIN worn ON trader = l "
        f"WHERE (seen & ~({group})) <> 0 AND (kinds & (CAST(1 AS INTEGER) << CAST(kind AS INTEGER))) = 0"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE slips AS SELECT l, r, kind, CASE WHEN (a_n, a) > (b_n, b) THEN a ELSE b END AS value, "  # noqa: S608
        "greatest(a_n, b_n) + 1 AS n, 0 AS lived, first_l, first_r, false AS lives_l, false AS lives_r, off FROM ("
        "SELECT m.*, w.value AS b, w.n AS b_n, w.first AS first_r, damerau_levenshtein(a, w.value) AS off "
        "FROM mine m JOIN worn w ON w.trader = r AND w.kind = m.kind WHERE a <> w.value AND abs(length(a) - length(w.value)) <= 2"
        f") WHERE off = 1 OR (off = 2 AND least(length(a), length(b)) >= {_LONG}) "
        "QUALIFY row_number() OVER (PARTITION BY l, r, kind ORDER BY off, n DESC, value, a, b) = 1"
    )
    con.execute("DROP TABLE mine")
    con.execute("DROP TABLE worn")
    _places(con, tied)


def _long_enough() -> str:
    return "(" + " OR ".join(f"(kind = {PLACES[name]} AND length(value) >= {least})" for name, least in _NUMBERS.items()) + ")"


def _places(con: duckdb.DuckDBPyConnection, tied: str) -> None:
    """One house number on streets that differ in a letter or two, where neither ward nor province says that they are two places.

    Of an address whose end was not read, the ward stands behind the street.
    """
    at = PLACES["warehouse"]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE stood AS SELECT p.*, trader, value, coalesce(c.n, 1) AS n, coalesce(c.lived, 0) AS lived "  # noqa: S608
        f"FROM places p JOIN trader_of USING (id) JOIN (SELECT DISTINCT unnest([l, r]) AS trader FROM {tied}) USING (trader) "
        f"LEFT JOIN (SELECT id, lives, value FROM shown WHERE kind = {at}) USING (id, lives) "
        f"LEFT JOIN (SELECT DISTINCT value, n, lived FROM carried WHERE kind = {at}) c USING (value) WHERE number IS NOT NULL"
    )
    group = 1 << KINDS[at].group
    shorter = "least(length(a.street), length(b.street))"
    unread = (
        "((a.province IS NULL AND length(a.street) > length(b.street)) OR (b.province IS NULL AND length(b.street) > length(a.street)))"
    )
    off = (
        f"CASE WHEN {unread} THEN damerau_levenshtein(left(a.street, {shorter}), left(b.street, {shorter})) "
        "ELSE damerau_levenshtein(a.street, b.street) END"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE mine AS SELECT l, r, s.value AS a_value, s.* EXCLUDE (trader, value) "  # noqa: S608
        f"FROM {tied} JOIN stood s ON trader = l WHERE (seen & ~{group}) <> 0 AND (kinds & {1 << at}) = 0"
    )
    con.execute(
        f"INSERT INTO slips SELECT l, r, {at}, CASE WHEN a IS NULL OR (b_n, b) > (a_n, a) THEN b ELSE a END AS value, "  # noqa: S608
        "greatest(a_n, b_n) + 1 AS n, greatest(a_lived, b_lived) AS lived, first_l, first_r, lives_l, lives_r, greatest(off, 1) FROM ("
        "SELECT l, r, a.a_value AS a, b.value AS b, a.n AS a_n, b.n AS b_n, a.lived AS a_lived, b.lived AS b_lived, a.id AS first_l, "
        f"b.id AS first_r, a.lives AS lives_l, b.lives AS lives_r, {off} AS off, {shorter} AS short "
        "FROM mine a JOIN stood b ON b.trader = r AND a.number = b.number "
        "WHERE NOT (a.lives AND b.lives) AND (a.a_value IS NOT NULL OR b.value IS NOT NULL) AND a.a_value IS DISTINCT FROM b.value "
        "AND coalesce(a.unit = b.unit, true) AND coalesce(a.district = b.district, true) AND coalesce(a.province = b.province, true)"
        ") WHERE off <= CASE WHEN short >= 10 THEN 2 ELSE 1 END "
        "QUALIFY row_number() OVER (PARTITION BY l, r ORDER BY off, n DESC, value, first_l, first_r, lives_l, lives_r) = 1"
    )
    con.execute("DROP TABLE mine")
    con.execute("DROP TABLE stood")
