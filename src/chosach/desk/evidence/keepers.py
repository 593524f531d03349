"""Who may see or add evidence of an object: the app that keeps the object says so. Apps above register themselves here."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused


@dataclass(frozen=True)
class Keeper:
    """Rules of one noun. Each function raises `Refused` or `Problem` when the answer is no.

    `see(actor, object_id, protected)`; `add(actor, object_id)`; `hand_over(actor, object_id)`; `url(object_id)` is the object's page.
    """

    noun: str
    label: str
    see: Callable[[Actor, UUID, bool], None]
    add: Callable[[Actor, UUID], None]
    hand_over: Callable[[Actor, UUID], None]
    url: Callable[[UUID], str]


_keepers: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    """Declare the keeper of a noun (in the app's `ready`)."""
    _keepers[keeper.noun] = keeper


def keeper_of(noun: str) -> Keeper:
    """The keeper of this noun; nobody sees evidence of a noun that no app keeps."""
    if noun not in _keepers:
        raise Refused("object.not_visible", refs={})
    return _keepers[noun]
