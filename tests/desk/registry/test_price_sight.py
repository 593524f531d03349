"""A price is drawn beside what it was compared with, and told in words to who does not see the drawing."""

import re

import pytest
from django.template.loader import render_to_string

from chosach.desk.core.models import new_id
from chosach.desk.registry.price_sight import EDGE, WIDTH, price_sights
from chosach.desk.registry.show import shown_listing
from tests.desk.leads.market import Market

CELL = {"n": 320, "p5": 90_000, "p25": 150_000, "p50": 210_000, "p75": 400_000, "p90": 2_400_000, "date": "2026-11-20"}
REFERENCE = {"brand": "Nhãn Thử", "group": "shoes", "floor": 1_500_000, **CELL}


def reason(price: int, reference: dict | None) -> dict:
    return {"field": "price", "text": str(price), "rule": "counterfeit.brand_price", "reference": reference}


@pytest.mark.parametrize(("words", "amount"), [("450k", 450_000), ("1tr2", 1_200_000), ("450.000", 450_000), ("1.250.000đ", 1_250_000)])
def test_a_price_that_the_words_name_is_drawn_as_the_columns(words: str, amount: int) -> None:
    named = {"field": "title", "text": words, "rule": "counterfeit.brand_price", "reference": REFERENCE}
    assert price_sights([named]) == price_sights([reason(amount, REFERENCE)]) != []


def test_the_brand_that_a_comparison_names_is_no_price() -> None:
    assert price_sights([{"field": "title", "text": "Nhãn 501", "rule": "counterfeit.brand_price", "reference": REFERENCE}]) == []


def test_a_cheaper_offer_stands_further_left_and_everything_within_the_drawing() -> None:
    cheap, dear = (price_sights([reason(price, REFERENCE)])[0] for price in (99_000, 1_200_000))
    assert cheap.price < dear.price < dear.floor
    places = [cheap.price, cheap.floor, *cheap.quantiles.values()]
    assert all(EDGE <= place <= WIDTH - EDGE for place in places)
    assert list(cheap.quantiles.values()) == sorted(cheap.quantiles.values())


def test_the_drawing_says_its_figures_and_the_day_in_words_without_an_inline_style() -> None:
    drawn = render_to_string("registry/parts/price_sight.html", {"sight": price_sights([reason(99_000, REFERENCE)])[0]})
    said = re.search(r'aria-label="([^"]+)"', drawn)
    assert said
    for figure in ("99.000 đồng", "1.500.000 đồng", "320 tin", "20.11.2026", "210.000 đồng", "Có thể gồm cả hàng giả"):
        assert figure in said[1]
    assert "style=" not in drawn
    assert not re.search(r'(?:x|x1|cx|width)="\d+,', drawn), "a comma is no decimal point in a drawing"


def test_what_is_asked_is_told_beside_its_key_in_short_figures() -> None:
    drawn = render_to_string("registry/parts/price_sight.html", {"sight": price_sights([reason(99_000, REFERENCE)])[0]})
    assert "Giá rao thường gặp: 90.000 đồng đến 2,4 triệu đồng, trung vị 210.000 đồng" in drawn


def test_a_comparison_that_two_kinds_rest_on_is_drawn_once_in_a_listing(cast) -> None:
    listing = Market().lead("hai-loai").trader.channels.get().listings.get()
    listing.findings.update(reasons=[reason(350_000, REFERENCE)])
    other = listing.findings.get()
    other.pk, other.kind, other.probability = None, "ip_infringing", 0.7
    other.id = new_id()
    other.save(force_insert=True)
    assert [len(item.prices) for item in shown_listing(listing).findings] == [1, 0]


def test_where_too_few_listings_were_seen_only_the_floor_is_drawn() -> None:
    few = REFERENCE | dict.fromkeys(CELL)
    sight = price_sights([reason(99_000, few)])[0]
    assert sight.quantiles == {}
    assert "price-middle" not in render_to_string("registry/parts/price_sight.html", {"sight": sight})


def test_without_a_comparison_nothing_is_drawn_and_the_same_one_only_once() -> None:
    assert price_sights([reason(99_000, None), {"field": "title", "text": "x", "rule": "r"}]) == []
    assert len(price_sights([reason(99_000, REFERENCE), reason(99_000, REFERENCE)])) == 1
