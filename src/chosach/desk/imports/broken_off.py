"""What an import or a file of pictures that is stopped, or fails half way, leaves in order."""

import contextlib
from collections.abc import Iterator

from chosach.desk.core.errors import Problem
from chosach.desk.jobs.run import Cancelled, Run
from chosach.desk.registry.services import join_traders


@contextlib.contextmanager
def joined_anyway(run: Run, source: str) -> Iterator[None]:
    """Sellers are joined when all of a source is there. Where no more of it comes, what is stored is all of it: it stays in the registry,
    so its sellers are joined by it, as the linking that follows one day would. Nothing else follows: leads wait for a whole import."""
    try:
        yield
    except (Cancelled, Problem):
        join_traders(source=source, actor=run.actor)
        raise
