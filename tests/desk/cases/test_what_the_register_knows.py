"""What the register knows of a trader stands in the form that opens a case, and a case leads to its trader and ring."""

from typing import Any

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.registry.models import Trader
from chosach.desk.rings.models import Member, Ring
from tests.desk.cases.making import a_case, a_trader
from tests.desk.leads.market import Market

pytestmark = pytest.mark.django_db


def the_form(cast: Any, trader: Trader) -> Any:
    answer = cast["qltt.can-bo"].client.get(f"/vu-viec/mo/?thuong-nhan={trader.id}")
    assert answer.status_code == 200
    return answer.context["form"]


def test_kinds_and_place_of_the_register_are_filled_in(cast: Any) -> None:
    market = Market()
    market.sell("a", kind="banned")
    market.sell("a", kind="misleading", probability=0.1)
    trader = market.lead("a", kind="counterfeit").trader
    form = the_form(cast, trader)
    assert set(form["violation_kinds"].value()) == {"banned", "counterfeit"}, "what is unlikely is for the officer to tick"
    assert form["place"].value() == "inside"
    assert "Biên Hòa" in form["place_how"].value()


def test_where_the_register_knows_nothing_nothing_is_filled_in(cast: Any) -> None:
    form = the_form(cast, a_trader())
    assert not form["violation_kinds"].value()
    assert form["place"].value() == "unknown"


def test_a_case_leads_to_its_trader_and_ring_for_who_may_read_them(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    trader = a_trader()
    case = a_case(cast, trader_ids=[trader.id])
    ring = Ring.objects.create(number=7, traders=2, on=businessdate.today())
    Member.objects.create(ring=ring, trader=trader, on=businessdate.today())
    client = cast["qltt.can-bo"].client
    page = client.get(f"/vu-viec/{case.id}/").content.decode()
    links = {f'href="{reverse("registry:trader", args=[trader.id])}"', f'href="{reverse("rings:ring", args=[ring.id])}"'}
    assert all(link in page for link in links)
    printed = client.get(reverse("cases:print", args=[case.id])).content.decode()
    assert not any(link in printed for link in links)
    of_actor = type(cast["qltt.can-bo"].actor).may
    monkeypatch.setattr(
        type(cast["qltt.can-bo"].actor), "may", lambda self, what: what not in {"registry.read", "rings.read"} and of_actor(self, what)
    )
    page = client.get(f"/vu-viec/{case.id}/").content.decode()
    assert trader.name in page
    assert not any(link in page for link in links)
