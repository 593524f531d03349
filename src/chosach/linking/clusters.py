"""Weighed pairs → traders.

Pairs that speak for one trader join records into components. A component in which no pair speaks against is one trader. In the others a
single false pair may have joined two traders, so they are built up again: the two groups whose records agree best on the average are joined
first, and none is joined to one that it disagrees with on the average. Each component is judged by its own pairs alone.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class NamedPairs:
    """Weighed pairs, and what they say of persons' names: 3 the very same, 2 but for tones that one leaves out, 1 a slip or a part of it,
    -1 two persons' names, 0 nothing. `strangers`: these two names, and besides nothing common that is one person's.

    Of each record: `clear`, its name is a person's and has no word that is none of names; `sells`; `owns`: it shows an account and sells
    nothing.
    """

    left: Ints
    right: Ints
    weight: Floats
    named: NDArray[np.int8]
    strangers: Bools
    clear: Bools
    sells: Bools
    owns: Bools

    def of(self, chosen: Ints | slice) -> "NamedPairs":
        """Some of the pairs."""
        left, right, weight = self.left[chosen], self.right[chosen], self.weight[chosen]
        return replace(self, left=left, right=right, weight=weight, named=self.named[chosen], strangers=self.strangers[chosen])


#: Bits from which a pair joins records.
JOINS = 3.0
#: What is believed of two records of a component that share no key, in bits: hardly anything, for errors in both hide their keys.
UNSEEN = -1.0
#: More than this one pair does not say against a group, in bits: the pairs of one badly written record are all against it together.
AGAINST = -5.0


def components(records: int, left: Ints, right: Ints) -> Ints:
    """For each record the lowest record that pairs join it to, over any number of steps."""
    label = np.arange(records)
    while len(left):
        a, b = label[left], label[right]
        apart = a != b
        left, right, a, b = left[apart], right[apart], a[apart], b[apart]
        np.minimum.at(label, np.maximum(a, b), np.minimum(a, b))
        while True:
            up = label[label]
            if np.array_equal(up, label):
                break
            label = up
    return label


def traders(records: int, left: Ints, right: Ints, weight: Floats, apart: Sequence[tuple[int, int]] = ()) -> Ints:
    """For each record the lowest record of its trader. Pairs: ids with `left` < `right`, in any order, each once; `weight` in bits.

    `apart`: pairs of records that may not share a trader.
    """
    joins = weight >= JOINS
    label = components(records, left[joins], right[joins])
    weight = np.maximum(weight, AGAINST)
    inside = label[left] == label[right]
    left, right, weight = left[inside], right[inside], weight[inside]
    sizes = np.bincount(label, minlength=records)
    pairs = np.bincount(label[left], minlength=records)
    doubted = np.zeros(records, dtype=bool)
    doubted[label[left[weight < 0]]] = True
    held_apart: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in apart:
        if label[a] == label[b]:
            held_apart[int(label[a])].append((a, b))
    doubted[list(held_apart)] = True
    # many records with few pairs among them: a chain, that one false link is enough for
    doubted |= (sizes > 3) & (pairs * 2 < sizes * (sizes - 1) * 0.5)
    chosen = doubted[label[left]]
    order = np.lexsort((right[chosen], left[chosen], label[left[chosen]]))
    left, right, weight = left[chosen][order], right[chosen][order], weight[chosen][order]
    borders = np.flatnonzero(np.diff(label[left], prepend=-1)) if len(left) else np.array([], dtype=np.int64)
    result = label.copy()
    for start, end in zip(borders, np.append(borders[1:], len(left)), strict=True) if len(left) else ():
        parted = held_apart.get(int(label[left[start]]), ())
        members = grown(left[start:end].tolist(), right[start:end].tolist(), weight[start:end].tolist(), apart=parted)
        result[list(members)] = list(members.values())
    return result


def two_persons(label: Ints, pairs: NamedPairs, apart: Sequence[tuple[int, int]] = ()) -> Ints:
    """The traders, those parted that bear the names of several persons: two, each name in two records or more, or one of them an account's
    owner; or three and more, each seen once.

    Two who share a phone, an account and an address agree in every pair; only what is seen of their names over several records tells
    a couple from one person whose name was once written otherwise. A name that no two records spell alike parts nobody: it may be a
    slip. But a record that shows an account and sells nothing, beside others that sell, tells whose the account is: the name on it, if it
    is clearly a person's, parts its owner from another whose name is. And three persons' names, each another than both others, are no slips
    of one: who answers a shared hotline and is paid into a shared account stands behind the shops, but is not each of them. Records that
    bear none of the names go where they agree best. `apart`: as in `traders`.
    """
    inside = label[pairs.left] == label[pairs.right]
    asked = np.zeros(len(label), dtype=bool)
    asked[label[pairs.left[inside & (pairs.named < 0)]]] = True
    chosen = inside & asked[label[pairs.left]]
    if not chosen.any():
        return label
    order = np.lexsort((pairs.right[chosen], pairs.left[chosen], label[pairs.left[chosen]]))
    doubted = pairs.of(np.flatnonzero(chosen)[order])
    held_apart: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in apart:
        if label[a] == label[b]:
            held_apart[int(label[a])].append((a, b))
    result = label.copy()
    selling = np.zeros(len(label), dtype=bool)
    selling[label[pairs.sells]] = True
    owner = pairs.owns & pairs.clear & selling[label]
    places = label[doubted.left]
    borders = np.flatnonzero(np.diff(places, prepend=-1))
    for start, end in zip(borders, np.append(borders[1:], len(places)), strict=True):
        part = doubted.of(slice(start, end))
        groups, parted = _named_groups(part, owner)
        if not parted:
            continue
        left, right = part.left.tolist(), part.right.tolist()
        borne = {record for group in groups for record in group}
        parted += held_apart.get(int(places[start]), ())
        groups += ([one] for one in dict.fromkeys(left + right) if one not in borne)
        members = grown(left, right, np.maximum(part.weight, AGAINST).tolist(), groups, parted)
        result[list(members)] = list(members.values())
    return result


def _named_groups(pairs: NamedPairs, owner: Bools) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """The names that tell one person from another, with what is near to them over any number of steps, as groups of records; and a record
    each of two of them that some pair says are two persons'.

    They are those that two records or more spell alike; the name of an account's owner beside one that is clearly a person's; three and
    more that are clearly persons' and of which each speaks against all others; and such names of two records that nothing else ties.
    """
    left, right, named, clear = pairs.left, pairs.right, pairs.named, pairs.clear
    ends, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    first, second = places[: len(left)], places[len(left) :]
    agree, against = named > 0, named < 0
    group = components(len(ends), first[agree], second[agree])
    # a record without tones may be of any of the names that only tones part, and is no bridge between them
    torn = np.zeros(len(ends), dtype=bool)
    torn[group[first[against & (group[first] == group[second])]]] = True
    if torn.any():
        agree &= (named != 2) | ~torn[group[first]]
        group = components(len(ends), first[agree], second[agree])
    often = np.zeros(len(ends), dtype=bool)
    often[group[first[named > 1]]] = True
    owned = (owner[left] & clear[right] | clear[left] & owner[right])[against]
    ones, others = group[first[against]], group[second[against]]
    persons = (clear[left] & clear[right])[against] & (ones != others)
    several = _in_threes(ones, others, persons)
    two = (often[ones] & often[others] | owned | several | persons & pairs.strangers[against]) & (ones != others)
    told = np.unique(np.concatenate([np.flatnonzero(often), ones[two], others[two]]))
    parted = sorted({(int(ends[min(a, b)]), int(ends[max(a, b)])) for a, b in zip(ones[two], others[two], strict=True)})
    return [ends[group == one].tolist() for one in told], parted


def _in_threes(ones: Ints, others: Ints, persons: Bools) -> Bools:
    """Which of these pairs of names that are two persons' have a third name against both."""
    beside: dict[int, set[int]] = defaultdict(set)
    for a, b in zip(ones[persons].tolist(), others[persons].tolist(), strict=True):
        beside[a].add(b)
        beside[b].add(a)
    if len(beside) < 3:
        return np.zeros(len(ones), dtype=bool)
    names = zip(ones.tolist(), others.tolist(), strict=True)
    third: Bools = np.array([not beside[a].isdisjoint(beside[b]) for a, b in names], dtype=bool)
    return np.logical_and(persons, third)


def grown(
    left: list[int],
    right: list[int],
    weight: list[float],
    groups: Iterable[list[int]] | None = None,
    apart: Iterable[tuple[int, int]] = (),
) -> dict[int, int]:
    """Groups of one component: record → lowest record of its group.

    `groups`: all its records, those together that may not be parted; without it each is alone. `apart`: records that may not share a group.
    """
    members = {min(group): sorted(group) for group in groups} if groups is not None else {one: [one] for one in dict.fromkeys(left + right)}
    home = {record: first for first, group in members.items() for record in group}
    between: dict[int, dict[int, tuple[float, int]]] = {first: {} for first in members}
    for a, b, bits in zip((home[a] for a in left), (home[b] for b in right), weight, strict=True):
        if a != b:
            before, seen = between[a].get(b, (0.0, 0))
            between[a][b] = between[b][a] = (before + bits, seen + 1)
    parted: dict[int, set[int]] = defaultdict(set)
    for a, b in apart:
        parted[home[a]].add(home[b])
        parted[home[b]].add(home[a])
    waiting: list[tuple[float, int, int, int, int]] = []
    for a, others in between.items():
        _offer(members, waiting, a, {b: said for b, said in others.items() if a < b})
    while waiting:
        _, a, b, size_a, size_b = heapq.heappop(waiting)
        if a not in members or b not in members or len(members[a]) != size_a or len(members[b]) != size_b or b in parted.get(a, ()):
            continue
        members[a] += members.pop(b)
        for other in parted.pop(b, set()):
            parted[other].discard(b)
            parted[other].add(a)
            parted[a].add(other)
        _join(between, members, waiting, a, b)
    return {record: min(group) for group in members.values() for record in group}


def _join(
    between: dict[int, dict[int, tuple[float, int]]],
    members: dict[int, list[int]],
    waiting: list[tuple[float, int, int, int, int]],
    a: int,
    b: int,
) -> None:
    """Group `b` has gone into group `a`: what was known between `b` and others is known between `a` and them."""
    gone = between.pop(b)
    gone.pop(a, None)
    between[a].pop(b, None)
    for other, (bits, seen) in gone.items():
        del between[other][b]
        before, known = between[a].get(other, (0.0, 0))
        between[a][other] = between[other][a] = (before + bits, known + seen)
    _offer(members, waiting, a, between[a])


def _offer(
    members: dict[int, list[int]], waiting: list[tuple[float, int, int, int, int]], a: int, others: dict[int, tuple[float, int]]
) -> None:
    """Put group `a` with each of the others in the queue where the two agree on the average."""
    for other, (bits, seen) in others.items():
        all_pairs = len(members[a]) * len(members[other])
        mean = (bits + UNSEEN * (all_pairs - seen)) / all_pairs
        if mean > 0:
            first, second = min(a, other), max(a, other)
            heapq.heappush(waiting, (-mean, first, second, len(members[first]), len(members[second])))
