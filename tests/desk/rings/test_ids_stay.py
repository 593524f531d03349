"""Traders and rings keep their ids while linking finds more or less; what became of them stands in the ledger with its reason."""

import json

import pytest

from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Trader
from chosach.desk.rings.models import Change, Member, Ring, Tie
from tests.desk.rings.making import channel, linked, market, members, ring, shop, trader

pytestmark = pytest.mark.django_db


def events(name: str) -> int:
    return Entry.objects.filter(event=name).count()


def test_shops_that_linking_finds_to_be_one_become_the_trader_that_was_known_first():
    first, second = shop("a").trader, shop("b").trader
    linked(same=[("a", "b")])
    assert trader("b") == first
    second.refresh_from_db()
    assert second.merged_into == first, "nothing is deleted"
    entry = Entry.objects.get(event="traders.linked")
    assert json.loads(entry.payload.text)["pairs"][0]["why"] == "Tên gian hàng gần giống nhau."


def test_a_trader_that_is_parted_again_gets_its_own_id_back():
    second = shop("a") and shop("b").trader
    linked(same=[("a", "b")])
    linked()
    assert trader("b") == second
    second.refresh_from_db()
    assert second.merged_into is None
    assert events("traders.parted") == 1


def test_linking_that_finds_the_same_again_changes_nothing():
    market("a", "b", "c", ring=("a", "b", "c"), same=[("a", "b")])
    before = (ring().id, set(Member.objects.values_list("trader", "on")), Entry.objects.count(), Change.objects.count())
    linked(same=[("a", "b")], rings={"other-name": ["a", "c"]}, ties=[("a", "c")])
    assert (ring().id, set(Member.objects.values_list("trader", "on")), Entry.objects.count(), Change.objects.count()) == before


def test_a_ring_keeps_its_id_while_members_come_and_go():
    market("a", "b", "c", "d", ring=("a", "b", "c"))
    first = ring().id
    linked(rings={"R9": ["b", "c", "d"]})
    assert ring().id == first
    assert members(ring()) == {"b", "c", "d"}
    assert events("ring.born") == 1
    assert Change.objects.get(what="grew").sentence == "Thêm Shop d. Bớt Shop a. Vẫn 3 kênh bán. Theo lần tìm liên kết mới nhất."


def test_of_two_rings_that_become_one_the_larger_keeps_its_id_and_the_other_points_to_it():
    market("a", "b", "c", "d", "e")
    linked(rings={"R1": ["a", "b", "c"], "R2": ["d", "e"]})
    large, small = Ring.objects.order_by("-traders")
    linked(rings={"R": ["a", "b", "c", "d", "e"]})
    assert ring() == large
    small.refresh_from_db()
    assert (small.state, small.merged_into) == (Ring.State.MERGED, large)
    assert events("ring.merged") == 1


def test_of_a_ring_that_splits_the_larger_part_keeps_the_id_and_the_other_tells_where_it_came_from():
    market("a", "b", "c", "d", "e", ring=("a", "b", "c", "d", "e"))
    first = ring()
    linked(rings={"x": ["d", "e"], "y": ["a", "b", "c"]})
    assert members(Ring.objects.get(id=first.id)) == {"a", "b", "c"}
    other = Ring.objects.exclude(id=first.id).get()
    assert f"Tách từ {first}" in Change.objects.get(ring=other).sentence
    assert events("ring.split") == 1


def test_a_ring_that_is_no_more_keeps_its_page_and_says_so():
    market("a", "b", ring=("a", "b"))
    linked()
    gone = Ring.objects.get()
    assert gone.state == Ring.State.GONE
    assert not Tie.objects.exists()
    assert events("ring.gone") == 1


def test_a_ring_that_was_no_more_returns_under_its_own_number_and_says_so():
    market("a", "b", "c", "d", "e", ring=("a", "b", "c"))
    first = ring()
    linked()
    linked(rings={"R7": ["d", "e"]})
    assert Ring.objects.filter(state=Ring.State.LIVE).get() != first, "others that make a ring are another one"
    linked(rings={"R7": ["d", "e"], "R8": ["b", "c"]})
    again = Ring.objects.get(id=first.id)
    assert (again.state, members(again)) == (Ring.State.LIVE, {"b", "c"})
    assert Ring.objects.count() == 2
    told = Change.objects.filter(ring=again).latest("created_at")
    assert (told.what, told.get_what_display()) == ("returned", "Trở lại")
    assert told.sentence.startswith("Thấy lại: 2 thương nhân")
    assert Entry.objects.get(event="ring.returned").seq == told.entry
    assert (events("ring.born"), events("ring.changed")) == (2, 0)


def test_a_ring_that_was_taken_in_returns_when_it_is_parted_again():
    market("a", "b", "c", "d", "e")
    linked(rings={"R1": ["a", "b", "c"], "R2": ["d", "e"]})
    large, small = Ring.objects.order_by("-traders")
    linked(rings={"R": ["a", "b", "c", "d", "e"]})
    linked(rings={"R1": ["a", "b", "c"], "R2": ["d", "e"]})
    small.refresh_from_db()
    assert (small.state, small.merged_into, members(small)) == (Ring.State.LIVE, None, {"d", "e"})
    told = Change.objects.filter(ring=small).latest("created_at")
    assert told.what == "returned"
    assert told.sentence.startswith(f"Thấy lại: tách từ {large}, 2 thương nhân")
    assert Change.objects.filter(ring=large).latest("created_at").what == "split"
    assert (events("ring.returned"), events("ring.split")) == (1, 0)
    assert members(Ring.objects.get(id=large.id)) == {"a", "b", "c"}
    assert Ring.objects.count() == 2


def test_a_new_shop_that_nobody_linked_yet_stays_as_it_is():
    market("a", "b", ring=("a", "b"))
    late = shop("muon").trader
    assert trader("muon") == late
    assert Trader.objects.filter(merged_into=None).count() == 3
    assert channel("a").trader.membership.ring == ring()


def test_channels_that_traders_of_a_ring_gain_are_told_on_its_time_line():
    market("a", "b", "c", ring=("a", "b"))
    before = Change.objects.count()
    linked(rings={"R": ["a", "b"]})
    assert Change.objects.count() == before, "nothing changed, nothing is told"
    linked(rings={"R": ["a", "b"]}, same=[("a", "c")])
    change = Change.objects.latest("created_at")
    assert change.what == Change.What.GREW
    assert change.sentence == "Thêm 1 kênh bán của thương nhân trong đường dây, nay 3 kênh."
    assert change.entry
