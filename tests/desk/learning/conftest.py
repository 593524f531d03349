"""A market with a long queue; dismissals that no lot falls on; the guard set, screened once."""

import sys

import pytest

from chosach.desk.leads.services.dismiss import drawn
from tests.people import Cast


@pytest.fixture(autouse=True)
def guard_shared(guard_once: None) -> None:
    """Every retraining looks at the guard set."""


@pytest.fixture
def queue(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast, and thirty grave leads above whatever a test adds: a database of the tests has them (tests/databases.py). The lot never
    falls unless a test says so."""
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)
    return cast
