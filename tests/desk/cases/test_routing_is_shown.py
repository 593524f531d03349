"""Who opens a case is shown the body that the competence table proposes, with its ground; nobody is stopped by it."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from chosach.desk.agencies.models import Body
from chosach.desk.cases.routing import competent_for, competent_for_case
from chosach.desk.cases.services.contents import add_goods
from chosach.desk.leads.models import Lead, LeadKind
from chosach.desk.leads.services import accept_passed, pass_on
from chosach.desk.registry.models import Finding
from tests.desk.cases.making import DAY, a_case, a_trader
from tests.desk.leads.market import Market
from tests.desk.reports.making import set_up

pytestmark = pytest.mark.django_db


def page_for(cast: Any, kind: str) -> str:
    set_up(DAY)
    trader = a_trader(place="inside", place_source="warehouse", place_text="Đồng Nai")
    body = Body.objects.get(code="market-surveillance")
    lead = Lead.objects.create(trader=trader, body=body, kind=kind, opened_on=DAY, listings=1, findings=1, rank=1, score=1.0)
    LeadKind.objects.create(lead=lead, kind=kind, findings=1, score=1)
    answer = cast["qltt.can-bo"].client.get(f"/vu-viec/mo/?dau-moi={lead.pk}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_another_body_is_proposed_with_its_ground_and_the_way_to_it(cast: Any) -> None:
    shown = page_for(cast, "substandard")
    assert "Cơ quan có thẩm quyền theo bảng (cần kiểm chứng)" in shown
    assert "<strong>Sở Khoa học và Công nghệ tỉnh Đồng Nai</strong>. Căn cứ: " in shown
    assert "cân nhắc chuyển giao sau khi mở" in shown


def test_the_own_body_is_proposed_without_a_word_about_handing_over(cast: Any) -> None:
    shown = page_for(cast, "smuggled")
    assert f"<strong>{cast['qltt.can-bo'].body.name}</strong>" in shown
    assert "cân nhắc chuyển giao" not in shown


@pytest.fixture
def market(cast: Any, day: None) -> Market:
    set_up(DAY)
    return Market()


def named(page: str) -> set[str]:
    """The bodies that a page names as the competent one."""
    return set(re.findall(r"<strong>([^<]+)</strong>. Căn cứ: |theo bảng</dt><dd>([^<]+?) <", page)[0]) - {""}


def shown(cast: Any, who: str, address: str) -> str:
    answer = cast[who].client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_goods_that_are_the_polices_are_so_for_the_lead_and_for_the_case_made_of_it(cast: Any, market: Market) -> None:
    lead = market.lead("xit", kind="banned", category="Bình xịt hơi cay")
    police = lead.body
    assert police.code == "police"
    address = f"/vu-viec/mo/?dau-moi={lead.pk}"
    assert named(shown(cast, "congan.can-bo", address)) == {police.name}
    assert "cân nhắc chuyển giao" not in shown(cast, "congan.can-bo", address)
    case = a_case(cast, "congan.can-bo", lead_ids=[lead.id], violation_kinds=["banned"])
    page = shown(cast, "congan.can-bo", f"/vu-viec/{case.id}/")
    assert "Bộ luật Hình sự Điều 304, 305, 306" in page
    assert "cân nhắc chuyển giao" not in page


def test_market_surveillance_that_opens_a_case_on_such_a_trader_is_told_of_the_police(cast: Any, market: Market) -> None:
    trader = market.lead("xit", kind="banned", category="Bình xịt hơi cay").trader
    case = a_case(cast, trader_ids=[trader.id], violation_kinds=["banned"], overlap_reason="Theo tin báo riêng")
    police = Body.objects.get(code="police").name
    page = shown(cast, "qltt.can-bo", f"/vu-viec/{case.id}/")
    assert police in page
    assert "Khác với cơ quan đang thụ lý: cân nhắc chuyển giao" in page
    assert f"{police}: Bộ luật Hình sự Điều 304, 305, 306" in shown(cast, "qltt.can-bo", f"/vu-viec/{case.id}/chuyen-giao/")


def test_a_case_of_several_kinds_goes_by_the_kind_of_its_lead(cast: Any, market: Market) -> None:
    market.sell("tiem", kind="ip_infringing", probability=0.2, category="Sách")
    lead = market.lead("tiem", kind="substandard", category="Thực phẩm chức năng")
    assert (lead.kind, lead.body.code) == ("substandard", "health")
    case = a_case(cast, "yte.can-bo", lead_ids=[lead.id], violation_kinds=["ip_infringing", "substandard"])
    assert case.kind == "ip_infringing"
    found = competent_for_case(case)
    assert found is not None
    assert (found.body, found.ground) == (lead.body, lead.ground)


def test_a_small_matter_is_the_districts_in_the_case_too_until_goods_worth_more_are_found(cast: Any, market: Market) -> None:
    lead = market.lead("a", price=90_000, sold=3)
    case = a_case(cast, "bienhoa.can-bo", lead_ids=[lead.id])
    found = competent_for_case(case)
    assert found is not None
    assert (found.body.code, found.ground) == ("district-bien-hoa", lead.ground)
    add_goods(
        case.id, name="Túi", quantity=Decimal(100), unit="chiếc", unit_value=9_000_000, basis="listed", state="found",
        actor=cast["bienhoa.can-bo"].actor,
    )  # fmt: skip
    found = competent_for_case(case)
    assert found is not None
    assert found.body.code == "market-surveillance"


def test_what_bodies_agreed_about_a_lead_holds_for_its_case(cast: Any, market: Market) -> None:
    lead = market.lead("xit", kind="banned", category="Bình xịt hơi cay")
    passing = pass_on(lead.id, to_body="market-surveillance", reason="Chỉ là hàng nhập lậu", actor=cast["congan.can-bo"].actor)
    accept_passed(passing.id, actor=cast["qltt.can-bo"].actor)
    case = a_case(cast, lead_ids=[lead.id], violation_kinds=["banned"])
    page = shown(cast, "qltt.can-bo", f"/vu-viec/{case.id}/")
    assert "Các cơ quan đã thống nhất khi chuyển đầu mối." in page
    assert "cân nhắc chuyển giao" not in page


@pytest.mark.parametrize("state", ["dismissed", "lapsed", "handed_over"])
def test_a_closed_lead_names_no_body_any_more_but_the_findings_of_today_do(market: Market, state: str) -> None:
    lead = market.lead("xit", kind="banned", category="Bình xịt hơi cay")
    Finding.objects.update(current=False)
    market.sell("xit", kind="substandard", category="Thực phẩm chức năng")
    Lead.objects.update(state=state)
    found = competent_for(["banned", "substandard"], traders=[lead.trader])
    assert found is not None
    assert found.body.code == "health"
