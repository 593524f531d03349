"""The tools that stand beside ours in the benches of linking: Splink as its own examples set it, nomenklatura's name matching."""

import json
import logging
import subprocess
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

from chosach.linking.clusters import components

#: Thresholds of probability that Splink's clusters are tried at; its best F1 is what is printed.
THRESHOLDS = (0.5, 0.9, 0.95, 0.99, 0.999)


def sellers_settings(*, frequencies: bool = True) -> tuple[SettingsCreator, list[Any], list[Any]]:
    """Six comparisons, three plain rules (phone, account, shop), and what it is trained on."""
    rules = [block_on("phone"), block_on("bank_account"), block_on("seller_name")]
    comparisons = [
        cl.JaroWinklerAtThresholds("name", [0.92, 0.8]).configure(term_frequency_adjustments=frequencies),
        cl.JaroWinklerAtThresholds("seller_name", [0.92, 0.8]).configure(term_frequency_adjustments=frequencies),
        cl.LevenshteinAtThresholds("phone", [1, 2]).configure(term_frequency_adjustments=frequencies),
        cl.LevenshteinAtThresholds("bank_account", [1, 2]),
        cl.JaroWinklerAtThresholds("address", [0.92, 0.8]),
        cl.ExactMatch("bank"),
    ]
    settings = SettingsCreator("dedupe_only", comparisons, rules, unique_id_column_name="record_id")
    return settings, [block_on("phone"), block_on("bank_account")], ["l.phone = r.phone", "l.bank_account = r.bank_account"]


def cleaned(records: pa.Table, con: duckdb.DuckDBPyConnection) -> pa.Table:
    """What a careful user does before: lower case, figures alone, +84 as 0."""
    con.register("given", records)
    digits = "regexp_replace(regexp_replace({0}, '\\D', '', 'g'), '^84', '0')"
    sql = (
        f"SELECT record_id, lower(name) AS name, lower(seller_name) AS seller_name, {digits.format('phone')} AS phone, "
        "regexp_replace(bank_account, '\\D', '', 'g') AS bank_account, bank, lower(address) AS address FROM given"
    )
    return con.sql(sql).to_arrow_table()


def run_splink(
    con: duckdb.DuckDBPyConnection, records: pa.Table, told: tuple[SettingsCreator, list[Any], list[Any]]
) -> dict[float, np.ndarray]:
    """Splink from records to clusters: threshold → for each record, in order, its cluster. `told`: settings, training, certain rules."""
    settings, training, certain = told
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    con.register("splink_given", records)
    con.execute("CREATE OR REPLACE TABLE splink_records AS FROM splink_given")
    linker = Linker(api.register("splink_records"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS), warning_mode="never")
    id_name = settings.unique_id_column_name
    ids = {value: at for at, value in enumerate(records[id_name].to_pylist())}
    found = con.execute(f"SELECT {id_name}_l, {id_name}_r, match_probability FROM {predicted.physical_name}").fetchnumpy()
    left, right = (np.array([ids[value] for value in found[f"{id_name}_{side}"]], dtype=np.int64) for side in ("l", "r"))
    probability = found["match_probability"]
    labels = {}
    for threshold in THRESHOLDS:
        kept = probability >= threshold
        labels[threshold] = components(len(ids), np.minimum(left[kept], right[kept]), np.maximum(left[kept], right[kept]))
    return labels


def real_settings(name: str) -> tuple[SettingsCreator, list[Any], list[Any]]:
    """Settings after Splink's own worked examples for its sets."""
    if name == "fake_1000":
        comparisons = [
            cl.NameComparison("first_name"), cl.NameComparison("surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email"),
        ]  # fmt: skip
        rules = [block_on("first_name", "city"), block_on("surname"), block_on("dob"), block_on("email")]
        return (
            SettingsCreator("dedupe_only", comparisons, rules), [block_on("first_name", "surname"), block_on("dob")],
            [block_on("first_name", "dob"), "l.email = r.email"],
        )  # fmt: skip
    if name == "febrl3":
        comparisons = [
            cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DateOfBirthComparison("date_of_birth", input_is_string=True,
            datetime_format="%Y%m%d"), cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]), cl.ExactMatch("street_number").configure(
            term_frequency_adjustments=True), cl.DamerauLevenshteinAtThresholds("postcode", [2]),
        ]  # fmt: skip
        rules = [
            block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("given_name", "date_of_birth"),
            block_on("surname", "date_of_birth"), block_on("postcode", "date_of_birth"), block_on("postcode", "given_name"),
        ]  # fmt: skip
        return (
            SettingsCreator("dedupe_only", comparisons, rules, unique_id_column_name="rec_id"),
            [block_on("date_of_birth"), block_on("surname")], [block_on("given_name", "surname", "date_of_birth"), block_on("soc_sec_id")],
        )  # fmt: skip
    comparisons = [
        cl.ForenameSurnameComparison("first_name", "surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"), cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ]  # fmt: skip
    rules = [
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
        block_on("substr(postcode_fake,1,3)", "dob"), block_on("substr(postcode_fake,1,3)", "first_name"),
        block_on("substr(postcode_fake,1,3)", "surname"), block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ]  # fmt: skip
    return (
        SettingsCreator("dedupe_only", comparisons, rules), [block_on("first_name", "surname"), block_on("dob")],
        [block_on("first_name", "surname", "dob"), block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)")],
    )  # fmt: skip


_NOMENKLATURA = """
import json, sys
from followthemoney import model
from nomenklatura.matching import get_algorithm
told = json.load(sys.stdin)
algorithm = get_algorithm(told["algorithm"])
try:
    from nomenklatura.matching.types import ScoringConfig
    config = ScoringConfig.defaults()
except Exception:
    config = None
def entity(at, schema, name):
    from followthemoney import EntityProxy
    proxy = model.make_entity(schema, key_prefix=None)
    proxy.id = at
    proxy.add("name", name)
    return proxy
scores = []
for at, (schema, a, b) in enumerate(told["pairs"]):
    left, right = entity(f"a{at}", schema, a), entity(f"b{at}", schema, b)
    result = algorithm.compare(left, right, config) if config is not None else algorithm.compare(left, right)
    scores.append(result.score)
json.dump(scores, sys.stdout)
"""


def nomenklatura(python: str, algorithm: str, pairs: list[tuple[str, str, str]]) -> list[float] | None:
    """Scores of (schema, name, name). `python`: an interpreter that has the package; None and a line on the screen where it fails."""
    asked = json.dumps({"algorithm": algorithm, "pairs": pairs})
    done = subprocess.run([python, "-c", _NOMENKLATURA], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  nomenklatura {algorithm}: not run ({done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no message'})")
        return None
    scores: list[float] = json.loads(done.stdout)
    return scores
