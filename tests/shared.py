"""What the processes of one run share: who comes first makes it, the others wait and take it as it is."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Seconds that a process waits for what another one is making.
PATIENCE = 600.0


@contextmanager
def alone() -> Iterator[Path]:
    """One process of the run at a time; gives the folder for what they share. SQLite's own lock: it is let go when its holder dies."""
    folder = Path(os.environ["CHOSACH_TEST_RUN"]) / "shared"
    folder.mkdir(exist_ok=True)
    lock = sqlite3.connect(folder / "lock.sqlite3", timeout=PATIENCE, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield folder
    finally:
        lock.close()
