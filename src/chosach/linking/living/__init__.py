"""Traders and rings that live on: what people judged holds in every run, ids stay, a new record is placed without a run.

    from chosach.linking import link

    linked = link(table, judgements=judged, previous=yesterday.clusters)
    linked.clusters       # the ids of yesterday wherever the trader is still there
    linked.events         # kept, grown, shrunk, merged, split, born, gone, returned
    linked.overruled      # judgements that contradict newer ones

docs/linking.md, "Living rings".
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chosach.linking.living.judgements import JUDGEMENTS, OVERRULED, Unusable, settled
    from chosach.linking.living.succession import EVENTS, carried

_PLACES = {
    "EVENTS": "succession", "JUDGEMENTS": "judgements", "OVERRULED": "judgements", "Unusable": "judgements", "carried": "succession",
    "settled": "judgements",
}  # fmt: skip

__all__ = ["EVENTS", "JUDGEMENTS", "OVERRULED", "Unusable", "carried", "settled"]


def __getattr__(name: str) -> Any:
    """Loaded when asked for."""
    if name in _PLACES:
        return getattr(import_module(f"chosach.linking.living.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
