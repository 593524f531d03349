"""The registry's pages: what a trader's page says of files of this and of other bodies, and that a place can be set on better grounds."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads.services import assign
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Listing, Trader
from chosach.desk.registry.selectors import traders_by_identifier, traders_for
from chosach.desk.registry.services import search_identifier, set_place
from tests.desk.leads.market import Market


@pytest.fixture
def market(cast) -> Market:
    return Market()


def page(cast, who: str, trader: Trader) -> str:
    return cast[who].client.get(reverse("registry:trader", args=[trader.id])).content.decode()


def test_the_owner_body_is_led_to_its_lead_and_others_learn_body_and_contact_only(market, cast):
    lead = market.lead("a")
    assert reverse("leads:lead", args=[lead.id]) in page(cast, "qltt.can-bo", lead.trader)
    assert lead.body.name not in page(cast, "congan.can-bo", lead.trader)
    assign(lead.id, assignee=cast["qltt.can-bo"].user.id, actor=cast["qltt.can-bo"].actor)
    told = page(cast, "congan.can-bo", lead.trader)
    assert lead.body.name in told and str(lead.id) not in told


def test_an_open_case_of_another_body_is_told_with_the_way_to_ask_to_take_part(market, cast):
    from chosach.desk.cases.services.opening import open_case

    lead = market.lead("a")
    case = open_case(
        title="Giày giả", ground="Đầu mối", violation_kinds=["counterfeit"], lead_ids=[lead.id], actor=cast["qltt.can-bo"].actor
    )
    assert reverse("cases:case", args=[case.id]) in page(cast, "qltt.can-bo", lead.trader)
    told = page(cast, "congan.can-bo", lead.trader)
    assert lead.body.name in told and reverse("cases:lookup", args=[lead.trader_id]) in told
    assert case.number not in told and case.title not in told


def test_a_place_that_a_person_states_stays_after_later_imports(market, cast):
    lead = market.lead("a", location="Hà Nội")
    set_place(
        lead.trader_id, source="registered", address="12 CMT8, Biên Hòa, Đồng Nai", reason="Giấy đăng ký", actor=cast["qltt.can-bo"].actor
    )
    market.sell("a", location="Hà Nội")
    trader = Trader.objects.get(id=lead.trader_id)
    assert (trader.place, trader.place_source, trader.district) == ("inside", "registered", "731")
    assert Entry.objects.filter(event="registry.place_set").count() == 1


def test_a_place_needs_a_ground_an_address_that_is_understood_and_a_reason(market, cast):
    trader, actor = market.lead("a").trader, cast["qltt.can-bo"].actor
    for source, address, reason in (("listing", "Biên Hòa", "x"), ("registered", "Số 5 đường 3/2", "x"), ("registered", "Biên Hòa", " ")):
        with pytest.raises(Problem):
            set_place(trader.id, source=source, address=address, reason=reason, actor=actor)


@pytest.mark.parametrize("who", ["quantri", "kiemtoan", "san.lien-he", "nganhang.lien-he", "nhanhieu.lien-he", "mttq.can-bo", "hoi.can-bo"])
def test_who_is_no_body_of_the_state_reads_nothing_of_the_registry(market, cast, who):
    trader, actor = market.lead("a").trader, cast[who].actor
    for ask in (
        lambda: traders_for(actor),
        lambda: traders_by_identifier(actor, "phone", "0951234567"),
        lambda: search_identifier(kind="phone", value="0951234567", actor=actor),
        lambda: set_place(trader.id, source="registered", address="Biên Hòa", reason="x", actor=actor),
    ):
        with pytest.raises(Refused):
            ask()


def test_names_are_found_without_marks_and_the_looked_up_phone_is_kept_out_of_references(market, cast):
    market.lead("a", seller_name="Tạp hóa Cầu Hang", description="Gọi 0951 234 567")
    actor = cast["congan.can-bo"].actor
    assert traders_for(actor, q="cau hang").get().listings == 1
    assert search_identifier(kind="phone", value="+84951234567", actor=actor).get().name == "Tạp hóa Cầu Hang"
    entry = Entry.objects.get(event="registry.identifier_searched")
    assert "951234567" not in entry.refs


def test_a_trader_that_was_joined_leads_to_the_one_that_stayed(market, cast):
    first, second = market.lead("a", description="0951234567").trader, market.lead("b").trader
    market.sell("b", description="0951234567")
    answer = cast["qltt.can-bo"].client.get(reverse("registry:trader", args=[second.id]))
    assert answer.headers["Location"] == reverse("registry:trader", args=[first.id])


@pytest.mark.parametrize(
    ("law", "told"),
    [
        ({"article": "Điều 93", "clause": "3", "point": None}, "Khoản 3, Điều 93, Nghị định 174/2026/NĐ-CP"),
        ({"article": "Điều 17", "clause": "1", "point": "đ"}, "Điểm đ, khoản 1, Điều 17, Nghị định 174/2026/NĐ-CP"),
        ({"article": "Điều 8"}, "<li>Điều 8, Nghị định 174/2026/NĐ-CP"),
    ],
)
def test_the_law_of_a_finding_is_told_down_to_clause_and_point_where_they_are_known(law, told):
    finding = {"kind": "banned", "probability": 0.9, "law": [{"instrument": "Nghị định 174/2026/NĐ-CP", **law}]}
    shown = {"findings": [{"finding": finding, "sentence": "Từ ngữ"}]}
    assert told in render_to_string("registry/parts/findings.html", {"shown": shown})


def test_a_listing_leads_to_the_lead_of_the_own_body_and_to_nobody_elses(market, cast):
    lead = market.lead("a")
    listing = Listing.objects.get(channel__trader=lead.trader)
    own, other = (cast[who].client.get(reverse("registry:listing", args=[listing.id])) for who in ("qltt.can-bo", "congan.can-bo"))
    address = reverse("leads:lead", args=[lead.id])
    assert address in own.content.decode()
    assert other.status_code == 200 and address not in other.content.decode()
