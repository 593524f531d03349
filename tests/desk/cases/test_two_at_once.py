"""Two people who act at the same moment: one act counts, the other is told."""

import threading
from typing import Any

from django.db import connection

from chosach.desk.cases.services import outcomes
from chosach.desk.cases.services.opening import open_case
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.models import Entry
from tests.desk.cases.making import a_case, an_outcome, set_the_day


def at_once(*calls: Any) -> list[object]:
    """Run these in threads of their own that start together; what each returned or raised."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index: int, call: Any) -> None:
        try:
            barrier.wait(10)
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_an_outcome_is_approved_once(committed: Any, cast: Any) -> None:
    set_the_day()
    case = a_case(cast)
    outcome, head = an_outcome(cast, case, approve=False), cast["qltt.lanh-dao"].actor

    def approve() -> object:
        return outcomes.decide_outcome(case.id, outcome.id, approve=True, actor=head)

    results = at_once(*[approve] * 4)
    refused = [result for result in results if isinstance(result, Problem)]
    assert [problem.code for problem in refused] == ["outcome.decided"] * 3
    assert Entry.objects.filter(event="case.outcome_recorded").count() == 1


def test_numbers_are_given_once_and_without_gap(committed: Any, cast: Any) -> None:
    set_the_day()
    actor = cast["qltt.can-bo"].actor

    def open_one() -> str:
        case = open_case(title="x", ground="x", violation_kinds=["banned"], actor=actor)
        return case.number[-4:]

    assert sorted(map(str, at_once(*[open_one] * 6))) == [f"{number:04d}" for number in range(1, 7)]
