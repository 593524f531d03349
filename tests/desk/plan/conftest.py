"""The plan's own files, loaded."""

from pathlib import Path

import pytest

from chosach.desk.core import access
from chosach.desk.plan.models import Plan

PLANS = Path(__file__).resolve().parents[3] / "plans"
LOADER = access.system("plan")


@pytest.fixture
def plan(plan_2020: None) -> Plan:
    """Đồng Nai's plan of 2020."""
    return Plan.objects.get(code="dong-nai-2020")
