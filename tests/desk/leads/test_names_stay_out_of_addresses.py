"""A trader's name that is looked for travels in the body of a POST, stays with the session, and stands in no address."""

import pytest

from chosach.desk.leads.models import SavedView
from chosach.desk.leads.services import save_view
from tests.desk.leads.market import Market
from tests.people import Cast


@pytest.fixture
def market(cast: Cast) -> Market:
    market = Market()
    market.sell("a", seller_name="Shop Hoa Đào")
    market.sell("b", seller_name="Shop Hoa Lan")
    market.open()
    return market


def names(page: str) -> set[str]:
    return {name for name in ("Shop Hoa Đào", "Shop Hoa Lan") if f"<bdi>{name}</bdi>" in page}


@pytest.mark.parametrize("address", ["/dau-moi/", "/so-dang-ky/"])
def test_a_search_leads_to_an_address_without_the_name_that_shows_what_was_found(cast: Cast, market: Market, address: str) -> None:
    client = cast["qltt.can-bo"].client
    answer = client.post(f"{address}?place=inside", {"q": "hoa dao"})
    assert answer.status_code == 302
    there = answer.headers["Location"]
    assert "dao" not in there and "tim=" in there
    assert names(client.get(there).content.decode()) == {"Shop Hoa Đào"}
    assert client.post(address, {"q": "hoa dao"}).headers["Location"].rpartition("tim=")[2] == there.rpartition("tim=")[2]
    assert "tim=" not in client.post(address, {"q": " "}).headers["Location"]


@pytest.mark.parametrize("address", ["/dau-moi/", "/so-dang-ky/"])
def test_an_address_with_a_name_or_of_another_session_searches_nothing(cast: Cast, market: Market, address: str) -> None:
    there = cast["qltt.can-bo"].client.post(address, {"q": "hoa dao"}).headers["Location"]
    other = cast["qltt.kiem-tra"].client
    assert names(other.get(there).content.decode()) == {"Shop Hoa Đào", "Shop Hoa Lan"}
    assert names(other.get(f"{address}?q=hoa+dao").content.decode()) == {"Shop Hoa Đào", "Shop Hoa Lan"}


def test_a_view_that_was_saved_with_a_name_before_still_opens(cast: Cast, market: Market) -> None:
    officer = cast["qltt.can-bo"]
    view = save_view(name="Hoa đào", query="kind=counterfeit&q=hoa+dao", actor=officer.actor)
    answer = officer.client.get(f"/dau-moi/bo-loc/{view.id}/")
    assert "dao" not in answer.headers["Location"] and "kind=counterfeit" in answer.headers["Location"]
    assert names(officer.client.get(answer.headers["Location"]).content.decode()) == {"Shop Hoa Đào"}


def test_saving_keeps_the_name_in_the_view_and_not_in_the_address(cast: Cast, market: Market) -> None:
    client = cast["qltt.can-bo"].client
    page = client.get(client.post("/dau-moi/", {"q": "hoa đào"}).headers["Location"])
    kept = page.context["view_form"].initial["query"]
    answer = client.post("/dau-moi/bo-loc/", {"name": "Hoa đào", "query": kept})
    assert "hoa" not in answer.headers["Location"]
    assert SavedView.objects.get().query == kept
    assert names(client.get(answer.headers["Location"]).content.decode()) == {"Shop Hoa Đào"}
