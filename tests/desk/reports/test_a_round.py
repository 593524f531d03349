"""A round of a report: asked, handed in, sent back, accepted, proposed, frozen; by whom, and by whom not."""

import datetime as dt

import pytest

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.plan.models import Note
from chosach.desk.plan.selectors import late_for
from chosach.desk.reports import services
from chosach.desk.reports.models import Return, Round
from tests.desk.reports.making import FROM, TO, a_frozen_report, a_round, an_entry, hand_in, set_up
from tests.people import Cast

pytestmark = pytest.mark.django_db


def the_return(report: Round, body: str) -> Return:
    return report.returns.get(body__code=body)


def test_every_body_of_the_plan_is_asked_and_nobody_else(cast: Cast) -> None:
    codes = set(a_round(cast).returns.values_list("body__code", flat=True))
    assert {"market-surveillance", "tax", "district-bien-hoa", "fatherland-front", "consumer-association"} <= codes
    assert not codes & {"administration", "audit", "provider-isp", "rights-holder", "leaders"}


def test_the_same_period_is_opened_once(cast: Cast) -> None:
    a_round(cast)
    with pytest.raises(Problem, match=r"report\.round_exists"):
        a_round(cast)


def test_a_period_that_runs_backwards_is_refused_at_its_field(cast: Cast) -> None:
    set_up()
    with pytest.raises(Problem) as raised:
        services.open_round(actor=cast["vptt.can-bo"].actor, form="six-month", period_from=TO, period_to=FROM, due_on=TO)
    assert (raised.value.code, raised.value.where) == ("report.period_backwards", "period_to")


def test_a_body_hands_in_what_the_ledger_says_of_it(cast: Cast) -> None:
    report = a_round(cast)
    an_entry(subjects=1, fine=7_000_000, tax_recovered=3_000_000, collected=10_000_000, collected_on="2021-01-20")
    an_entry(body="police", subjects=1)
    found = services.submit(actor=cast["thue.lanh-dao"].actor, found=the_return(report, "tax"))
    assert found.figures["collected"] == 10_000_000
    assert found.figures["collected_additional_tax"] == 3_000_000
    assert found.figures["handled"] == 1


def test_an_officer_prepares_and_only_the_head_hands_in(cast: Cast) -> None:
    found = the_return(a_round(cast), "tax")
    services.write_return(actor=cast["thue.can-bo"].actor, found=found, words={"situation": "Ổn định"})
    with pytest.raises(Refused):
        services.submit(actor=cast["thue.can-bo"].actor, found=found)


def test_another_bodys_return_does_not_exist_for_an_outsider(cast: Cast) -> None:
    found = the_return(a_round(cast), "tax")
    for act in (services.submit, services.write_return):
        with pytest.raises(Refused):
            act(actor=cast["congan.lanh-dao"].actor, found=found, **({"words": {}} if act is services.write_return else {}))
    with pytest.raises(Refused):
        services.accept(actor=cast["thue.lanh-dao"].actor, found=found)


def test_a_return_goes_back_with_a_reason_and_comes_again(cast: Cast) -> None:
    report = a_round(cast)
    hand_in(cast, report, "thue.lanh-dao")
    found = the_return(report, "tax")
    with pytest.raises(Problem, match=r"return\.reason_missing"):
        services.send_back(actor=cast["vptt.can-bo"].actor, found=found, reason=" ")
    services.send_back(actor=cast["vptt.can-bo"].actor, found=found, reason="Thiếu vụ tháng 3")
    found.refresh_from_db()
    assert (found.state, found.reason) == (Return.State.RETURNED, "Thiếu vụ tháng 3")
    hand_in(cast, report, "thue.lanh-dao")
    events = list(entries_of("return", found.pk).values_list("event", flat=True))
    assert events == [
        "report.return_submitted",
        "report.return_accepted",
        "report.return_sent_back",
        "report.return_submitted",
        "report.return_accepted",
    ]


def test_a_report_is_not_proposed_before_its_period_ends(cast: Cast) -> None:
    report = a_round(cast)
    set_up(dt.date(2021, 5, 12))
    with pytest.raises(Problem, match=r"report\.period_runs"):
        services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report, reason_for_missing="x")


def test_missing_returns_need_a_reason(cast: Cast) -> None:
    report = a_round(cast)
    with pytest.raises(Problem, match=r"report\.returns_missing"):
        services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report)


def test_figures_that_moved_after_they_were_handed_in_stop_the_report(cast: Cast) -> None:
    report = a_round(cast)
    hand_in(cast, report, "thue.lanh-dao")
    an_entry(subjects=1)
    with pytest.raises(Problem, match=r"report\.figures_moved"):
        services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report, reason_for_missing="x")


def test_figures_that_move_between_proposal_and_approval_stop_the_approval(cast: Cast) -> None:
    report = a_round(cast)
    hand_in(cast, report, "thue.lanh-dao")
    services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report, reason_for_missing="x")
    an_entry(subjects=1)
    with pytest.raises(Problem, match=r"report\.figures_moved"):
        services.approve_freeze(actor=cast["vptt.lanh-dao"].actor, report=report)


def test_nobody_approves_what_that_person_proposed(cast: Cast) -> None:
    report = a_round(cast)
    head = cast["vptt.lanh-dao"].actor
    services.propose_freeze(actor=head, report=report, reason_for_missing="x")
    with pytest.raises(Problem, match=r"report\.same_person"):
        services.approve_freeze(actor=head, report=report)
    services.approve_freeze(actor=cast["bcd.lanh-dao"].actor, report=report)


def test_a_proposal_that_is_not_approved_opens_the_report_again(cast: Cast) -> None:
    report = a_round(cast)
    services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report, reason_for_missing="x")
    services.withdraw_proposal(actor=cast["vptt.lanh-dao"].actor, report=report, reason="Thiếu phần đánh giá")
    report.refresh_from_db()
    assert report.state == Round.State.COLLECTING
    services.write_words(actor=cast["vptt.can-bo"].actor, report=report, words={"assessment": "Đã bổ sung"})


def test_a_frozen_report_takes_nothing_more(cast: Cast) -> None:
    report = a_round(cast)
    a_frozen_report(cast, report)
    with pytest.raises(Problem):
        services.submit(actor=cast["thue.lanh-dao"].actor, found=the_return(report, "tax"))
    with pytest.raises(Problem):
        services.write_words(actor=cast["vptt.can-bo"].actor, report=report, words={})
    with pytest.raises(Problem):
        services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report, reason_for_missing="x")


@pytest.mark.parametrize("key", ["quantri", "kiemtoan", "isp.lien-he", "qltt.can-bo"])
def test_outsiders_of_the_office_do_none_of_its_acts(cast: Cast, key: str) -> None:
    report = a_round(cast)
    actor = cast[key].actor
    with pytest.raises(Refused):
        services.open_round(actor=actor, form="six-month", period_from=FROM, period_to=TO, due_on=TO)
    with pytest.raises(Refused):
        services.propose_freeze(actor=actor, report=report)
    with pytest.raises(Refused):
        services.write_words(actor=actor, report=report, words={})
    with pytest.raises(Refused):
        services.approve_freeze(actor=actor, report=report)
    with pytest.raises(Refused):
        services.withdraw_proposal(actor=actor, report=report, reason="x")


def late_with_the_report(cast: Cast) -> set[str]:
    """Bodies that the board shows as late with the report of the first half year, the day after its date."""
    set_up(TO + dt.timedelta(days=1))
    late = {found.body.code for line in late_for(cast["vptt.can-bo"].actor) for found in line.late if found.due.date == TO}
    set_up(TO)
    return late


def test_handing_in_meets_the_plans_date_on_the_board(cast: Cast) -> None:
    report = a_round(cast)
    assert {"tax", "police", "standing-office"} <= late_with_the_report(cast)
    hand_in(cast, report, "thue.lanh-dao", "vptt.lanh-dao")
    late = late_with_the_report(cast)
    assert "tax" not in late and "police" in late
    assert "standing-office" in late, "the standing office's duty is the consolidated report, not its own return"
    note = Note.objects.get(body__code="tax", done_for__date=TO)
    assert (note.obligation.code, note.progress, note.links[0]["id"]) == ("R3", "ongoing", str(report.pk))
    assert entries_of("obligation", note.obligation_id).filter(event="obligation.noted").exists()


def test_a_return_handed_in_anew_is_noted_once(cast: Cast) -> None:
    report = a_round(cast)
    hand_in(cast, report, "thue.lanh-dao")
    services.send_back(actor=cast["vptt.can-bo"].actor, found=the_return(report, "tax"), reason="Thiếu vụ tháng 3")
    hand_in(cast, report, "thue.lanh-dao")
    assert Note.objects.filter(body__code="tax", done_for__date=TO).count() == 1


def test_the_frozen_report_meets_the_standing_offices_date_whoever_approves(cast: Cast) -> None:
    report = a_round(cast)
    services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=report, reason_for_missing="x")
    services.approve_freeze(actor=cast["bcd.lanh-dao"].actor, report=report)
    assert "standing-office" not in late_with_the_report(cast)


def test_a_report_that_the_plan_sets_no_date_for_notes_nothing(cast: Cast) -> None:
    report = a_round(cast, FROM + dt.timedelta(days=3))
    hand_in(cast, report, "thue.lanh-dao")
    assert not Note.objects.filter(body__code="tax").exists()
