"""What other rooms know of a trader: open leads and cases. Rooms above the registry give their answer here when Django is ready.

    files.register(lambda actor, trader: [OpenFile("Vụ việc", body.name, body.contact, url)])

An answer for a body's own people may hold an address; others learn only that a body has an open file, and its contact.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Trader


@dataclass(frozen=True)
class OpenFile:
    """One open file about a trader: what it is, whose, how to reach them; `url` only for those who may open it."""

    what: str
    body: str
    contact: str = ""
    url: str = ""
    state: str = ""


Source = Callable[[Actor, Trader], Iterable[OpenFile]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room that may know of files about a trader."""
    if source not in _sources:
        _sources.append(source)


def open_files(actor: Actor, trader: Trader) -> list[OpenFile]:
    """Everything that this actor may know of files about a trader."""
    return [file for source in _sources for file in source(actor, trader)]
