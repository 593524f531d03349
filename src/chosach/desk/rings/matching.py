"""Which of the new groups keeps which old id. Pure functions on sets; nothing depends on an order."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar
from uuid import UUID

K = TypeVar("K", bound=Hashable)
M = TypeVar("M", bound=Hashable)


def claims(groups: Mapping[K, Collection[M]], held: Mapping[UUID, Collection[M]], older: Mapping[UUID, object]) -> dict[K, UUID]:
    """Group → the id that it keeps; a group that is not named gets a new one.

    The two that share most members are matched first; of equals the id that is older (`older`: anything that sorts), then by group.
    Each id is kept by one group, each group keeps one id, and only an id that it shares a member with.
    """
    owner = {member: name for name, members in held.items() for member in members}
    shared: Counter[tuple[K, UUID]] = Counter()
    for group, members in groups.items():
        for member in members:
            if member in owner:
                shared[group, owner[member]] += 1
    kept: dict[K, UUID] = {}
    taken: set[UUID] = set()
    order = sorted(shared.items(), key=lambda item: (-item[1], str(older.get(item[0][1], "")), str(item[0][1]), str(item[0][0])))
    for (group, name), _ in order:
        if group not in kept and name not in taken:
            kept[group] = name
            taken.add(name)
    return kept


def components(nodes: Collection[M], pairs: Collection[tuple[M, M]]) -> list[set[M]]:
    """The nodes in groups that pairs hold together, over any number of steps: the largest first. Pairs with others are left out."""
    known = set(nodes)
    up: dict[M, M] = {node: node for node in known}

    def top(node: M) -> M:
        while up[node] != node:
            up[node] = up[up[node]]
            node = up[node]
        return node

    for first, second in pairs:
        if first in known and second in known:
            up[top(first)] = top(second)
    groups: dict[M, set[M]] = {}
    for node in known:
        groups.setdefault(top(node), set()).add(node)
    return sorted(groups.values(), key=lambda group: (-len(group), min(str(node) for node in group)))
