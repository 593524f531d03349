"""Assign, watch, accept, attach to a case, hand over: by the owner body only, each written to the ledger."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads import selectors
from chosach.desk.leads.services import accept, assign, attach_to_case, dismiss, hand_over, watch
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.services.set_place import set_place


def events(lead) -> list[str]:
    from chosach.desk.ledger.selectors import entries_of

    return [entry.event for entry in entries_of("lead", lead.id)]


def test_an_officer_gives_a_lead_to_a_colleague(market, cast):
    lead = market.lead()
    assign(lead.id, assignee=cast["qltt.kiem-tra"].user.id, actor=cast["qltt.can-bo"].actor)
    lead.refresh_from_db()
    assert (lead.state, lead.assignee) == ("assigned", cast["qltt.kiem-tra"].user)
    assert events(lead)[-1] == "lead.assigned"


def test_only_people_of_the_body_can_be_given_a_lead(market, cast):
    with pytest.raises(Problem):
        assign(market.lead().id, assignee=cast["congan.can-bo"].user.id, actor=cast["qltt.can-bo"].actor)


def test_a_lead_is_watched_until_a_date_to_come(market, cast):
    lead, actor, today = market.lead(), cast["qltt.can-bo"].actor, businessdate.today()
    with pytest.raises(Problem):
        watch(lead.id, until=today, actor=actor)
    watch(lead.id, until=today + dt.timedelta(days=30), actor=actor)
    lead.refresh_from_db()
    assert (lead.state, lead.watch_until) == ("watching", today + dt.timedelta(days=30))


def test_an_accepted_lead_leaves_the_ranks_and_can_be_put_into_one_case(market, cast):
    first, second = market.lead("a", sold=500), market.lead("b", sold=1)
    actor, case = cast["qltt.can-bo"].actor, uuid4()
    accept(first.id, actor=actor)
    second.refresh_from_db()
    assert second.rank == 1
    attach_to_case([first.id, second.id], case_id=case, actor=actor)
    for lead in (first, second):
        lead.refresh_from_db()
        assert (lead.state, lead.case_id, lead.rank) == ("accepted", case, None)
    with pytest.raises(Problem):
        attach_to_case(first.id, case_id=uuid4(), actor=actor)


def test_a_lead_outside_the_province_is_handed_over_with_a_reason(market, cast):
    inside, outside, actor = market.lead("a"), market.lead("b", location="Hà Nội"), cast["qltt.can-bo"].actor
    with pytest.raises(Problem):
        hand_over(inside.id, reason="Chuyển", actor=actor)
    with pytest.raises(Problem):
        hand_over(outside.id, reason=" ", actor=actor)
    hand_over(outside.id, reason="Kho hàng tại Hà Nội; gửi Ban Chỉ đạo 389 Hà Nội", actor=actor)
    outside.refresh_from_db()
    assert outside.state == "handed_over"


def test_nobody_drops_a_lead_by_moving_its_trader_out_of_the_province_alone(market, cast):
    lead, officer, head = market.lead("a"), cast["qltt.can-bo"].actor, cast["qltt.lanh-dao"].actor
    set_place(lead.trader_id, source="warehouse", address="Quận Cầu Giấy, Hà Nội", reason="Người bán cho biết", actor=officer)
    with pytest.raises(Problem, match=r"lead\.same_person"):
        hand_over(lead.id, reason="Kho hàng tại Hà Nội", actor=officer)
    hand_over(lead.id, reason="Đã xem giấy tờ kho hàng", actor=head)
    lead.refresh_from_db()
    assert lead.state == "handed_over"


def test_a_lead_that_is_closed_takes_no_further_act(market, cast):
    lead, actor = market.lead(), cast["qltt.can-bo"].actor
    accept(lead.id, actor=actor)
    with pytest.raises(Problem):
        dismiss(lead.id, reason="innocent", text="x", actor=actor)


OUTSIDERS = (
    "congan.can-bo",
    "thue.can-bo",
    "vptt.can-bo",
    "vptt.lanh-dao",
    "bcd.lanh-dao",
    "mttq.can-bo",
    "hoi.can-bo",
    "san.lien-he",
    "quantri",
)


@pytest.mark.parametrize("who", [*OUTSIDERS, "kiemtoan"])
def test_people_of_other_bodies_can_neither_see_nor_touch_a_lead(market, cast, who):
    lead, actor = market.lead(location="Hà Nội"), cast[who].actor
    entries = Entry.objects.count()
    acts = [
        lambda: selectors.lead_for(actor, lead.id),
        lambda: assign(lead.id, assignee=cast[who].user.id, actor=actor),
        lambda: watch(lead.id, until=dt.date(2030, 1, 1), actor=actor),
        lambda: accept(lead.id, actor=actor),
        lambda: dismiss(lead.id, reason="innocent", text="x", actor=actor),
        lambda: hand_over(lead.id, reason="x", actor=actor),
        lambda: attach_to_case(lead.id, case_id=uuid4(), actor=actor),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    lead.refresh_from_db()
    assert lead.state == "new"
    assert Entry.objects.count() == entries


def test_the_standing_office_sees_counts(market, cast):
    market.lead("a")
    market.lead("b", location="Hà Nội")
    row = next(row for row in selectors.counts_by_body(cast["vptt.can-bo"].actor) if row["code"] == "market-surveillance")
    assert (row["open"], row["inside"], row["outside"]) == (2, 1, 1)
    with pytest.raises(Refused):
        selectors.counts_by_body(cast["qltt.lanh-dao"].actor)


def test_others_learn_of_a_lead_only_that_a_body_works_on_it(market, cast):
    lead, police = market.lead(), cast["congan.can-bo"].actor
    assert selectors.held_by_others(police, lead.trader) is None
    assign(lead.id, assignee=cast["qltt.can-bo"].user.id, actor=cast["qltt.can-bo"].actor)
    held = selectors.held_by_others(police, lead.trader)
    assert held is not None and held.body == lead.body.name


def test_the_page_of_clocks_tells_of_leads_watched_for_too_long_and_leads_to_them(market, cast):
    lead, actor, today = market.lead(), cast["qltt.can-bo"].actor, businessdate.today()
    watch(lead.id, until=today + dt.timedelta(days=1), actor=actor)
    client, address = cast["qltt.can-bo"].client, reverse("law:clocks")
    assert client.get(address).context["beside"] == []
    businessdate.simulate(today + dt.timedelta(days=2))
    page = client.get(address)
    (told,) = page.context["beside"]
    assert told.count == 1 and "Đầu mối hết hạn theo dõi" in page.content.decode()
    assert list(client.get(told.url).context["page"]) == [lead]
    assert cast["congan.can-bo"].client.get(address).context["beside"] == []


def test_the_queue_says_that_ranks_run_through_all_places(market, cast):
    market.lead()
    assert "Hạng tính chung cho mọi đầu mối đang mở" in cast["qltt.can-bo"].client.get(reverse("leads:queue")).content.decode()
