"""The real site in a real browser.

    def test_…(cast, page_as):
        page = page_as("qltt.can-bo")            # signed in already; phone=True for a small screen
        page.goto("/dau-moi/")
        assert_accessible(page)

A script error, a violation of the content security policy or an error of the server fails the test.
"""

import json
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tools.browser import HOW_TO_GET, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.databases import Databases
    from tests.people import Cast

#: How long a page may take, in ms: busy machines are slow, and a test that passes does not wait.
TIMEOUT = 30_000
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


def _and_stand(act: Callable[..., None]) -> Callable[..., None]:
    """The act of a locator, and then the page that it leads to, come whole: what is asked at once after it is asked of that page."""

    def acted(locator: "Locator", *given: Any, **named: Any) -> None:
        act(locator, *given, **named)
        if not locator.page.is_closed():
            locator.page.wait_for_load_state("load")

    return acted


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One browser for the run."""
    from playwright.sync_api import Locator, expect, sync_playwright

    expect.set_options(timeout=TIMEOUT)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        for name in ("click", "press", "check", "select_option"):
            patch.setattr(Locator, name, _and_stand(getattr(Locator, name)))
        path = find_browser() or playwright.chromium.executable_path
        if not os.path.exists(path):  # noqa: PTH110
            pytest.exit(HOW_TO_GET, returncode=3)
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Site:
    """The site under test: its address, and what went wrong inside it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.errors: list[str] = []


@pytest.fixture
def site(committed: "Databases") -> Iterator[Site]:
    """The site as it is served (pages and static files), on a free port of loopback, with a database of the test's own."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.signals import got_request_exception
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, allow_reuse_address=False)
    server.set_app(get_wsgi_application())
    served = Site(f"http://127.0.0.1:{server.server_port}")

    def note(**_: Any) -> None:
        served.errors.append(traceback.format_exc())

    got_request_exception.connect(note)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()
    got_request_exception.disconnect(note)
    assert not served.errors, "the site failed:\n" + "\n".join(served.errors)


class Watch:
    """Listens to one page for what a user would not see but should not happen."""

    def __init__(self, page: "Page") -> None:
        self.found: list[str] = []
        self.visited: set[str] = set()
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("response", lambda response: self.visited.add(response.url) if response.request.is_navigation_request() else None)
        page.on("console", self._console)

    def _console(self, message: Any) -> None:
        # A refused page (404) that a test goes to on purpose is told on the console too.
        address = message.location.get("url", "")
        refused = message.text.startswith("Failed to load resource") and address in self.visited
        policy = "Content Security Policy" in message.text
        if policy or (message.type == "error" and not refused):
            self.found.append(f"{message.type}: {message.text} ({message.location.get('url')})")


@pytest.fixture
def visitor(browser: "Browser", site: Site) -> "Iterator[Callable[..., Page]]":
    """`visitor(phone=False)`: a page of a person who is not signed in."""
    contexts, watches = [], []

    def open_page(*, phone: bool = False) -> "Page":
        context = browser.new_context(
            base_url=site.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", accept_downloads=True, **(PHONE if phone else DESKTOP)
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page))
        return page

    yield open_page
    for context in contexts:
        context.close()
    found = [line for watch in watches for line in watch.found]
    assert not found, "the browser's console tells of:\n" + "\n".join(found)


@pytest.fixture
def page_as(cast: "Cast", site: Site, visitor: "Callable[..., Page]") -> "Callable[..., Page]":
    """`page_as("qltt.can-bo", phone=False)`: a page of this person, signed in already."""

    def open_page(key: str, *, phone: bool = False) -> "Page":
        page = visitor(phone=phone)
        cookie = cast[key].client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
        return page

    return open_page


def sign_in(page: "Page", key: str, password: str | None = None) -> None:
    """Sign in by hand, on the sign-in page."""
    from tests.people import PASSWORD

    page.goto("/dang-nhap/")
    page.locator("input[name=login]").fill(key)
    page.locator("input[name=password]").fill(PASSWORD if password is None else password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()


def assert_accessible(page: "Page") -> None:
    """axe finds nothing serious or critical on the page as it stands."""
    page.wait_for_load_state("load")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found = page.evaluate(_LOOK)
    bad = [item for item in found if item["impact"] in {"serious", "critical"}]
    lines = [f"{item['id']} ({item['impact']}): {item['help']}\n    {node[:300]}" for item in bad for node in item["nodes"][:5]]
    assert not bad, f"{page.url}: axe finds\n" + "\n".join(lines) + "\n" + json.dumps([item["helpUrl"] for item in bad])


def cut(page: "Page") -> list[str]:
    """What is cut on the page as it stands, or has to be scrolled sideways: a line each."""
    found: list[str] = page.evaluate(_CUT)
    return found


@cache
def _axe() -> str:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


_CUT = Path(__file__).with_name("cut.js").read_text(encoding="utf-8").strip()
_LOOK = Path(__file__).with_name("accessible.js").read_text(encoding="utf-8").strip().removesuffix(";")
