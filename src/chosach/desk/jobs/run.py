"""Doing a job: take the lease, go through the chunks, finish. Everything here can be killed at any place and be done again.

The lease is a fence: each chunk's transaction ends by renewing it under the worker's own name. If another worker has taken the job
up in the meantime, nothing is renewed, the transaction is undone, and this worker lets go.
"""

import contextlib
import logging
import os
import platform
import secrets
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from chosach.desk.accounts.selectors import actor_of
from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs.handlers import handler_of, tell_ended
from chosach.desk.jobs.models import Chunk, Job, RowProblem, State
from chosach.desk.ledger.services import in_turn, lock_writers, record
from chosach.formats.listings import RowProblem as FoundProblem

log = logging.getLogger(__name__)
#: A job that took its worker down this often in a row is not taken up again by itself.
MAX_ATTEMPTS = 5
_BULK = 1000

#: Set when this process should stop: the running job is let go after its chunk and goes back to waiting.
stopping = threading.Event()


class Stopped(Exception):
    """This process is asked to stop."""


class Cancelled(Exception):
    """A person stopped the job."""


class Superseded(Exception):
    """What the job would give is no longer wanted, because something later took its place. Takes a code and a sentence for people."""


class LeaseLost(Exception):
    """Another worker has the job now."""


def _place() -> str:
    """This machine, as far as process numbers mean something on it."""
    with contextlib.suppress(OSError):
        return f"{platform.node()}/{Path('/proc/self/ns/pid').readlink()}"
    return platform.node()


#: place, process number and a random part: a restarted worker is another one.
WORKER = f"{_place()[:100]} {os.getpid()} {secrets.token_hex(4)}"


def lease() -> timedelta:
    """How long a job is held without a sign of life."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim(job_id: UUID | None = None) -> Job | None:
    """Take a job that waits and whose time has come, or whose lease ran out (this one, or the oldest); None when there is none."""
    now = timezone.now()
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    free = (Q(state=State.WAITING) & due) | (Q(state=State.RUNNING) & (Q(lease_until__lt=now) | Q(worker__in=_dead_workers())))
    with transaction.atomic():
        candidates = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(free)
        if job_id is not None:
            candidates = candidates.filter(pk=job_id)
        job = candidates.order_by("created_at").first()
        if job is None:
            return None
        job.state, job.worker, job.heartbeat_at, job.lease_until = State.RUNNING, WORKER, now, now + lease()
        job.attempts, job.started_at = job.attempts + 1, job.started_at or now
        job.save(update_fields=["state", "worker", "heartbeat_at", "lease_until", "attempts", "started_at"])
    return job


def _dead_workers() -> list[str]:
    """Names of workers of this machine that hold a job and whose process is gone: no need to wait for their leases."""
    names = Job.objects.filter(state=State.RUNNING).exclude(worker=WORKER).values_list("worker", flat=True).distinct()
    return [name for name in names if _gone(name)]


def _gone(name: str) -> bool:
    place, _, rest = name.partition(" ")
    number = rest.split(" ")[0]
    if place != _place()[:100] or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def run_job(job_id: UUID) -> bool:
    """Do this job now if it is free; False if it is not."""
    job = claim(job_id)
    if job is not None:
        Run(job).to_its_end()
    return job is not None


def run_next() -> bool:
    """Do the oldest free job; False if there is none. This is the sweeper: it needs no queue."""
    job = claim()
    if job is not None:
        Run(job).to_its_end()
    return job is not None


class Run:
    """One attempt at a job, as its handler sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._done = set(Chunk.objects.filter(job=job).values_list("index", flat=True))
        self.actor: Actor = system("jobs")

    def is_done(self, index: int) -> bool:
        """True if this chunk was finished by an earlier attempt."""
        return index in self._done

    def set_total(self, total: int) -> None:
        """Tell how many rows there are, once that is known."""
        self._held().update(total=total)

    def beat(self) -> None:
        """A sign of life between two chunks. Raises when the job should not go on."""
        if stopping.is_set():
            raise Stopped
        now = timezone.now()
        if not self._held().update(heartbeat_at=now, lease_until=now + lease()):
            raise LeaseLost
        if self._held().filter(cancel_requested=True).exists():
            raise Cancelled

    @contextlib.contextmanager
    def chunk(self, index: int, *, rows: int, problems: Sequence[FoundProblem] = ()) -> Iterator[dict[str, int]]:
        """The transaction of one chunk. Gives a dict of figures that are added to the job's."""
        self.beat()
        counts: dict[str, int] = {}
        with transaction.atomic():
            lock_writers()  # before any row: a chunk and the acts of people must not wait for each other
            yield counts
            Chunk.objects.create(job=self.job, index=index, rows=rows, counts=counts)
            RowProblem.objects.bulk_create((_row_problem(self.job, problem) for problem in problems), batch_size=_BULK)
            self._add(rows, problems, counts)
        self._done.add(index)

    def _add(self, rows: int, problems: Sequence[FoundProblem], counts: dict[str, int]) -> None:
        now = timezone.now()
        rejected = sum(problem.rejected for problem in problems)
        sums = dict(Job.objects.filter(pk=self.job.pk).values_list("counts", flat=True)[0])
        for name, value in counts.items():
            sums[name] = sums.get(name, 0) + value
        renewed = self._held().update(
            done=F("done") + rows,
            rejected=F("rejected") + rejected,
            warnings=F("warnings") + len(problems) - rejected,
            counts=sums,
            attempts=1,  # it gets on: what went before was no fault of the job
            heartbeat_at=now,
            lease_until=now + lease(),
        )
        if not renewed:
            raise LeaseLost

    def _held(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, worker=WORKER, state=State.RUNNING)

    def to_its_end(self) -> None:
        """Run the handler and record how it ended. Nothing is raised."""
        try:
            if self.job.attempts > MAX_ATTEMPTS:
                raise Problem("job.crashed", f"Việc này đã làm dừng tiến trình {MAX_ATTEMPTS} lần liên tiếp. Hãy báo người quản trị.")
            self.actor = self._actor()
            handler_of(self.job.kind).run(self)
            self._end(State.DONE)
        except Stopped:
            self._held().update(state=State.WAITING, worker="", lease_until=None, attempts=F("attempts") - 1)
        except LeaseLost:
            log.warning("job %s was taken up by another worker", self.job.pk)
        except Cancelled:
            self._end(State.CANCELLED)
        except Superseded as later:
            self._end(State.CANCELLED, *later.args)
        except Problem as problem:
            self._end(State.FAILED, problem.code, problem.message)
        except Refused:
            self._end(State.FAILED, "job.refused", "Người giao việc này không còn quyền làm việc đó.")
        except Exception:
            log.exception("job %s failed", self.job.pk)
            self._end(State.FAILED, "job.unexpected", "Lỗi ngoài dự kiến. Hãy báo người quản trị kèm mã của việc này.")

    def _actor(self) -> Actor:
        """Who gave the job, with the rights of now: what a person may no longer do, no worker does for that person."""
        if self.job.user is not None:
            return actor_of(self.job.user)
        if self.job.actor.startswith("system:"):
            return system(self.job.actor.removeprefix("system:"))
        raise Refused("job.nobody")

    @in_turn
    def _end(self, state: State, code: str = "", message: str = "") -> None:
        now = timezone.now()
        ended = self._held().update(
            state=state, finished_at=now, heartbeat_at=now, lease_until=None, error_code=code, error=message, worker=""
        )
        if not ended:
            return
        self.job.refresh_from_db()
        event = {State.DONE: "job.finished", State.CANCELLED: "job.cancelled", State.FAILED: "job.failed"}[state]
        payload = {"done": self.job.done, "rejected": self.job.rejected, "counts": self.job.counts}
        record(event, actor=system("jobs"), refs={"job": self.job.id}, payload=payload | ({"error": code} if code else {}))
        if state != State.DONE:
            tell_ended(self.job)


def _row_problem(job: Job, problem: FoundProblem) -> RowProblem:
    return RowProblem(
        job=job,
        line=problem.line,
        row=problem.row,
        column=problem.column[:200],
        code=problem.code,
        reason=problem.reason,
        value=problem.value,
        rejected=problem.rejected,
    )
