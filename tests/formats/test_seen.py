"""The set of seen ids."""

import pytest

from chosach.formats.listings import seen


def test_ids_are_remembered_across_flushes_and_runs_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "_RECENT", 100)
    monkeypatch.setattr(seen, "_ON_DISK", 800)
    ids = seen.SeenIds()
    for start in range(0, 5000, 50):
        assert not any(ids.add([f"tin-{at}" for at in range(start, start + 50)]))
    assert all(ids.add([f"tin-{at}" for at in range(5000)]))
    assert ids.add(["mới", "mới", "tin-7"]) == [False, True, True]
