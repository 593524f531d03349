"""Pairs → levels → weights, in SQL. Texts are compared once; learning and weighing read the levels alone."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import duckdb

from chosach.linking import tables
from chosach.linking.comparisons import Comparison
from chosach.linking.model import Model, bits


@contextmanager
def compared(con: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> Iterator[None]:
    """Within, what is read of the records stands ready for `levels` of these comparisons, however often it is called.

    Tables `compared`, of a row a record, and for each comparison with a `key` `told_<field>`, of a row a value (`at`: its number, which
    `compared` has as `at_<field>`). Tables `records`, `tf_…` are read. Within another of its kind it makes nothing.
    """
    if tables.one(con, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'compared'"):
        yield
        return
    keyed = [one for one in comparisons if one.key]
    for one in keyed:
        asked = ", ".join(f"any_value({name}) AS {name}" for name in dict.fromkeys((one.present, *one.columns)) if name != one.key)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE told_{one.field} AS SELECT CAST(row_number() OVER () AS INTEGER) AS at, * "  # noqa: S608
            f"FROM (SELECT {one.key}, {asked} FROM records WHERE {one.present} IS NOT NULL GROUP BY {one.key})"
        )
    rare = _rare_columns(comparisons)
    read = dict.fromkeys(name for one in comparisons if not one.key for name in (one.present, *one.columns))
    asked = "".join(f", records.{name}" for name in read) + "".join(f", tf_{name}" for name in rare)
    joins = " ".join(f"LEFT JOIN tf_{name} USING ({name})" for name in rare)
    joins += "".join(f" LEFT JOIN told_{one.field} ON records.{one.key} = told_{one.field}.{one.key}" for one in keyed)
    numbers = "".join(f", told_{one.field}.at AS at_{one.field}" for one in keyed)
    con.execute(f"CREATE OR REPLACE TEMP TABLE compared AS SELECT id{numbers}{asked} FROM records {joins} ORDER BY id")  # noqa: S608
    try:
        yield
    finally:
        for name in ("compared", *(f"told_{one.field}" for one in keyed)):
            con.execute(f"DROP TABLE {name}")


def levels(con: duckdb.DuckDBPyConnection, pairs: str, comparisons: Sequence[Comparison], *, into: str) -> None:
    """Make table `into` of the pairs of a table (`l`, `r`, `found`), in no order.

    Added per field: `level_…` (place among the comparison's levels, -1: one side has nothing to compare) and, where the level goes by the
    value, `rare_…` (log2 of how often the value is met; of the commoner one where the two differ). Tables `records`, `tf_…` are read.
    """
    with compared(con, comparisons):
        keyed = [one for one in comparisons if one.key]
        for one in keyed:
            _of_values(con, pairs, one)
        rare = _rare_columns(comparisons)
        read = dict.fromkeys(name for one in comparisons if not one.key for name in (one.present, *one.columns))
        columns = (*read, *(f"tf_{name}" for name in rare), *(f"at_{one.field}" for one in keyed))
        side_by_side = (
            f"SELECT p.l AS a, p.r AS b, p.found, {_sides(columns)} "  # noqa: S608
            f"FROM {pairs} p JOIN compared l ON p.l = l.id JOIN compared r ON p.r = r.id"
        )
        others = [one for one in comparisons if not one.key]
        both = [f"tf_{name}_{side}" for name in rare for side in ("l", "r")]
        chosen = ", ".join([*(_level(one) for one in others), *both, *(f"at_{one.field}_{side}" for one in keyed for side in ("l", "r"))])
        found = f"SELECT a, b, found, {chosen} FROM ({_measured(side_by_side, others)})"  # noqa: S608
        joins = "".join(
            f" LEFT JOIN levels_{one.field} ON at_{one.field}_l = levels_{one.field}.l AND at_{one.field}_r = levels_{one.field}.r"
            for one in keyed
        )
        told = [f"coalesce(level_{one.field}, -1) AS level_{one.field}" if one.key else f"level_{one.field}" for one in comparisons]
        values = ", ".join(["a AS l", "b AS r", "found", *told, *(_rare(one) for one in comparisons)])
        con.execute(f"CREATE OR REPLACE TABLE {into} AS SELECT {values} FROM ({found}){joins}")  # noqa: S608
        for one in keyed:
            con.execute(f"DROP TABLE levels_{one.field}")


def _of_values(con: duckdb.DuckDBPyConnection, pairs: str, one: Comparison) -> None:
    """Make table `levels_<field>` (`l`, `r`: numbers of two values, `level_<field>`). Pairs of records are many times those of values."""
    columns = dict.fromkeys((one.present, *one.columns))
    side_by_side = (
        f"SELECT p.l AS a, p.r AS b, {_sides(columns)} FROM (SELECT DISTINCT l.at_{one.field} AS l, r.at_{one.field} AS r "  # noqa: S608
        f"FROM {pairs} p JOIN compared l ON p.l = l.id JOIN compared r ON p.r = r.id "
        f"WHERE l.at_{one.field} IS NOT NULL AND r.at_{one.field} IS NOT NULL) p "
        f"JOIN told_{one.field} l ON p.l = l.at JOIN told_{one.field} r ON p.r = r.at"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE levels_{one.field} AS SELECT a AS l, b AS r, {_level(one)} "  # noqa: S608
        f"FROM ({_measured(side_by_side, [one])})"
    )


def _rare_columns(comparisons: Sequence[Comparison]) -> list[str]:
    return list(dict.fromkeys(name for one in comparisons for name in one.frequencies))


def _sides(columns: Iterable[str]) -> str:
    return ", ".join(f"{side}.{name} AS {name}_{side}" for side in ("l", "r") for name in columns)


def _measured(side_by_side: str, comparisons: Sequence[Comparison]) -> str:
    """SQL: the pairs with what several conditions ask for."""
    for deep in range(max((len(one.measures) for one in comparisons), default=0)):
        # a layer of its own each: what is computed below is not computed again by those who read it
        layer = ", ".join(f"{sql} AS {name}" for one in comparisons for name, sql in one.measures[deep : deep + 1])
        side_by_side = f"SELECT *, {layer} FROM ({side_by_side})"  # noqa: S608
    return side_by_side


def _level(one: Comparison) -> str:
    cases = " ".join(f"WHEN {level.sql} THEN {at}" for at, level in enumerate(one.levels) if level.sql)
    nothing = f"{one.present}_l IS NULL OR {one.present}_r IS NULL"
    return f"CAST(CASE WHEN {nothing} THEN -1 {cases} ELSE {len(one.levels) - 1} END AS TINYINT) AS level_{one.field}"


def _rare(one: Comparison) -> str:
    cases = " ".join(
        f"WHEN {at} THEN log2(greatest(tf_{level.rare}_l, tf_{level.rare}_r))" for at, level in enumerate(one.levels) if level.rare
    )
    return f"CAST(CASE level_{one.field} {cases} END AS FLOAT) AS rare_{one.field}"


def weight_of(one: Comparison, model: Model) -> str:
    """SQL: bits of evidence that a field of a pair gives, from its level and its value's frequency."""
    cases = []
    for at, level in enumerate(one.levels):
        said = repr(bits(model, one.field, level))
        cases.append(f"WHEN {at} THEN {said} - rare_{one.field}" if level.rare else f"WHEN {at} THEN {said}")
    return f"CASE level_{one.field} {' '.join(cases)} ELSE 0 END"


def weigh(
    con: duckdb.DuckDBPyConnection, levels_table: str, model: Model, comparisons: Sequence[Comparison], *, into: str, least: float
) -> None:
    """Make table `into` of the pairs of at least this weight: their levels, per field `weight_…`, and `weight` together with the prior."""
    fields = ", ".join(f"CAST({weight_of(one, model)} AS FLOAT) AS weight_{one.field}" for one in comparisons)
    prior = math.log2(model.prior / (1 - model.prior))
    together = " + ".join([repr(prior), *(f"CAST(weight_{one.field} AS DOUBLE)" for one in comparisons)])
    con.execute(
        f"CREATE OR REPLACE TABLE {into} AS SELECT *, CAST({together} AS FLOAT) AS weight "  # noqa: S608
        f"FROM (SELECT *, {fields} FROM {levels_table}) WHERE weight >= {least}"
    )
