"""Vietnamese text as it is written in listings: a normal form that keeps marks and places, and fast matching on it.

Names are loaded when they are first asked for: the matcher's compiled loop takes a second, which ``chosach.text.extract`` does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chosach.text.matcher import DISGUISED, FOLDED, Hits, Matcher, Pattern, normalise

__all__ = ["DISGUISED", "FOLDED", "Hits", "Matcher", "Pattern", "normalise"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("chosach.text.matcher"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
