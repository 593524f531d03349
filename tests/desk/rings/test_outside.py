"""A ring's page names who is tied to it from outside: an organiser with one kind of tie is to be seen, and told from a member."""

import pytest
from django.urls import reverse

from chosach.desk.rings.models import Tie
from chosach.desk.rings.outside import beside, number_beside
from tests.desk.rings.making import linked, market, ring, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db

INSIDE = [("a", "b"), ("a", "c"), ("b", "c")]


def page_of(cast: Cast, who: str) -> str:
    answer = cast[who].client.get(reverse("rings:ring", args=[ring().id]), {"muc": "ben-ngoai"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_is_tied_to_most_of_the_ring_stands_first_and_members_do_not(cast: Cast) -> None:
    market("a", "b", "c", "m", "n", "z")
    linked(rings={"R1": ["a", "b", "c"]}, ties=[*INSIDE, ("a", "n"), ("a", "m"), ("b", "m"), ("m", "n")])
    found = beside(cast["congan.can-bo"].actor, ring())
    assert [(one.trader, one.members) for one in found] == [(trader("m"), 2), (trader("n"), 1)]
    assert number_beside(ring()) == 2
    page = page_of(cast, "congan.can-bo")
    assert page.index("Shop m") < page.index("Shop n")
    assert "Shop z" not in page
    assert "người bán bình thường" in page


def test_of_another_ring_it_says_so_and_a_tie_that_was_cut_counts_for_nobody(cast: Cast) -> None:
    market("a", "b", "c", "d", "e", "f", "m")
    linked(rings={"R1": ["a", "b", "c"], "R2": ["d", "e", "f"]}, ties=[*INSIDE, ("d", "e"), ("d", "f"), ("e", "f"), ("c", "d"), ("a", "m")])
    Tie.objects.filter(left__in=[trader("a"), trader("m")], right__in=[trader("a"), trader("m")]).update(cut=True)
    first = trader("a").membership.ring
    found = beside(cast["congan.can-bo"].actor, first)
    assert [(one.trader, one.ring) for one in found] == [(trader("d"), trader("d").membership.ring)]


def test_a_value_that_nobody_published_is_not_told_to_other_bodies(cast: Cast) -> None:
    from tests.desk.registry.test_stated_identifiers import state

    market("a", "b", "c", "m")
    made = state(cast, "m", kind="phone", value="0951999888")
    linked(rings={"R1": ["a", "b", "c"]}, ties=[*INSIDE, ("a", "m")])
    tie = Tie.objects.get(left__in=[trader("a"), trader("m")], right__in=[trader("a"), trader("m")])
    tie.kind, tie.identifier, tie.value, tie.sentence = "phone", made.identifier, "0951999888", "Cùng dùng số điện thoại 0951999888."
    tie.save()
    assert "0951999888" in page_of(cast, "congan.can-bo")
    other = page_of(cast, "thue.can-bo")
    assert "0951999888" not in other
    assert "(không công khai)" in other
