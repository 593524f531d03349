"""What an import or a file of pictures that is stopped, or fails half way, leaves in order."""

import contextlib
import logging
from collections.abc import Iterator

from chosach.desk.core.errors import Refused
from chosach.desk.jobs.run import LeaseLost, Run, Stopped, Superseded
from chosach.desk.registry.services import join_traders

log = logging.getLogger(__name__)
#: After these the work goes on later or elsewhere, or whoever gave it may no longer do it.
_NO_END = (Stopped, LeaseLost, Superseded, Refused)


@contextlib.contextmanager
def joined_anyway(run: Run, source: str) -> Iterator[None]:
    """Sellers are joined when all of a source is there. Where no more of it comes, what is stored is all of it: it stays in the registry,
    so its sellers are joined by it, as the linking that follows one day would. Nothing else follows: leads wait for a whole import.

    Around everything that can break off, the last chunk too: joining is idempotent. What broke off is told as it was, also where joining
    then fails, as it does when the database has gone; then they wait for the next linking."""
    try:
        yield
    except _NO_END:
        raise
    except Exception:
        try:
            join_traders(source=source, actor=run.actor)
        except Exception as failed:  # its words may hold values of the registry, which no log is to have
            log.error("sellers of %s were not joined: %s", source, type(failed).__name__)
        raise
