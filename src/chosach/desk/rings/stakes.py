"""Which bodies are at work on a trader: rooms above tell, so that no body is judged past. (`registry.files` tells people.)

stakes.register(lambda traders: {body.id, …})
"""

from collections.abc import Callable, Collection
from uuid import UUID

Source = Callable[[Collection[UUID]], Collection[UUID]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room that knows of open files: traders' ids → ids of the bodies that have one."""
    if source not in _sources:
        _sources.append(source)


def bodies_at_work(traders: Collection[UUID]) -> set[UUID]:
    """Bodies with an open file on any of these traders."""
    return {body for source in _sources for body in source(traders)}
