"""Single findings of a lead are called false alarms: the lead goes on with the others, under the brakes that a whole dismissal has."""

import json
import sys

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.words import date
from chosach.desk.leads import false_alarms, selectors
from chosach.desk.leads.facts import facts_of
from chosach.desk.leads.models import Dismissal
from chosach.desk.leads.services import agree, dismiss, refuse, send_back, take_back, take_back_findings
from chosach.desk.leads.services.dismiss import MOST_A_DAY, drawn
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Finding
from tests.desk.leads.market import Market
from tests.people import Cast

OFFICER, HEAD, OFFICE = "qltt.can-bo", "qltt.lanh-dao", "vptt.can-bo"


@pytest.fixture
def small(market: Market, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """A lead of three findings at the end of a long queue; the lot falls on nobody."""
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)
    market.many(12, sold=900)
    for kind, probability in (("ip_infringing", 0.9), ("misleading", 0.6), ("conditional", 0.3)):
        market.sell("nho", kind=kind, probability=probability, sold=1)
    market.open()
    return market.of("nho")


def of_kind(lead, *kinds: str) -> list[Finding]:
    return [one for one in false_alarms.findings_of(lead) if one.kind in kinds]


def tick(lead, actor, *kinds: str, text: str = "Tỷ lệ mô hình") -> Dismissal:
    return dismiss(lead.id, reason="innocent", text=text, actor=actor, findings=[one.id for one in of_kind(lead, *kinds)])


def test_the_lead_goes_on_with_the_others_which_alone_are_scored(small, cast):
    before = small.score
    done = tick(small, cast[OFFICER].actor, "ip_infringing")
    small.refresh_from_db()
    assert (done.part, done.state, small.state, small.assignee) == (True, "done", "assigned", cast[OFFICER].user)
    assert (small.findings, small.kind, [kind.kind for kind in small.kinds.all()]) == (2, "misleading", ["misleading", "conditional"])
    assert small.score < before
    assert small.score == pytest.approx(facts_of(small.trader).total, abs=1e-3)
    entry = Entry.objects.get(event="lead.findings_dismissed")
    told = json.loads(entry.payload.text)
    assert (told["reason"], told["text"], [one[1] for one in told["findings"]]) == ("innocent", "Tỷ lệ mô hình", ["ip_infringing"])


def test_what_is_left_stays_open_though_it_alone_would_make_no_lead_and_ends_with_its_signs(small, market, cast):
    tick(small, cast[OFFICER].actor, "ip_infringing", "misleading")
    market.open()
    small.refresh_from_db()
    assert (small.state, small.findings, small.probability) == ("assigned", 1, 0.3)
    Finding.objects.filter(listing__channel__trader=small.trader_id, kind="conditional").update(current=False)
    market.open()
    small.refresh_from_db()
    assert small.state == "lapsed"


def test_a_finding_stays_a_false_alarm_under_another_screener_and_not_on_another_text(small, market, cast):
    [copied] = of_kind(small, "ip_infringing")
    tick(small, cast[OFFICER].actor, "ip_infringing")
    row = {name: getattr(copied, name) for name in ("listing_id", "content_hash", "kind", "probability", "reasons", "source")}
    Finding.objects.filter(id=copied.id).update(current=False)
    Finding.objects.create(**row, screener="sàng-lọc-mới")
    assert not of_kind(small, "ip_infringing")
    Finding.objects.create(**row | {"content_hash": "0" * 64}, screener="sàng-lọc-mới")
    assert len(of_kind(small, "ip_infringing")) == 1


@pytest.mark.parametrize("ticked", [(), ("ip_infringing", "misleading", "conditional")])
def test_all_or_none_ticked_dismisses_the_lead(small, cast, ticked):
    done = tick(small, cast[OFFICER].actor, *ticked)
    small.refresh_from_db()
    assert (done.part, small.state) == (False, "dismissed")


def test_ticks_need_the_reason_false_alarm_and_findings_that_are_the_leads_own(small, market, cast):
    actor, other = cast[OFFICER].actor, market.of("nhieu000")
    [own] = of_kind(small, "misleading")
    stranger = false_alarms.findings_of(other).first()
    for reason, ids, where in (
        ("documents", [own.id], "reason"),
        ("innocent", [own.id, stranger.id], "findings"),
        ("innocent", ["x"], "findings"),
    ):
        with pytest.raises(Problem) as wrong:
            dismiss(small.id, reason=reason, text="x", actor=actor, findings=ids)
        assert wrong.value.where == where
    tick(small, actor, "misleading")
    with pytest.raises(Problem):
        dismiss(small.id, reason="innocent", text="x", actor=actor, findings=[own.id])


def test_a_grave_lead_is_not_taken_apart_by_one_person(market, cast):
    for kind in ("counterfeit", "banned"):
        market.sell("lon", kind=kind)
    market.open()
    lead = market.of("lon")
    assert tick(lead, cast[OFFICER].actor, "counterfeit").why_second == "top_tenth"
    lead.refresh_from_db()
    assert (lead.state, lead.findings, len(of_kind(lead, "counterfeit"))) == ("awaiting", 2, 1)
    with pytest.raises(Problem):
        agree(lead.id, actor=cast[OFFICER].actor)
    agree(lead.id, actor=cast[HEAD].actor)
    lead.refresh_from_db()
    assert (lead.state, lead.assignee, lead.findings) == ("assigned", cast[OFFICER].user, 1)


def test_the_second_person_who_refuses_leaves_every_finding(market, cast):
    for kind in ("counterfeit", "banned"):
        market.sell("lon", kind=kind)
    market.open()
    lead = market.of("lon")
    tick(lead, cast[OFFICER].actor, "counterfeit")
    refuse(lead.id, answer="Ảnh cho thấy tem giả", actor=cast[HEAD].actor)
    lead.refresh_from_db()
    assert (lead.state, lead.findings, len(of_kind(lead, "counterfeit"))) == ("new", 2, 1)


def test_they_count_among_the_twenty_of_a_day(small, market, cast):
    for lead in [one for one in market.many(25, sold=900) if one.id != small.id][: -MOST_A_DAY - 1 : -1]:
        dismiss(lead.id, reason="minor", text="Nhắc nhở", actor=cast[OFFICER].actor)
    assert tick(small, cast[OFFICER].actor, "ip_infringing").why_second in ("many_a_day", "top_tenth")


def test_they_are_taken_back_with_a_reason_and_count_again(small, cast):
    before = small.score
    first = tick(small, cast[OFFICER].actor, "ip_infringing")
    second = tick(small, cast[OFFICER].actor, "misleading")
    for stranger in ("congan.lanh-dao", "vptt.lanh-dao", "quantri"):
        with pytest.raises(Refused):
            take_back_findings(small.id, first.id, answer="Nhầm", actor=cast[stranger].actor)
    with pytest.raises(Problem):
        take_back_findings(small.id, first.id, answer=" ", actor=cast[HEAD].actor)
    take_back_findings(small.id, first.id, answer="Ảnh cho thấy tem giả", actor=cast[HEAD].actor)
    small.refresh_from_db()
    assert (small.kind, small.findings, [part.id for part in false_alarms.parts_of(small)]) == ("ip_infringing", 2, [second.id])
    with pytest.raises(Problem):
        take_back_findings(small.id, first.id, answer="Lần nữa", actor=cast[HEAD].actor)
    take_back_findings(small.id, second.id, answer="Nhầm", actor=cast[HEAD].actor)
    small.refresh_from_db()
    assert (small.findings, small.score) == (3, before)
    assert list(Entry.objects.filter(event__startswith="lead.findings_").values_list("event", flat=True).order_by("seq")) == [
        "lead.findings_dismissed",
        "lead.findings_dismissed",
        "lead.findings_taken_back",
        "lead.findings_taken_back",
    ]


def test_opening_a_dismissed_lead_again_leaves_what_was_ticked_before(small, cast):
    part = tick(small, cast[OFFICER].actor, "ip_infringing")
    dismiss(small.id, reason="minor", text="Nhắc nhở", actor=cast[OFFICER].actor)
    take_back(small.id, answer="Nhầm", actor=cast[HEAD].actor)
    small.refresh_from_db()
    assert (small.state, small.findings, [one.id for one in false_alarms.parts_of(small)]) == ("assigned", 2, [part.id])


def test_the_standing_office_sends_a_drawn_one_back_and_the_findings_count_again(small, cast, monkeypatch):
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    part = tick(small, cast[OFFICER].actor, "ip_infringing")
    assert list(selectors.drawn_for_review(cast[OFFICE].actor)) == [part]
    send_back(part.id, answer="Chưa xem ảnh", actor=cast[OFFICE].actor)
    small.refresh_from_db()
    assert (small.state, small.findings) == ("assigned", 3)


def test_a_draw_is_not_lost_by_taking_back_while_another_one_stands(small, cast, monkeypatch):
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    first, second = (tick(small, cast[OFFICER].actor, kind) for kind in ("ip_infringing", "misleading"))
    take_back_findings(small.id, first.id, answer="Nhầm", actor=cast[OFFICER].actor)
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)
    again = tick(small, cast[OFFICER].actor, "ip_infringing")
    first.refresh_from_db()
    assert (first.review, second.review, again.review) == ("passed_on", "drawn", "drawn")


def test_the_form_lists_each_finding_and_the_page_says_what_was_decided(small, cast):
    client = cast[OFFICER].client
    page = client.get(f"/dau-moi/{small.id}/").content.decode()
    [copied], [misleading] = of_kind(small, "ip_infringing"), of_kind(small, "misleading")
    for one in (copied, misleading):
        assert f'name="findings" value="{one.id}"' in page
    data = {"reason": "documents", "text": "Tỷ lệ mô hình", "findings": [str(copied.id)]}
    wrong = client.post(f"/dau-moi/{small.id}/bo-qua/", data)
    assert wrong.status_code == 422
    assert f'value="{copied.id}" checked' in wrong.content.decode()
    done = client.post(f"/dau-moi/{small.id}/bo-qua/", data | {"reason": "innocent"}, follow=True).content.decode()
    assert "Đã ghi 1 dấu hiệu báo nhầm" in done
    assert "Dấu hiệu đã coi là báo nhầm" in done
    assert f'value="{copied.id}"' not in done


def test_the_page_of_the_listing_says_it_to_who_may_see_the_lead_and_to_nobody_else(small, cast):
    [copied] = of_kind(small, "ip_infringing")
    address, said = reverse("registry:listing", args=[copied.listing_id]), f"Báo nhầm ngày {date(businessdate.today())}"
    own, other = (cast[who].client for who in (HEAD, "congan.can-bo"))
    assert "Báo nhầm" not in own.get(address).content.decode()
    part = tick(small, cast[OFFICER].actor, "ip_infringing")
    assert own.get(address).content.decode().count(said) == 1
    stranger = other.get(address)
    assert stranger.status_code == 200 and "Báo nhầm" not in stranger.content.decode()
    [misleading] = of_kind(small, "misleading")
    assert "Báo nhầm" not in own.get(reverse("registry:listing", args=[misleading.listing_id])).content.decode()
    take_back_findings(small.id, part.id, answer="Nhầm", actor=cast[HEAD].actor)
    assert "Báo nhầm" not in own.get(address).content.decode()


def test_a_lead_of_one_finding_has_no_list(market, cast):
    lead = market.lead("mot")
    assert 'name="findings"' not in cast[OFFICER].client.get(f"/dau-moi/{lead.id}/").content.decode()
