"""Fixtures. The ones that most tests need:

plan_2020   the plan of 2020 alone (plan_2025: and that of 2025)
cast        the named people: `cast["qltt.can-bo"].actor`, `.user`, `.client` (signed in)
outsider    a client that is not signed in
committed   a database of the test's own, seen by other threads and processes (else: a transaction, rolled back)
desk_home   the same, as a home folder for `chosach …` in another process
guard_once  for tests that look at the guard set of learning: what is found in it is shared by the processes of a run
site        the real site on loopback; with `page_as`, `visitor`, `sign_in` in a real browser (tests/browser.py)
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.plugin import DATABASE_FIXTURES
from tests.shared import made_once

if TYPE_CHECKING:
    from django.test import Client

    from tests.databases import Databases
    from tests.people import Cast

pytest_plugins = ["tests.browser"]
ROOT = Path(__file__).resolve().parent.parent
_state: dict[str, Any] = {"databases": None, "wanted": "empty", "blocker": None}


def _wanted(asked: set[str]) -> str:
    """What a test starts from, by the fixtures that it asks for (tests.databases.STARTS)."""
    if "cast" in asked:
        return "queue" if "queue" in asked else "cast"
    if "plan_2025" in asked:
        return "plan_2025"
    return "plan_2020" if asked & {"plan", "plan_2020"} else "empty"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture: the database that this test starts from."""
    asked = set(getattr(item, "fixturenames", ()))
    _state["wanted"] = _wanted(asked)
    if _state["databases"] is not None and (asked & DATABASE_FIXTURES or item.get_closest_marker("django_db")):
        _use_wanted()


def _use_wanted() -> None:
    databases: Databases = _state["databases"]
    with _state["blocker"].unblock():
        databases.use(databases.start(_state["wanted"]))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> "Iterator[None]":
    """The databases that tests start from, each made when the first test wants it."""
    from tests.databases import Databases

    with django_db_blocker.unblock():
        databases = Databases()
    _state.update(databases=databases, blocker=django_db_blocker)
    _use_wanted()
    yield
    _state["databases"] = None
    with django_db_blocker.unblock():
        databases.end()


@pytest.fixture
def committed(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> "Iterator[Databases]":
    """A database of this test's own, where commits are commits. Don't mark such a test with `django_db`."""
    from django.db import connection
    from django.test import override_settings

    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        raise pytest.UsageError(f"{request.node.nodeid}: `committed` (or `site`, `desk_home`) and `django_db` exclude each other")
    databases: Databases = _state["databases"]
    with django_db_blocker.unblock():
        start = databases.current
        name = databases.copy(start, str(tmp_path / "chosach.sqlite3") if connection.vendor == "sqlite" else None)
        databases.use(name)
        try:
            # A ledger of its own has heads of its own: left in a shared folder they would accuse the next test's ledger.
            with override_settings(HEADS_DIR=tmp_path / "heads"):
                yield databases
        finally:
            databases.use(start)
            databases.drop(name)


@pytest.fixture(scope="session")
def guard_once() -> "Iterator[None]":
    """What the screener finds in the guard set is screened once a run, not once a process: 55,000 listings, seventeen seconds."""
    from pyarrow import feather

    from chosach.screening import guard

    screen = guard.screen

    def screened(listings: Any) -> Any:
        if listings.num_rows < 50_000:  # not the guard set
            return screen(listings)
        return feather.read_table(made_once("guard.arrow", lambda path: feather.write_feather(screen(listings), str(path))))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "screen", screened)
        yield


@pytest.fixture
def plan_2020(db: None) -> None:
    """Đồng Nai's plan of 2020, with its bodies, territory, law and competence table."""


@pytest.fixture
def plan_2025(db: None) -> None:
    """The plan of 2020 and that of 2025."""


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> "Cast":
    """The named cast (chosach.demo.cast) with the bodies of the plan."""
    own = {"committed", "site", "desk_home"} & set(request.fixturenames)
    request.getfixturevalue("committed" if own else "db")
    from tests.people import Cast

    return Cast()


@pytest.fixture
def outsider(request: pytest.FixtureRequest) -> "Client":
    """A client that is not signed in."""
    own = {"committed", "site", "desk_home"} & set(request.fixturenames)
    request.getfixturevalue("committed" if own else "db")
    from django.test import Client

    return Client()


@dataclass
class DeskHome:
    """A home folder with a migrated database, for commands in processes of their own. The test itself sees the same database."""

    folder: Path
    env: dict[str, str]

    def run(self, *words: str, check: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run `chosach WORDS` to its end."""
        done = subprocess.run(
            self.command(*words), env=self.env, cwd=self.folder, capture_output=True, text=True, check=False, timeout=180, **options
        )
        if check and done.returncode:
            raise AssertionError(f"chosach {' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start `chosach WORDS`; the caller ends it."""
        return subprocess.Popen(self.command(*words), env=self.env, cwd=self.folder, text=True, **options)

    def python(self, code: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a piece of Python in which Django is set up."""
        program = "from chosach.commands.desk import setup_django; setup_django()\n" + code
        return subprocess.run(
            [sys.executable, "-c", program],
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
            timeout=180,
            **options,
        )

    @staticmethod
    def command(*words: str) -> list[str]:
        return [sys.executable, "-m", "chosach.cli", *words]


@pytest.fixture
def desk_home(committed: "Databases", tmp_path: Path) -> DeskHome:
    """A home for `chosach …` in other processes, on SQLite or PostgreSQL as this run is."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    env = kept | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PYTHONUTF8": "1",
        "CHOSACH_HOME": str(tmp_path),
        "CHOSACH_SECRET_KEY": "only for tests",
        "CHOSACH_DATABASE_URL": committed.url(committed.current),
        "CHOSACH_DATABASE_POOL": "no",
    }
    return DeskHome(tmp_path, env)


@pytest.fixture
def run_chosach(desk_home: DeskHome) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`run_chosach("ledger", "verify")`: a command in a process of its own, on the test's own database."""
    return desk_home.run
