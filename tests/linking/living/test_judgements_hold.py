"""What a person judged of two records holds in every run, whatever the records say."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from chosach.linking import link
from chosach.linking.living import settled
from chosach.linking.model import shipped
from tests.examples import examples
from tests.linking.living.making import Judged, World, groups_of, ids_of, several, some_records, table_of, worlds
from tests.linking.making import LAN, table


@examples(20)
@given(worlds, several, some_records)
def test_judgements_always_hold(world: World, judged: list[Judged], present: set[str]) -> None:
    traders = ids_of(world.run(present, judged))
    said = settled(table_of(judged))
    for one in said.same:
        assert one.left not in traders or one.right not in traders or traders[one.left] == traders[one.right]
    for one in said.different:
        assert one.left not in traders or one.right not in traders or traders[one.left] != traders[one.right]
    assert len(said.same) + len(said.different) + len(said.overruled) == len(set(judged))


@examples(20)
@given(worlds, several, st.randoms(use_true_random=False))
def test_neither_the_order_of_pairs_nor_that_of_judgements_matters(world: World, judged: list[Judged], chance: object) -> None:
    first = table_of(judged)
    order = list(range(len(judged)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    pairs = list(world.weights.items())
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    said, again = settled(first), settled(first.take(pa.array(order, pa.int64())))
    assert (said.same, said.different, said.overruled) == (again.same, again.different, again.overruled)
    assert world.run(judged=judged).equals(World(dict(pairs)).run(judged=judged))


@examples(20)
@given(worlds, several)
def test_a_judgement_moves_no_trader_that_it_does_not_reach(world: World, judged: list[Judged]) -> None:
    before = groups_of(world.run())
    reached = {record for one in judged for record in one[:2]}
    while True:
        more = {r for pair, bits in world.weights.items() if bits >= 3 and set(pair) & reached for r in pair} | reached
        if more == reached:
            break
        reached = more
    after = groups_of(world.run(judged=judged))
    assert {group for group in before if not group & reached} <= after


def test_records_judged_different_are_parted_though_all_says_that_they_are_one() -> None:
    records = table({**LAN, "record_id": "a"}, {**LAN, "record_id": "b"}, {**LAN, "record_id": "c"})
    assert len(groups_of(link(records, edges=False, model=shipped()).clusters)) == 1
    linked = link(records, model=shipped(), judgements=table_of([("a", "b", "different")]))
    traders = ids_of(linked.clusters)
    assert traders["a"] != traders["b"]
    assert traders["c"] in (traders["a"], traders["b"])
    assert linked.edges is not None
    assert ("a", "b") not in zip(linked.edges["record_id_l"].to_pylist(), linked.edges["record_id_r"].to_pylist(), strict=True)


def test_records_judged_the_same_are_joined_with_their_traders_though_they_share_nothing() -> None:
    other = {"name": "Trần Văn Bình", "phone": "0987654321", "address": "9 Hùng Vương, phường Trấn Biên, Đồng Nai"}
    records = table(
        {**LAN, "record_id": "a"}, {**LAN, "record_id": "b"}, {**other, "record_id": "c"}, {**other, "record_id": "d"},
        {"record_id": "e", "name": "..."},
    )  # fmt: skip
    linked = link(records, model=shipped(), edges=False, judgements=table_of([("a", "c", "same"), ("e", "d", "same")]))
    assert groups_of(linked.clusters) == {frozenset("abcde")}


def test_records_that_have_nothing_to_compare_obey_too() -> None:
    linked = link(table({"name": "."}, {"name": "-"}), judgements=table_of([("0000", "0001", "same")]))
    assert len(groups_of(linked.clusters)) == 1


def test_what_lies_between_two_records_counts_though_it_is_gone_from_the_list() -> None:
    judged = [("a", "b", "same"), ("b", "c", "same"), ("b", "d", "different")]
    strong = World({("a", "d"): 20.0})
    assert groups_of(strong.run("acd", judged)) == {frozenset("ac"), frozenset("d")}
