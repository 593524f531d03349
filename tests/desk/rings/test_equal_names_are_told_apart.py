"""Two traders of one name: on the registry's card and in tables of judgements it is told which is which."""

import pytest
from django.urls import reverse

from chosach.desk.registry.models import Sighting
from chosach.desk.rings import services
from tests.desk.rings.making import linked, shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
LAN = "Nguyễn Thị Lan"


@pytest.fixture
def two(cast: Cast) -> None:
    """Two of one name in two districts and one of another name, tied to each other."""
    shop("a", "Gọi 0951234567.", seller_name=LAN, location="Biên Hòa, Đồng Nai")
    shop("b", "Gọi 0957654321.", seller_name=LAN.upper(), location="Long Khánh, Đồng Nai")
    shop("c", "Gọi 0958888888.", seller_name="Cửa hàng Mây", location="Biên Hòa, Đồng Nai")
    linked(rings={"R": ["a", "b", "c"]})


def page(cast: Cast, name: str, *args: object, who: str = "congan.can-bo") -> str:
    return cast[who].client.get(reverse(name, args=args)).content.decode()


def test_the_registrys_card_tells_shop_district_and_the_last_figures_of_the_phone(two: None, cast: Cast) -> None:
    card = page(cast, "registry:trader", trader("a").id)
    assert "b, chodon.example · Thành phố Long Khánh · điện thoại …321" in card
    assert "…888" not in card, "another name needs nothing beside it"


def test_a_table_of_judgements_tells_its_two_sides_apart_also_once_they_are_one(two: None, cast: Cast) -> None:
    one, other = trader("a").id, trader("b").id
    services.judge_same(one, other, reason="Một chủ", actor=cast["congan.can-bo"].actor)
    kept = trader("a").id
    table = page(cast, "rings:trader", kept)
    for words in ("điện thoại …567", "điện thoại …321"):
        assert words in table


def test_a_phone_that_nobody_published_is_not_told_to_who_may_not_read_it(two: None, cast: Cast) -> None:
    Sighting.objects.filter(identifier__value__endswith="321").update(listing=None)
    address = ("registry:trader", trader("a").id)
    assert "…321" in page(cast, *address)
    assert "…321" not in page(cast, *address, who="thue.can-bo")
    assert "Thành phố Long Khánh" in page(cast, *address, who="thue.can-bo")
