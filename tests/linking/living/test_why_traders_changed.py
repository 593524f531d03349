"""Of a judgement that was taken back the next run says so, and only where it made the change."""

import pyarrow as pa

from tests.linking.living.making import Judged, World

#: Two traders of two records each that nothing ties, and two records (e, f) that are one trader.
WORLD = World({("a", "b"): 10.0, ("c", "d"): 10.0, ("e", "f"): 10.0})
SAME: Judged = ("a", "c", "same")
DIFFERENT: Judged = ("e", "f", "different")


def sentences(judged: list[Judged], before: pa.Table, present: str = "abcdef") -> dict[str, str]:
    """Event → sentence of all that changed."""
    return {row["event"]: row["sentence"] for row in WORLD.whole(present, judged, before)[1].to_pylist() if row["event"] != "kept"}


def test_a_trader_that_splits_or_merges_names_the_judgement_that_was_taken_back() -> None:
    before = WORLD.run("abcdef", [SAME, DIFFERENT])
    told = sentences([], before)
    assert told["split"].endswith("; kết luận “cùng một thương nhân” về hồ sơ a và c đã được rút.")
    assert told["merged"].endswith(": kết luận “hai thương nhân khác nhau” về hồ sơ e và f đã được rút.")


def test_what_another_judgement_took_back_is_no_reason_of() -> None:
    before = WORLD.run("abcdef", [SAME, ("b", "e", "different")])
    told = sentences([("a", "c", "same"), ("b", "d", "different")], before)
    assert "có kết luận “hai thương nhân khác nhau” về hồ sơ b và d" in told["split"]
    assert "rút" not in told["split"]


def test_nothing_is_guessed_where_the_run_before_says_what_held() -> None:
    before = WORLD.run("abcdef")
    looser = World({**WORLD.weights, ("a", "c"): 10.0, ("b", "d"): 10.0})
    told = {row["event"]: row["sentence"] for row in looser.whole("abcdef", [], before)[1].to_pylist()}
    assert told["merged"].endswith(": chứng cứ nay đủ để coi là một.")
    unknown = {row["event"]: row["sentence"] for row in looser.whole("abcdef", [], before.replace_schema_metadata(None))[1].to_pylist()}
    assert unknown["merged"].endswith("đủ để coi là một, hoặc kết luận tách hai bên đã được rút.")


def test_what_held_outlives_the_file(tmp_path: object) -> None:
    import polars as pl
    import pyarrow.parquet as pq

    file = f"{tmp_path}/traders.parquet"
    pq.write_table(WORLD.run("abcdef", [SAME]), file)
    assert "đã được rút" in sentences([], pq.read_table(file))["split"]
    assert len(pl.read_parquet(file)) == 6
