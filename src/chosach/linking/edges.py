"""Pairs that hold a trader together, with their reasons: those whose evidence says so, and those of which a person said so."""

import math
from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from chosach.linking import clusters, reasons, scoring
from chosach.linking.comparisons import Comparison
from chosach.linking.model import Model
from chosach.linking.schema import EDGES

#: Two records (places in the order of their ids, the lower first) that a person said are one trader, and the sentence that says so.
Said = tuple[int, int, str]
_BATCH = 65_536
#: Pairs that were judged are told however strongly the evidence is against.
_ALL = -1e9


def found(
    con: duckdb.DuckDBPyConnection,
    raw: pa.Table,
    lowest: clusters.Ints,
    model: Model,
    comparisons: Sequence[Comparison],
    *,
    judged: Sequence[Said] = (),
) -> pa.RecordBatchReader:
    """EDGES, by both ids. `raw`: the records as read. `lowest`: for each record the lowest record of its trader.

    `judged`: each pair once; it is told whether or not blocking found it, with what the evidence says beside the judgement. Tables
    `records`, `tf_…`, `weighed` are read.
    """
    if not comparisons:
        return _alone(raw, model, judged)
    con.register("lowest_ones", pa.table({"id": np.arange(len(lowest), dtype=np.int32), "lowest": lowest}))
    _judged(con, model, comparisons, judged)
    con.execute(
        "CREATE TEMP TABLE kept AS SELECT w.*, CAST(NULL AS VARCHAR) AS said FROM weighed w JOIN lowest_ones a ON w.l = a.id "  # noqa: S608
        f"JOIN lowest_ones b ON w.r = b.id ANTI JOIN judged j ON w.l = j.l AND w.r = j.r WHERE a.lowest = b.lowest "
        f"AND w.weight >= {clusters.JOINS} UNION ALL BY NAME SELECT w.*, said FROM judged_weighed w JOIN judged USING (l, r)"
    )
    con.register("raw", raw)
    rare = list(dict.fromkeys(name for one in comparisons for name in one.frequencies))
    numbers = " ".join(f"LEFT JOIN tf_{name} USING ({name})" for name in rare)
    shared = ", ".join(f"{reasons.shared(one)} AS shared_{one.field}" for one in comparisons)
    refined = ", ".join(f"{reasons.refined(one, 'rl', 'rr')} AS refined_{one.field}" for one in comparisons)
    told = ", ".join([reasons.JUDGEMENT, *(reasons.reason(one, model) for one in comparisons)])
    query = (
        f"SELECT raw_l.record_id AS record_id_l, raw_r.record_id AS record_id_r, "  # noqa: S608
        f"CASE WHEN said IS NULL THEN 'identity' ELSE 'judgement' END AS kind, "
        f"CASE WHEN said IS NULL THEN 1 / (1 + pow(2.0, -CAST(weight AS DOUBLE))) ELSE 1.0 END AS probability, weight, "
        f"coalesce({reasons.agreement(comparisons, model)}, 0) AS agreement, "
        f"list_filter([{told}], lambda one: one IS NOT NULL) AS reasons FROM ("
        f"SELECT kept.*, rl.record_id AS id_l, rr.record_id AS id_r, {shared}, {refined} FROM kept "
        f"JOIN (FROM records {numbers}) rl ON kept.l = rl.id JOIN records rr ON kept.r = rr.id) "
        f"JOIN raw raw_l ON id_l = raw_l.record_id JOIN raw raw_r ON id_r = raw_r.record_id ORDER BY record_id_l, record_id_r"
    )
    return con.sql(query).to_arrow_reader(_BATCH)


def _judged(con: duckdb.DuckDBPyConnection, model: Model, comparisons: Sequence[Comparison], judged: Sequence[Said]) -> None:
    """Make tables `judged` and `judged_weighed`: what the evidence says of the pairs that were judged."""
    shape = pa.schema([("l", pa.int32()), ("r", pa.int32()), ("said", pa.string())])
    con.register("judged_ones", pa.Table.from_pylist([dict(zip(shape.names, one, strict=True)) for one in judged], schema=shape))
    con.execute("CREATE TEMP TABLE judged AS FROM judged_ones")
    con.unregister("judged_ones")
    if not judged:  # to compare none costs as much as to lay out all records
        con.execute("CREATE TEMP TABLE judged_weighed AS FROM weighed LIMIT 0")
        return
    scoring.levels(con, "(SELECT l, r, 0 AS found FROM judged)", comparisons, into="judged_levels")
    scoring.weigh(con, "judged_levels", model, comparisons, into="judged_weighed", least=_ALL)


def _alone(raw: pa.Table, model: Model, judged: Sequence[Said]) -> pa.RecordBatchReader:
    """EDGES of records that have nothing to compare."""
    prior = math.log2(model.prior / (1 - model.prior))
    ids = sorted(raw["record_id"].to_pylist()) if judged else []
    rows = [
        {
            "record_id_l": ids[left], "record_id_r": ids[right], "kind": "judgement", "probability": 1.0, "weight": prior, "agreement": 0.0,
            "reasons": [{"field": "judgement", "level": "same", "agreement": 1.0, "weight": 0.0, "sentence": said}],
        }
        for left, right, said in judged
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=EDGES).to_reader()
