"""A report on a phone: each row begins with what it counts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.desk.reports.making import a_round, an_entry
from tests.people import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: What is looked at here is the same whatever database lies below.
pytestmark = pytest.mark.once
#: Above everything else in its row: where the name stands, and where the first of the others does.
TOPS = """rows => rows.filter(row => row.querySelector("th[scope=row]")).map(row => [
    row.querySelector("th[scope=row]").getBoundingClientRect().top,
    Math.min(...[...row.querySelectorAll("td")].map(cell => cell.getBoundingClientRect().top))])"""


def test_a_row_begins_with_the_name_of_what_it_counts_and_not_with_its_number(cast: Cast, page_as: Callable[..., "Page"]) -> None:
    report = a_round(cast)
    an_entry(fine=12_500_000, collected=12_500_000)
    page = page_as("vptt.can-bo", phone=True)
    page.goto(f"/bao-cao/{report.pk}/")
    tops = page.locator("main .table-stack tbody tr").evaluate_all(TOPS)
    assert len(tops) > 10
    assert all(name < others for name, others in tops)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
