"""What other rooms add to a trader's page: a card each. Rooms above the registry give theirs here when Django is ready.

panels.register(lambda actor, trader: [Panel("rings/parts/panel.html", {"ring": ring})])
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Trader


@dataclass(frozen=True)
class Panel:
    """A card: the template that draws it, and what that template finds as `panel`."""

    template: str
    panel: Mapping[str, Any] = field(default_factory=dict)


Source = Callable[[Actor, Trader], Iterable[Panel]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room that has something to show about a trader."""
    if source not in _sources:
        _sources.append(source)


def panels_of(actor: Actor, trader: Trader) -> list[Panel]:
    """The cards of all rooms, as far as this actor may see them."""
    return [panel for source in _sources for panel in source(actor, trader)]
