"""Links between traders → rings.

Linked traders, over any number of steps, are one ring, unless two parts of them hang together by far less than each holds its own. Which
parts those might be is Leiden's to propose (Traag and others, 2019), with a fixed seed and the links in order, each component by itself;
whether they go apart goes by one rule. A trader without a close link to any one of a ring joins it when its ties to several say as much.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from chosach.linking import clusters
from chosach.linking.rings import ties

Ints = NDArray[np.int64]

#: Two that are tied are no ring.
LEAST = 3
#: Two parts are one ring if the links between them are at least this share of those that one trader of each has to its own part. Links are
#: counted, not weighed: in a chain each is all that holds it together.
_HOLDS = 0.35
_SEED = 389
#: Components below this are never parted: two rings have three traders each.
_PARTED = 2 * LEAST
_ROUNDS = 3


@dataclass(frozen=True)
class Grouped:
    """Traders (numbers) with the place of their ring, by trader. `strength`: of each ring the weakest link that holds it, in bits."""

    trader: Ints
    ring: Ints
    strength: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many rings."""
        return len(self.strength)

    def members(self) -> list[list[int]]:
        """Traders of each ring, in order."""
        found: list[list[int]] = [[] for _ in range(self.count)]
        for trader, ring in zip(self.trader.tolist(), self.ring.tolist(), strict=True):
            found[ring].append(trader)
        return found


def grouped(con: duckdb.DuckDBPyConnection) -> Grouped:
    """Rings of the ties of table `ties`."""
    left, right, bits = ties.links(con)
    parts = _parts(left, right, bits)
    members = [part for part in parts if len(part) >= LEAST]
    trader = np.array([one for part in members for one in part], np.int64)
    ring = np.array([at for at, part in enumerate(members) for _ in part], np.int64)
    inside = {int(one): int(at) for one, at in zip(trader, ring, strict=True)}
    strength = _strengths(left, right, bits, inside, len(members))
    for _ in range(_ROUNDS if members else 0):
        more, of, said = ties.newcomers(con, trader, ring)
        if not len(more):
            break
        np.minimum.at(strength, of, said)
        trader, ring = np.append(trader, more), np.append(ring, of)
    order = np.argsort(trader)
    return Grouped(trader[order], ring[order], strength / 1000)


def joined(grouped: Grouped, pairs: Sequence[tuple[int, int]]) -> Grouped:
    """Rings of traders that a person joined are one; where neither has a ring, the two are one. A judgement adds nothing to `strength`."""
    if not pairs:
        return grouped
    ring_of = dict(zip(grouped.trader.tolist(), grouped.ring.tolist(), strict=True))
    alone = sorted({one for pair in pairs for one in pair if one not in ring_of})
    ring_of |= {one: grouped.count + at for at, one in enumerate(alone)}
    left, right = (np.array([ring_of[pair[side]] for pair in pairs], np.int64) for side in (0, 1))
    label = clusters.components(grouped.count + len(alone), left, right)
    strength = np.append(grouped.strength, np.full(len(alone), np.inf))
    least = np.full(len(label), np.inf)
    np.minimum.at(least, label, strength)
    traders = np.array(sorted(ring_of), np.int64)
    kept, ring = np.unique([label[ring_of[one]] for one in traders.tolist()], return_inverse=True)
    return Grouped(traders, ring.astype(np.int64), np.where(np.isinf(least[kept]), 0.0, least[kept]))


def _parts(left: Ints, right: Ints, bits: Ints) -> list[list[int]]:
    """Linked traders, parted where they hang together by little; each part in order, the parts by their first trader."""
    nodes, ends = np.unique(np.concatenate([left, right]), return_inverse=True)
    a, b = ends[: len(left)], ends[len(left) :]
    label = clusters.components(len(nodes), a, b)
    links: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for one, other, weight in zip(a.tolist(), b.tolist(), bits.tolist(), strict=True):
        links[int(label[one])].append((one, other, weight))
    sizes = np.bincount(label, minlength=len(nodes))
    parts = []
    for first, own in sorted(links.items()):
        parts += _parted(own) if sizes[first] >= _PARTED else [sorted({end for link in own for end in link[:2]})]
    return sorted([int(nodes[one]) for one in part] for part in parts)


def _parted(links: list[tuple[int, int, int]]) -> list[list[int]]:
    """Parts of one component."""
    import graspologic_native

    edges = [(str(one), str(other), float(weight)) for one, other, weight in links]
    found = graspologic_native.leiden(edges, seed=_SEED, iterations=2)[1]
    part_of = {int(node): int(part) for node, part in found.items()}
    sizes: dict[int, int] = defaultdict(int)
    for part in part_of.values():
        sizes[part] += 1
    inner: dict[int, int] = dict.fromkeys(sizes, 0)
    between: dict[tuple[int, int], int] = defaultdict(int)
    for one, other, _ in links:
        here, there = sorted((part_of[one], part_of[other]))
        if here == there:
            inner[here] += 1
        else:
            between[here, there] += 1
    joined = _joined(sizes, inner, between)
    parts: dict[int, list[int]] = defaultdict(list)
    for node in sorted(part_of):
        parts[joined[part_of[node]]].append(node)
    return list(parts.values())


def _joined(sizes: dict[int, int], inner: dict[int, int], between: dict[tuple[int, int], int]) -> dict[int, int]:
    """Parts put together again, those that hold each other best first: part → the part that it went into."""
    into = {part: part for part in sizes}

    def holds(pair: tuple[int, int]) -> float:
        # links of one trader to its own part, on the average; too small a part is none
        own = min(2 * inner[part] / sizes[part] if sizes[part] >= LEAST else 0 for part in pair)
        return between[pair] / own if own else float("inf")

    while between:
        best = max(between, key=lambda pair: (holds(pair), -pair[0], -pair[1]))
        if holds(best) < _HOLDS:
            break
        here, gone = best
        inner[here] += inner[gone] + between.pop(best)
        sizes[here] += sizes[gone]
        into = {part: here if to == gone else to for part, to in into.items()}
        for pair in [pair for pair in between if gone in pair]:
            count = between.pop(pair)
            other = pair[0] if pair[1] == gone else pair[1]
            between[min(here, other), max(here, other)] += count
    return into


def _strengths(left: Ints, right: Ints, bits: Ints, inside: dict[int, int], rings: int) -> NDArray[np.float64]:
    """Of each ring the weakest of the strongest links that hold it together (a maximum spanning tree), in thousandths of bits."""
    strength = np.full(rings, np.inf)
    up: dict[int, int] = {}

    def root(one: int) -> int:
        while up.get(one, one) != one:
            one = up[one] = up.get(up[one], up[one])
        return one

    for at in np.lexsort((right, left, -bits)).tolist():
        one, other = int(left[at]), int(right[at])
        if one in inside and inside[one] == inside.get(other) and (here := root(one)) != (there := root(other)):
            up[max(here, there)] = min(here, there)
            strength[inside[one]] = bits[at]
    return strength
