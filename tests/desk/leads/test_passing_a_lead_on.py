"""A lead is passed to another body of the province with a reason, accepted or returned; it is never lost in between."""

import pytest
from django.urls import reverse

from chosach.desk.accounts.models import Membership
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.law.models import Clock
from chosach.desk.leads.models import Lead, LeadState, Passing
from chosach.desk.leads.selectors import counts_by_body, lead_for, leads_for
from chosach.desk.leads.services import accept_passed, assign, dismiss, pass_on, return_passed, withdraw_passed
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from tests.desk.cases.making import set_the_day
from tests.desk.leads.market import Market
from tests.people import Cast

OFFICER, POLICE, TAX = "qltt.can-bo", "congan.can-bo", "thue.can-bo"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    set_the_day()
    return Market().lead("a")


def sent(cast: Cast, lead: Lead, to: str = "police") -> Passing:
    return pass_on(lead.id, to_body=to, reason="Có dấu hiệu tội phạm", actor=cast[OFFICER].actor)


def test_until_it_is_answered_it_stays_with_the_sender_open_and_counted(cast: Cast, lead: Lead) -> None:
    passing = sent(cast, lead)
    lead.refresh_from_db()
    assert (lead.state, lead.body.code, lead.rank) == ("passing", "market-surveillance", 1)
    counts = next(row for row in counts_by_body(cast["vptt.can-bo"].actor) if row["code"] == "market-surveillance")
    assert (counts["open"], counts["passing"]) == (1, 1)
    with pytest.raises(Problem, match="chờ cơ quan khác nhận"):
        dismiss(lead.id, reason="innocent", text="Đồ chơi", actor=cast[OFFICER].actor)
    clock = Clock.objects.get(noun="lead_passing", object_id=str(passing.id))
    assert clock.body.code == "police"
    page = cast[OFFICER].client.get(f"/dau-moi/{lead.id}/").content.decode()
    assert "Đang chờ cơ quan nhận trả lời" in page and "Tiếp nhận</button>" not in page


def test_the_receiver_sees_what_the_sender_saw_and_takes_it_over(cast: Cast, lead: Lead) -> None:
    passing = sent(cast, lead)
    police = cast[POLICE]
    with pytest.raises(Refused):
        lead_for(police.actor, lead.id)
    assert "Đầu mối chuyển đến" in police.client.get("/").content.decode()
    page = police.client.get(f"/dau-moi/chuyen-den/{passing.id}/").content.decode()
    assert "Có dấu hiệu tội phạm" in page and "siêu cấp" in page
    accept_passed(passing.id, actor=police.actor)
    lead.refresh_from_db()
    assert (lead.state, lead.body.code, lead.settled) == ("new", "police", True)
    assert "Cục Quản lý thị trường" in lead.ground
    assert lead_for(police.actor, lead.id) == lead
    with pytest.raises(Refused):
        lead_for(cast[OFFICER].actor, lead.id)
    assert not Clock.objects.filter(noun="lead_passing", state__in=["running", "paused"]).exists()
    assert [entry.event for entry in entries_of("passing", passing.id)] == ["lead.passed", "lead.pass_accepted"]


def test_routing_does_not_take_back_what_bodies_settled(cast: Cast, lead: Lead) -> None:
    accept_passed(sent(cast, lead).id, actor=cast[POLICE].actor)
    market = Market()
    market._next = 50
    market.sell("a", sold=900)
    market.open()
    lead.refresh_from_db()
    assert (lead.body.code, lead.listings) == ("police", 2)


def test_it_is_returned_with_a_reason_as_it_was_before(cast: Cast, lead: Lead) -> None:
    assign(lead.id, assignee=cast[OFFICER].user.id, actor=cast[OFFICER].actor)
    passing = sent(cast, lead)
    with pytest.raises(Problem):
        return_passed(passing.id, answer=" ", actor=cast[POLICE].actor)
    return_passed(passing.id, answer="Chưa đủ dấu hiệu hình sự", actor=cast[POLICE].actor)
    lead.refresh_from_db()
    assert (lead.state, lead.body.code, lead.settled) == ("assigned", "market-surveillance", False)
    page = cast[OFFICER].client.get(f"/dau-moi/{lead.id}/").content.decode()
    assert "đã trả lại ngày" in page and "Chưa đủ dấu hiệu hình sự" in page
    with pytest.raises(Refused):
        accept_passed(passing.id, actor=cast[POLICE].actor)


def test_the_sender_takes_it_back_and_the_receiver_sees_it_no_more(cast: Cast, lead: Lead) -> None:
    passing = sent(cast, lead)
    withdraw_passed(lead.id, answer="Nhầm cơ quan", actor=cast[OFFICER].actor)
    lead.refresh_from_db()
    assert lead.state == "new"
    with pytest.raises(Refused):
        return_passed(passing.id, answer="Không", actor=cast[POLICE].actor)
    assert cast[POLICE].client.get(f"/dau-moi/chuyen-den/{passing.id}/").status_code == 404


@pytest.mark.parametrize("stranger", [TAX, OFFICER, "qltt.lanh-dao", "vptt.can-bo", "mttq.can-bo", "quantri", "kiemtoan"])
def test_nobody_but_the_receiver_answers(cast: Cast, lead: Lead, stranger: str) -> None:
    passing = sent(cast, lead)
    with pytest.raises(Refused):
        accept_passed(passing.id, actor=cast[stranger].actor)
    with pytest.raises(Refused):
        return_passed(passing.id, answer="Không", actor=cast[stranger].actor)
    assert cast[stranger].client.get(f"/dau-moi/chuyen-den/{passing.id}/").status_code == 404


@pytest.mark.parametrize("receiver", ["market-surveillance", "fatherland-front", "provider-bank", "state-bank", "khong-co", "culture"])
def test_not_to_itself_nor_to_who_may_not_work_on_leads_nor_where_nobody_would_answer(cast: Cast, lead: Lead, receiver: str) -> None:
    Membership.objects.filter(body__code="culture").delete()
    with pytest.raises(Problem) as refused:
        sent(cast, lead, receiver)
    assert refused.value.code == "lead.receiver_unknown"
    assert not Entry.objects.filter(event="lead.passed").exists()


def test_a_district_receives_too_and_a_lead_whose_findings_go_needs_no_answer(cast: Cast, lead: Lead) -> None:
    passing = sent(cast, lead, "district-bien-hoa")
    lead.trader.channels.get().listings.get().findings.update(current=False)
    Market().open()
    lead.refresh_from_db()
    passing.refresh_from_db()
    assert (lead.state, passing.state) == ("lapsed", "lapsed")
    assert not Clock.objects.filter(noun="lead_passing", state__in=["running", "paused"]).exists()


def test_another_province_is_handed_to_as_before_and_the_clock_leads_to_the_page(cast: Cast, lead: Lead) -> None:
    passing = sent(cast, lead)
    page = cast[POLICE].client.get(reverse("law:clocks")).content.decode()
    assert reverse("leads:passing", args=[passing.id]) in page
    assert leads_for(cast[OFFICER].actor).get().state == LeadState.PASSING
