"""What a job does, by kind. Each app registers its own in its `job_kinds.py`, which loads no engine: that names what does the work.

    register("imports.listings", "Nhập tin bán", run=later("chosach.desk.imports.job_handlers.take_in"), link=link_to_import)

`run(run: Run)` is called by a worker, again after every stop, crash or resume. It goes through its input from the start, skips the
chunks that are done, and does each of the others in one transaction:

    for index, batch in enumerate(batches):
        if run.is_done(index):
            continue
        prepared = prepare(batch)                       # outside the transaction
        with run.chunk(index, rows=len(batch), problems=batch.problems) as counts:
            counts.update(take(prepared))

`ended(job)` is called once in the transaction in which the job is found to have failed or to have been stopped, whoever finds that out: a
person who stops it while it waits, a worker, or the worker that gives it up because it took others down. It is for what has to follow from
the chunks that are done; it should be short (give another job to the workers), for a page may be waiting for it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from chosach.desk.jobs.models import Job
    from chosach.desk.jobs.run import Run

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handler:
    """How jobs of one kind are done. `link(job)` gives (text, address) of what the job is about, or None; `ended(job)`: what follows where
    it failed or was stopped."""

    kind: str
    label: str
    run: "Callable[[Run], None]"
    link: "Callable[[Job], tuple[str, str] | None] | None" = None
    ended: "Callable[[Job], None] | None" = None


_handlers: dict[str, Handler] = {}


def register(
    kind: str,
    label: str,
    *,
    run: "Callable[[Run], None]",
    link: "Callable[[Job], tuple[str, str] | None] | None" = None,
    ended: "Callable[[Job], None] | None" = None,
) -> Handler:
    """Declare how jobs of this kind are done."""
    handler = Handler(kind, label, run, link, ended)
    if _handlers.setdefault(kind, handler) != handler:
        raise ValueError(f"jobs of kind {kind} have two handlers")
    return handler


def handler_of(kind: str) -> Handler:
    """The handler of this kind; KeyError names the kind when no app has one."""
    discover()
    if kind not in _handlers:
        raise KeyError(f"no app does jobs of kind {kind!r}")
    return _handlers[kind]


def label_of(kind: str) -> str:
    """The kind in words; the code itself for a kind that is no more."""
    discover()
    return _handlers[kind].label if kind in _handlers else kind


def tell_ended(job: "Job") -> None:
    """Let what follows from a job that failed or was stopped follow. Part of the transaction that says so.

    Where that breaks it is undone alone: the job has ended all the same. Were its end undone too, it would be held until its lease is over
    and be done again, to break again. The log is told the kind of the error only: its words may hold what was read."""
    discover()
    handler = _handlers.get(job.kind)  # a kind that is no more can still be stopped
    if handler is not None and handler.ended is not None:
        try:
            with transaction.atomic():
                handler.ended(job)
        except Exception as error:
            log.error("job %s has ended, but what follows from that was not done: %s", job.pk, type(error).__name__)


@cache
def discover() -> None:
    """Import every app's `job_kinds` module, when a job is first met: a page that gives a job, or stops one, needs no engine for it."""
    autodiscover_modules("job_kinds")
