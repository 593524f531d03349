"""Cases for tests, made by the services themselves, by the people of the cast."""

import datetime as dt
from typing import Any

from chosach.desk.cases.kinds import OutcomeKind
from chosach.desk.cases.models import Case, Outcome, Transfer
from chosach.desk.cases.outcome_rules import OutcomeInput
from chosach.desk.cases.services import outcomes, transferring
from chosach.desk.cases.services.opening import open_case
from chosach.desk.core import businessdate
from chosach.desk.law.models import DeadlineRule
from chosach.desk.registry.models import Trader

DAY = dt.date(2021, 3, 10)  # a Wednesday, far from any holiday


def set_the_day(day: dt.date = DAY) -> None:
    """The business date, and the rule by which a transfer is answered."""
    businessdate.simulate(day)
    if not DeadlineRule.objects.filter(code="transfer-answer", withdrawn=False).exists():
        DeadlineRule.objects.create(
            source="test",
            code="transfer-answer",
            name="Trả lời việc chuyển vụ việc",
            length=3,
            unit="working_day",
            starts="Ngày nhận hồ sơ",
            ground="Quy ước",
            valid_from=dt.date(2020, 1, 1),
        )


def a_trader(name: str = "Shop Hoa Mai", **given: Any) -> Trader:
    return Trader.objects.create(name=name, **given)


def a_case(cast: Any, key: str = "qltt.can-bo", **given: Any) -> Case:
    """A case of this person's body."""
    values: dict[str, Any] = {
        "title": "Gian hàng bán mỹ phẩm nghi giả",
        "ground": "Tin báo của người dân",
        "violation_kinds": ["counterfeit"],
        "place": "inside",
        "place_how": "kho hàng tại Biên Hòa",
        "actor": cast[key].actor,
    }
    return open_case(**(values | given))


def an_outcome(cast: Any, case: Case, kind: str = OutcomeKind.SANCTIONED, approve: bool = True, **given: Any) -> Outcome:
    """An outcome of a case of market surveillance, approved by its head."""
    values: dict[str, Any] = {"kind": kind, "date": case.opened_on, "reason": "Theo biên bản"}
    if kind == OutcomeKind.SANCTIONED:
        values |= {"subjects": 1, "fine": 20_000_000}
    if kind == OutcomeKind.PROSECUTED:
        values |= {"prosecuted_cases": 1, "prosecuted_persons": 2}
    if kind == OutcomeKind.OUT_OF_SCOPE:
        values |= {"handed_to": "tax"}
    if kind == OutcomeKind.DISMISSED:
        values |= {"why": "papers"}
    outcome = outcomes.propose_outcome(case.id, OutcomeInput(**(values | given)), confirmed=True, actor=cast["qltt.can-bo"].actor)
    if approve:
        outcome = outcomes.decide_outcome(case.id, outcome.id, approve=True, actor=cast["qltt.lanh-dao"].actor)
    return outcome


def a_transfer(cast: Any, case: Case, to: str = "police", send: bool = True) -> Transfer:
    """A transfer from market surveillance, sent by its head."""
    transfer = transferring.propose_transfer(
        case.id, to_body=to, reason="Có dấu hiệu tội phạm", ground="Điều 62 Luật XLVPHC", actor=cast["qltt.can-bo"].actor
    )
    if send:
        transfer = transferring.decide_transfer(case.id, transfer.id, approve=True, actor=cast["qltt.lanh-dao"].actor)
    return transfer
