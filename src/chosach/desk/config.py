"""Where the desk finds its home folder, its secret and its database: read from the environment, never from the code."""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url

# SQLite as a production store: WAL, and IMMEDIATE so that two writers wait for each other instead of failing. FULL because
# the ledger may not lose its last commits at a power cut. No memory mapping: with several processes and threads opening and
# closing the database, an opening now and then failed with "database disk image is malformed" though the file was sound.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-20000;",
}


def home() -> Path:
    """The folder that holds the embedded database, evidence, exports and keys (CHOSACH_HOME, else ./chosach-home)."""
    return Path(os.environ.get("CHOSACH_HOME", "chosach-home")).resolve()


def secret_key(folder: Path) -> str:
    """CHOSACH_SECRET_KEY, else a key made once and kept in the home folder with owner-only rights."""
    given = os.environ.get("CHOSACH_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def database(folder: Path) -> dict[str, Any]:
    """CHOSACH_DATABASE_URL (postgresql://…), else SQLite in the home folder. CHOSACH_DATABASE_POOL=no: no connection pool."""
    url = os.environ.get("CHOSACH_DATABASE_URL")
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "chosach.sqlite3", **_sqlite()}
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        settings |= _sqlite()
    elif flag("CHOSACH_DATABASE_POOL", default=True):
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "pool": True}
    return settings


def _sqlite() -> dict[str, Any]:
    """A thread keeps its connection. Whoever closes the last one folds the log into the file and removes it: with a connection for
    each request that happened at every pause, and an opening by another process at that moment could fail."""
    return {"OPTIONS": dict(SQLITE_OPTIONS), "CONN_MAX_AGE": None}


def flag(name: str, default: bool = False) -> bool:
    """A yes/no environment setting: 1, true, yes or on."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated environment setting."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
