"""Learn again: one person starts it, a worker does it. Nothing changes for anybody until a second person puts it in force."""

from django.db.models import Max

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs.models import State
from chosach.desk.jobs.services import submit
from chosach.desk.learning.job_kinds import TRAIN
from chosach.desk.learning.models import Label, LabelState, Version, VersionState
from chosach.desk.learning.selectors import may_train, version_in_force
from chosach.desk.ledger.services import in_turn, record

#: Fewer labels teach nothing that could be measured.
LEAST = 5


@in_turn
def train(*, actor: Actor, note: str = "") -> Version:
    """Start a retraining on all labels that count. The second training has to wait for the first to end."""
    if not may_train(actor):
        raise Refused("learning.train")
    user, body = actor.seat
    number = Label.objects.filter(state=LabelState.COUNTED).count()
    if number < LEAST:
        raise Problem("learning.few_labels", f"Mới có {number} nhãn được tính; cần ít nhất {LEAST}.")
    _clear_the_stopped()
    if Version.objects.filter(state=VersionState.TRAINING).exists():
        raise Problem("learning.running", "Đang có một lần học chưa xong.")
    version = Version.objects.create(
        number=(Version.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        note=note.strip()[:300],
        by_id=user,
        body_id=body,
        on=businessdate.today(),
        against=version_in_force(),
    )
    version.job = submit(
        TRAIN, params={"version": str(version.id)}, actor=actor, title=str(version), total=number, refs={"version": version.id}
    )
    version.save(update_fields=["job"])
    record("learning.started", actor=actor, refs={"version": version.id, "job": version.job.id}, payload={"labels": number})
    return version


def _clear_the_stopped() -> None:
    """A training that was stopped or failed, and that nobody lets go on, stands in nobody's way: it stays as given up."""
    Version.objects.filter(state=VersionState.TRAINING, job__state__in=(State.CANCELLED, State.FAILED)).update(state=VersionState.GIVEN_UP)
