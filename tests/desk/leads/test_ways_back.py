"""What was done to a lead by mistake is taken back: accepting it while no case was opened, and one's own proposal to dismiss it."""

import datetime as dt
import sys
from uuid import uuid4

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import (
    accept,
    agree,
    assign,
    attach_to_case,
    dismiss,
    send_back,
    take_back,
    take_back_acceptance,
    watch,
    withdraw_dismissal,
)
from chosach.desk.leads.services.dismiss import drawn
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.registry.models import Finding
from tests.desk.leads.market import Market
from tests.people import Cast

pytestmark = pytest.mark.django_db


def stands(lead: Lead) -> tuple[object, ...]:
    lead.refresh_from_db()
    return lead.state, lead.assignee_id, lead.watch_until, lead.rank, lead.closed_at


def events(lead: Lead) -> list[str]:
    return [entry.event for entry in entries_of("lead", lead.id)]


@pytest.mark.parametrize("before", ["new", "assigned", "watching", "watching, nobody's"])
def test_a_lead_that_was_accepted_by_mistake_is_as_it_was(market: Market, cast: Cast, before: str) -> None:
    lead, officer, colleague = market.lead(), cast["qltt.can-bo"], cast["qltt.kiem-tra"]
    if before in {"assigned", "watching"}:
        assign(lead.id, assignee=colleague.user.id, actor=officer.actor)
    if before.startswith("watching"):
        watch(lead.id, until=businessdate.today() + dt.timedelta(days=9), actor=officer.actor)
    was = stands(lead)
    accept(lead.id, actor=officer.actor)
    assert stands(lead) != was
    page = officer.client.get(reverse("leads:lead", args=[lead.id])).content.decode()
    assert "Rút lại việc tiếp nhận" in page
    address = reverse("leads:take_back_acceptance", args=[lead.id])
    assert officer.client.post(address, {"answer": " "}).status_code == 422
    assert officer.client.post(address, {"answer": "Bấm nhầm"}).status_code == 302
    assert stands(lead) == was
    assert events(lead)[-1] == "lead.acceptance_taken_back"
    page = officer.client.get(reverse("leads:lead", args=[lead.id])).content.decode()
    assert "Bấm nhầm" in page
    assert "Tiếp nhận" in page


@pytest.mark.parametrize("back", ["the body", "the standing office"])
def test_a_watched_lead_that_was_dismissed_by_mistake_is_watched_to_the_same_day(
    market: Market, cast: Cast, monkeypatch: pytest.MonkeyPatch, back: str
) -> None:
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    last, officer = market.many(12)[-1], cast["qltt.can-bo"]
    watch(last.id, until=businessdate.today() + dt.timedelta(days=9), actor=officer.actor)
    last.refresh_from_db()
    was = (last.state, last.watch_until)
    dismissal = dismiss(last.id, reason="minor", text="Nhắc nhở", actor=officer.actor)
    last.refresh_from_db()
    assert last.state == "dismissed"
    if back == "the body":
        take_back(last.id, answer="Nhầm", actor=cast["qltt.lanh-dao"].actor)
    else:
        send_back(dismissal.id, answer="Chưa xem ảnh", actor=cast["vptt.can-bo"].actor)
    last.refresh_from_db()
    assert (last.state, last.watch_until) == was


def test_a_dismissed_lead_that_new_listings_open_is_nobodys_and_not_watched(market: Market, cast: Cast) -> None:
    last, officer = market.many(12)[-1], cast["qltt.can-bo"]
    watch(last.id, until=businessdate.today() + dt.timedelta(days=9), actor=officer.actor)
    dismiss(last.id, reason="minor", text="Nhắc nhở", actor=officer.actor)
    market.sell(last.trader.name.removeprefix("Shop "), kind="counterfeit")
    market.open()
    last.refresh_from_db()
    assert (last.state, last.watch_until) == ("new", None)


def test_a_lead_whose_findings_went_while_it_was_accepted_lapses_when_that_is_taken_back(market: Market, cast: Cast) -> None:
    lead, kept, actor = market.lead(), market.lead("khac"), cast["qltt.can-bo"].actor
    for one in (lead, kept):
        accept(one.id, actor=actor)
    market.sell("khac", price=90_000_000)
    Finding.objects.filter(listing__channel__trader=lead.trader_id).update(current=False)
    was = kept.score
    assert take_back_acceptance(lead.id, answer="Nhầm", actor=actor).state == "lapsed"
    assert events(lead)[-2:] == ["lead.acceptance_taken_back", "lead.lapsed"]
    again = take_back_acceptance(kept.id, answer="Nhầm", actor=actor)
    assert (again.state, again.findings) == ("new", 2)
    assert again.score > was


def test_what_stands_in_a_case_or_was_never_accepted_is_not_taken_back(market: Market, cast: Cast) -> None:
    lead, actor = market.lead(), cast["qltt.can-bo"].actor
    with pytest.raises(Problem, match=r"lead\.not_accepted"):
        take_back_acceptance(lead.id, answer="Nhầm", actor=actor)
    accept(lead.id, actor=actor)
    with pytest.raises(Refused):
        take_back_acceptance(lead.id, answer="Nhầm", actor=cast["congan.can-bo"].actor)
    attach_to_case(lead.id, case_id=uuid4(), actor=actor)
    with pytest.raises(Problem, match=r"lead\.in_case"):
        take_back_acceptance(lead.id, answer="Nhầm", actor=actor)
    page = cast["qltt.can-bo"].client.get(reverse("leads:lead", args=[lead.id])).content.decode()
    assert "Rút lại việc tiếp nhận" not in page


def test_who_proposed_a_dismissal_withdraws_it_before_the_second_person_decides(market: Market, cast: Cast) -> None:
    lead, officer, colleague = market.lead(), cast["qltt.can-bo"], cast["qltt.kiem-tra"]
    was = stands(lead)
    dismissal = dismiss(lead.id, reason="innocent", text="Đồ chơi", actor=officer.actor)
    lead.refresh_from_db()
    assert lead.state == "awaiting"
    address = reverse("leads:lead", args=[lead.id])
    assert "Rút lại đề nghị" in officer.client.get(address).content.decode()
    assert "Rút lại đề nghị" not in colleague.client.get(address).content.decode()
    with pytest.raises(Problem, match=r"lead\.not_the_proposer"):
        withdraw_dismissal(lead.id, answer="Không phải của tôi", actor=colleague.actor)
    assert officer.client.post(reverse("leads:withdraw_dismissal", args=[lead.id]), {"answer": "Chọn nhầm lý do"}).status_code == 302
    assert stands(lead) == was
    dismissal.refresh_from_db()
    assert (dismissal.state, dismissal.answer) == ("withdrawn", "Chọn nhầm lý do")
    assert events(lead)[-1] == "lead.dismissal_withdrawn"
    assert "Đề nghị bỏ qua đã được rút lại" in officer.client.get(address).content.decode()
    with pytest.raises(Problem, match=r"lead\.not_waiting"):
        agree(lead.id, actor=colleague.actor)


def test_what_was_withdrawn_still_counts_among_the_dismissals_of_the_day(market: Market, cast: Cast) -> None:
    """Whoever proposes and withdraws does not get more than twenty a day."""
    last, first, *_ = reversed(market.many(40))
    actor = cast["qltt.can-bo"].actor
    for _ in range(20):
        lead = Lead.objects.filter(trader__name__startswith="Shop nhieu").order_by("rank").first()
        assert lead is not None
        dismiss(lead.id, reason="innocent", text="Đồ chơi", actor=actor)
        withdraw_dismissal(lead.id, answer="Thử", actor=actor)
    assert dismiss(last.id, reason="innocent", text="Đồ chơi", actor=actor).why_second == "many_a_day"
    first.refresh_from_db()
    assert first.state == "new"
