"""What those see who may know that a case exists, and no more: owner, stage, clocks, sums of approved outcomes."""

from dataclasses import dataclass
from uuid import UUID

from chosach.desk.cases.kinds import Decision
from chosach.desk.cases.models import Case, Outcome, Transfer
from chosach.desk.cases.selectors.access import figures_of
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.evidence.models import Evidence
from chosach.desk.law.models import Clock, ClockState
from chosach.desk.law.selectors import Face, faces, is_overdue


@dataclass(frozen=True)
class Figures:
    """A case by its figures. Amounts stand in the outcomes, in VND."""

    case: Case
    outcomes: list[Outcome]
    clocks: list[Face]
    evidence: int
    parties: int
    joined: int


def figures_for(actor: Actor, case_id: UUID) -> Figures:
    """The figures of one case, for those who may see them."""
    case = figures_of(actor).filter(pk=case_id).first()
    if case is None:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    fields = ("case", "kind", "date", "body", "subjects", "fine", "additional_fine", "tax_recovered", "sold", "collected", "collected_on")
    more = ("prosecuted_cases", "prosecuted_persons", "goods_held", "goods_confiscated", "goods_destroyed", "corrects", "decided_on")
    standing = case.outcomes.filter(state=Decision.APPROVED).exclude(corrections__state=Decision.APPROVED)
    return Figures(
        case,
        list(standing.select_related("body").only(*fields, *more, "body__short_name")),
        clocks_of_case(case),
        Evidence.objects.filter(noun="case", object_id=case.id).count(),
        case.parties.filter(struck_on__isnull=True).count(),
        case.joined.filter(withdrawn_on__isnull=True).count(),
    )


def clocks_of_case(case: Case) -> list[Face]:
    """Clocks on the case and on its transfers, as they look today."""
    ids = [str(case.id), *(str(pk) for pk in case.transfers.values_list("pk", flat=True))]
    return faces(list(Clock.objects.filter(noun__in=["case", "transfer"], object_id__in=ids).select_related("rule", "body")))


def overdue_case_ids() -> set[UUID]:
    """Cases with a running clock past its deadline, on the case or on one of its transfers."""
    due = Clock.objects.filter(noun__in=["case", "transfer"], state=ClockState.RUNNING, due_on__lte=businessdate.today())
    late = [(clock.noun, UUID(clock.object_id)) for clock in due if is_overdue(clock)]
    transfers = [pk for noun, pk in late if noun == "transfer"]
    of_transfers = Transfer.objects.filter(pk__in=transfers).values_list("case_id", flat=True)
    return {pk for noun, pk in late if noun == "case"} | set(of_transfers)
