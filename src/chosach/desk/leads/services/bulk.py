"""One act on many leads: each is done or said why not, and none keeps the others from being done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.models import Dismissal
from chosach.desk.ledger.services import in_turn

MOST = 100


@dataclass
class BulkResult:
    """How many were done, how many wait for a second person, and why the rest was left."""

    done: int = 0
    waiting: int = 0
    left: list[str] = field(default_factory=list)


@in_turn
def for_each(lead_ids: Sequence[UUID], act: Callable[[UUID], object], *, actor: Actor) -> BulkResult:
    """Do an act of this package on each lead. `Problem`s are collected; a refusal (a lead of another body) ends the whole."""
    actor.require("leads.work")
    if not lead_ids:
        raise Problem("leads.none_chosen", "Hãy chọn ít nhất một đầu mối.", where="lead")
    if len(lead_ids) > MOST:
        raise Problem("leads.too_many", f"Mỗi lần chỉ làm với tối đa {MOST} đầu mối.", where="lead")
    result = BulkResult()
    for lead_id in dict.fromkeys(lead_ids):
        try:
            with transaction.atomic():
                outcome = act(lead_id)
        except Problem as problem:
            result.left.append(problem.message)
            continue
        if isinstance(outcome, Dismissal) and outcome.state == Dismissal.State.PENDING:
            result.waiting += 1
        else:
            result.done += 1
    return result
