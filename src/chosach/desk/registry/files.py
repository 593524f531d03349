"""What other rooms know of a trader: open leads and cases. Rooms above the registry give their answer here when Django is ready.

    files.register(lambda actor, trader: [OpenFile("Vụ việc", case.number, own=True, url=url, state="Xác minh")])

The own body's files come with their address; of others' only that a body has an open file, its contact, and where to ask to take part.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Trader


@dataclass(frozen=True)
class OpenFile:
    """One open file about a trader. Of the own body (`own`): `name`, `state`, `url`. Of another: its name and contact; `url` then
    leads to where one asks to take part."""

    what: str
    name: str
    own: bool
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
    """Everything that this actor may know of files about a trader; the same body is told once, with an address if there is one."""
    found = [file for source in _sources for file in source(actor, trader)]
    others: dict[str, OpenFile] = {}
    for file in found:
        if not file.own and (file.name not in others or (file.url and not others[file.name].url)):
            others[file.name] = file
    return [file for file in found if file.own] + list(others.values())
