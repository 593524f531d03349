"""A small market for tests of leads: traders with findings, taken in and opened."""

import pytest

from tests.desk.leads.market import Market
from tests.people import Cast


@pytest.fixture
def market(cast: Cast) -> Market:
    return Market()
