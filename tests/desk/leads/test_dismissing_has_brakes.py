"""Four eyes on the important and the many; a lot among the rest that nobody can foresee and everybody can check."""

import hashlib
import json
import sys

import pytest

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads import selectors
from chosach.desk.leads.models import Dismissal
from chosach.desk.leads.services import agree, confirm_review, dismiss, refuse, send_back
from chosach.desk.leads.services import dismiss as dismiss_act
from chosach.desk.leads.services.dismiss import MOST_A_DAY, drawn
from chosach.desk.ledger.models import Entry


def drop(lead, actor, text="Từ ngữ vô hại"):
    return dismiss(lead.id, reason="innocent", text=text, actor=actor)


def test_a_lead_below_the_top_tenth_is_dismissed_by_one_person(market, cast):
    leads = market.many(20)
    done = drop(leads[-1], cast["qltt.can-bo"].actor)
    assert (done.state, done.why_second) == ("done", "")
    leads[-1].refresh_from_db()
    assert (leads[-1].state, leads[-1].rank) == ("dismissed", None)


def test_a_lead_of_the_top_tenth_waits_for_a_second_person(market, cast):
    leads = market.many(20)
    assert [drop(leads[at], cast["qltt.can-bo"].actor).why_second for at in (0, 1, 2)] == ["top_tenth", "top_tenth", ""]
    leads[0].refresh_from_db()
    assert leads[0].state == "awaiting"


def test_the_second_person_is_another_one_of_the_same_body(market, cast):
    lead = market.lead()
    drop(lead, cast["qltt.can-bo"].actor)
    with pytest.raises(Problem) as own:
        agree(lead.id, actor=cast["qltt.can-bo"].actor)
    assert own.value.code == "lead.same_person"
    for stranger in ("congan.lanh-dao", "vptt.lanh-dao", "quantri"):
        with pytest.raises(Refused):
            agree(lead.id, actor=cast[stranger].actor)
    agree(lead.id, actor=cast["qltt.lanh-dao"].actor)
    lead.refresh_from_db()
    assert lead.state == "dismissed"


def test_the_second_person_may_refuse_with_a_reason_and_the_lead_is_open_again(market, cast):
    lead = market.lead()
    drop(lead, cast["qltt.can-bo"].actor)
    with pytest.raises(Problem):
        refuse(lead.id, answer=" ", actor=cast["qltt.lanh-dao"].actor)
    refuse(lead.id, answer="Ảnh cho thấy tem giả", actor=cast["qltt.lanh-dao"].actor)
    lead.refresh_from_db()
    assert (lead.state, lead.rank) == ("new", 1)


def test_the_twenty_first_of_a_day_waits_for_a_second_person(market, cast):
    leads = market.many(40)
    results = [drop(lead, cast["qltt.can-bo"].actor).why_second for lead in leads[: -MOST_A_DAY - 2 : -1]]
    assert results == [""] * MOST_A_DAY + ["many_a_day"]


def test_a_dismissal_needs_a_reason_in_words(market, cast):
    lead, actor = market.lead(), cast["qltt.can-bo"].actor
    for reason, text in (("", "x"), ("innocent", "  "), ("nonsense", "x")):
        with pytest.raises(Problem):
            dismiss_act(lead.id, reason=reason, text=text, actor=actor)


@pytest.fixture
def drawn_one(market, cast, monkeypatch) -> Dismissal:
    """A dismissal that the lot fell on."""
    leads = market.many(20)
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    return drop(leads[-1], cast["qltt.can-bo"].actor)


def test_the_lot_is_decided_by_the_hash_of_the_dismissals_own_entry(market, cast):
    leads = market.many(30)
    for lead in leads[:9:-1]:
        drop(lead, cast["qltt.can-bo"].actor)
    for entry in Entry.objects.filter(event="lead.dismissed"):
        dismissal = Dismissal.objects.get(lead__id=entry_lead(entry))
        assert (dismissal.review == "drawn") == drawn(entry) == (int(entry.hash[:12], 16) % 20 == 0)


def entry_lead(entry) -> str:
    return json.loads(entry.refs)["lead"]


def test_about_one_in_twenty_is_drawn():
    hits = sum(drawn(Entry(hash=hashlib.sha256(str(number).encode()).hexdigest())) for number in range(10_000))
    assert 400 < hits < 600


def test_the_standing_office_sees_the_drawn_one_and_confirms_it(drawn_one, cast):
    office = cast["vptt.can-bo"].actor
    assert list(selectors.drawn_for_review(office)) == [drawn_one]
    confirm_review(drawn_one.id, actor=office)
    drawn_one.refresh_from_db()
    assert (drawn_one.review, drawn_one.lead.state) == ("confirmed", "dismissed")
    with pytest.raises(Refused):
        confirm_review(drawn_one.id, actor=office)


def test_the_standing_office_sends_it_back_and_the_lead_is_open_again(drawn_one, cast):
    office = cast["vptt.can-bo"].actor
    with pytest.raises(Problem):
        send_back(drawn_one.id, answer="", actor=office)
    send_back(drawn_one.id, answer="Chưa xem kênh thứ hai", actor=office)
    drawn_one.lead.refresh_from_db()
    assert (drawn_one.lead.state, drawn_one.lead.rank) == ("new", 20)


def test_nobody_else_reviews_and_no_undrawn_dismissal_is_seen(market, drawn_one, cast):
    for who in ("qltt.lanh-dao", "congan.lanh-dao", "bcd.lanh-dao", "kiemtoan", "quantri", "mttq.can-bo"):
        with pytest.raises(Refused):
            confirm_review(drawn_one.id, actor=cast[who].actor)
    Dismissal.objects.update(review="")
    with pytest.raises(Refused):
        selectors.drawn_dismissal(cast["vptt.can-bo"].actor, drawn_one.id)
