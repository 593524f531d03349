"""A price is drawn beside what it was compared with, and told in words to who does not see the drawing."""

import re

from django.template.loader import render_to_string

from chosach.desk.registry.price_sight import EDGE, WIDTH, price_sights

CELL = {"n": 320, "p5": 90_000, "p25": 150_000, "p50": 210_000, "p75": 400_000, "p90": 2_400_000, "date": "2026-11-20"}
REFERENCE = {"brand": "Nhãn Thử", "group": "shoes", "floor": 1_500_000, **CELL}


def reason(price: int, reference: dict | None) -> dict:
    return {"field": "price", "text": str(price), "rule": "counterfeit.brand_price", "reference": reference}


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


def test_where_too_few_listings_were_seen_only_the_floor_is_drawn() -> None:
    few = REFERENCE | dict.fromkeys(CELL)
    sight = price_sights([reason(99_000, few)])[0]
    assert sight.quantiles == {}
    assert "price-middle" not in render_to_string("registry/parts/price_sight.html", {"sight": sight})


def test_without_a_comparison_nothing_is_drawn_and_the_same_one_only_once() -> None:
    assert price_sights([reason(99_000, None), {"field": "title", "text": "x", "rule": "r"}]) == []
    assert len(price_sights([reason(99_000, REFERENCE), reason(99_000, REFERENCE)])) == 1
