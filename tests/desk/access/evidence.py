"""Addresses of evidence: those who may see the case; a protected piece only with the right to protected details."""

from collections.abc import Mapping
from typing import Any

from chosach.desk.cases.services import joining
from chosach.desk.evidence import services
from tests.desk.access import Row, bodies
from tests.desk.cases.making import a_case, set_the_day
from tests.people import Cast

OWNER, TAX, CUSTOMS = bodies("market-surveillance"), bodies("tax"), bodies("customs")


def piece(cast: Cast, *, protected: bool = False) -> Mapping[str, Any]:
    set_the_day()
    case, actor = a_case(cast), cast["qltt.can-bo"].actor
    joining.join_body(case.id, body_code="tax", rights=["read"], reason="x", actor=actor)
    joining.join_body(case.id, body_code="customs", rights=["protected"], reason="x", actor=actor)
    given = {"name": "a.pdf", "description": "x", "source": "x", "actor": actor}
    return {"evidence_id": services.add("case", case.id, chunks=[b"%PDF-1.4"], protected=protected, **given).id}


def protected_piece(cast: Cast) -> Mapping[str, Any]:
    return piece(cast, protected=True)


ROWS = [
    Row("evidence:piece", OWNER | TAX | CUSTOMS, piece),
    Row("evidence:piece", OWNER | CUSTOMS, protected_piece),
    Row("evidence:download", OWNER | TAX | CUSTOMS, piece),
    Row("evidence:download", OWNER | CUSTOMS, protected_piece),
    Row("evidence:hand_over", OWNER, piece),
    Row("evidence:hand_over", OWNER, piece, "POST", data={"to": "x", "reason": "x"}),
]
