"""The worker's own loop."""

from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError

from chosach.desk.jobs import worker


class Queue:
    """Fails as an opening of the database can fail, once."""

    asked = 0

    def __init__(self, **options: Any) -> None:
        pass

    def run(self) -> None:
        Queue.asked += 1
        if Queue.asked == 1:
            raise DatabaseError("database disk image is malformed")


@pytest.mark.django_db
def test_a_worker_outlives_an_error_of_the_database(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Such an error ends neither the worker nor the work that waits."""
    looks: list[int] = []
    Queue.asked = 0
    monkeypatch.setattr(worker, "Worker", Queue)
    monkeypatch.setattr(worker.run, "run_next", lambda: False)
    monkeypatch.setattr(worker, "ledger_round", lambda: None)
    monkeypatch.setattr(worker, "PAUSE", 0.0)
    worker.work(alive=lambda: looks.append(1) or len(looks) < 3)  # type: ignore[func-returns-value]
    assert Queue.asked == 2
    assert "trying again" in caplog.text


@pytest.mark.django_db
def test_a_fault_of_ours_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> bool:
        raise ProgrammingError("no such table")

    Queue.asked = 1
    monkeypatch.setattr(worker, "Worker", Queue)
    monkeypatch.setattr(worker.run, "run_next", missing)
    with pytest.raises(ProgrammingError):
        worker.work()
