"""Decisions become labels with where they come from; errors can be corrected; what waits for another look does not count."""

import sys

import pytest
from django.urls import reverse

from chosach.desk.cases.models import Case, CaseLead, Outcome
from chosach.desk.cases.services.outcomes import decide_outcome
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads.selectors import drawn_for_review
from chosach.desk.leads.services import agree, confirm_review, dismiss, send_back, take_back
from chosach.desk.leads.services.dismiss import drawn
from chosach.desk.learning import limits, selectors
from chosach.desk.learning.models import Label, LabelChange
from chosach.desk.learning.services.correcting import restore_label, turn_label, withdraw_label
from chosach.desk.learning.services.masses import refuse_changes, refuse_mass, release_changes, release_mass
from chosach.desk.ledger.models import Entry
from tests.desk.learning.market import SHOE, TOY, false_alarm, leads

OFFICER, HEAD, OFFICE = "qltt.can-bo", "qltt.lanh-dao", "vptt.can-bo"


def test_a_false_alarm_is_a_label_with_where_it_comes_from(queue):
    lead = leads(TOY, 1)[0]
    false_alarm(lead, queue[OFFICER].actor)
    label = Label.objects.get()
    listing = lead.trader.channels.get().listings.get()
    terms = sorted({reason["term"] for reason in listing.findings.get().reasons})
    assert (label.listing, label.content_hash, label.kind, label.right) == (listing, listing.content_hash, "counterfeit", False)
    assert (label.by, label.body, label.terms, label.state) == (queue[OFFICER].user, lead.body, terms, "counted")
    entry = Entry.objects.get(seq=label.entry)
    assert (entry.event, entry.actor) == ("lead.dismissed", queue[OFFICER].actor.id)


@pytest.mark.parametrize("reason", ["documents", "removed", "duplicate", "out_of_scope", "minor", "other"])
def test_other_reasons_say_nothing_about_the_words(queue, reason):
    dismiss(leads(TOY, 1)[0].id, reason=reason, text="Đã xem giấy tờ", actor=queue[OFFICER].actor)
    assert not Label.objects.exists()


def test_what_waits_for_a_second_person_is_no_label_until_that_person_agrees(queue):
    lead = leads("Nước hoa siêu cấp rep 1:1", 1, sold=9000, price=900_000)[0]
    assert false_alarm(lead, queue[OFFICER].actor).state == "pending"
    assert not Label.objects.exists()
    agree(lead.id, actor=queue[HEAD].actor)
    label = Label.objects.first()
    assert label is not None and label.by == queue[OFFICER].user


def test_what_the_lot_drew_counts_once_the_standing_office_agrees_and_never_if_it_sends_it_back(queue, monkeypatch):
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    kept, back = leads(TOY, 2)
    for_review = [false_alarm(lead, queue[OFFICER].actor) for lead in (kept, back)]
    assert {label.state for label in Label.objects.all()} == {"review"}
    confirm_review(for_review[0].id, actor=queue[OFFICE].actor)
    send_back(for_review[1].id, answer="Chưa xem ảnh", actor=queue[OFFICE].actor)
    assert Label.objects.get(lead=kept).state == "counted"
    gone = Label.objects.get(lead=back)
    assert (gone.state, gone.changes.get().reason) == ("withdrawn", "Chưa xem ảnh")


def test_a_sudden_mass_of_one_person_waits_and_is_let_in_or_not_by_somebody_else(queue):
    many = leads(TOY, limits.SUDDEN + 1)
    for lead in many[:-1]:
        false_alarm(lead, queue[OFFICER].actor)
    assert set(Label.objects.values_list("state", flat=True)) == {"counted"}
    false_alarm(many[-1], queue[OFFICER].actor)
    assert set(Label.objects.values_list("state", flat=True)) == {"held"}
    [mass] = selectors.masses_for(queue[OFFICE].actor)
    assert (mass.by, mass.dismissals, mass.terms) == (queue[OFFICER].user, limits.SUDDEN + 1, tuple(Label.objects.all()[0].terms))
    with pytest.raises(Refused):
        release_mass(mass.by.id, mass.on, reason="Đã xem", actor=queue[HEAD].actor)
    release_mass(mass.by.id, mass.on, reason="Đã xem từng tin", actor=queue[OFFICE].actor)
    assert set(Label.objects.values_list("state", flat=True)) == {"counted"}
    assert LabelChange.objects.filter(act="released").count() == limits.SUDDEN + 1


def test_a_mass_that_is_refused_is_withdrawn_whole(queue):
    for lead in leads(TOY, limits.SUDDEN + 1):
        false_alarm(lead, queue[OFFICER].actor)
    [mass] = selectors.masses_for(queue[OFFICE].actor)
    refuse_mass(mass.by.id, mass.on, reason="Bỏ qua không xem tin", actor=queue[OFFICE].actor)
    assert set(Label.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not selectors.masses_for(queue[OFFICE].actor)


def test_a_head_or_the_standing_office_corrects_an_error_with_a_reason_and_the_history_stays(queue):
    false_alarm(leads(SHOE, 1)[0], queue[OFFICER].actor)
    label = Label.objects.get()
    for stranger in (OFFICER, "congan.lanh-dao", "thue.can-bo", "quantri", "mttq.can-bo"):
        with pytest.raises(Refused):
            turn_label(label.id, reason="Nhầm", actor=queue[stranger].actor)
    with pytest.raises(Problem) as silent:
        turn_label(label.id, reason=" ", actor=queue[HEAD].actor)
    assert silent.value.code == "learning.reason_missing"
    assert turn_label(label.id, reason="Giày thật sự là hàng nhái", actor=queue[HEAD].actor).right
    withdraw_label(label.id, reason="Tin không rõ", actor=queue[OFFICE].actor)
    assert restore_label(label.id, reason="Đã rõ", actor=queue[OFFICE].actor).state == "counted"
    assert list(label.changes.values_list("act", flat=True)) == ["turned", "withdrawn", "restored"]
    assert [Entry.objects.get(seq=seq).event for seq in label.changes.values_list("entry", flat=True)] == [
        "label.turned",
        "label.withdrawn",
        "label.restored",
    ]


def an_outcome(cast, lead, kind: str, **values) -> Outcome:
    case = Case.objects.filter(lead_links__lead=lead).first() or Case.objects.create(
        number=f"VV-{lead.id.hex[:6]}",
        title="Giày",
        ground="Đầu mối",
        owner=lead.body,
        opened_by_body=lead.body,
        opened_by=cast[OFFICER].user,
        opened_on="2020-11-01",
        kind="counterfeit",
        kinds=["counterfeit"],
        stage="inspected",
    )
    CaseLead.objects.get_or_create(case=case, lead=lead)
    given = {
        "body": lead.body,
        "date": "2020-11-10",
        "reason": "Đã kiểm tra",
        "proposed_by": cast[OFFICER].user,
        "proposed_on": "2020-11-10",
    }
    outcome = Outcome.objects.create(case=case, kind=kind, **given, **values)
    return decide_outcome(case.id, outcome.id, approve=True, actor=cast[HEAD].actor)


def test_a_sanction_confirms_what_was_found_and_its_correction_takes_its_place(queue):
    lead = leads(SHOE, 1)[0]
    first = an_outcome(queue, lead, "sanctioned", subjects=1)
    confirmed = Label.objects.get()
    assert (confirmed.right, confirmed.weight, confirmed.lead, confirmed.outcome) == (True, limits.OUTCOME_WEIGHT, lead, first)
    an_outcome(queue, lead, "dismissed", why="not_as_told", corrects=first)
    assert sorted(Label.objects.values_list("right", "state")) == [(False, "counted"), (True, "withdrawn")]


@pytest.mark.parametrize("why", ["papers", "no_evidence", "other", ""])
def test_a_case_that_ends_without_action_for_another_reason_than_a_false_alarm_says_nothing_of_the_words(queue, why):
    """Papers in order: the sign was right to ask for them. It takes back what an earlier outcome said."""
    lead = leads(SHOE, 1)[0]
    first = an_outcome(queue, lead, "sanctioned", subjects=1)
    an_outcome(queue, lead, "dismissed", why=why, corrects=first)
    assert list(Label.objects.values_list("right", "state")) == [(True, "withdrawn")]


def test_a_body_sees_its_own_labels_and_the_standing_office_all_but_not_whom_they_are_about(queue):
    false_alarm(leads(TOY, 1)[0], queue[OFFICER].actor)
    label = Label.objects.get()
    assert list(selectors.labels_for(queue[OFFICER].actor)) == [label] == list(selectors.labels_for(queue[OFFICE].actor))
    assert not selectors.labels_for(queue["congan.can-bo"].actor).exists()
    assert selectors.may_see_listing(queue[OFFICER].actor, label)
    assert not selectors.may_see_listing(queue[OFFICE].actor, label)
    for stranger in ("mttq.can-bo", "quantri", "kiemtoan", "nhnn.can-bo", "san.lien-he"):
        with pytest.raises(Refused):
            selectors.labels_for(queue[stranger].actor)


def many_labels(cast, number: int) -> list[Label]:
    """As many labels, of two people so that none waits."""
    for at, lead in enumerate(leads(TOY, number, prefix="nhieu")):
        false_alarm(lead, cast[OFFICER if at % 2 else "qltt.kiem-tra"].actor)
    return list(Label.objects.order_by("created_at", "id"))


def test_the_page_says_whose_labels_each_figure_counts(queue):
    false_alarm(leads(TOY, 1)[0], queue[OFFICER].actor)
    Label.objects.update(body=queue["congan.can-bo"].body)
    address = reverse("learning:versions")
    own = queue[OFFICER].client.get(address).content.decode()
    assert "0</a> của cơ quan anh/chị, trong 1 của mọi cơ quan" in own
    assert "1</a> của mọi cơ quan" in queue[OFFICE].client.get(address).content.decode()
    assert "Học từ 1 nhãn được tính của mọi cơ quan" in queue[OFFICE].client.get(address).content.decode()


def test_of_one_person_s_corrections_those_after_the_tenth_of_a_day_wait_for_a_second_person(queue):
    labels = many_labels(queue, limits.SUDDEN + 4)
    office, head = queue[OFFICE], queue["vptt.lanh-dao"]
    for label in labels[: limits.SUDDEN + 2]:
        withdraw_label(label.id, reason="Xem lại", actor=office.actor)
    assert Label.objects.filter(state="withdrawn").count() == limits.SUDDEN
    turn_label(labels[-1].id, reason="Hàng nhái thật", actor=office.actor)
    assert not Label.objects.get(pk=labels[-1].pk).right
    with pytest.raises(Problem) as again:
        withdraw_label(labels[-1].id, reason="Xem lại", actor=head.actor)
    assert again.value.code == "label.change_waits"
    [(by, on, waiting)] = selectors.waiting_changes(head.actor)
    assert (by, len(waiting)) == (office.user, 3)
    with pytest.raises(Problem) as own:
        release_changes(by.id, on, reason="Đúng", actor=office.actor)
    assert own.value.code == "label.own_changes"
    with pytest.raises(Refused):
        release_changes(by.id, on, reason="Đúng", actor=queue[HEAD].actor)
    assert release_changes(by.id, on, reason="Đã đọc từng tin", actor=head.actor) == 3
    assert Label.objects.filter(state="withdrawn").count() == limits.SUDDEN + 2
    assert Label.objects.get(pk=labels[-1].pk).right
    assert Entry.objects.filter(event="label.change_waits").count() == 3
    assert Entry.objects.filter(event="label.changes_released").count() == 1


def test_corrections_that_are_refused_leave_the_labels_as_they_were(queue):
    labels = many_labels(queue, limits.SUDDEN + 1)
    for label in labels:
        withdraw_label(label.id, reason="Xem lại", actor=queue[OFFICE].actor)
    [(by, on, _)] = selectors.waiting_changes(queue["vptt.lanh-dao"].actor)
    refuse_changes(by.id, on, reason="Không có căn cứ", actor=queue["vptt.lanh-dao"].actor)
    assert [label.state for label in Label.objects.exclude(state="withdrawn")] == ["counted"]
    assert LabelChange.objects.get(state="refused").second == queue["vptt.lanh-dao"].user
    assert not selectors.waiting_changes(queue[OFFICE].actor)


def test_a_correction_that_waited_while_its_dismissal_was_taken_back_is_refused_and_the_others_are_done(queue):
    labels = many_labels(queue, limits.SUDDEN + 3)
    office, other, head = queue[OFFICE].actor, queue[HEAD].actor, queue["vptt.lanh-dao"].actor
    gone, kept = labels[-1], labels[-2]
    for label in (gone, kept):
        withdraw_label(label.id, reason="Xem lại", actor=other)
    for label in labels[: limits.SUDDEN]:
        withdraw_label(label.id, reason="Xem lại", actor=office)
    for label in (gone, kept):
        restore_label(label.id, reason="Dùng lại", actor=office)
    turn_label(labels[-3].id, reason="Hàng nhái thật", actor=office)
    for label in (gone, labels[-3]):
        take_back(label.lead_id, answer="Có ảnh hàng nhái thật", actor=other)
    [(by, on, _)] = selectors.waiting_changes(head)
    assert release_changes(by.id, on, reason="Đã đọc từng tin", actor=head) == 1
    assert [Label.objects.get(pk=one.pk).state for one in (gone, kept, labels[-3])] == ["withdrawn", "counted", "withdrawn"]
    assert not Label.objects.get(pk=labels[-3].pk).right
    assert LabelChange.objects.get(label=gone, act="restored").state == "refused"
    told = Entry.objects.get(event="label.changes_released")
    assert all(str(label.id) in told.refs for label in labels[-3:])
    with pytest.raises(Problem) as late:
        restore_label(gone.id, reason="Dùng lại", actor=head)
    assert late.value.code == "label.decision_gone"


def test_a_dismissal_that_is_taken_back_opens_the_lead_and_takes_its_labels_with_it(queue):
    lead = leads(TOY, 1)[0]
    false_alarm(lead, queue[OFFICER].actor)
    for stranger in (OFFICE, "congan.lanh-dao", "quantri", "mttq.can-bo"):
        with pytest.raises(Refused):
            take_back(lead.id, answer="Nhầm", actor=queue[stranger].actor)
    with pytest.raises(Problem) as silent:
        take_back(lead.id, answer=" ", actor=queue[HEAD].actor)
    assert silent.value.code == "lead.answer_missing"
    dismissal = take_back(lead.id, answer="Có ảnh hàng nhái thật", actor=queue[HEAD].actor)
    lead.refresh_from_db()
    label = Label.objects.get()
    assert (lead.state, dismissal.state, label.state) == ("new", "taken_back", "withdrawn")
    assert Entry.objects.get(seq=label.changes.get().entry).event == "lead.dismissal_taken_back"
    assert lead.rank is not None
    with pytest.raises(Problem) as twice:
        take_back(lead.id, answer="Nhầm", actor=queue[HEAD].actor)
    assert twice.value.code == "lead.not_dismissed"
    false_alarm(lead, queue[OFFICER].actor)
    assert sorted(Label.objects.values_list("state", flat=True)) == ["counted", "withdrawn"]


def test_what_the_lot_drew_waits_no_more_once_it_is_taken_back_but_the_next_dismissal_is_drawn(queue, monkeypatch):
    """Else whoever was drawn takes it back and dismisses again until it is not drawn."""
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    lead = leads(TOY, 1)[0]
    drawn_one = false_alarm(lead, queue[OFFICER].actor)
    assert drawn_one.review == "drawn"
    take_back(lead.id, answer="Nhầm", actor=queue[OFFICER].actor)
    assert Label.objects.get().state == "withdrawn"
    office = queue[OFFICE].actor
    assert not drawn_for_review(office)
    with pytest.raises(Refused):
        confirm_review(drawn_one.id, actor=office)
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)  # the lot falls on none
    for _ in range(2):
        again = false_alarm(lead, queue[OFFICER].actor)
        assert list(drawn_for_review(office)) == [again]
        assert set(again.labels.values_list("state", flat=True)) == {"review"}
        take_back(lead.id, answer="Nhầm", actor=queue[OFFICER].actor)
    confirm_review(false_alarm(lead, queue[OFFICER].actor).id, actor=office)
    take_back(lead.id, answer="Có ảnh mới", actor=queue[OFFICER].actor)
    assert false_alarm(lead, queue[OFFICER].actor).review == "", "what the office has seen is owed no more"


def test_what_was_drawn_and_taken_back_goes_before_the_office_also_where_a_second_person_agrees(queue, monkeypatch):
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    lead = leads(TOY, 1)[0]
    false_alarm(lead, queue[OFFICER].actor)
    take_back(lead.id, answer="Nhầm", actor=queue[OFFICER].actor)
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)
    monkeypatch.setattr(sys.modules[drawn.__module__], "MOST_A_DAY", 0)
    assert false_alarm(lead, queue[OFFICER].actor).state == "pending"
    agreed = agree(lead.id, actor=queue[HEAD].actor)
    assert list(drawn_for_review(queue[OFFICE].actor)) == [agreed]
    assert set(agreed.labels.values_list("state", flat=True)) == {"review"}
