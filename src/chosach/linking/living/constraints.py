"""Traders of weighed pairs under judgements: records judged different never share one, records judged the same always do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from chosach.linking import clusters
from chosach.linking.clusters import Ints, NamedPairs

Pairs = Sequence[tuple[int, int]]


def traders(records: int, pairs: NamedPairs, *, same: Pairs, different: Pairs) -> Ints:
    """For each record the lowest record of its trader. `same`, `different`: pairs of records, free of contradictions.

    First the pairs have their say, with those that are different held apart. Then traders are joined whole where a record of one is the
    same as a record of the other: a person who says so means the trader, not the one record. Only where that would bring two together
    that are different, the traders in question are grown anew around what is judged.
    """
    left, right, weight = pairs.left, pairs.right, pairs.weight
    base = clusters.two_persons(clusters.traders(records, left, right, weight, different), pairs, different)
    if not same:
        return base
    ends = np.array(same, dtype=np.int64)
    label = clusters.components(records, base[ends[:, 0]], base[ends[:, 1]])[base]
    result = label.copy()
    again = {int(label[a]) for a, b in different if label[a] == label[b]}
    for place in sorted(again):
        members = np.flatnonzero(label == place)
        inside = (label[left] == place) & (label[right] == place)
        groups = _held_together(members.tolist(), [(a, b) for a, b in same if label[a] == place])
        apart = [(a, b) for a, b in different if label[a] == label[b] == place]
        order = np.lexsort((right[inside], left[inside]))
        bits = np.maximum(weight[inside], clusters.AGAINST)[order]
        grown = clusters.grown(left[inside][order].tolist(), right[inside][order].tolist(), bits.tolist(), groups, apart)
        result[list(grown)] = list(grown.values())
    return result


def _held_together(members: Iterable[int], same: Pairs) -> list[list[int]]:
    """The records in groups, as `same` joins them: each group with its lowest record first."""
    up = {record: record for record in members}

    def root(record: int) -> int:
        while up[record] != record:
            record = up[record]
        return record

    for a, b in same:
        first, second = sorted((root(a), root(b)))
        up[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for record in up:
        groups[root(record)].append(record)
    return list(groups.values())
