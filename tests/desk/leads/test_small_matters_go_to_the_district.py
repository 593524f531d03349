"""Where a trader's district is known, a lead of small value goes to that district's committee, as the competence table says; else the
province keeps it, and so it does where the committee has nobody who would work on it."""

import pytest

from chosach.desk.accounts.models import Membership
from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import assign
from tests.desk.leads.market import Market
from tests.people import Cast

SMALL = {"price": 90_000, "sold": 3}


@pytest.fixture
def market(cast: Cast) -> Market:
    return Market()


def body_of(lead: Lead) -> str:
    lead.refresh_from_db()
    return lead.body.code


def test_a_small_lead_in_a_known_district_goes_to_its_committee_which_sees_it(market: Market, cast: Cast) -> None:
    lead = market.lead("a", **SMALL)
    assert (body_of(lead), "III.9" in lead.ground) == ("district-bien-hoa", True)
    assert cast["bienhoa.can-bo"].client.get(f"/dau-moi/{lead.id}/").status_code == 200
    assert cast["qltt.can-bo"].client.get(f"/dau-moi/{lead.id}/").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"price": 9_000_000, "sold": 2},
        {"price": None, "sold": 1},
        {**SMALL, "location": None},
        {**SMALL, "location": "Đồng Nai"},
        {**SMALL, "location": "Hà Nội"},
        {**SMALL, "kind": "ip_infringing"},
    ],
    ids=["not small", "price unknown", "place unknown", "district unknown", "outside", "kind not for districts"],
)
def test_everything_else_stays_with_the_province(market: Market, values: dict) -> None:
    assert body_of(market.lead("a", **values)) == "market-surveillance"


def test_where_the_committee_has_nobody_the_province_keeps_it(market: Market, cast: Cast) -> None:
    assert body_of(market.lead("b", **SMALL, location="Long Khánh, Đồng Nai")) == "market-surveillance"
    Membership.objects.filter(body__code="district-bien-hoa").update(role="liaison")
    assert body_of(market.lead("a", **SMALL)) == "market-surveillance"


def test_a_lead_that_grows_moves_while_it_is_new_and_stays_once_somebody_has_it(market: Market, cast: Cast) -> None:
    grows, taken = market.lead("a", **SMALL), market.lead("b", **SMALL)
    assign(taken.id, assignee=cast["bienhoa.can-bo"].user.id, actor=cast["bienhoa.can-bo"].actor)
    for shop in ("a", "b"):
        market.sell(shop)
    market.open()
    assert (body_of(grows), body_of(taken)) == ("market-surveillance", "district-bien-hoa")
