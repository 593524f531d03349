"""The worker: wakes by the task queue, sweeps by itself, stops between two chunks."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from chosach.desk.jobs import run
from chosach.desk.ledger.services import sign_daily_head

log = logging.getLogger(__name__)
PAUSE = 1.0
#: Seconds between two looks at the ledger's daily work.
ROUND = 600.0


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
        beat()
        try:
            queue.run()
            busy = run.run_next()
            if not busy and not once:
                ledger_round()
        except (DataError, IntegrityError, NotSupportedError, ProgrammingError):
            raise  # a fault of ours, which trying again does not mend
        except DatabaseError as error:
            # Nothing is lost: what was not committed is not done, and is taken up again from the job's row.
            log.warning("the database does not answer, trying again: %s: %s", type(error).__name__, error)
            _new_connection()
            busy = False
            time.sleep(PAUSE * 4)
        if once and not busy:
            return
        if not busy:
            run.stopping.wait(PAUSE)


def _new_connection() -> None:
    """What is wrong may be the connection. One that stands in a transaction belongs to somebody outside this loop."""
    if not connection.in_atomic_block:
        connection.close()


def _forget_old_wakes() -> None:
    """Entries of the queue that have done their duty, or never will because their worker was killed."""
    old = timezone.now() - timedelta(days=1)
    DBTaskResult.objects.filter(task_path=f"{run.__name__.rsplit('.', 1)[0]}.tasks.wake", enqueued_at__lt=old).delete()


def beat() -> None:
    """Leave a sign of life on this server: the time of a small file in the home folder."""
    path = _beat_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def last_beat() -> datetime | None:
    """When a worker on this server last showed that it lives; None if none ever ran here."""
    try:
        return datetime.fromtimestamp(_beat_file().stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return None


def _beat_file() -> Path:
    return Path(settings.HOME) / "run" / "worker.beat"


_next_round = [0.0]


def ledger_round() -> None:
    """The ledger's daily work (verify, sign, bring the head outside), looked at every ten minutes, when nothing else waits."""
    if time.monotonic() < _next_round[0]:
        return
    _next_round[0] = time.monotonic() + ROUND
    try:
        sign_daily_head()
    except Exception:
        log.exception("the ledger's daily round failed")
