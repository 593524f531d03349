"""Two events for tests, declared while a test runs and no longer (docs and permissions are compared with what the apps declare)."""

from collections.abc import Iterator

import pytest

from chosach.desk.ledger import events


@pytest.fixture(autouse=True)
def declared_events(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        for event in (events.Event("test.acted", "Việc để thử"), events.Event("test.counted", "Số liệu để thử", figures=True)):
            patch.setitem(events._events, event.code, event)
        yield
