"""Who must not be joined: rooms above the registry tell what people have judged, so that an import never undoes it.

apart.register(lambda first, second: …)      # two traders; True: a person has said that these are not one
"""

from collections.abc import Callable
from uuid import UUID

#: Two traders' ids → True where some of their channels were judged to be different people's.
Judged = Callable[[UUID, UUID], bool]
_judges: list[Judged] = []


def register(judge: Judged) -> None:
    """Add a room that may know."""
    if judge not in _judges:
        _judges.append(judge)


def are_apart(first: UUID, second: UUID) -> bool:
    """True if these two traders must not be joined."""
    return any(judge(first, second) for judge in _judges)
