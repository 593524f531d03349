"""Findings that are called false alarms one by one are labels like those of a whole dismissal, under the same limits."""

import sys

import pytest

from chosach.desk.core.errors import Problem
from chosach.desk.leads import false_alarms
from chosach.desk.leads.models import Dismissal, Lead
from chosach.desk.leads.services import confirm_review, dismiss, open_leads, take_back_findings
from chosach.desk.leads.services.dismiss import drawn
from chosach.desk.learning import limits
from chosach.desk.learning.models import Label
from chosach.desk.learning.services.correcting import restore_label
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Finding
from tests.desk.learning.market import LOADER, SHOE, TOY, false_alarm, lead_of, sell
from tests.desk.learning.test_labels import an_outcome

OFFICER, HEAD, OFFICE = "qltt.can-bo", "qltt.lanh-dao", "vptt.can-bo"


@pytest.fixture
def lead(queue) -> Lead:
    """A shop of five toys and two pairs of shoes."""
    for at in range(7):
        sell("lan", f"{TOY if at < 5 else SHOE} số {at}", sold=1, price=9, location="", listing=f"lan-{at}")
    open_leads(actor=LOADER)
    found = lead_of("lan")
    assert found is not None
    return found


def of_title(lead: Lead, text: str) -> list[Finding]:
    return [one for one in false_alarms.findings_of(lead) if one.listing.title.startswith(text)]


def tick(lead: Lead, actor, findings) -> Dismissal:
    return dismiss(lead.id, reason="innocent", text="Đồ chơi", actor=actor, findings=[one.id for one in findings])


def test_what_is_ticked_is_a_label_with_where_it_comes_from_and_the_rest_is_none(lead, queue):
    part = tick(lead, queue[OFFICER].actor, of_title(lead, TOY))
    assert {label.listing.title[:20] for label in Label.objects.all()} == {TOY[:20]}
    label = Label.objects.first()
    assert (label.right, label.state, label.by, label.dismissal, label.weight) == (False, "counted", queue[OFFICER].user, part, 3 / 5)
    assert Entry.objects.get(seq=label.entry).event == "lead.findings_dismissed"


def test_several_decisions_on_one_lead_count_together_what_one_may(lead, queue):
    toys = of_title(lead, TOY)
    for one in toys:
        tick(lead, queue[OFFICER].actor, [one])
    assert sum(Label.objects.values_list("weight", flat=True)) == pytest.approx(limits.ACT_MOST)


def test_what_has_its_label_gets_no_second_one_from_the_whole_or_from_an_outcome(lead, queue):
    tick(lead, queue[OFFICER].actor, of_title(lead, TOY))
    an_outcome(queue, lead, "sanctioned", subjects=1)
    assert {label.listing.title[:20] for label in Label.objects.filter(right=True)} == {SHOE[:20]}
    false_alarm(lead, queue[OFFICER].actor)
    assert Label.objects.filter(dismissal__part=False).count() == 2


def test_taken_back_they_count_no_more_and_can_not_be_used_again(lead, queue):
    part = tick(lead, queue[OFFICER].actor, of_title(lead, TOY))
    take_back_findings(lead.id, part.id, answer="Ảnh cho thấy hàng nhái", actor=queue[HEAD].actor)
    assert set(Label.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(Problem) as gone:
        restore_label(Label.objects.first().id, reason="Đã xem", actor=queue[HEAD].actor)
    assert gone.value.code == "label.decision_gone"


def test_what_the_lot_drew_counts_once_the_standing_office_agrees(lead, queue, monkeypatch):
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    part = tick(lead, queue[OFFICER].actor, of_title(lead, TOY))
    assert set(Label.objects.values_list("state", flat=True)) == {"review"}
    confirm_review(part.id, actor=queue[OFFICE].actor)
    assert set(Label.objects.values_list("state", flat=True)) == {"counted"}


def test_a_sudden_mass_of_them_waits_as_one_of_leads_does(lead, queue, monkeypatch):
    monkeypatch.setattr(limits, "SUDDEN", 4)
    for one in of_title(lead, TOY):
        assert set(Label.objects.values_list("state", flat=True)) <= {"counted"}
        tick(lead, queue[OFFICER].actor, [one])
    assert set(Label.objects.values_list("state", flat=True)) == {"held"}
