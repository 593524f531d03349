"""What holds a trader together is told in full: a pair that a person joined stands among the edges, with a sentence that says so."""

from chosach.linking import EDGES, Linked, link
from chosach.linking.model import shipped
from tests.linking.living.making import Judged, ids_of, table_of
from tests.linking.making import LAN, table

BINH = {"name": "Trần Văn Bình", "phone": "0987654321", "address": "9 Hùng Vương, phường Trấn Biên, Đồng Nai"}


def run(judged: list[Judged], present: str = "abcd", previous: Linked | None = None) -> Linked:
    one = {"a": LAN, "b": {**LAN, "phone": "0912345679"}, "c": BINH, "d": {"name": "Lê Thị Sáu"}}
    records = table(*({**one[name], "record_id": name} for name in present))
    return link(records, model=shipped(), judgements=table_of(judged), previous=previous.clusters if previous else None)


def edges(linked: Linked) -> dict[tuple[str, str], dict[str, object]]:
    assert linked.edges is not None
    assert linked.edges.schema.equals(EDGES)
    assert linked.held == linked.edges.num_rows
    return {(row["record_id_l"], row["record_id_r"]): row for row in linked.edges.to_pylist()}


def test_a_pair_joined_by_a_judgement_alone_has_its_row_and_what_speaks_against_stands_beside_it() -> None:
    told = edges(run([("c", "a", "same")]))
    assert {pair: row["kind"] for pair, row in told.items()} == {("a", "b"): "identity", ("a", "c"): "judgement"}
    row = told["a", "c"]
    reasons = {reason["field"]: reason for reason in row["reasons"]}  # type: ignore[attr-defined]
    assert row["probability"] == 1.0
    assert next(iter(reasons)) == "judgement"
    assert reasons["judgement"]["sentence"] == "Cán bộ đã kết luận hai hồ sơ này là của cùng một thương nhân."
    assert reasons["name"]["sentence"] == "Tên khác nhau: “Nguyễn Thị Quỳnh Lan” và “Trần Văn Bình”."
    assert reasons["name"]["weight"] < 0 > row["weight"]  # type: ignore[operator]


def test_a_pair_that_evidence_and_a_judgement_join_is_told_once() -> None:
    without, told = edges(run([])), edges(run([("a", "b", "same")]))
    assert list(without) == list(told) == [("a", "b")]
    plain, judged = without["a", "b"], told["a", "b"]
    assert (plain["kind"], judged["kind"]) == ("identity", "judgement")
    assert plain["weight"] == judged["weight"]
    assert plain["reasons"] == judged["reasons"][1:]  # type: ignore[index]


def test_judgements_that_go_by_way_of_a_record_that_is_gone_are_told_too() -> None:
    told = edges(run([("a", "d", "same"), ("d", "c", "same"), ("b", "c", "different")], "abc"))
    assert {pair: row["kind"] for pair, row in told.items()} == {("a", "c"): "judgement"}
    assert "không còn trong danh sách" in told["a", "c"]["reasons"][0]["sentence"]  # type: ignore[index]


def test_a_judgement_that_is_overruled_or_says_other_things_has_no_row() -> None:
    assert list(edges(run([("a", "c", "same"), ("a", "c", "different"), ("c", "d", "join")]))) == [("a", "b")]


def test_records_that_have_nothing_to_compare_have_their_row() -> None:
    linked = link(table({"name": "."}, {"name": "-"}, {"name": "!"}), judgements=table_of([("0002", "0001", "same")]))
    told = edges(linked)
    assert {pair: row["kind"] for pair, row in told.items()} == {("0001", "0002"): "judgement"}


def test_the_edges_of_a_trader_reach_all_its_records() -> None:
    """Whoever walks along the edges finds the whole trader, however it came about."""
    linked = run([("a", "d", "same"), ("d", "c", "same")])
    reached = {"a"}
    for _ in range(4):
        reached |= {record for pair in edges(linked) if reached & set(pair) for record in pair}
    assert reached == set("abcd")
    assert len(set(ids_of(linked.clusters).values())) == 1


def test_a_list_without_anything_to_compare_forgets_no_ring() -> None:
    """The rings of yesterday come back with their ids though a list in between said nothing of anybody."""
    from tests.linking.living.test_judged_rings import rings_of, sellers

    first = link(sellers(), model=shipped(), edges=False)
    nothing = table(*({"record_id": f"z{at}", "name": "."} for at in range(2)))
    between = link(nothing, previous=first.clusters)
    assert {row["event"] for row in between.events.to_pylist() if row["level"] == "ring"} == {"gone"}
    again = link(sellers(), model=shipped(), edges=False, previous=between.clusters)
    assert rings_of(again) == rings_of(first)
    assert ids_of(again.clusters) == ids_of(first.clusters)
