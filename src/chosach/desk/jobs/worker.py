"""The worker: wakes by the task queue, sweeps by itself, stops between two chunks."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from chosach.desk.jobs import run

log = logging.getLogger(__name__)
PAUSE = 1.0


def work(*, once: bool = False, alive: Callable[[], bool] = lambda: True) -> None:
    """Do tasks and jobs until `run.stopping` is set or `alive()` is False; with `once` until nothing waits."""
    _forget_old_wakes()
    queue = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=run.WORKER[-64:],
        excluded_queue_names=[],
    )
    while not run.stopping.is_set() and alive():
        close_old_connections()
        try:
            queue.run()
            busy = run.run_next()
        except OperationalError:
            log.exception("the database does not answer; trying again")
            busy = False
            time.sleep(PAUSE * 4)
        if once and not busy:
            return
        if not busy:
            run.stopping.wait(PAUSE)


def _forget_old_wakes() -> None:
    """Entries of the queue that have done their duty, or never will because their worker was killed."""
    old = timezone.now() - timedelta(days=1)
    DBTaskResult.objects.filter(task_path=f"{run.__name__.rsplit('.', 1)[0]}.tasks.wake", enqueued_at__lt=old).delete()
