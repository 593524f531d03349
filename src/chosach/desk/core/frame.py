"""What the frame of every page asks of apps that stand above the core: the committee's name and the ledger's head.

The core imports no app; an app gives its answer here when Django is ready:

    frame.committee_from(lambda: "Ban Chỉ đạo 389 tỉnh Đồng Nai")
    frame.ledger_head_from(lambda: LedgerHead(seq=1234, hash="…"))
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True)
class LedgerHead:
    """The last entry of the ledger: its number and its hash (hexadecimal)."""

    seq: int
    hash: str


_committee: list[Callable[[], str]] = []
_ledger_head: list[Callable[[], LedgerHead | None]] = []


def committee_from(source: Callable[[], str]) -> None:
    """Who names the committee that uses this installation. The last one asked wins."""
    _committee[:] = [source]


def ledger_head_from(source: Callable[[], LedgerHead | None]) -> None:
    """Who knows the ledger's head (shown at the foot of pages to people who are signed in)."""
    _ledger_head[:] = [source]


def committee() -> str:
    """The committee's name, or the general one while no plan is loaded."""
    return (_committee[0]() if _committee else "") or "Ban Chỉ đạo 389"


def ledger_head() -> LedgerHead | None:
    return _ledger_head[0]() if _ledger_head else None


@functools.cache
def version() -> str:
    """The version of this installation."""
    return metadata.version("chosach")
