"""Rounds and reports for tests, made by the services, by the people of the cast."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db import transaction

from chosach.desk.agencies.models import Body
from chosach.desk.cases.models import Case
from chosach.desk.core import businessdate
from chosach.desk.core.access import system
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services import record
from chosach.desk.plan.files.loading import load
from chosach.desk.plan.files.shipped import plans_folder
from chosach.desk.plan.models import Plan
from chosach.desk.reports import services
from chosach.desk.reports.models import Frozen, Round
from tests.people import Cast

FROM, TO = dt.date(2020, 11, 13), dt.date(2021, 5, 13)


def set_up(day: dt.date = TO) -> None:
    """The plan of 2020 and the business date."""
    if not Plan.objects.filter(code="dong-nai-2020").exists():
        load(plans_folder() / "dong-nai-2020", actor=system("plan"))
    businessdate.simulate(day)


def a_round(cast: Cast, start: dt.date = FROM) -> Round:
    """A six-month report that has been opened."""
    set_up()
    return services.open_round(actor=cast["vptt.can-bo"].actor, form="six-month", period_from=start, period_to=TO, due_on=TO)


def an_entry(case: Case | None = None, *, day: dt.date = TO, corrects: str | None = None, **payload: Any) -> Entry:
    """An outcome as the ledger has it, on a day of its own."""
    base: dict[str, Any] = {"outcome": "sanctioned", "body": "tax", "kind": "counterfeit", "place": "inside", "date": day.isoformat()}
    now = businessdate.simulated()
    businessdate.simulate(day)
    with transaction.atomic():
        entry = record(
            "case.outcome_corrected" if corrects else "case.outcome_recorded",
            actor=system("test"),
            refs={"case": case.pk if case else uuid4(), "outcome": uuid4()},
            payload={**base, **payload, **({"corrects": corrects} if corrects else {})},
        )
    businessdate.simulate(now)
    return entry


def hand_in(cast: Cast, report: Round, *keys: str) -> None:
    """These heads hand in their returns, and the standing office accepts them."""
    for key in keys:
        found = report.returns.get(body=Body.objects.get(code=cast[key].person.body))
        services.submit(actor=cast[key].actor, found=found)
        services.accept(actor=cast["vptt.can-bo"].actor, found=found)


def a_frozen_report(cast: Cast, report: Round | None = None) -> Frozen:
    """A report frozen by two people."""
    opened = report or a_round(cast)
    services.propose_freeze(actor=cast["vptt.can-bo"].actor, report=opened, reason_for_missing="Các đơn vị không phát sinh")
    return services.approve_freeze(actor=cast["vptt.lanh-dao"].actor, report=opened)
