"""Reports: read by all who report; opened and consolidated by the standing office; frozen by a second person."""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from chosach.desk.reports import services
from chosach.desk.reports.models import Return, Round
from tests.desk.access import Row, people, permitted
from tests.desk.reports.making import FROM, a_frozen_report, a_round
from tests.people import Cast

PERIOD = {"period_from": "2020-11-13", "period_to": "2021-05-13", "due_on": "2021-05-13"}


_starts = itertools.count()


def opened(cast: Cast) -> Round:
    """A round of its own for each row: one period can be opened once."""
    return a_round(cast, FROM + dt.timedelta(days=next(_starts) % 100 + 1))


def report(cast: Cast) -> Mapping[str, Any]:
    return {"id": opened(cast).pk}


def proposed(cast: Cast) -> Mapping[str, Any]:
    found = opened(cast)
    services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=found, reason_for_missing="Chưa nộp")
    return {"id": found.pk}


def frozen(cast: Cast) -> Mapping[str, Any]:
    return {"id": a_frozen_report(cast, opened(cast)).round_id}


def docx(cast: Cast) -> Mapping[str, Any]:
    return {**frozen(cast), "kind": "docx"}


def figure(cast: Cast) -> Mapping[str, Any]:
    return {"id": opened(cast).pk, "body": "tax", "key": "2"}


def figure_of_all(cast: Cast) -> Mapping[str, Any]:
    return {"id": opened(cast).pk, "body": "tat-ca", "key": "2"}


def _return(report: Round, body: str) -> Return:
    return Return.objects.get(round=report, body__code=body)


def taxes(cast: Cast) -> Mapping[str, Any]:
    return {"id": _return(opened(cast), "tax").pk}


def handed_in(cast: Cast) -> Mapping[str, Any]:
    found = _return(opened(cast), "tax")
    services.submit(actor=cast["thue.lanh-dao"].actor, found=found)
    return {"id": found.pk}


OFFICE = people("vptt.can-bo", "vptt.lanh-dao")
OVERVIEW = OFFICE | people("bcd.lanh-dao")
TAX = people("thue.can-bo", "thue.lanh-dao")

ROWS = [
    Row("reports:list", permitted("reports.read")),
    Row("reports:open", OFFICE),
    Row("reports:open", OFFICE, method="POST", data={"form": "six-month", **PERIOD}),
    Row("reports:report", permitted("reports.read"), report),
    Row("reports:words", OFFICE, report, "POST"),
    Row("reports:propose", OFFICE, report, "POST"),
    Row("reports:approve", people("vptt.lanh-dao", "bcd.lanh-dao"), proposed, "POST"),
    Row("reports:withdraw", people("vptt.lanh-dao", "bcd.lanh-dao"), proposed, "POST", data={"reason": "Thiếu số liệu"}),
    Row("reports:rebuilt", permitted("reports.read"), frozen),
    Row("reports:file", permitted("reports.read"), docx),
    Row("reports:cell", OVERVIEW | TAX, figure),
    Row("reports:cell", OVERVIEW, figure_of_all),
    Row("reports:return", OVERVIEW | TAX, taxes),
    Row("reports:write_return", TAX, taxes, "POST"),
    Row("reports:submit", people("thue.lanh-dao"), taxes, "POST"),
    Row("reports:accept", OFFICE, handed_in, "POST"),
    Row("reports:send_back", OFFICE, handed_in, "POST", data={"reason": "Thiếu một vụ"}),
]
