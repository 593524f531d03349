"""Addresses of cases: the owner, joined bodies by right, the receiver of a transfer; figures for the standing office and the leaders."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from chosach.desk.cases.services import closing, contents, joining
from tests.desk.access import Row, bodies, people, permitted
from tests.desk.cases.making import a_case, a_trader, a_transfer, an_outcome, set_the_day
from tests.people import Cast

OWNER = bodies("market-surveillance")
OFFICERS = OWNER - people("qltt.lanh-dao")
HEAD = people("qltt.lanh-dao")
POLICE = bodies("police")
FIGURES = permitted("cases.figures")


def case(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    return {"case_id": a_case(cast).id}


def closed(cast: Cast) -> Mapping[str, Any]:
    made = case(cast)
    from chosach.desk.cases.models import Case

    Case.objects.filter(pk=made["case_id"]).update(stage="closed")
    return made


def party(cast: Cast) -> Mapping[str, Any]:
    made = case(cast)
    row = contents.add_party(made["case_id"], kind="person", role="subject", name="Nguyễn Văn A", actor=cast["qltt.can-bo"].actor)
    return {**made, "party_id": row.id}


def goods(cast: Cast) -> Mapping[str, Any]:
    made = case(cast)
    given = {"name": "Son", "quantity": Decimal(1), "unit": "hộp", "unit_value": 1000, "basis": "listed"}
    return {**made, "line_id": contents.add_goods(made["case_id"], actor=cast["qltt.can-bo"].actor, **given).id}


def outcome(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    made = a_case(cast)
    return {"case_id": made.id, "outcome_id": an_outcome(cast, made, approve=False).id}


def asked_to_close(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    made = a_case(cast)
    an_outcome(cast, made, "dismissed")
    asked = closing.propose_closing(made.id, reason="Xong", actor=cast["qltt.can-bo"].actor)
    return {"case_id": made.id, "closing_id": asked.id}


def proposed(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    made = a_case(cast)
    return {"case_id": made.id, "transfer_id": a_transfer(cast, made, send=False).id}


def sent(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    made = a_case(cast)
    return {"case_id": made.id, "transfer_id": a_transfer(cast, made).id}


def joined(cast: Cast) -> Mapping[str, Any]:
    made = case(cast)
    row = joining.join_body(made["case_id"], body_code="tax", rights=["read"], reason="x", actor=cast["qltt.can-bo"].actor)
    return {**made, "joined_id": row.id}


def asked_to_join(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    trader = a_trader()
    made = a_case(cast, trader_ids=[trader.id])
    (row,) = joining.ask_to_join(trader.id, reason="x", actor=cast["thue.can-bo"].actor)
    return {"case_id": made.id, "request_id": row.id}


def trader(cast: Cast) -> Mapping[str, Any]:
    set_the_day()
    return {"trader_id": a_trader().id}


def both(address: str, who: frozenset[str], make: Any, **data: Any) -> list[Row]:
    """A page with a form: shown by GET, sent by POST."""
    return [Row(address, who, make), Row(address, who, make, "POST", data=data)]


ROWS = [
    *both("cases:list", permitted("cases.see"), None, words="VV"),
    *both("cases:open", permitted("cases.open"), None, title="x", ground="x", violation_kinds=["banned"], place="unknown"),
    Row("cases:waiting", permitted("cases.see")),
    Row("cases:stages", permitted("cases.see")),
    Row("cases:figure_list", FIGURES),
    Row("cases:figures", FIGURES, case),
    *both("cases:lookup", permitted("cases.lookup"), trader, reason="x"),
    Row("cases:case", OWNER | FIGURES, case),
    Row("cases:print", OWNER, case),
    *both("cases:move_stage", OWNER, case, target="verifying"),
    *both("cases:classify", OWNER, case, violation_kinds=["banned"], place="unknown", reason="x"),
    *both("cases:attach_lead", OWNER, case),
    *both("cases:add_party", OWNER, case, kind="person", role="subject", name="x"),
    *both("cases:strike_party", OWNER, party, reason="x"),
    *both("cases:add_goods", OWNER, case, name="x", quantity="1", unit="hộp", unit_value="1.000", basis="listed", state="found"),
    *both("cases:change_goods", OWNER, goods, state="held", reason="x"),
    *both("cases:strike_goods", OWNER, goods, reason="x"),
    *both("cases:write_note", OWNER, case, words="x", audience="own"),
    *both("cases:add_evidence", OWNER, case),
    *both("cases:propose_outcome", OFFICERS, case, date="2021-03-10", reason="x"),
    *both("cases:decide_outcome", HEAD, outcome, approve="yes"),
    *both("cases:propose_closing", OFFICERS, case, reason="x"),
    *both("cases:decide_closing", HEAD, asked_to_close, approve="yes"),
    *both("cases:reopen", HEAD, closed, reason="x"),
    *both("cases:propose_transfer", OFFICERS, case, to_body="police", reason="x", ground="x"),
    *both("cases:decide_transfer", HEAD, proposed, approve="yes"),
    *both("cases:answer_transfer", POLICE, sent, accept="yes"),
    Row("cases:seal", OWNER | POLICE, sent),
    Row("cases:check_seal", OWNER | POLICE, sent, "POST"),
    *both("cases:join_body", OWNER, case, body_code="tax", rights=["read"], reason="x"),
    *both("cases:withdraw_body", OWNER, joined, reason="x"),
    *both("cases:answer_join", OWNER, asked_to_join, rights=["read"], answer="x"),
]
