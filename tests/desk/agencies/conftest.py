"""The plan's bodies, territory and competence table."""

import pytest

from chosach.desk.plan.files.loading import load
from tests.desk.plan.conftest import LOADER, PLANS


@pytest.fixture
def plan_2020(db: None) -> None:
    load(PLANS / "dong-nai-2020", actor=LOADER)


@pytest.fixture
def plan_2025(plan_2020: None) -> None:
    load(PLANS / "dong-nai-2025", actor=LOADER)
