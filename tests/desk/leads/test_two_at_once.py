"""People who work on leads at the same moment don't get into each other's way: every act is done, and in the ledger."""

from typing import Any

from chosach.desk.leads.services import accept, assign
from chosach.desk.leads.services.bulk import for_each
from chosach.desk.ledger.models import Entry
from tests.desk.cases.test_two_at_once import at_once
from tests.desk.leads.market import Market


def test_eight_leads_are_accepted_by_eight_clicks_at_once(committed: Any, cast: Any) -> None:
    leads, actor = Market().many(8), cast["qltt.can-bo"].actor
    results = at_once(*[lambda lead=lead: accept(lead.id, actor=actor).state for lead in leads])
    assert results == ["accepted"] * 8
    assert Entry.objects.filter(event="lead.accepted").count() == 8


def test_two_people_work_through_the_same_leads_from_both_ends(committed: Any, cast: Any) -> None:
    ids, actor = [lead.id for lead in Market().many(20)], cast["qltt.can-bo"].actor
    to_one, to_other = cast["qltt.can-bo"].user.id, cast["qltt.kiem-tra"].user.id

    def through(order: list[Any], person: Any) -> Any:
        return lambda: for_each(order, lambda lead_id: assign(lead_id, assignee=person, actor=actor), actor=actor).done

    assert at_once(through(ids, to_one), through(ids[::-1], to_other)) == [20, 20]
