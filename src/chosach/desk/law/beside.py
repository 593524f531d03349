"""What is overdue besides legal clocks: terms that other rooms keep themselves. They tell of them here when Django is ready.

beside.register(lambda actor: [Beside("Đầu mối hết hạn theo dõi", count, url)])
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chosach.desk.core.access import Actor


@dataclass(frozen=True)
class Beside:
    """`count` things of a room are overdue; `url`: the list that shows exactly these."""

    label: str
    count: int
    url: str


Source = Callable[[Actor], Iterable[Beside]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room with terms of its own."""
    if source not in _sources:
        _sources.append(source)


def beside(actor: Actor) -> list[Beside]:
    """What is overdue elsewhere, of what this actor may see."""
    return [one for source in _sources for one in source(actor) if one.count]
