"""A seller with the same finding again and again: the pages of a listing and of a lead say so, once, and that it weighs nothing."""

import pytest
from django.urls import reverse

from chosach.desk.registry.models import Finding
from tests.desk.rings.making import shop
from tests.people import Cast

pytestmark = pytest.mark.django_db
SENTENCE = "Cùng dấu hiệu: {} trong {} tin của người bán này."


def seller(flagged: int, honest: int, name: str = "a") -> None:
    for at in range(flagged + honest):
        kind = "counterfeit" if at < flagged else None
        shop(name, f"Hàng số {at} của {name}", kind=kind, listing_id=f"{name}-{at}")
    Finding.objects.update(probability=0.9)


def page(cast: Cast, listing: str) -> str:
    found = Finding.objects.get(listing__external_id=listing).listing
    return cast["qltt.can-bo"].client.get(reverse("registry:listing", args=[found.id])).content.decode()


def test_a_listing_of_a_seller_with_a_pattern_says_of_how_many(cast: Cast) -> None:
    seller(4, 2)
    assert SENTENCE.format(4, 6) in page(cast, "a-0")


def test_two_are_no_pattern_and_neither_is_what_nobody_finds_likely(cast: Cast) -> None:
    seller(2, 0)
    assert "Cùng dấu hiệu:" not in page(cast, "a-0")
    seller(4, 0, "b")
    Finding.objects.filter(listing__external_id__startswith="b-").exclude(listing__external_id="b-0").update(probability=0.4)
    assert "Cùng dấu hiệu:" not in page(cast, "b-0")


def test_another_sellers_listings_count_for_nobody_else(cast: Cast) -> None:
    seller(2, 0)
    seller(4, 0, "b")
    assert "Cùng dấu hiệu:" not in page(cast, "a-0")
    assert SENTENCE.format(4, 4) in page(cast, "b-0")


def test_a_lead_tells_it_once_and_no_probability_moves_by_it(cast: Cast) -> None:
    from chosach.desk.leads.models import Lead
    from chosach.desk.leads.services import open_leads
    from tests.desk.rings.making import LINKER

    seller(5, 1)
    open_leads(actor=LINKER)
    answer = cast["qltt.can-bo"].client.get(reverse("leads:lead", args=[Lead.objects.get().id])).content.decode()
    assert answer.count(SENTENCE.format(5, 6)) == 1
    assert set(Finding.objects.values_list("probability", flat=True)) == {0.9}
