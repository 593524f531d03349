"""What can be done with long work: submit, stop, go on. What a worker does stands in `run.py` and `worker.py`."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.jobs.handlers import handler_of, tell_ended
from chosach.desk.jobs.models import OPEN, Job, State
from chosach.desk.jobs.selectors import job_for
from chosach.desk.jobs.tasks import wake
from chosach.desk.ledger.services import in_turn, record

_NO_REFS: Mapping[str, object] = MappingProxyType({})


@in_turn
def submit(
    kind: str,
    *,
    params: Mapping[str, Any],
    actor: Actor,
    total: int | None = None,
    title: str = "",
    refs: Mapping[str, object] = _NO_REFS,
    body_id: UUID | None = None,
    not_before: datetime | None = None,
) -> Job:
    """Give a job to the workers. The caller has asked whether the actor may do what the job does.

    `params` are plain JSON values; `total` is the number of rows where it is known; `title` is what people call it; `refs` go
    into the ledger beside the job. `body_id`: the body that sees and steers it, where that is not the actor's own (a job of the system's).
    `not_before`: no worker takes it up earlier.
    """
    handler_of(kind)
    job = Job.objects.create(
        kind=kind,
        title=title[:255],
        params=dict(params),
        actor=actor.id,
        user_id=actor.user_id,
        body_id=body_id or actor.body_id,
        total=total,
        not_before=not_before,
    )
    record("job.submitted", actor=actor, refs={"job": job.id, **refs}, payload={"kind": kind, "total": total})
    _wake(job)
    return job


@in_turn
def put_off(job_id: UUID, *, until: datetime | None) -> bool:
    """Have a job that still waits begin then (None: at once). False where it has begun or ended: nothing is changed. Part of an act."""
    job = Job.objects.select_for_update().filter(pk=job_id, state=State.WAITING).first()
    if job is None:
        return False
    job.not_before = until
    job.save(update_fields=["not_before"])
    if until is None:
        _wake(job)
    return True


@in_turn
def cancel(job_id: UUID, *, actor: Actor) -> Job:
    """Stop a job: at once while it waits, else after the chunk that is being done. What is done stays done."""
    actor.require("jobs.steer", job=job_id)
    job_for(actor, job_id)
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state not in OPEN or job.cancel_requested:
        raise Problem("job.not_open", "Việc này đã kết thúc hoặc đang được dừng.")
    if job.state == State.WAITING:
        job.state, job.finished_at = State.CANCELLED, timezone.now()
        record("job.cancelled", actor=actor, refs={"job": job.id}, payload={"done": job.done})
    else:
        record("job.cancel_requested", actor=actor, refs={"job": job.id})
    job.cancel_requested = True
    job.save(update_fields=["state", "finished_at", "cancel_requested"])
    if job.state == State.CANCELLED:
        tell_ended(job)
    return job


@in_turn
def resume(job_id: UUID, *, actor: Actor) -> Job:
    """Go on with a job that was stopped or failed, from its first chunk that is not done."""
    actor.require("jobs.steer", job=job_id)
    job_for(actor, job_id)
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state not in {State.CANCELLED, State.FAILED}:
        raise Problem("job.not_stopped", "Chỉ chạy tiếp được việc đã dừng hoặc bị lỗi.")
    job.state, job.cancel_requested, job.attempts = State.WAITING, False, 0
    job.error = job.error_code = job.worker = ""
    job.finished_at = job.lease_until = None
    job.save()
    record("job.resumed", actor=actor, refs={"job": job.id}, payload={"done": job.done})
    _wake(job)
    return job


def _wake(job: Job) -> None:
    """Tell a worker through the task queue. If that gets lost, the sweeper finds the job all the same."""
    transaction.on_commit(lambda: wake.enqueue(str(job.id)))
