"""chosach, "chợ sạch": from raw listings and tips to evidence-backed cases and the periodic report.

    import chosach

    findings = chosach.screen(table)     # Arrow in, Arrow out: docs/screening.md

Importing the package loads nothing heavy; ``screen`` and ``explain`` load the engine when they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chosach.screening import explain, screen

__all__ = ["__version__", "explain", "screen"]


def __getattr__(name: str) -> Any:
    if name in ("screen", "explain"):
        return getattr(import_module("chosach.screening"), name)
    if name == "__version__":
        return import_module("importlib.metadata").version("chosach")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
