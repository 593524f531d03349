"""What the processes of one run share: who comes first makes it, the others wait and take it as it is."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: Seconds that a process waits for what another one is making.
PATIENCE = 600.0


@contextmanager
def alone(*, on_both: bool = False) -> Iterator[Path]:
    """One process of the run at a time; gives the folder for what they share. SQLite's own lock: it is let go when its holder dies.
    `on_both`: for what is the same on every database; a run on the other one beside this shares it too."""
    beside = os.environ.get("CHOSACH_TEST_BOTH") if on_both else None
    folder = Path(beside or Path(os.environ["CHOSACH_TEST_RUN"]) / "shared")
    folder.mkdir(exist_ok=True)
    lock = sqlite3.connect(folder / "lock.sqlite3", timeout=PATIENCE, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield folder
    finally:
        lock.close()


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The file of this name, which `make` writes for the first process that asks."""
    with alone(on_both=True) as folder:
        path = folder / name
        if not path.exists():
            half = folder / f"half-{name}"
            make(half)
            half.rename(path)
    return path
