"""Options of the test run that must be known before Django reads its settings: which database, with or without a browser.

Loaded by `-p tests.plugin` (pyproject.toml); a conftest would come too late.

    pytest                SQLite
    pytest --pg           PostgreSQL (a private server, see tests/postgres.py)
    pytest --no-browser   without a browser; says at the end what was not tested
    pytest --slow         also what is marked slow (listed in the README)
    pytest -n 2           two processes, each with databases of its own
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

NO_BROWSER = "needs a browser (--no-browser)"
BROWSER_FIXTURE = "browser"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("chosach")
    group.addoption("--pg", action="store_true", help="run on PostgreSQL instead of SQLite")
    group.addoption("--slow", action="store_true", help="also run the tests that are marked slow")
    group.addoption("--no-browser", action="store_true", help="leave out what needs a browser, and say so")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Set the environment from which `chosach.desk.settings` reads. Workers of xdist inherit it from the first process."""
    if "CHOSACH_TEST_RUN" not in os.environ:
        _prepare(pg=early_config.known_args_namespace.pg)
    return (yield)


def _prepare(*, pg: bool) -> None:
    for name in [name for name in os.environ if name.startswith("CHOSACH_") and not name.startswith(("CHOSACH_TEST_", "CHOSACH_BROWSER"))]:
        del os.environ[name]  # the settings of an installation are not those of its tests
    folder = Path(tempfile.mkdtemp(prefix="chosach-test-"))
    os.environ["CHOSACH_TEST_RUN"] = str(folder)
    os.environ["CHOSACH_SECRET_KEY"] = "only for tests"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's own loop runs in the thread of the tests
    if pg:
        from tests import postgres

        try:
            os.environ["CHOSACH_DATABASE_URL"] = postgres.start()
        except postgres.NoServer as error:
            raise pytest.UsageError(str(error)) from error
        os.environ["CHOSACH_DATABASE_POOL"] = "no"


def pytest_configure() -> None:
    """Hypothesis gives a test 200 ms by default; on a busy machine that fails what is right."""
    import hypothesis

    hypothesis.settings.register_profile("chosach", deadline=None)
    hypothesis.settings.load_profile("chosach")


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = os.environ.get("CHOSACH_TEST_RUN")
    if folder and not hasattr(config, "workerinput"):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_report_header() -> str:
    return "database: " + ("PostgreSQL" if "CHOSACH_DATABASE_URL" in os.environ else "SQLite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        if slow:
            config.hook.pytest_deselected(items=slow)
            items[:] = [item for item in items if item not in slow]
    if config.getoption("--no-browser"):
        for item in items:
            if BROWSER_FIXTURE in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report.nodeid for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.section("not tested, because --no-browser was given")
        for nodeid in skipped:
            terminalreporter.write_line(nodeid)
