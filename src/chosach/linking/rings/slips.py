"""Which near values of a ring are slips for another's, and which are their traders' own.

Near values tie (`near`), but who has one does not for that use the other's: numbers bought in a row, accounts opened together and mails
that one person numbers are near one another, too, and each is its trader's own. A value that stands once beside what its trader shows else
is a slip; one that its trader shows in most of its records is none; of one that was seen once, how many others show the right one tells.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import duckdb

from chosach.linking.rings.carried import KINDS, PLACES

#: Figures or letters by which a value may be a slip for another.
SLIP = 2
#: Figures at the end in which numbers of one purchase differ, and how many of them make a row.
_END, _ROW = 2, 3
#: Kinds whose values are names with figures in them, not numbers.
_NAMES = (PLACES["email"], PLACES["handle"], PLACES["url"])

#: Ring, kind, value.
Value = tuple[int, int, str]
#: A value that a trader shows near that of a tie, in how many records, and in how many it shows any of the kind.
_Form = tuple[str, int, int]


def own(con: duckdb.DuckDBPyConnection) -> dict[Value, set[int]]:
    """Value of a ring's ties → those of its carriers that have a near one of their own. Tables `ties`, `ring_of`, `shown`, `trader_of`."""
    numbers = ", ".join(str(at) for at, kind in enumerate(KINDS) if kind.sql)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE inner_near AS SELECT a.ring, kind, value, l, r, off FROM ties JOIN ring_of a ON l = a.trader "  # noqa: S608
        f"JOIN ring_of b ON r = b.trader WHERE a.ring = b.ring AND kind IN ({numbers}) "
        "QUALIFY max(off) OVER (PARTITION BY a.ring, kind, value) > 0"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE worn AS SELECT *, CAST(sum(times) OVER (PARTITION BY kind, trader) AS BIGINT) AS of FROM ("
        "SELECT ring, kind, trader, value AS form, count(DISTINCT id) AS times "
        "FROM shown JOIN trader_of USING (id) JOIN ring_of USING (trader) "
        "WHERE (ring, kind) IN (SELECT (ring, kind) FROM inner_near) GROUP BY ALL)"
    )
    near = con.execute(
        "SELECT v.ring, v.kind, v.value, trader, form, times, of FROM ("  # noqa: S608
        "SELECT DISTINCT ring, kind, value, unnest([l, r]) AS trader FROM inner_near) v JOIN worn USING (ring, kind, trader) "
        f"WHERE levenshtein(form, v.value) <= {SLIP} ORDER BY ALL"
    ).fetchall()
    rows = _rows(con.execute("SELECT ring, kind, trader, form FROM worn WHERE 2 * times >= of").fetchall())
    for table in ("inner_near", "worn"):
        con.execute(f"DROP TABLE {table}")
    carriers: dict[Value, dict[int, list[_Form]]] = defaultdict(lambda: defaultdict(list))
    for ring, kind, value, trader, *form in near:
        carriers[ring, kind, value][trader].append((form[0], form[1], form[2]))
    return {value: _own(value, forms, rows) for value, forms in carriers.items()}


def _rows(worn: Iterable[tuple[int, int, int, str]]) -> set[tuple[int, int, int, str]]:
    """Of the values that traders mostly show (ring, kind, trader, value), those that stand in a row: at least three of three traders.

    Slips for one number may differ in its end, too; but then more show the right one than there are wrong ones.
    """
    rows: dict[tuple[int, int, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for ring, kind, trader, form in worn:
        if (stem := re.sub(r"\d", "", form) if kind in _NAMES else form[:-_END]) != form:
            rows[ring, kind, stem][form].add(trader)
    return {
        (ring, kind, trader, form)
        for (ring, kind, _), forms in rows.items()
        if len(forms) >= max(_ROW, 1 + max(map(len, forms.values()))) and len(set().union(*forms.values())) >= _ROW
        for form, traders in forms.items()
        for trader in traders
    }


def _own(value: Value, carriers: dict[int, list[_Form]], rows: set[tuple[int, int, int, str]]) -> set[int]:
    """Those of a value's carriers whose near value is their own."""
    ring, kind, told = value
    by, steady, seen = Counter[str](), Counter[str](), Counter[str]()
    for forms in carriers.values():
        for form, times, of in forms:
            by[form] += 1
            steady[form] += round(1000 * times / of)
            seen[form] += times
    # what most carry, or else show in most of their records, is what a slip would be for: of two the tie tells either
    right = max(by, key=lambda form: (by[form], steady[form], seen[form], form == told, form))
    found: set[int] = set()
    for trader, forms in carriers.items():
        if any(form == right for form, _, _ in forms):
            continue
        times, mostly = max((times, form) for form, times, _ in forms)
        beside = forms[0][2] - sum(times for _, times, _ in forms)
        in_row = (ring, kind, trader, mostly) in rows
        if in_row or (times > beside and (times > 1 or by[right] == 1)):
            found.add(trader)
    return found
