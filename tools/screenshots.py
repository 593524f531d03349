"""Take the pictures of the documentation from a running site.

    python3 run.py demo --port 8389                                     # in one terminal
    .venv/bin/python tools/screenshots.py --base http://127.0.0.1:8389 --home chosach-demo [NAME…]

Each page of `SHOTS` is taken at 1366 px, some also at 390 px, into docs/screenshots/NAME-desktop.png and NAME-phone.png. The script signs
in by making sessions in the site's own database (that is why it needs its home folder) and removes them at the end. It waits until no long
work is open: pages that are taken while traders are being linked contradict each other.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

from tools.browser import HOW_TO_GET, find_browser  # noqa: E402 - the script runs from anywhere


@dataclass(frozen=True)
class Shot:
    """A picture: its name, the address, and who looks (a member of the cast; empty: nobody signed in).

    `clicks`: selectors of links to follow first, for pages whose address holds an id. `at`: a selector to scroll to. `sizes`: names
    in `SIZES`.
    """

    name: str
    path: str
    user: str = ""
    clicks: tuple[str, ...] = ()
    at: str = ""
    sizes: tuple[str, ...] = ("desktop",)


BOTH = ("desktop", "phone")
FIRST_ROW = "main tbody a"
REPORT = "main th a:not([href*='/don-vi/'])"

#: Add a line for each page that the documentation shows.
SHOTS: list[Shot] = [
    Shot("desk", "/", "qltt.can-bo"),
    Shot("leads", "/dau-moi/", "qltt.can-bo", sizes=BOTH),
    Shot("lead", "/", "qltt.can-bo", clicks=("main li a[href^='/dau-moi/']",), sizes=BOTH),
    Shot("case", "/vu-viec/?stage=deciding", "qltt.can-bo", clicks=(FIRST_ROW,)),
    Shot("transfer", "/vu-viec/?stage=transferring", "congan.lanh-dao", clicks=(FIRST_ROW,)),
    Shot("rings", "/duong-day/", "congan.can-bo"),
    Shot("ring", "/duong-day/", "congan.can-bo", clicks=(FIRST_ROW,), sizes=BOTH),
    Shot("ring-map", "/duong-day/", "congan.can-bo", clicks=("main tbody tr:nth-child(2) a",), at=".map-and-table"),
    Shot(
        "tie",
        "/duong-day/",
        "congan.can-bo",
        clicks=(FIRST_ROW, ".tabs a[href*='moi-lien-ket']", "main tbody[data-keys-list] a"),
        at=".panel:has(.tie)",
    ),
    Shot("board", "/ke-hoach/", "vptt.can-bo"),
    Shot("competence", "/co-quan/tham-quyen/?kind=counterfeit&goods_group=cosmetic", "qltt.can-bo"),
    Shot("report", "/bao-cao/", "vptt.can-bo", clicks=(REPORT,)),
    Shot("figure", "/bao-cao/", "qltt.can-bo", clicks=(REPORT, "main td.number a")),
    Shot("ledger", "/giam-sat/so-cai/", "kiemtoan", clicks=("main summary",)),
    Shot("import", "/nhap-du-lieu/", "qltt.phan-tich", clicks=(FIRST_ROW,)),
]
SIZES = {"desktop": {"width": 1366, "height": 860}, "phone": {"width": 390, "height": 844}}


@contextmanager
def sessions(users: set[str]) -> Iterator[dict[str, str]]:
    """A session for each of these people, by user name; gone afterwards."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

    store = import_module(settings.SESSION_ENGINE).SessionStore
    made = {}
    for name in users:
        person = get_user_model().objects.get(username=name)
        session = store()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        made[name] = session
    try:
        yield {name: session.session_key or "" for name, session in made.items()}
    finally:
        for session in made.values():
            session.delete()


def wait_for_the_workers(seconds: float = 600) -> None:
    """Until no job waits or runs."""
    from chosach.desk.jobs.models import OPEN, Job

    until = time.monotonic() + seconds
    while (left := Job.objects.filter(state__in=OPEN)).exists():
        if time.monotonic() > until:
            sys.exit(f"after {seconds:.0f} s these are still open: {', '.join(left.values_list('kind', flat=True))}; does a worker run?")
        time.sleep(2)


def take(page: "Page", shot: Shot, size: str, folder: Path) -> None:
    answer = page.goto(shot.path)
    if answer is None or answer.status != 200:
        sys.exit(f"{shot.name}: {shot.path} answers {answer.status if answer else 'nothing'}")
    for selector in shot.clicks:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
    if shot.at:
        page.locator(shot.at).first.evaluate("spot => spot.scrollIntoView({behavior: 'instant'})")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{shot.name}-{size}.png")
    print(f"{shot.name}-{size}.png")


def take_all(browser: "Browser", base: str, shots: list[Shot], keys: dict[str, str], folder: Path) -> None:
    for size, viewport in SIZES.items():
        for user in sorted({shot.user for shot in shots}):
            context = browser.new_context(base_url=base, viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
            if user:
                context.add_cookies([{"name": "sessionid", "value": keys[user], "url": base}])
            page = context.new_page()
            for shot in shots:
                if shot.user == user and size in shot.sizes:
                    take(page, shot, size, folder)
            context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only these pictures")
    parser.add_argument("--base", default="http://127.0.0.1:8389", help="address of the running site")
    parser.add_argument("--home", default="chosach-demo", help="home folder of the running site")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/screenshots")
    given = parser.parse_args()
    shots = [shot for shot in SHOTS if not given.names or shot.name in given.names]
    os.environ["CHOSACH_HOME"] = str(Path(given.home).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    wait_for_the_workers()
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, sessions({shot.user for shot in shots if shot.user}) as keys:
        path = find_browser() or playwright.chromium.executable_path
        if not Path(path).exists():
            sys.exit(HOW_TO_GET)
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        take_all(browser, given.base, shots, keys, given.out)
        browser.close()


if __name__ == "__main__":
    main()
