"""Ids of traders stay with their records from run to run, and come back when what changed is undone."""

import polars as pl
import pyarrow as pa
import pytest
from bench.sellers import make
from hypothesis import given
from hypothesis import strategies as st

from chosach.linking import link
from chosach.linking.living import Unusable
from chosach.linking.model import shipped
from tests.examples import examples
from tests.linking.living.making import RECORDS, Judged, World, groups_of, ids_of, judgements, several, some_records, worlds

Step = tuple[set[str], list[Judged]]
steps = st.lists(st.tuples(some_records, several), max_size=4)


def after(world: World, past: list[Step]) -> pa.Table:
    clusters = world.run()
    for present, judged in past:
        clusters = world.run(present, judged, clusters)
    return clusters


@examples(15)
@given(worlds, steps, some_records, several, judgements)
def test_undoing_a_judgement_restores_traders_and_ids_exactly(
    world: World, past: list[Step], present: set[str], judged: list[Judged], one: Judged
) -> None:
    before = world.run(present, judged, after(world, past))
    changed = world.run(present, [*judged, one], before)
    assert world.run(present, judged, changed).equals(before)


@examples(15)
@given(worlds, several)
def test_undoing_judgements_one_after_another_restores_every_state(world: World, judged: list[Judged]) -> None:
    states = [world.run()]
    for made in range(1, len(judged) + 1):
        states.append(world.run(RECORDS, judged[:made], states[-1]))
    now = states[-1]
    for made in range(len(judged) - 1, -1, -1):
        now = world.run(RECORDS, judged[:made], now)
        assert now.equals(states[made])


def test_an_id_comes_back_after_more_changes_than_are_remembered_if_they_went_back_and_forth() -> None:
    world = World({(a, b): 9.0 for a in "abcdef" for b in "abcdef" if a < b})
    first = world.run("abcdef", [("a", "b", "different")])
    now = first
    for _ in range(6):
        now = world.run("abcdef", [("a", "b", "different"), ("a", "c", "same")], now)
        now = world.run("abcdef", [], now)
    assert world.run("abcdef", [("a", "b", "different")], now).equals(first)


@examples(15)
@given(worlds, several, some_records, some_records)
def test_records_that_leave_and_return_find_their_traders_again(
    world: World, judged: list[Judged], present: set[str], left: set[str]
) -> None:
    before = world.run(present | left, judged, world.run())
    without = world.run(left, judged, before)
    assert world.run(present | left, judged, without).equals(before)


@examples(15)
@given(worlds, steps, some_records)
def test_the_same_records_again_change_nothing(world: World, past: list[Step], present: set[str]) -> None:
    before = world.run(present, previous=after(world, past))
    again, events = world.whole(present, [], before)
    assert again.equals(before)
    assert set(events["event"].to_pylist()) == {"kept"}


@examples(15)
@given(worlds, steps)
def test_a_record_that_shares_nothing_changes_no_trader(world: World, past: list[Step]) -> None:
    before = after(world, past)
    present = set(before["record_id"].to_pylist())
    judged = past[-1][1] if past else []
    more = ids_of(world.run(present | {"zz"}, judged, before))
    alone = more.pop("zz")
    assert more == ids_of(before)
    assert alone not in more.values()


@examples(15)
@given(worlds, steps, some_records, several)
def test_two_traders_never_share_an_id_and_no_trader_has_two(
    world: World, past: list[Step], present: set[str], judged: list[Judged]
) -> None:
    clusters = world.run(present, judged, after(world, past))
    assert groups_of(clusters) == groups_of(world.run(present, judged))


def test_the_larger_part_keeps_the_id_and_the_smaller_gets_a_new_one() -> None:
    world = World({("a", "b"): 9.0, ("b", "c"): 9.0, ("c", "d"): 9.0, ("a", "c"): 9.0, ("b", "d"): 9.0, ("a", "d"): 9.0})
    whole = world.run("abcd")
    parts = ids_of(world.run("abcd", [("a", one, "different") for one in "bcd"], whole))
    assert parts["b"] == parts["c"] == parts["d"] == ids_of(whole)["a"]
    assert parts["a"] not in ids_of(whole).values()


def test_the_larger_of_two_that_merge_gives_its_id_and_the_smaller_gets_its_own_back_though_it_has_outgrown_the_other() -> None:
    weights = {(a, b): 9.0 for group in ("abc", "defghi") for a in group for b in group if a < b}
    world = World(weights)
    apart = world.run("abcde")
    joined = world.run("abcde", [("a", "d", "same")], apart)
    assert set(ids_of(joined).values()) == {ids_of(apart)["a"]}
    grown = world.run("abcdefghi", [("a", "d", "same")], joined)
    again = ids_of(world.run("abcdefghi", [], grown))
    assert again["a"] == ids_of(apart)["a"]
    assert again["d"] == again["i"] == ids_of(apart)["d"]


def test_a_trader_that_comes_back_in_part_and_among_others_has_its_old_id() -> None:
    whole = World({(a, b): 9.0 for group in ("abcde", "fg") for a in group for b in group if a < b})
    first = whole.run("abcdefg")
    gone = whole.run("fg", previous=first)
    part, events = whole.whole("befg", [], whole.run("fg", previous=gone))
    assert ids_of(part)["b"] == ids_of(part)["e"] == ids_of(first)["a"]
    told = [row for row in events.to_pylist() if row["event"] == "returned"]
    assert [(row["old"], row["new"], row["after"]) for row in told] == [([], [ids_of(first)["a"]], 2)]
    assert "có lại" in told[0]["sentence"]
    assert ids_of(whole.run("abcdefg", previous=part)) == ids_of(first)


def test_one_that_comes_back_does_not_give_its_id_to_strangers_nor_take_a_living_one() -> None:
    world = World({(a, b): 9.0 for a in "abghij" for b in "abghij" if a < b} | {("c", "d"): 9.0})
    first = world.run("abcd")
    strangers = ids_of(world.run("aghijcd", previous=world.run("cd", previous=first)))
    assert strangers["a"] not in ids_of(first).values()
    shrunk = world.run("bcd", previous=first)
    apart = ids_of(World({("c", "d"): 9.0}).run("abcd", previous=shrunk))
    assert apart["b"] == ids_of(first)["b"]
    assert apart["a"] not in ids_of(first).values()


def test_ids_stay_when_a_tenth_of_the_sellers_changes_every_day() -> None:
    records, _ = make(300, seed=5)
    clusters = link(records, model=shipped(), edges=False).clusters
    first = ids_of(clusters)
    for day in range(3):
        kept = pa.array([at % 10 != day for at in range(records.num_rows)])
        clusters = link(records.filter(kept), model=shipped(), edges=False, previous=clusters).clusters
    assert ids_of(link(records, model=shipped(), edges=False, previous=clusters).clusters) == first


def test_ids_are_kept_by_the_file_alone(tmp_path: object) -> None:
    import pyarrow.parquet as pq

    world = World({("a", "b"): 9.0, ("c", "d"): 9.0})
    before = world.run("abcd")
    joined = world.run("abcd", [("a", "c", "same")], before)
    pq.write_table(joined, f"{tmp_path}/traders.parquet")
    assert world.run("abcd", [], pq.read_table(f"{tmp_path}/traders.parquet")).equals(before)
    assert len(pl.read_parquet(f"{tmp_path}/traders.parquet")) == 4  # others read the file too


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"record_id": ["a"]}, "previous.column_missing"),
        ({"record_id": ["a", "a"], "cluster_id": ["T1", "T2"]}, "previous.doubled"),
        ({"record_id": ["a"], "cluster_id": pa.array([None], pa.string())}, "previous.empty"),
    ],
)
def test_a_table_that_is_no_table_of_traders_is_refused(columns: dict[str, list[str]], code: str) -> None:
    with pytest.raises(Unusable) as caught:
        World({}).run("a", [], pa.table(columns))
    assert caught.value.code == code


def test_ids_given_elsewhere_are_kept_as_they_are() -> None:
    previous = pa.table({"record_id": ["a", "b", "c"], "cluster_id": ["X-1", "X-1", "X-2"]})
    assert ids_of(World({("a", "b"): 9.0}).run("abcd", [], previous)) | {"d": ""} == {"a": "X-1", "b": "X-1", "c": "X-2", "d": ""}
