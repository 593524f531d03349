"""How the desk opens its embedded database (the test run itself has quicker commits, see tests/settings.py)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chosach.desk.config import SQLITE_OPTIONS, database


def test_sqlite_loses_no_commit_and_maps_no_page_that_another_process_moves(tmp_path: Path) -> None:
    """With memory mapping, the site and the worker now and then told "database disk image is malformed" of a sound file."""
    full = 2
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as db:
        for command in SQLITE_OPTIONS["init_command"].split(";"):
            db.execute(command)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (full,)
        assert db.execute("PRAGMA mmap_size").fetchone() == (0,)


def test_threads_keep_their_connection_to_the_embedded_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHOSACH_DATABASE_URL", raising=False)
    assert database(tmp_path)["CONN_MAX_AGE"] is None
    monkeypatch.setenv("CHOSACH_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite3'}")
    assert database(tmp_path)["CONN_MAX_AGE"] is None
