"""The databases of one test process: those that tests start from, and copies made for single tests.

Most tests run in a transaction that is rolled back. A test that needs other threads or processes to see its rows uses the
fixture `committed` and gets a copy of its own; nothing has to be emptied afterwards (the ledger would refuse that).

Where tests start from is made once a run and copied for each of its processes: migrations and plans take seconds.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from tests.shared import alone

EMPTY, PLAN_2020, PLAN_2025, CAST, QUEUE = "empty", "plan_2020", "plan_2025", "cast", "queue"


def _plan(year: str) -> Callable[[], None]:
    def load_it() -> None:
        from chosach.desk.core.access import system
        from chosach.desk.plan.files.loading import load
        from tests.people import PLANS

        load(PLANS / f"dong-nai-{year}", actor=system("plan"))

    return load_it


def _cast() -> None:
    from tests.people import make_cast

    make_cast()


def _queue() -> None:
    from tests.desk.learning.market import background

    background()


#: What a test starts from → what it is a copy of, and what is put in.
STARTS: dict[str, tuple[str | None, Callable[[], None]]] = {
    EMPTY: (None, lambda: call_command("migrate", verbosity=0, interactive=False)),
    PLAN_2020: (EMPTY, _plan("2020")),
    PLAN_2025: (PLAN_2020, _plan("2025")),
    CAST: (PLAN_2020, _cast),
    QUEUE: (CAST, _queue),
}


class Databases:
    """Makes copies of the migrated database and points Django's connection at one of them."""

    def __init__(self) -> None:
        self._server = str(connection.settings_dict["NAME"])  # before any database of the tests is used
        self._names: dict[str, str] = {}
        self._copies = 0
        own = connections["default"]
        self._seen: dict[int, Any] = {id(own): own}

    @property
    def current(self) -> str:
        return str(connection.settings_dict["NAME"])

    def start(self, kind: str) -> str:
        """This process' database of a kind of `STARTS`, as a test starts from it; made at its first use."""
        if kind not in self._names:
            with alone() as folder:
                self._names[kind] = self.copy(self._template(kind, folder), self._place(kind))
        return self._names[kind]

    def _template(self, kind: str, folder: Path) -> str:
        """The database of this kind that all processes copy. Who calls is alone."""
        name = str(folder / f"{kind}.sqlite3") if connection.vendor == "sqlite" else f"test_chosach_{_run()}_{kind}"
        done = folder / f"{kind}.done"
        if not done.exists():
            source, put_in = STARTS[kind]
            if source is not None:
                self.copy(self._template(source, folder), name)
            elif connection.vendor != "sqlite":
                self._maintain(f'CREATE DATABASE "{name}" TEMPLATE template0')
            before = self.current
            self.use(name)
            put_in()
            self.use(before)
            done.touch()
        return name

    def _place(self, kind: str) -> str:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        if connection.vendor == "sqlite":
            return str(Path(os.environ["CHOSACH_TEST_RUN"]) / worker / f"{kind}.sqlite3")
        return f"test_chosach_{_run()}_{kind}_{worker}"

    def use(self, name: str) -> None:
        """Every new connection, of any thread, goes to the database of this name."""
        if name != self.current:
            self.close()
            connection.settings_dict["NAME"] = name

    def close(self) -> None:
        """Close this thread's connections. There can be two: Django keeps another one while playwright's event loop runs."""
        own = connections["default"]
        self._seen[id(own)] = own
        for seen in self._seen.values():
            seen.close()

    def copy(self, source: str, target: str | None = None) -> str:
        """A copy of the database `source` (a file path on SQLite, else a name); returns its name. Nobody may be using `source`."""
        self.close()
        name = target or self._next("copy")
        if connection.vendor == "sqlite":
            shutil.copyfile(source, name)
        else:
            self._maintain(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return name

    def blank(self) -> str | None:
        """A database without tables, for a fresh installation: its name; None on SQLite, where the first command makes the file."""
        if connection.vendor == "sqlite":
            return None
        name = self._next("blank")
        self._maintain(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return name

    def _next(self, what: str) -> str:
        self._copies += 1
        return f"{self._place(what)}_{self._copies}"

    def drop(self, name: str) -> None:
        self.close()
        if connection.vendor == "sqlite":
            for ending in ("", "-wal", "-shm"):
                Path(name + ending).unlink(missing_ok=True)
        else:
            self._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def end(self) -> None:
        """Back to where it was; this process' databases are gone."""
        self.use(self._server)
        for name in self._names.values():
            self.drop(name)

    def url(self, name: str) -> str:
        """What CHOSACH_DATABASE_URL must say for another process to use this database."""
        if connection.vendor == "sqlite":
            return f"sqlite:///{name}"
        at = connection.settings_dict
        return f"postgresql://{at['USER']}{':' + at['PASSWORD'] if at['PASSWORD'] else ''}@{at['HOST']}:{at['PORT']}/{name}"

    @staticmethod
    def _maintain(statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def _run() -> str:
    """Tells the databases of this run from those of another on the same server."""
    return Path(os.environ["CHOSACH_TEST_RUN"]).name.rsplit("-", 1)[-1].lower()
