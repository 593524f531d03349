"""Finds a Chromium for tests and screenshots. Standard library only: the set-up uses it before anything is installed."""

import os
import shutil

#: The first is Chromium without windows: the same pages at four fifths of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET = (
    "No Chromium was found for the browser tests. Type one of:\n"
    "    .venv/bin/python -m playwright install --with-deps chromium\n"
    "    apt-get install --no-install-recommends chromium      (as root, on Debian)\n"
    "    CHOSACH_BROWSER=/path/to/chromium …                   (one that is there already)\n"
    "or run without by adding --no-browser."
)


def find_browser() -> str | None:
    """CHOSACH_BROWSER, else a Chromium on the PATH, else None (Playwright may have one of its own)."""
    given = os.environ.get("CHOSACH_BROWSER")
    if given:
        return given
    return next((path for path in map(shutil.which, NAMES) if path), None)
