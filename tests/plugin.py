"""Options of the test run that must be known before Django reads its settings: which database, with or without a browser.

Loaded by `-p tests.plugin` (pyproject.toml); a conftest would come too late.

    pytest                SQLite: all tests
    pytest --pg           PostgreSQL (a private server, see tests/postgres.py): the tests that use the database
    pytest --no-browser   without a browser; says at the end what was not tested
    pytest --slow         also what is marked slow (listed in the README), and ten times the examples of each property
    pytest -n 2           two processes, each with databases of its own; who is done takes over from the other (`--dist worksteal`)
"""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

NO_BROWSER = "needs a browser (--no-browser)"
BROWSER_FIXTURE = "browser"
#: Who asks for none of these, nor has the mark `django_db`, never meets the database: its result is the same on every one.
_STARTS = {"cast", "plan_2020", "plan_2025"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "committed", "outsider", "desk_home", "site"} | _STARTS
#: The folders of tests where some meet the database: the others are not even read with `--pg`, which would load all engines for nothing.
WITH_DATABASE = {"commands", "desk", "journeys"}
TESTS = Path(__file__).resolve().parent


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("chosach")
    group.addoption("--pg", action="store_true", help="run on PostgreSQL instead of SQLite")
    group.addoption("--slow", action="store_true", help="also run the tests that are marked slow")
    group.addoption("--no-browser", action="store_true", help="leave out what needs a browser, and say so")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Set the environment from which `chosach.desk.settings` reads. Workers of xdist inherit it from the first process."""
    if "CHOSACH_TEST_RUN" not in os.environ:
        told = early_config.known_args_namespace
        _prepare(pg=told.pg, slow=told.slow)
    return (yield)


def _prepare(*, pg: bool, slow: bool) -> None:
    for name in [name for name in os.environ if name.startswith("CHOSACH_") and not name.startswith(("CHOSACH_TEST_", "CHOSACH_BROWSER"))]:
        del os.environ[name]  # the settings of an installation are not those of its tests
    # What one process has compiled the others find: else each of them rewrites the assertions of all tests.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    folder = Path(tempfile.mkdtemp(prefix="chosach-test-"))
    os.environ["CHOSACH_TEST_RUN"] = str(folder)
    os.environ["CHOSACH_SECRET_KEY"] = "only for tests"
    os.environ["CHOSACH_TEST_EXAMPLES"] = "10" if slow else "1"  # tests/examples.py
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's own loop runs in the thread of the tests
    if pg:
        from tests import postgres

        try:
            os.environ["CHOSACH_DATABASE_URL"] = postgres.start()
        except postgres.NoServer as error:
            raise pytest.UsageError(str(error)) from error
        os.environ["CHOSACH_DATABASE_POOL"] = "no"


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """With `-n`: neighbours stay together unless one process runs out of work. By turns (xdist's own way) each process would make what is
    made once a file, as the demo's province."""
    if config.getoption("dist", "no") == "load" and not any(str(word).startswith("--dist") for word in config.invocation_params.args):
        config.option.dist = "worksteal"


def pytest_configure() -> None:
    """Hypothesis gives a test 200 ms by default; on a busy machine that fails what is right."""
    import hypothesis

    hypothesis.settings.register_profile("chosach", deadline=None)
    hypothesis.settings.load_profile("chosach")


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = os.environ.get("CHOSACH_TEST_RUN")
    if folder and not hasattr(config, "workerinput"):
        if config.getoption("--pg"):
            from tests import postgres

            postgres.tidy(Path(folder).name.rsplit("-", 1)[-1])
        shutil.rmtree(folder, ignore_errors=True)


def pytest_report_header() -> str:
    if "CHOSACH_DATABASE_URL" in os.environ:
        return "database: PostgreSQL (tests that use no database, or are marked `once`, are left out: they say the same on SQLite)"
    return "database: SQLite"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if config.getoption("--pg") and collection_path.parent == TESTS and collection_path.is_dir():
        return collection_path.name not in WITH_DATABASE or None
    return None


def _uses_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def _left_out(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("slow") and not config.getoption("--slow"):
        return True
    return bool(config.getoption("--pg") and (item.get_closest_marker("once") or not _uses_database(item)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(TESTS) and item.path.relative_to(TESTS).parts[0] not in WITH_DATABASE and _uses_database(item):
            raise pytest.UsageError(f"{item.nodeid} uses the database: name its folder in WITH_DATABASE (tests/plugin.py)")
    left_out = [item for item in items if _left_out(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    if config.getoption("--no-browser"):
        for item in items:
            if BROWSER_FIXTURE in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end; looking through all of it for garbage again and again is a fifth of the work of a page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report.nodeid for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.section("not tested, because --no-browser was given")
        for nodeid in skipped:
            terminalreporter.write_line(nodeid)
