"""What a person judges takes effect at once, outlives every run, and is undone exactly."""

import json

import pytest

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Channel, Join, Trader
from chosach.desk.rings import records, services
from chosach.desk.rings.models import Judgement, Link, Member, Ring, Tie
from tests.desk.rings.making import channel, edge, linked, market, members, ring, shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
WHY = "Đã gặp hai người"


def state() -> dict[str, object]:
    """Everything that a judgement may change, as it stands."""
    skip = {"created_at"}
    return {
        model.__name__: sorted(str(sorted((k, str(v)) for k, v in row.items() if k not in skip)) for row in model.objects.values())
        for model in (Ring, Member, Tie, Link, Channel, Join)
    } | {"traders": dict(Trader.objects.exclude(channels=None).values_list("id", "merged_into"))}


def wanted_pairs() -> set[tuple[str, str, str]]:
    """What the linker is told of pairs of shops."""
    names = {str(one.id): one.seller_key.removeprefix("id:") for one in Channel.objects.all()}
    rows = records.read().judgements.to_pylist()
    return {(*sorted((names[row["record_id_l"]], names[row["record_id_r"]])), row["verdict"]) for row in rows}


def test_a_wrong_link_is_split_off_the_ring_keeps_its_id_and_the_change_is_undone(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    market("a", "b", "c", "d", ring=("a", "c", "d"), same=[("a", "b")])
    first, before = ring().id, state()
    judged = services.judge_different(trader("a").id, channels=[channel("b").id], reason=WHY, actor=officer)
    assert judged.state == Judgement.State.IN_FORCE
    assert trader("a") != trader("b")
    assert ring().id == first
    assert members(ring()) == {"a", "c", "d"}
    assert Entry.objects.filter(event="judgement.made").count() == 1
    services.undo(judged.id, reason="Nhầm hồ sơ", actor=officer)
    assert trader("a") == trader("b")
    assert state() == before


def test_a_judgement_outlives_the_next_run(cast: Cast) -> None:
    market("a", "b", "c", ring=("a", "c"), same=[("a", "b")])
    services.judge_different(trader("a").id, channels=[channel("b").id], reason=WHY, actor=cast["congan.can-bo"].actor)
    services.judge_same(trader("a").id, trader("c").id, reason=WHY, actor=cast["congan.can-bo"].actor)
    assert {("a", "b", "different"), ("a", "c", "same")} <= wanted_pairs()


def told_why() -> str:
    """What the ledger says why the last two traders were joined."""
    entry = Entry.objects.filter(event="traders.linked").latest("seq")
    return str(json.loads(entry.payload.text)["pairs"][0]["why"])


def test_what_a_person_judged_is_the_reason_though_all_evidence_speaks_against_it(cast: Cast) -> None:
    shop("a")
    shop("c")
    services.judge_same(trader("a").id, trader("c").id, reason=WHY, actor=cast["congan.can-bo"].actor)
    linked()  # a run that did not know of it
    pair = str(channel("a").id), str(channel("c").id)
    linked(edges=[edge(*pair, weight=-9.0, judged=True)], cluster=[("a", "c")])
    assert trader("a") == trader("c")
    assert told_why() == "Cán bộ đã kết luận hai hồ sơ này là của cùng một thương nhân."
    assert [reason["field"] for reason in Link.objects.get().reasons] == ["judgement", "seller_name"]


def test_what_the_registry_joined_is_not_told_as_a_persons_word_and_evidence_goes_before_it(cast: Cast) -> None:
    for weight, told in ((-9.0, "Sổ thương nhân đã gộp"), (5.0, "Tên gian hàng gần giống nhau.")):
        names = f"a{weight}", f"b{weight}"
        ids = [str(shop(name).id) for name in names]
        linked(edges=[edge(*ids, weight=weight, judged=True)], cluster=[names])
        assert told_why().startswith(told)


def test_a_judged_pair_is_shown_though_a_trader_has_many_better_ones(cast: Cast) -> None:
    names = ["a", *(f"s{at}" for at in range(9))]
    held = {name: str(shop(name).id) for name in names}
    services.judge_same(trader("a").id, trader("s0").id, reason=WHY, actor=cast["congan.can-bo"].actor)
    better = [edge(held["a"], held[name]) for name in names[2:]]
    linked(edges=[*better, edge(held["a"], held["s0"], weight=-9.0, judged=True)], cluster=[names])
    assert "judgement" in {reason["field"] for link in Link.objects.all() for reason in link.reasons}


def test_what_the_registry_joined_is_told_to_the_linker_until_a_person_says_otherwise(cast: Cast) -> None:
    shop("a", "Gọi 0951234567")
    shop("b", "Gọi 0951234567")
    assert wanted_pairs() == {("a", "b", "same")}
    services.judge_different(trader("a").id, channels=[channel("b").id], reason=WHY, actor=cast["congan.can-bo"].actor)
    assert wanted_pairs() == {("a", "b", "different")}
    tie = Tie.objects.get()
    assert (tie.kind, tie.value) == ("phone", "0951234567"), "what joined them now ties them"


def test_an_import_does_not_join_again_whom_a_person_has_parted(cast: Cast) -> None:
    shop("a", "Gọi 0951234567")
    shop("b", "Gọi 0951234567")
    services.judge_different(trader("a").id, channels=[channel("b").id], reason=WHY, actor=cast["congan.can-bo"].actor)
    shop("a", "Tài khoản 1903456789", listing_id="moi-1")
    shop("b", "Tài khoản 1903456789", listing_id="moi-2")
    assert trader("a") != trader("b")
    shop("c", "Gọi 0951234567")
    assert trader("a") != trader("b")


def test_two_traders_are_joined_by_a_person_and_parted_again_exactly(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    market("a", "b", "c", "d", "e")
    linked(rings={"R1": ["a", "b", "c"], "R2": ["d", "e"]})
    before, gone = state(), trader("d")
    judged = services.judge_same(trader("a").id, gone.id, reason=WHY, actor=officer)
    assert trader("a") == trader("d")
    assert members(ring()) == {"a", "b", "c", "d", "e"}
    gone.refresh_from_db()
    assert gone.merged_into == trader("a")
    services.undo(judged.id, reason="Nhầm", actor=officer)
    assert state() == before
    assert trader("d") == gone


def test_a_cut_tie_counts_for_no_ring_and_stays_to_be_seen(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    market("a", "b", "c", "d")
    linked(rings={"R": ["a", "b", "c", "d"]}, ties=[("a", "b"), ("b", "c"), ("c", "d")])
    first, before = ring().id, state()
    judged = services.cut(trader("c").id, trader("d").id, reason="Chung chợ đầu mối", actor=officer)
    assert members(ring()) == {"a", "b", "c"}
    assert ring().id == first
    assert Tie.objects.filter(cut=True).count() == 1
    linked(rings={"R": ["a", "b", "c", "d"]}, ties=[("a", "b"), ("b", "c"), ("c", "d")])
    assert members(ring()) == {"a", "b", "c"}, "the next run finds it again, and the judgement holds"
    services.undo(judged.id, reason="Đã xem lại", actor=officer)
    linked(rings={"R": ["a", "b", "c", "d"]}, ties=[("a", "b"), ("b", "c"), ("c", "d")])
    assert members(ring()) == {"a", "b", "c", "d"}
    assert {name: value for name, value in state().items() if name == "Channel"} == {"Channel": before["Channel"]}


def said() -> dict[str, str]:
    """Shop → why its trader has the role that it has."""
    return {one.trader.channels.get().seller_key.removeprefix("id:"): one.sentence for one in Member.objects.select_related("trader")}


def test_what_was_said_of_a_role_before_a_cut_is_told_as_such_until_the_next_run(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    ties = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")]
    market("a", "b", "c", "d")
    linked(rings={"R": ["a", "b", "c", "d"]}, ties=ties)
    before, stale = said(), "Vai trò được tính trước nhận định mới nhất"
    first = services.cut(trader("a").id, trader("b").id, reason=WHY, actor=officer)
    assert {name for name, why in said().items() if stale in why} == {"a", "b"}, "all others have the ties and the ring that they had"
    services.cut(trader("d").id, trader("c").id, reason=WHY, actor=officer)
    assert [why.count(stale) for why in said().values()] == [1, 1, 1], "d has left: of all that are left one is counted no more"
    linked(rings={"R": ["a", "b", "c"]}, ties=ties[:3])
    assert said() == {name: before[name] for name in "abc"}
    assert first.state == Judgement.State.IN_FORCE


def test_undoing_after_another_run_restores_the_traders_and_asks_for_a_run(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    market("a", "b", "c", ring=("a", "c"), same=[("a", "b")])
    judged = services.judge_different(trader("a").id, channels=[channel("b").id], reason=WHY, actor=officer)
    linked(rings={"R": ["a", "c"]})
    services.undo(judged.id, reason="Nhầm", actor=officer)
    assert trader("a") == trader("b")
    assert Entry.objects.filter(event="rings.link_started").count() == 1


def test_a_later_judgement_is_undone_before_an_earlier_one(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    market("a", "b", "c", ring=("a", "b", "c"))
    first = services.cut(trader("a").id, trader("b").id, reason=WHY, actor=officer)
    later = services.judge_same(trader("a").id, trader("c").id, reason=WHY, actor=officer)
    with pytest.raises(Problem, match="nhận định sau"):
        services.undo(first.id, reason="Nhầm", actor=officer)
    services.undo(later.id, reason="Nhầm", actor=officer)
    services.undo(first.id, reason="Nhầm", actor=officer)
    assert members(ring()) == {"a", "b", "c"}


def test_a_judgement_needs_a_reason_and_something_to_judge(cast: Cast) -> None:
    officer = cast["congan.can-bo"].actor
    market("a", "b", ring=("a", "b"))
    with pytest.raises(Problem, match="Hãy ghi lý do"):
        services.cut(trader("a").id, trader("b").id, reason=" ", actor=officer)
    with pytest.raises(Problem, match="để lại ít nhất một kênh"):
        services.judge_different(trader("a").id, channels=[channel("a").id], reason=WHY, actor=officer)
    with pytest.raises(Problem, match="hai thương nhân khác nhau"):
        services.judge_same(trader("a").id, trader("a").id, reason=WHY, actor=officer)
    shop("x", "Không chung gì")
    with pytest.raises(Problem, match="không có mối liên kết"):
        services.cut(trader("a").id, trader("x").id, reason=WHY, actor=officer)


@pytest.mark.parametrize("who", ["mttq.can-bo", "hoi.can-bo", "quantri", "kiemtoan", "isp.lien-he", "vptt.can-bo"])
def test_nobody_else_judges(cast: Cast, who: str) -> None:
    market("a", "b", ring=("a", "b"))
    with pytest.raises(Refused):
        services.cut(trader("a").id, trader("b").id, reason=WHY, actor=cast[who].actor)
    assert not Judgement.objects.exists()
