"""An index of three records of two traders, and a file of new records."""

from pathlib import Path

import pytest

from tests.commands.indexes import NEW, run
from tests.commands.test_link import ROWS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "ho-so.csv").write_text(ROWS, encoding="utf-8")
    run("link", folder / "ho-so.csv", "--out", folder / "traders.parquet", "-q")
    assert run("index", "build", folder / "ho-so.csv", "--clusters", folder / "traders.parquet", "--out", folder / "index", "-q") == (0, "")
    return folder


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    (tmp_path / "index").write_bytes((made / "index").read_bytes())
    return tmp_path / "index"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "moi.csv").write_text(NEW, encoding="utf-8")
    return tmp_path / "moi.csv"
