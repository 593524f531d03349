"""What other rooms decided of single findings of a listing. Rooms above the registry give their answer here when Django is ready.

    rulings.register(lambda actor, listing: {(listing.content_hash, "counterfeit"): "Báo nhầm"})

Each tells only what this actor may see.
"""

from collections.abc import Callable, Mapping

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Listing

#: A finding of one listing, whoever screened: hash of the text that it was found on, kind.
Key = tuple[str, str]
Source = Callable[[Actor, Listing], Mapping[Key, str]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room that may have decided something of findings."""
    if source not in _sources:
        _sources.append(source)


def rulings_of(actor: Actor, listing: Listing) -> dict[Key, str]:
    """Finding → what was decided of it in words, as far as this actor may know."""
    return {key: said for source in _sources for key, said in source(actor, listing).items()}
