"""What waits for a person on the first page. Each app registers its sections in its `home.py`.

    from chosach.desk.core.home import Entry, Section, register

    @register(order=20)
    def new_leads(actor: Actor) -> Section | None:
        if not actor.may("leads.read"):
            return None
        return Section("Đầu mối mới", count=…, entries=[Entry("…", url, note="…", due=date)], url=reverse("leads:queue"))

A section that returns None is not shown. It asks the app's own selectors, so nothing is shown here that could not be opened.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules

from chosach.desk.core.access import Actor


@dataclass(frozen=True)
class Entry:
    """One thing that waits: what, where it opens, a short note, until when."""

    text: str
    url: str
    note: str = ""
    due: dt.date | None = None


@dataclass(frozen=True)
class Section:
    """A card of the first page. `count` is how many wait in all; `entries` are the first few of them (five at most are shown).
    With a count of 0 it is one word in the last line."""

    title: str
    count: int
    entries: Sequence[Entry] = ()
    url: str = ""
    url_label: str = "Xem tất cả"
    icon: str = "inbox"


Source = Callable[[Actor], Section | None]
_sources: list[tuple[int, str, Source]] = []


def register(*, order: int = 50) -> Callable[[Source], Source]:
    """Add a section to the first page (a decorator). Small `order` stands first."""

    def add(source: Source) -> Source:
        _sources.append((order, f"{source.__module__}.{source.__qualname__}", source))
        return source

    return add


def sections_for(actor: Actor) -> list[Section]:
    """The sections that have something to say to this person; those with waiting work first within the same order."""
    discover()
    sections = (source(actor) for _order, _name, source in sorted(_sources, key=lambda row: row[:2]))
    return [section for section in sections if section is not None]


@cache
def discover() -> None:
    """Import every app's `home` module, when a first page is first asked for: commands show none, and need not load what it asks."""
    autodiscover_modules("home")
