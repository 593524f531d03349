"""What a person judged of two traders' ties holds for rings, and rings keep their ids as traders do."""

from functools import cache

import pyarrow as pa

from chosach.linking import Linked, link
from chosach.linking.model import shipped
from tests.linking.living.making import Judged, table_of
from tests.linking.rings.making import pool, table, trader


def sellers() -> pa.Table:
    """Two rings of four, each with an account and a warehouse that all use, and two traders who share nothing."""
    first = pool(0, 4, bank_account="19036666777888", warehouse="45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai")
    second = pool(4, 4, bank_account="0451000222333", warehouse="9 Nguyễn Ái Quốc, phường Trảng Dài, Đồng Nai")
    named = [{**record, "record_id": f"r{at}"} for at, record in enumerate([*first, *second])]
    return table([*named, *({**trader(20 + at), "record_id": f"s{at}"} for at in range(2)), *(trader(1000 + at) for at in range(20))])


@cache
def unjudged() -> Linked:
    """The first run, of which nobody has judged anything: the same for every test."""
    return link(sellers(), model=shipped(), edges=False, judgements=table_of([]))


def run(judged: list[Judged], previous: Linked | None = None) -> Linked:
    if not judged and previous is None:
        return unjudged()
    before = previous.clusters if previous else None
    return link(sellers(), model=shipped(), edges=False, judgements=table_of(judged), previous=before)


def rings_of(linked: Linked) -> dict[str, str | None]:
    return dict(zip(linked.clusters["record_id"].to_pylist(), linked.clusters["ring_id"].to_pylist(), strict=True))


def test_two_traders_that_are_joined_are_in_one_ring_and_parted_again_when_it_is_undone() -> None:
    first = run([])
    before = rings_of(first)
    assert before["r0"] == before["r3"] != before["r4"] == before["r7"]
    assert None not in (before["r0"], before["r4"])
    assert before["s0"] is None
    both = run([("r0", "r5", "join")], first)
    assert len({rings_of(both)[f"r{at}"] for at in range(8)}) == 1
    merged = [event for event in both.events.to_pylist() if event["level"] == "ring" and event["event"] == "merged"]
    assert len(merged) == 1
    assert "kết luận “cùng một đường dây” về hồ sơ r0 và r5" in merged[0]["sentence"]
    again = run([], both)
    assert again.clusters.equals(first.clusters)
    assert again.rings.equals(first.rings)
    assert again.members.equals(first.members)


def test_ties_that_are_cut_are_told_apart_and_count_for_nothing() -> None:
    first, cut = run([]), run([("r0", "r1", "cut")])
    assert first.cut.num_rows == 0
    assert {(row["record_id_l"], row["record_id_r"]) for row in cut.cut.to_pylist()} <= {("r0", "r1"), ("r1", "r0")}
    assert {row["kind"] for row in cut.cut.to_pylist()} == {"account", "warehouse"}
    assert cut.ties.num_rows + cut.cut.num_rows == first.ties.num_rows


def test_a_ring_that_was_gone_comes_back_under_its_old_id_also_without_all_of_its_traders() -> None:
    first = run([])
    name = rings_of(first)["r0"]
    cut: list[Judged] = [(f"r{a}", f"r{b}", "cut") for a in range(4) for b in range(a + 1, 4)]
    gone = run(cut, first)
    assert rings_of(gone)["r0"] is None
    again = run([], run(cut, gone))
    assert rings_of(again) == rings_of(first)
    told = [row for row in again.events.to_pylist() if row["level"] == "ring" and row["event"] == "returned"]
    assert [row["new"] for row in told] == [[name]]
    fewer = link(sellers().slice(1), model=shipped(), edges=False, previous=gone.clusters)
    assert rings_of(fewer)["r1"] == rings_of(fewer)["r3"] == name


def test_traders_that_share_nothing_are_a_ring_when_a_person_says_so() -> None:
    linked = run([("s0", "s1", "join")])
    rings = rings_of(linked)
    assert rings["s0"] == rings["s1"] is not None
    told = {row["ring_id"]: row for row in linked.rings.to_pylist()}[rings["s0"] or ""]
    assert (told["traders"], told["strength"]) == (2, 0.0)
    assert "theo kết luận của cán bộ" in told["sentence"]
    assert all("theo kết luận của cán bộ" in row["sentence"] for row in linked.members.to_pylist() if row["ring_id"] == rings["s0"])


def test_a_trader_joins_a_ring_and_what_ties_another_to_it_is_cut() -> None:
    judged: list[Judged] = [("s0", "r0", "join"), *((f"r{at}", "r3", "cut") for at in range(3))]
    linked = run(judged)
    rings = rings_of(linked)
    assert rings["s0"] == rings["r0"] == rings["r2"]
    assert rings["r3"] is None
    ties = linked.ties.to_pylist()
    assert not [tie for tie in ties if "r3" in (tie["record_id_l"], tie["record_id_r"])]


def test_of_two_judgements_about_the_same_traders_the_newer_counts() -> None:
    assert rings_of(run([("s0", "s1", "join"), ("s0", "s1", "cut")]))["s0"] is None
    assert rings_of(run([("s0", "s1", "cut"), ("s0", "s1", "join")]))["s0"] is not None


def ring_events(linked: Linked) -> dict[str, str]:
    """Event → sentence of what became of rings, but for those that stayed."""
    return {row["event"]: row["sentence"] for row in linked.events.to_pylist() if row["level"] == "ring" and row["event"] != "kept"}


def test_who_enters_a_ring_by_a_judgement_is_no_new_record_and_the_judgement_is_named() -> None:
    first = run([])
    joined = run([("s0", "r0", "join")], first)
    told = ring_events(joined)["grown"]
    assert "có thêm 1 hồ sơ (s0) trước đứng ngoài các đường dây" in told
    assert told.endswith("nay có 5 hồ sơ: có kết luận “cùng một đường dây” về hồ sơ r0 và s0.")
    undone = ring_events(run([], joined))["shrunk"]
    assert "bớt 1 hồ sơ (s0) vẫn trong danh sách nhưng nay đứng ngoài các đường dây; nay có 4 hồ sơ: " in undone
    assert undone.endswith("nay có 4 hồ sơ: kết luận “cùng một đường dây” về hồ sơ r0 và s0 đã được rút.")
    # a table that does not say which judgements held (a CSV file, or of a version before) leaves it open
    bare = link(sellers(), model=shipped(), edges=False, previous=joined.clusters.replace_schema_metadata(None))
    assert ring_events(bare)["shrunk"].endswith("không đủ để coi là một đường dây, hoặc kết luận nối các bên đã được rút.")


def test_a_ring_that_judgements_make_or_end_says_so_and_that_its_records_are_still_there() -> None:
    first = run([])
    born = run([("s0", "s1", "join")], first)
    said = "gồm 2 hồ sơ đã có trong danh sách trước: có kết luận “cùng một đường dây” về hồ sơ s0 và s1."
    assert ring_events(born)["born"].endswith(f"mới có, {said}")
    assert "2 hồ sơ (s0…) vẫn trong danh sách nhưng nay không thuộc đường dây nào" in ring_events(run([], born))["gone"]
    cut: list[Judged] = [(f"r{a}", f"r{b}", "cut") for a in range(4) for b in range(a + 1, 4)]
    ended = run(cut, first)
    told = ring_events(ended)["gone"]
    assert "không còn (trước có 4 hồ sơ): 4 hồ sơ (r0…) vẫn trong danh sách nhưng nay không thuộc đường dây nào" in told
    assert told.endswith("có kết luận “không có mối liên hệ” về hồ sơ r2 và r3 và 5 kết luận khác.")
    back = ring_events(run([], ended))["returned"]
    assert back.endswith("nay gồm 4 hồ sơ: kết luận “không có mối liên hệ” về hồ sơ r2 và r3 và 5 kết luận khác đã được rút.")


def test_a_judgement_that_a_newer_one_overrules_was_not_taken_back() -> None:
    joined = run([("s0", "r0", "join")], run([]))
    left = ring_events(run([("s0", "r0", "join"), ("s0", "r0", "cut")], joined))["shrunk"]
    assert left.endswith("có kết luận “không có mối liên hệ” về hồ sơ r0 và s0.")


def test_of_a_ring_that_ends_with_the_list_those_gone_and_those_left_are_told_apart() -> None:
    whole = run([])
    fewer = link(sellers().slice(2), model=shipped(), edges=False, previous=whole.clusters)
    told = ring_events(fewer)["gone"]
    assert "2 hồ sơ (r2…) vẫn trong danh sách nhưng nay không thuộc đường dây nào; 2 hồ sơ (r0…) không còn trong danh sách" in told
    again = ring_events(link(sellers(), model=shipped(), edges=False, previous=fewer.clusters))["returned"]
    assert "có hồ sơ mới trong danh sách (r0…)" in again
    none = ring_events(link(sellers().slice(4), model=shipped(), edges=False, previous=whole.clusters))["gone"]
    assert none.endswith("không còn hồ sơ nào trong danh sách (trước có 4).")


def test_traders_judged_one_or_two_are_named_where_they_end_or_make_a_ring_and_only_in_that_run() -> None:
    three = table([*pool(0, 3, bank_account="19036666777888", warehouse="45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai")])
    named = table([*({**row, "record_id": f"q{at}"} for at, row in enumerate(three.to_pylist())), *(trader(100 + at) for at in range(20))])

    def of(judged: list[Judged], previous: Linked | None) -> Linked:
        before = previous.clusters if previous else None
        return link(named, model=shipped(), edges=False, judgements=table_of(judged), previous=before)

    first = of([], None)
    one = of([("q0", "q1", "same")], first)
    assert "có kết luận “cùng một thương nhân” về hồ sơ q0 và q1" in ring_events(one)["gone"]
    parted = of([("q0", "q1", "same"), ("q0", "q2", "join")], one)
    assert parted.rings.num_rows == 1
    assert "“cùng một đường dây” về hồ sơ q0 và q2." in ring_events(parted)["returned"]
