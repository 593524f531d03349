"""The model is the field's own: Splink, given the same levels, parameters and frequencies, weighs every pair alike."""

import duckdb
import pytest
from bench.sellers import make
from splink import Linker
from splink.internals.duckdb.database_api import DuckDBAPI

from chosach.linking import blocking, learning, scoring, tables
from chosach.linking.comparisons import of_columns
from chosach.linking.model import settings, shipped
from chosach.linking.normal import normal


def test_splink_weighs_the_same_pairs_alike() -> None:
    records, _ = make(1_500, seed=9)
    with duckdb.connect() as con:
        filled = tables.prepared(con, normal(records))
        comparisons = of_columns(filled)
        rare = list(dict.fromkeys(name for one in comparisons for name in one.frequencies))
        tables.frequencies(con, rare)
        blocking.pairs(con, filled)
        scoring.levels(con, "pairs", comparisons, into="levels")
        model = learning.learn(con, comparisons, shipped())
        scoring.weigh(con, "levels", model, comparisons, into="weighed", least=-1000)
        ours = {(left, right): weight for left, right, weight in con.execute("SELECT l, r, weight FROM weighed").fetchall()}

        con.execute("CREATE TABLE blocked AS SELECT l AS join_key_l, r AS join_key_r, '0' AS match_key FROM pairs")
        api = DuckDBAPI(connection=con)
        linker = Linker(api.register("records"), settings(model, comparisons), log_level=None, validate_settings=False)
        for name in rare:
            con.execute(f"CREATE TABLE only_{name} AS SELECT {name}, tf_{name} FROM tf_{name}")
            linker.table_management.register_term_frequency_lookup(api.register(f"only_{name}"), name)
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
        predicted = linker.inference.predict(warning_mode="never")
        theirs = con.execute(f"SELECT id_l, id_r, match_weight FROM {predicted.physical_name}").fetchall()
    assert len(theirs) == len(ours) > 1_000
    for left, right, weight in theirs:
        assert ours[min(left, right), max(left, right)] == pytest.approx(weight, abs=1e-3)
