"""Cases keep evidence: who may see, add and hand over a piece of a case."""

from uuid import UUID

from django.urls import reverse

from chosach.desk.cases.selectors.access import case_for, contributed_case_for, sight_of
from chosach.desk.cases.services.checks import working
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.evidence.keepers import Keeper


def _see(actor: Actor, case_id: UUID, protected: bool) -> None:
    case = case_for(actor, case_id)
    if protected and not sight_of(actor, case).protected:
        raise Refused("object.not_visible", refs={"case": str(case_id)})


def _add(actor: Actor, case_id: UUID) -> None:
    working(contributed_case_for(actor, case_id, lock=True))


def _hand_over(actor: Actor, case_id: UUID) -> None:
    case = case_for(actor, case_id)
    if not sight_of(actor, case).owner:
        raise Refused("object.not_visible", refs={"case": str(case_id)})


CASE = Keeper("case", "Vụ việc", _see, _add, _hand_over, lambda case_id: reverse("cases:case", args=[case_id]))
