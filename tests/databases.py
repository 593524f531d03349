"""The databases of one test process: an empty one, one that holds the cast, and copies made for single tests.

Most tests run in a transaction that is rolled back. A test that needs other threads or processes to see its rows uses the
fixture `committed` and gets a copy of its own; nothing has to be emptied afterwards (the ledger would refuse that).
"""

import shutil
from pathlib import Path
from typing import Any

from django.db import connection, connections

EMPTY, CAST = "empty", "cast"


class Databases:
    """Makes copies of the migrated database and points Django's connection at one of them."""

    def __init__(self) -> None:
        self.names = {EMPTY: str(connection.settings_dict["NAME"])}
        self._copies = 0
        own = connections["default"]
        self._seen: dict[int, Any] = {id(own): own}  # the one that made the database

    @property
    def current(self) -> str:
        return str(connection.settings_dict["NAME"])

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
        self._copies += 1
        self.close()
        name = target or f"{self.names[EMPTY]}_{self._copies}"
        if connection.vendor == "sqlite":
            shutil.copyfile(source, name)
        else:
            self._maintain(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return name

    def blank(self) -> str | None:
        """A database without tables, for a fresh installation: its name; None on SQLite, where the first command makes the file."""
        if connection.vendor == "sqlite":
            return None
        self._copies += 1
        name = f"{self.names[EMPTY]}_blank_{self._copies}"
        self._maintain(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return name

    def drop(self, name: str) -> None:
        self.close()
        if connection.vendor == "sqlite":
            for ending in ("", "-wal", "-shm"):
                Path(name + ending).unlink(missing_ok=True)
        else:
            self._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

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
