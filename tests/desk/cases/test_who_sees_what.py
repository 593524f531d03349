"""Owner, joined bodies by stated right, the receiver of a transfer; everybody else nothing. Every service refuses an outsider."""

import inspect
import pkgutil
import uuid
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

import chosach.desk.cases.services as services_package
from chosach.demo.cast import CAST
from chosach.desk.cases.models import Case
from chosach.desk.cases.outcome_rules import OutcomeInput
from chosach.desk.cases.selectors import cases_for, notes_for, outcomes_for, parties_for, timeline_for
from chosach.desk.cases.selectors.figures import figures_for
from chosach.desk.cases.services import closing, contents, joining, outcomes
from chosach.desk.cases.services import transferring as transfers
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.evidence import services as evidence
from tests.desk.cases.making import DAY, a_transfer, an_outcome

OUTSIDERS = (
    "thue.can-bo",
    "thue.lanh-dao",
    "vptt.can-bo",
    "bcd.lanh-dao",
    "nhnn.can-bo",
    "mttq.can-bo",
    "isp.lien-he",
    "quantri",
    "kiemtoan",
)


def join(cast: Any, case: Case, *rights: str, body: str = "tax") -> Any:
    return joining.join_body(case.id, body_code=body, rights=rights, reason="Phối hợp", actor=cast["qltt.can-bo"].actor)


def everything(cast: Any, case: Case) -> dict[str, Callable[[Any], object]]:
    """A call of every service on this case, by name."""
    officer = cast["qltt.can-bo"].actor
    party = contents.add_party(case.id, kind="person", role="subject", name="Nguyễn Văn A", actor=officer)
    goods = {"name": "Son môi", "quantity": Decimal(2), "unit": "hộp", "unit_value": 100_000, "basis": "listed"}
    line = contents.add_goods(case.id, actor=officer, **goods)
    joined = join(cast, case, body="customs")
    outcome = an_outcome(cast, case, approve=False)
    no, yes = uuid.uuid4(), {"approve": True}
    given = OutcomeInput("dismissed", DAY, "x", why="papers")
    return {
        "attach_lead": lambda a: opening().attach_lead(case.id, no, actor=a),
        "carry": lambda a: import_module("chosach.desk.cases.services.carrying").carry(case, [], actor=a),
        "classify": lambda a: opening().classify(case.id, violation_kinds=["banned"], place="unknown", place_how="", reason="x", actor=a),
        "move_stage": lambda a: opening().move_stage(case.id, target="verifying", actor=a),
        "reopen": lambda a: opening().reopen(case.id, reason="x", actor=a),
        "add_party": lambda a: contents.add_party(case.id, kind="person", role="subject", name="x", actor=a),
        "strike_party": lambda a: contents.strike_party(case.id, party.id, reason="x", actor=a),
        "add_goods": lambda a: contents.add_goods(case.id, actor=a, **goods),
        "change_goods_state": lambda a: contents.change_goods_state(case.id, line.id, state="held", reason="x", actor=a),
        "strike_goods": lambda a: contents.strike_goods(case.id, line.id, reason="x", actor=a),
        "write_note": lambda a: contents.write_note(case.id, words="x", audience="own", actor=a),
        "answer_join_request": lambda a: joining.answer_join_request(case.id, no, rights=[], answer="x", actor=a),
        "join_body": lambda a: joining.join_body(case.id, body_code="health", rights=["read"], reason="x", actor=a),
        "withdraw_body": lambda a: joining.withdraw_body(case.id, joined.id, reason="x", actor=a),
        "propose_outcome": lambda a: outcomes.propose_outcome(case.id, given, actor=a),
        "decide_outcome": lambda a: outcomes.decide_outcome(case.id, outcome.id, actor=a, **yes),
        "propose_closing": lambda a: closing.propose_closing(case.id, reason="x", actor=a),
        "decide_closing": lambda a: closing.decide_closing(case.id, no, actor=a, **yes),
        "propose_transfer": lambda a: transferring().propose_transfer(case.id, to_body="customs", reason="x", ground="x", actor=a),
        "decide_transfer": lambda a: transferring().decide_transfer(case.id, no, actor=a, **yes),
        "answer_transfer": lambda a: transferring().answer_transfer(case.id, no, accept=True, actor=a),
        "check_seal": lambda a: transferring().check_seal(case.id, no, actor=a),
    }


def opening() -> Any:
    return import_module("chosach.desk.cases.services.opening")


def transferring() -> Any:
    return import_module("chosach.desk.cases.services.transferring")


#: Services that are not about one case: they are for every body of the kind.
NOT_ABOUT_ONE_CASE = {"open_case", "look_up", "ask_to_join"}


def test_every_service_refuses_an_outsider_and_changes_nothing(cast: Any, case: Case) -> None:
    calls = everything(cast, case)
    found = {
        name
        for module in pkgutil.iter_modules(services_package.__path__)
        for name, function in inspect.getmembers(import_module(f"{services_package.__name__}.{module.name}"), inspect.isfunction)
        if not name.startswith("_") and "actor" in inspect.signature(function).parameters and "cases.services" in function.__module__
    }
    assert found == set(calls) | NOT_ABOUT_ONE_CASE
    for name, call in calls.items():
        for key in OUTSIDERS:
            with pytest.raises(Refused):
                call(cast[key].actor)
                pytest.fail(f"{name} let {key} in")


@pytest.mark.parametrize("key", ["nhnn.can-bo", "vptt.can-bo", "mttq.can-bo", "isp.lien-he", "quantri", "kiemtoan"])
def test_bodies_without_competence_open_no_case(cast: Any, day: None, key: str) -> None:
    from tests.desk.cases.making import a_case

    with pytest.raises(Refused):
        a_case(cast, key)


@pytest.mark.parametrize("key", ["mttq.can-bo", "hoi.can-bo", "isp.lien-he", "quantri", "kiemtoan"])
def test_only_bodies_of_the_state_learn_who_has_an_open_file(cast: Any, day: None, key: str) -> None:
    from tests.desk.cases.making import a_trader

    trader = a_trader()
    with pytest.raises(Refused):
        joining.look_up(trader.id, actor=cast[key].actor)
    with pytest.raises(Refused):
        joining.ask_to_join(trader.id, reason="x", actor=cast[key].actor)


def test_only_the_owner_sees_a_fresh_case(cast: Any, case: Case) -> None:
    seeing = {person.key for person in CAST if cases_for(cast[person.key].actor).filter(pk=case.pk).exists()}
    assert seeing == {person.key for person in CAST if person.body == "market-surveillance"}


def test_each_right_gives_what_it_says_and_ends_when_withdrawn(cast: Any, case: Case) -> None:
    officer, taxman = cast["qltt.can-bo"].actor, cast["thue.can-bo"].actor
    contents.add_party(
        case.id,
        kind="person",
        role="subject",
        name="Nguyễn Văn A",
        identifiers=[{"kind": "Điện thoại", "value": "0900 000 000"}],
        actor=officer,
    )
    joined = join(cast, case, "read")
    (view,) = parties_for(taxman, case)
    assert view.hidden
    assert "Nguyễn" not in view.name
    assert view.identifiers == []
    with pytest.raises(Refused):
        contents.write_note(case.id, words="x", audience="joined", actor=taxman)
    joining.withdraw_body(case.id, joined.id, reason="Xong", actor=officer)
    assert not cases_for(taxman).exists()
    join(cast, case, "contribute", "protected")
    assert parties_for(taxman, case)[0].name == "Nguyễn Văn A"
    assert contents.write_note(case.id, words="x", audience="joined", actor=taxman).pk
    for act in (lambda: joining.join_body(case.id, body_code="health", rights=[], reason="x", actor=taxman),):
        with pytest.raises(Refused):
            act()


def test_protected_evidence_is_for_those_with_the_right(cast: Any, case: Case) -> None:
    given = {"name": "cccd.pdf", "description": "Giấy tờ", "source": "Chủ hàng", "actor": cast["qltt.can-bo"].actor}
    piece = evidence.add("case", case.id, chunks=[b"%PDF-1.4"], protected=True, **given)
    join(cast, case, "read")
    with pytest.raises(Refused):
        evidence.download(piece.id, actor=cast["thue.can-bo"].actor)
    join(cast, case, "protected", body="customs")
    evidence.download(piece.id, actor=cast["haiquan.can-bo"].actor)[1].close()


def test_a_note_is_read_by_its_audience_alone_and_hidden_from_the_time_line(cast: Any, case: Case) -> None:
    officer, taxman, customs = (cast[key].actor for key in ("qltt.can-bo", "thue.can-bo", "haiquan.can-bo"))
    join(cast, case, "read")
    join(cast, case, "read", body="customs")
    for words, audience, body in (("trong cơ quan", "own", ""), ("cho tất cả", "joined", ""), ("cho thuế", "body", "tax")):
        contents.write_note(case.id, words=words, audience=audience, audience_body=body, actor=officer)

    def texts(actor: Any) -> set[str]:
        return set(notes_for(actor, case).values_list("text", flat=True))

    def lines(actor: Any) -> int:
        return sum(line.event == "case.note_written" for line in timeline_for(actor, case))

    assert texts(officer) == {"trong cơ quan", "cho tất cả", "cho thuế"}
    assert texts(taxman) == {"cho tất cả", "cho thuế"}
    assert texts(customs) == {"cho tất cả"}
    assert (lines(officer), lines(taxman), lines(customs)) == (3, 2, 1)


def test_a_reader_sees_outcomes_once_they_are_approved(cast: Any, case: Case) -> None:
    join(cast, case, "read")
    taxman = cast["thue.can-bo"].actor
    proposed = an_outcome(cast, case, approve=False)
    assert not outcomes_for(taxman, case).exists()
    outcomes.decide_outcome(case.id, proposed.id, approve=True, actor=cast["qltt.lanh-dao"].actor)
    assert outcomes_for(taxman, case).get() == proposed


def test_what_is_only_proposed_is_told_to_the_owner_alone(cast: Any, case: Case) -> None:
    join(cast, case, "read", "protected")
    reader, officer = cast["thue.can-bo"], cast["qltt.can-bo"]
    an_outcome(cast, case, approve=False)
    transfers.propose_transfer(case.id, to_body="police", reason="Có dấu hiệu tội phạm bí mật", ground="Điều 62", actor=officer.actor)
    for secret in ("Đề xuất kết quả", "Đề xuất chuyển giao", "dấu hiệu tội phạm bí mật"):
        assert secret in officer.client.get(f"/vu-viec/{case.id}/in/").content.decode()
        assert secret not in reader.client.get(f"/vu-viec/{case.id}/in/").content.decode()
        assert secret not in reader.client.get(f"/vu-viec/{case.id}/").content.decode()


def test_a_note_for_a_body_that_does_not_take_part_is_refused(cast: Any, case: Case) -> None:
    with pytest.raises(Problem) as problem:
        contents.write_note(case.id, words="x", audience="body", audience_body="tax", actor=cast["qltt.can-bo"].actor)
    assert problem.value.code == "case.audience_body_unknown"


def test_the_standing_office_sees_figures_and_no_content(cast: Any, case: Case) -> None:
    an_outcome(cast, case, fine=7_000_000)
    a_transfer(cast, case)
    office = cast["vptt.can-bo"].actor
    figures = figures_for(office, case.id)
    assert figures.outcomes[0].fine == 7_000_000
    assert figures.clocks[0].clock.rule.code == "transfer-answer"
    response = cast["vptt.can-bo"].client.get(f"/vu-viec/so-lieu/{case.id}/")
    assert case.number in response.content.decode()
    assert case.title not in response.content.decode()
    assert cast["vptt.can-bo"].client.get(f"/vu-viec/{case.id}/").status_code == 302
    for key in ("thue.can-bo", "mttq.can-bo", "quantri", "kiemtoan"):
        with pytest.raises(Refused):
            figures_for(cast[key].actor, case.id)


def test_goods_are_summed_by_state_without_struck_lines(cast: Any, case: Case) -> None:
    from chosach.desk.cases.selectors import goods_totals

    officer = cast["qltt.can-bo"].actor
    given = {"unit": "hộp", "basis": "listed", "actor": officer}
    first = contents.add_goods(case.id, name="A", quantity=Decimal("1.5"), unit_value=333, **given)
    assert first.total == 500
    second = contents.add_goods(case.id, name="B", quantity=Decimal(2), unit_value=1_000, state="held", **given)
    contents.change_goods_state(case.id, first.id, state="confiscated", reason="QĐ 12", actor=officer)
    assert goods_totals(case) | {"returned": 0} == {
        "found": 0,
        "held": 2_000,
        "confiscated": 500,
        "destroyed": 0,
        "returned": 0,
        "all": 2_500,
    }
    contents.strike_goods(case.id, second.id, reason="Ghi nhầm", actor=officer)
    assert goods_totals(case)["all"] == 500


@pytest.mark.parametrize(("quantity", "value"), [("0", 1), ("-1", 1), ("NaN", 1), ("1.0001", 1), ("1", -1), ("1", 10**16)])
def test_goods_without_sense_are_refused(cast: Any, case: Case, quantity: str, value: int) -> None:
    with pytest.raises(Problem):
        contents.add_goods(
            case.id, name="A", quantity=Decimal(quantity), unit="kg", unit_value=value, basis="listed", actor=cast["qltt.can-bo"].actor
        )


def test_no_address_of_cases_or_evidence_deletes() -> None:
    from chosach.desk.cases.urls import urlpatterns as cases
    from chosach.desk.evidence.urls import urlpatterns as pieces

    assert not [pattern for pattern in [*cases, *pieces] if "xoa" in str(pattern.pattern) or "delete" in str(pattern.name)]
