"""Every page of the access table in a real browser: accessible, one heading, the business date, nothing cut or to be scrolled sideways.

CHOSACH_TEST_SHOTS=FOLDER keeps a picture of each at both sizes, to be looked at.
"""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from tests.browser import DESKTOP, PHONE, assert_accessible, cut
from tests.desk.access import Row, tables

PAGES = {app: [row for row in rows if row.method == "GET" and (row.who or row.public)] for app, rows in tables().items()}
DAY = dt.date(2021, 3, 17)
SHOWN = "17/03/2021"
SHOTS = os.environ.get("CHOSACH_TEST_SHOTS")
#: Half-way pages of signing in: they lead elsewhere unless one stands half-way.
LEADS_ELSEWHERE = {"account_login", "account_logout", "mfa_authenticate", "mfa_reauthenticate", "core:language"}


def keep(page, row: Row, size: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{row.name.replace(':', '-')}-{size}.png", full_page=True)


def look_at(page, row: Row) -> list[str]:
    """What is wrong with the page as it stands."""
    found = []
    page.set_viewport_size(DESKTOP["viewport"])
    keep(page, row, "desktop")
    found += [f"on a desktop: {line}" for line in cut(page)]
    try:
        assert_accessible(page)
    except AssertionError as error:
        found.append(str(error))
    if not page.get_by_text(f"Ngày giả lập {SHOWN}").locator("visible=true").count():
        found.append("does not show the business date")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} headings <h1>")
    page.set_viewport_size(PHONE["viewport"])
    keep(page, row, "phone")
    found += [f"on a phone: {line}" for line in cut(page)]
    return [f"{row.name}: {line}" for line in found]


@pytest.mark.once  # that each page opens on PostgreSQL too is walked through by tests/desk/test_access.py
@pytest.mark.parametrize("app", [app for app, rows in PAGES.items() if rows])
def test_every_page_is_accessible_and_fits_its_screen(app: str, cast, page_as) -> None:
    found, pages, made = [], {}, {}
    businessdate.simulate(DAY)
    for row in PAGES[app]:
        if row.name in LEADS_ELSEWHERE:
            continue
        who = sorted(row.who)[0]
        if row.make is not None and row.make not in made:
            made[row.make] = dict(row.make(cast))
        address = reverse(row.name, kwargs=made[row.make] if row.make else {})
        page = pages.setdefault(who, None) or page_as(who)
        pages[who] = page
        answer = page.request.get(address, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue  # a file, a part for programs, or a way elsewhere
        if "<html" not in answer.text():
            continue  # a part that htmx puts into a page
        businessdate.simulate(DAY)  # what the page shows may have been made on another day
        page.goto(address)
        found += look_at(page, row)
    assert not found, "\n".join(found)
