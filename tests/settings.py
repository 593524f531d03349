"""The settings under test: those of the desk, with a home of this run's own, cheap password hashes and quick commits."""

import os
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["CHOSACH_HOME"] = str(Path(os.environ["CHOSACH_TEST_RUN"]) / WORKER)

from chosach.desk.settings import *  # noqa: E402, F403
from chosach.desk.settings import DATABASES, HOME, LOGGING, PASSWORD_HASHERS  # noqa: E402

(HOME / "static").mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # refusals are what many tests are about
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: an in-memory database shared by threads has other locks.
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # a test's database is put in the place of the last one's
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
