"""How much two names alone say that they are one person's or firm's."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from chosach.linking import scoring, tables
from chosach.linking.comparisons import NAME
from chosach.linking.model import Model, shipped
from chosach.linking.normal import normal


def weigh_names(pairs: Sequence[tuple[str, str]], *, model: Model | None = None) -> list[float]:
    """For each pair of names bits of evidence, finer than the levels: within a level the likelier letters weigh up to a bit more.

    0.0 where a name has nothing to compare.
    """
    if not pairs:
        return []
    texts = [name for pair in pairs for name in pair]
    records = pa.table({"record_id": [f"{at:012d}" for at in range(len(texts))], "name": pa.array(texts, pa.string())})
    known = model or shipped()
    with duckdb.connect(":memory:") as con:
        tables.prepared(con, normal(records))
        tables.frequencies(con, NAME.frequencies)
        con.execute(f"CREATE TABLE pairs AS SELECT 2 * n AS l, 2 * n + 1 AS r, 0 AS found FROM range({len(pairs)}) t(n)")  # noqa: S608
        scoring.levels(con, "pairs", [NAME], into="levels")
        likeness = "coalesce(jaro_winkler_similarity(a.name_toned, b.name_toned), 0)"
        rows = con.execute(
            f"SELECT {scoring.weight_of(NAME, known)} + CASE WHEN level_name < 0 THEN 0 ELSE {likeness} END "  # noqa: S608
            "FROM levels JOIN records a ON l = a.id JOIN records b ON r = b.id ORDER BY l"
        ).fetchall()
    return [float(row[0]) for row in rows]
