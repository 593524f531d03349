"""Judgements that cannot hold together: the newest holds, the others are reported."""

import pyarrow as pa
import pytest

from chosach.linking import link
from chosach.linking.living import Unusable, settled
from tests.linking.living.making import Judged, World, ids_of, table_of
from tests.linking.making import LAN, table


def said(judged: list[Judged], decided: list[int] | None = None) -> tuple[set[tuple[str, str]], set[tuple[str, str]], list[str]]:
    told = settled(table_of(judged, decided))
    same, different = ({(one.left, one.right) for one in ones} for ones in (told.same, told.different))
    return same, different, [row["code"] for row in told.overruled]


def test_the_newer_of_two_holds() -> None:
    assert said([("a", "b", "same"), ("b", "a", "different")]) == (set(), {("a", "b")}, ["judgement.overruled"])
    assert said([("a", "b", "different"), ("a", "b", "same")]) == ({("a", "b")}, set(), ["judgement.overruled"])


def test_of_two_that_are_equally_new_the_one_that_parts_holds() -> None:
    assert said([("a", "b", "same"), ("a", "b", "different")], [1, 1])[:2] == (set(), {("a", "b")})


def test_a_contradiction_over_several_records_is_found_and_says_what_it_contradicts() -> None:
    told = settled(table_of([("a", "d", "different"), ("a", "b", "same"), ("b", "c", "same"), ("c", "d", "same")]))
    assert len(told.same) == 3
    assert not told.different
    told = settled(table_of([("c", "d", "same"), ("a", "b", "same"), ("b", "c", "same"), ("a", "d", "different")]))
    assert [(one.left, one.right) for one in told.same] == [("b", "c"), ("a", "b")]
    assert told.overruled[0]["sentence"] == (
        "Kết luận “cùng một thương nhân” về c và d không được áp dụng: trái với kết luận mới hơn “hai thương nhân khác nhau” về a và d."
    )


def test_the_same_judgement_twice_counts_once_and_as_new_as_the_newer() -> None:
    judged = [("a", "b", "different"), ("a", "b", "same"), ("b", "a", "different")]
    assert said(judged) == (set(), {("a", "b")}, ["judgement.overruled"])


def test_a_record_is_not_different_from_itself() -> None:
    assert said([("a", "a", "different"), ("b", "b", "same")]) == (set(), set(), ["judgement.itself"])


def test_judgements_without_effect_are_told_with_the_result() -> None:
    records = table({**LAN, "record_id": "a"}, {**LAN, "record_id": "b"})
    judged = table_of([("a", "b", "different"), ("a", "b", "same"), ("a", "z", "same")])
    told = link(records, edges=False, judgements=judged).overruled.to_pylist()
    assert [(row["record_id_r"], row["code"]) for row in told] == [("b", "judgement.overruled"), ("z", "judgement.unknown")]


def test_times_may_be_of_any_kind_and_may_be_missing() -> None:
    rows = {"record_id_l": ["a", "a"], "record_id_r": ["b", "b"], "verdict": ["different", "same"]}
    untimed = settled(pa.table(rows))
    assert [one.verdict for one in untimed.different] == ["different"]
    timed = settled(pa.table(rows | {"decided": ["2026-01-01", "2026-01-02"]}))
    assert [one.verdict for one in timed.same] == ["same"]
    half = settled(pa.table(rows | {"decided": pa.array([None, 5], pa.int64())}))
    assert [one.verdict for one in half.same] == ["same"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"record_id_l": ["a"], "record_id_r": ["b"]}, "judgement.column_missing"),
        ({"record_id_l": ["a"], "record_id_r": ["b"], "verdict": ["perhaps"]}, "judgement.verdict"),
        ({"record_id_l": ["a"], "record_id_r": [None], "verdict": ["same"]}, "judgement.id_empty"),
    ],
)
def test_a_table_that_is_no_table_of_judgements_is_refused(columns: dict[str, list[str]], code: str) -> None:
    with pytest.raises(Unusable) as caught:
        link(table(LAN), judgements=pa.table(columns))
    assert caught.value.code == code


def test_an_empty_table_of_judgements_is_none() -> None:
    assert ids_of(World({("a", "b"): 9.0}).run("ab", [])) == ids_of(World({("a", "b"): 9.0}).run("ab"))
