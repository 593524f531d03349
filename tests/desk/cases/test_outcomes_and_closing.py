"""An outcome takes two people and is never edited; a case ends only with one, by two people, with a reason that stays."""

import datetime as dt
import json
from typing import Any

import pytest

from chosach.desk.cases.models import Case, CaseLead, Outcome
from chosach.desk.cases.outcome_rules import OutcomeInput
from chosach.desk.cases.services import closing, opening, outcomes
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads.models import Lead
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from tests.desk.cases.making import DAY, a_case, a_trader, a_transfer, an_outcome


def payload(event: str) -> dict[str, Any]:
    entry = Entry.objects.get(event=event)
    return dict(json.loads(entry.payload.text))


def test_an_approved_outcome_writes_exactly_the_figures_that_reports_read(cast: Any, case: Case) -> None:
    outcome = an_outcome(cast, case, fine=30_000_000, sold=5_000_000, collected=35_000_000, collected_on=DAY, goods_confiscated=12_000_000)
    assert payload("case.outcome_recorded") == {
        "outcome": "sanctioned",
        "body": "market-surveillance",
        "date": "2021-03-10",
        "kind": "counterfeit",
        "place": "inside",
        "goods_group": "",
        "subjects": 1,
        "fine": 30_000_000,
        "additional_fine": 0,
        "tax_recovered": 0,
        "sold": 5_000_000,
        "collected": 35_000_000,
        "collected_on": "2021-03-10",
        "prosecuted_cases": 0,
        "prosecuted_persons": 0,
        "goods_held": 0,
        "goods_confiscated": 12_000_000,
        "goods_destroyed": 0,
    }
    refs = json.loads(Entry.objects.get(event="case.outcome_recorded").refs)
    assert refs == {"case": str(case.id), "outcome": str(outcome.id), "body": "market-surveillance"}


def test_the_figures_tell_the_goods_group_that_most_leads_of_the_case_are_about(cast: Any, case: Case) -> None:
    for name, group in (("a", "food"), ("b", "cosmetic"), ("c", "food"), ("d", "")):
        lead = Lead.objects.create(trader=a_trader(name), body=case.owner, kind="counterfeit", opened_on=DAY, goods_group=group)
        CaseLead.objects.create(case=case, lead=lead)
    an_outcome(cast, case)
    assert payload("case.outcome_recorded")["goods_group"] == "food"


def test_why_nothing_was_done_is_told_to_who_approves_and_to_the_ledger(cast: Any, case: Case) -> None:
    asked = an_outcome(cast, case, "dismissed", approve=False, why="no_evidence")
    page = cast["qltt.lanh-dao"].client.get(f"/vu-viec/{case.id}/ket-qua/{asked.id}/duyet/")
    assert "Không đủ căn cứ để xử lý" in page.content.decode()
    an_outcome(cast, case, "dismissed", why="no_evidence")
    assert payload("case.outcome_recorded")["why"] == "no_evidence"


def test_money_paid_in_part_is_told_as_what_was_paid(cast: Any, case: Case) -> None:
    an_outcome(cast, case, fine=30_000_000, collected=10_000_000, collected_on=DAY)
    assert payload("case.outcome_recorded")["collected"] == 10_000_000


def test_nobody_approves_their_own_proposal_and_no_officer_approves_at_all(cast: Any, case: Case) -> None:
    outcome = an_outcome(cast, case, approve=False)
    for key in ("qltt.can-bo", "qltt.kiem-tra"):
        with pytest.raises(Refused):
            outcomes.decide_outcome(case.id, outcome.id, approve=True, actor=cast[key].actor)
    Outcome.objects.update(proposed_by=cast["qltt.lanh-dao"].user)
    with pytest.raises(Problem) as problem:
        outcomes.decide_outcome(case.id, outcome.id, approve=True, actor=cast["qltt.lanh-dao"].actor)
    assert problem.value.code == "case.same_person"
    assert not Entry.objects.filter(event="case.outcome_recorded").exists()


def test_a_returned_proposal_needs_a_reason_and_enters_no_figure(cast: Any, case: Case) -> None:
    outcome, head = an_outcome(cast, case, approve=False), cast["qltt.lanh-dao"].actor
    with pytest.raises(Problem):
        outcomes.decide_outcome(case.id, outcome.id, approve=False, actor=head)
    outcomes.decide_outcome(case.id, outcome.id, approve=False, reason="Thiếu biên bản", actor=head)
    with pytest.raises(Problem) as problem:
        outcomes.decide_outcome(case.id, outcome.id, approve=True, actor=head)
    assert problem.value.code == "outcome.decided"
    assert not Entry.objects.filter(event="case.outcome_recorded").exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"date": DAY + dt.timedelta(days=1)}, "outcome.date_in_future"),
        ({"date": DAY - dt.timedelta(days=1)}, "outcome.date_before_opening"),
        ({"fine": -1}, "outcome.amount_wrong"),
        ({"fine": 1.5}, "outcome.amount_wrong"),
        ({"subjects": 0}, "outcome.subjects_missing"),
        ({"prosecuted_cases": 1}, "outcome.field_not_for_kind"),
        ({"collected": 5}, "outcome.collected_half"),
        ({"collected_on": DAY}, "outcome.collected_half"),
        ({"collected": 5, "collected_on": DAY + dt.timedelta(days=1)}, "outcome.date_in_future"),
        ({"reason": " "}, "outcome.reason_missing"),
        ({"kind": "nonsense"}, "outcome.kind_unknown"),
        ({"body": "tax"}, "outcome.body_unknown"),
        ({"kind": "dismissed", "why": "papers", "subjects": 0, "fine": 1}, "outcome.field_not_for_kind"),
        ({"kind": "dismissed", "subjects": 0, "fine": 0}, "outcome.why_missing"),
        ({"why": "papers"}, "outcome.field_not_for_kind"),
        ({"kind": "prosecuted", "subjects": 0, "fine": 0}, "outcome.prosecuted_missing"),
        ({"kind": "out_of_scope", "subjects": 0, "fine": 0}, "outcome.handed_to_missing"),
    ],
)
def test_what_can_not_be_is_refused(cast: Any, case: Case, given: dict[str, Any], code: str) -> None:
    values = {"kind": "sanctioned", "date": DAY, "reason": "Theo biên bản", "subjects": 1, "fine": 1_000_000}
    with pytest.raises(Problem) as problem:
        outcomes.propose_outcome(case.id, OutcomeInput(**(values | given)), actor=cast["qltt.can-bo"].actor)
    assert problem.value.code == code
    assert not Outcome.objects.exists()


def test_what_is_unusual_is_asked_back_once(cast: Any, case: Case) -> None:
    given = OutcomeInput("sanctioned", DAY, "Theo biên bản", subjects=1, fine=1_000_000, collected=2_000_000, collected_on=DAY)
    actor = cast["qltt.can-bo"].actor
    with pytest.raises(Problem) as problem:
        outcomes.propose_outcome(case.id, given, actor=actor)
    assert problem.value.code == "outcome.confirm"
    assert outcomes.propose_outcome(case.id, given, confirmed=True, actor=actor).pk


def test_a_correction_names_what_it_corrects_and_leaves_it_as_it_was(cast: Any, case: Case) -> None:
    old = an_outcome(cast, case, fine=20_000_000)
    new = an_outcome(cast, case, fine=25_000_000, corrects=old.id)
    assert payload("case.outcome_corrected") == payload("case.outcome_recorded") | {"fine": 25_000_000, "corrects": str(old.id)}
    old.refresh_from_db()
    assert (old.fine, old.state) == (20_000_000, "approved")
    with pytest.raises(Problem) as problem:
        an_outcome(cast, case, corrects=old.id)
    assert problem.value.code == "outcome.already_corrected"
    assert an_outcome(cast, case, fine=26_000_000, corrects=new.id).corrects_id == new.id


def test_an_outcome_of_another_case_can_not_be_corrected_here(cast: Any, case: Case) -> None:
    other = an_outcome(cast, a_case(cast))
    with pytest.raises(Problem) as problem:
        an_outcome(cast, case, corrects=other.id)
    assert problem.value.code == "outcome.corrects_unknown"


def test_no_case_ends_without_an_outcome_that_says_how(cast: Any, case: Case) -> None:
    actor = cast["qltt.can-bo"].actor
    with pytest.raises(Problem) as problem:
        closing.propose_closing(case.id, reason="Xong", actor=actor)
    assert problem.value.code == "case.no_outcome"
    an_outcome(cast, case, "inspected")
    with pytest.raises(Problem):
        closing.propose_closing(case.id, reason="Xong", actor=actor)
    an_outcome(cast, case, "dismissed", approve=False)
    with pytest.raises(Problem):
        closing.propose_closing(case.id, reason="Xong", actor=actor)


def test_closing_takes_two_people_and_the_reason_stays(cast: Any, case: Case) -> None:
    officer, head = cast["qltt.can-bo"].actor, cast["qltt.lanh-dao"].actor
    an_outcome(cast, case, "dismissed")
    asked = closing.propose_closing(case.id, reason="Không có vi phạm", actor=officer)
    with pytest.raises(Refused):
        closing.decide_closing(case.id, asked.id, approve=True, actor=officer)
    closing.decide_closing(case.id, asked.id, approve=True, actor=head)
    case.refresh_from_db()
    assert (case.stage, case.closed_on) == ("closed", DAY)
    assert json.loads(entries_of("case", case.id).get(event="case.closed").payload.text)["reason"] == "Không có vi phạm"
    opening.reopen(case.id, reason="Tình tiết mới", actor=head)
    asked.refresh_from_db()
    assert asked.reason == "Không có vi phạm"
    assert Case.objects.get(pk=case.pk).stage == "reopened"


def test_a_closed_case_takes_nothing_more_in(cast: Any, case: Case) -> None:
    from chosach.desk.cases.services import contents

    Case.objects.filter(pk=case.pk).update(stage="closed")
    with pytest.raises(Problem) as problem:
        contents.write_note(case.id, words="x", audience="own", actor=cast["qltt.can-bo"].actor)
    assert problem.value.code == "case.closed"


def test_the_file_is_not_sent_while_an_outcome_waits(cast: Any, case: Case) -> None:
    an_outcome(cast, case, approve=False)
    with pytest.raises(Problem) as problem:
        a_transfer(cast, case)
    assert problem.value.code == "case.proposals_waiting"
