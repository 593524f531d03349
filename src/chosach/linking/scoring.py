"""Pairs → levels → weights, in SQL. Texts are compared once; learning and weighing read the levels alone."""

import math
from collections.abc import Sequence

import duckdb

from chosach.linking.comparisons import Comparison
from chosach.linking.model import Model, bits


def levels(con: duckdb.DuckDBPyConnection, pairs: str, comparisons: Sequence[Comparison], *, into: str) -> None:
    """Make table `into` of the pairs of a table (`l`, `r`, `found`), in no order.

    Added per field: `level_…` (place among the comparison's levels, -1: one side has nothing to compare) and, where the level goes by the
    value, `rare_…` (log2 of how often the value is met; of the commoner one where the two differ). Tables `records`, `tf_…` are read.
    """
    rare = list(dict.fromkeys(name for one in comparisons for name in one.frequencies))
    read = list(dict.fromkeys([*(name for one in comparisons for name in (one.present, *one.columns)), *rare]))
    joins = " ".join(f"LEFT JOIN tf_{name} USING ({name})" for name in rare)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE compared AS SELECT id, {', '.join(f'records.{name}' for name in read)}"  # noqa: S608
        f"{''.join(f', tf_{name}' for name in rare)} FROM records {joins} ORDER BY id"
    )
    both = [f"tf_{name}_{side}" for name in rare for side in ("l", "r")]
    sides = ", ".join(f"{side}.{name} AS {name}_{side}" for side in ("l", "r") for name in (*read, *(f"tf_{name}" for name in rare)))
    side_by_side = f"SELECT p.l AS a, p.r AS b, p.found, {sides} FROM {pairs} p JOIN compared l ON p.l = l.id JOIN compared r ON p.r = r.id"  # noqa: S608
    for deep in range(max((len(one.measures) for one in comparisons), default=0)):
        # a layer of its own each: what is computed below is not computed again by those who read it
        layer = ", ".join(f"{sql} AS {name}" for one in comparisons for name, sql in one.measures[deep : deep + 1])
        side_by_side = f"SELECT *, {layer} FROM ({side_by_side})"  # noqa: S608
    chosen = ", ".join([*(_level(one) for one in comparisons), *both])
    values = ", ".join(["l", "r", "found", *(f"level_{one.field}" for one in comparisons), *(_rare(one) for one in comparisons)])
    con.execute(f"CREATE OR REPLACE TABLE {into} AS SELECT {values} FROM (SELECT a AS l, b AS r, found, {chosen} FROM ({side_by_side}))")  # noqa: S608
    con.execute("DROP TABLE compared")


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
