"""What waits for whom: outcomes and closings to decide, transfers to send or to answer, bodies that ask to take part."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from chosach.desk.cases.kinds import Decision, JoinState, TransferState
from chosach.desk.cases.models import Closing, JoinRequest, Outcome, Transfer
from chosach.desk.core.access import Actor
from chosach.desk.law.models import Clock, ClockState


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, in which case (number), where it is done, since when, until when."""

    what: str
    number: str
    url: str
    since: dt.date
    due: dt.date | None = None
    note: str = ""


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything about cases that waits for this person, the nearest deadline first, then the oldest."""
    found: list[Waiting] = []
    if actor.may("cases.decide"):
        found += _to_decide(actor)
    if actor.may("cases.answer_transfer"):
        found += _to_answer(actor)
    if actor.may("cases.manage"):
        found += _asking_to_join(actor)
    return sorted(found, key=lambda item: (item.due or dt.date.max, item.since, item.number))


def _to_decide(actor: Actor) -> list[Waiting]:
    found = []
    outcomes = Outcome.objects.filter(state=Decision.PROPOSED, case__owner_id=actor.body_id).select_related("case")
    for outcome in outcomes.exclude(proposed_by_id=actor.user_id):
        url = reverse("cases:decide_outcome", args=[outcome.case_id, outcome.id])
        found.append(Waiting("Duyệt kết quả", outcome.case.number, url, outcome.proposed_on, note=outcome.get_kind_display()))
    closings = Closing.objects.filter(state=Decision.PROPOSED, case__owner_id=actor.body_id).select_related("case")
    for closing in closings.exclude(proposed_by_id=actor.user_id):
        url = reverse("cases:decide_closing", args=[closing.case_id, closing.id])
        found.append(Waiting("Duyệt kết thúc", closing.case.number, url, closing.proposed_on))
    transfers = Transfer.objects.filter(state=TransferState.PROPOSED, case__owner_id=actor.body_id).select_related("case", "to_body")
    for transfer in transfers.exclude(proposed_by_id=actor.user_id):
        url = reverse("cases:decide_transfer", args=[transfer.case_id, transfer.id])
        found.append(Waiting("Duyệt gửi chuyển giao", transfer.case.number, url, transfer.proposed_on, note=transfer.to_body.short_name))
    return found


def _to_answer(actor: Actor) -> list[Waiting]:
    sent = Transfer.objects.filter(state=TransferState.SENT, to_body_id=actor.body_id).select_related("case", "from_body")
    due = due_dates(sent)
    return [
        Waiting(
            "Trả lời chuyển giao",
            transfer.case.number,
            reverse("cases:answer_transfer", args=[transfer.case_id, transfer.id]),
            transfer.sent_on or transfer.proposed_on,
            due.get(str(transfer.id)),
            f"từ {transfer.from_body.short_name}",
        )
        for transfer in sent
    ]


def due_dates(transfers: QuerySet[Transfer]) -> dict[str, dt.date]:
    """The day by which each of these transfers is to be answered, by its id."""
    ids = [str(pk) for pk in transfers.values_list("pk", flat=True)]
    running = Clock.objects.filter(noun="transfer", object_id__in=ids, state=ClockState.RUNNING)
    return dict(running.values_list("object_id", "due_on"))


def _asking_to_join(actor: Actor) -> list[Waiting]:
    asked = JoinRequest.objects.filter(state=JoinState.ASKED, case__owner_id=actor.body_id).select_related("case", "body")
    return [
        Waiting(
            "Trả lời đề nghị cùng tham gia",
            request.case.number,
            reverse("cases:answer_join", args=[request.case_id, request.id]),
            request.asked_on,
            note=request.body.short_name,
        )
        for request in asked
    ]
