"""What a text without marks means: probabilities of toned readings, from pairs of neighbouring syllables.

    model = ToneModel.shipped()
    model.meant("hang gia re", [(0, 8, ("hang2", "gia3"))])      # [0.0…]: hàng giá rẻ, hardly hàng giả

A bare syllable may stand for every form that folds to it (``gia``: gia, già, giá, giả, giã, giạ); a syllable with marks stands for itself.
Over the lattice of these forms runs a chain of pairs with interpolated absolute discounting; forward-backward sums over all readings of
the rest, so an answer is P(these forms | the sentence). In a text that is partly marked a bare syllable is dear unless it is bare by
nature: dropping marks costs the share of syllables that lost theirs, told from the bare stretch and the text around it.
"""

import itertools
import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.screening import syllables
from chosach.screening.data import read_bytes
from chosach.screening.syllables import CLASSES, END, OTHER, Piece
from chosach.text.matcher import prepare_compiler

REACH = 8  #: pieces to either side of a word that are looked at
DISCOUNT = 0.6  #: taken off each count for pairs never seen
AROUND = 300  #: code points to either side of a word that are looked at
MARKED_SHARE = 0.75  #: of the syllables of Vietnamese written with marks, as many carry some
AROUND_WEIGHT = 4.0  #: the share of marks in the text around counts as so many syllables of each bare stretch
LEAST_DROP = 0.02  #: even in a text written with marks a mark is forgotten now and then
STEPS = 8  #: quantisation of counts: 2 ** (q / STEPS)

_MAGIC = b"CHOSACH-TONES-1\n"
Ask = tuple[int, int, tuple[str, ...]]  #: start and end in code points, and the forms that may be meant there


@dataclass(frozen=True, eq=False)
class ToneModel:
    """``forms``: the classes, then syllables, then some common foreign words. ``counts[i]``: how often the i-th was seen.
    ``left``, ``right``, ``pairs``: neighbours and how often (ascending by left, right). ``card``: what it was made from."""

    forms: tuple[str, ...]
    counts: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    pairs: NDArray[np.float64]
    card: Mapping[str, Any]

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> "ToneModel":
        return cls.load(read_bytes("tones.bin"))

    def to_bytes(self) -> bytes:
        """A card in JSON, then the arrays, compressed. Counts are kept to about 4 %. Equal models give equal bytes."""
        header = json.dumps(
            {"card": self.card, "forms": len(self.forms), "pairs": len(self.pairs)}, ensure_ascii=False, sort_keys=True
        ).encode()
        names = "\n".join(self.forms).encode()
        of_left = np.bincount(self.left, minlength=len(self.forms)).astype("<u2")
        body = b"".join(
            (
                len(names).to_bytes(4, "little"),
                names,
                quantised(self.counts).tobytes(),
                of_left.tobytes(),
                self.right.astype("<u2").tobytes(),
                quantised(self.pairs).tobytes(),
            )
        )
        return _MAGIC + len(header).to_bytes(4, "little") + header + zlib.compress(body, 9)

    @classmethod
    def load(cls, data: bytes) -> "ToneModel":
        """From ``to_bytes``. Raises ``ValueError`` for anything else."""
        start = len(_MAGIC) + 4
        if not data.startswith(_MAGIC) or len(data) < start:
            raise ValueError("these bytes are no model of tones")
        size = int.from_bytes(data[len(_MAGIC) : start], "little")
        try:
            header = json.loads(data[start : start + size])
            body = zlib.decompress(data[start + size :])
            many, pairs = int(header["forms"]), int(header["pairs"])
            place = 4 + int.from_bytes(body[:4], "little")
            forms = tuple(body[4:place].decode().split("\n"))
            counts = np.frombuffer(body, np.uint8, many, place)
            of_left = np.frombuffer(body, "<u2", many, place + many)
            right = np.frombuffer(body, "<u2", pairs, place + 3 * many)
            seen = np.frombuffer(body, np.uint8, pairs, place + 3 * many + 2 * pairs)
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise ValueError("this model of tones can't be read") from error
        if len(forms) != many or forms[: len(CLASSES)] != CLASSES or int(of_left.sum()) != pairs or (pairs and int(right.max()) >= many):
            raise ValueError("this model of tones does not fit together")
        left = np.repeat(np.arange(many, dtype=np.int64), of_left)
        return cls(forms, unquantised(counts), left, right.astype(np.int64), unquantised(seen), header["card"])

    def taught(self, phrases: Iterable[tuple[Sequence[str], float]]) -> "ToneModel":
        """As if each phrase (its forms) had been seen so many times more: words of which listings hold few, or none."""
        place = {form: k for k, form in enumerate(self.forms)}
        added: dict[tuple[int, int], float] = {}
        more: list[tuple[int, float]] = []
        for phrase, weight in phrases:
            ids = [place.setdefault(form, len(place)) for form in phrase]
            more += [(k, weight) for k in ids]
            for pair in itertools.pairwise(ids):
                added[pair] = added.get(pair, 0.0) + weight
        size = len(place)
        counts = np.zeros(size)
        counts[: len(self.counts)] = self.counts
        np.add.at(counts, [k for k, _ in more], [weight for _, weight in more])
        keys = np.concatenate([self.left * size + self.right, np.array([a * size + b for a, b in added], np.int64)])
        keys, where = np.unique(keys, return_inverse=True)
        pairs = np.bincount(where, weights=np.concatenate([self.pairs, np.array(list(added.values()))])).astype(np.float64)
        return ToneModel(tuple(place), counts, keys // size, keys % size, pairs, self.card)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {form: k for k, form in enumerate(self.forms)}

    @cached_property
    def _candidates(self) -> dict[str, list[int]]:
        """fold → the forms that it may stand for, the bare one first if it is known."""
        found: dict[str, list[int]] = {}
        for k, form in enumerate(self.forms[len(CLASSES) :], len(CLASSES)):
            found.setdefault(syllables.fold(form), []).append(k)
        for fold, ids in found.items():
            ids.sort(key=lambda k: (self.forms[k] != fold, k))
        return found

    @cached_property
    def _chain(self) -> "_Chain":
        size = len(self.forms)
        total = np.maximum(self.counts, np.bincount(self.left, weights=self.pairs, minlength=size))
        total = np.maximum(total, 1.0)
        share = (self.pairs - DISCOUNT).clip(0.01) / total[self.left]
        kept = 1.0 - np.bincount(self.left, weights=share, minlength=size)
        alone = (self.counts + 0.5) / (self.counts + 0.5).sum()
        room = 1 << (2 * len(share) + 1).bit_length()
        table, values = np.full(room, -1, np.int64), np.zeros(room)
        _compiled().fill(self.left * size + self.right, share, table, values)
        return _Chain(table, values, kept, alone)

    def meant(self, text: str, asks: Sequence[Ask]) -> list[float]:
        """For each ask the probability that its forms are meant at its place in ``text``. Time grows with text and asks linearly."""
        answers = [0.0] * len(asks)
        for start, end, numbers in _regions(text, asks):
            told = self._told(syllables.pieces(text, start, end), [asks[number] for number in numbers])
            for number, value in zip(numbers, told, strict=True):
                answers[number] = value
        return answers

    def _told(self, found: Sequence[Piece], asks: Sequence[Ask]) -> list[float]:
        """``meant`` in one stretch of text, given as its pieces."""
        everywhere = _marks(found)
        answers = [0.0] * len(asks)
        windows: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        starts = [piece.start for piece in found]
        borders = [k for k, piece in enumerate(found) if piece.form == END]
        for number, (start, end, forms) in enumerate(asks):
            first, last = _within(starts, found, start, end)
            begin, stop = _sentence(borders, first, last, len(found))
            if [syllables.fold(piece.form) for piece in found[first:last]] == [syllables.fold(form) for form in forms]:
                windows.setdefault((begin, stop), []).append((number, first, last))
            else:  # disguised, joined or broken: read as the matcher read it
                read = [Piece(syllables.fold(form), start, end) for form in forms]
                alone = [*found[max(begin, first - REACH) : first], *read, *found[last : min(stop, last + REACH)]]
                place = min(first - begin, REACH)
                answers[number] = self._sum(alone, [(place, forms)], everywhere)[0]
        for (begin, stop), wanted in windows.items():
            for near in _grouped(wanted):
                low = max(begin, near[0][1] - REACH)
                high = min(stop, max(last for _, _, last in near) + REACH)
                told = self._sum(found[low:high], [(first - low, asks[number][2]) for number, first, _ in near], everywhere)
                for (number, _, _), value in zip(near, told, strict=True):
                    answers[number] = value
        return answers

    def restored(self, text: str) -> list[str]:
        """Forms of the words of ``text``, each bare one by its likeliest reading (posterior). For measuring."""
        found = syllables.pieces(text)
        likeliest: list[str] = []
        begin = 0
        for stop in [*(k for k, piece in enumerate(found) if piece.form == END), len(found)]:
            part = found[begin:stop]
            lattice = self._lattice(part, _marks(found))
            first, forward, backward, _ = self._both(lattice)
            for states, low in zip(lattice[1:-1], first[1:-2], strict=True):
                best = max(range(len(states)), key=lambda k, low=low: (forward[low + k] * backward[low + k], -k))  # type: ignore[misc]
                likeliest.append(self.forms[states[best][0]])
            begin = stop + 1
        return [form for form in likeliest if form not in (END, syllables.PAUSE)]

    def _lattice(self, found: Sequence[Piece], everywhere: tuple[int, int]) -> list[list[tuple[int, float]]]:
        """Per piece its possible forms with the probability of writing them as they stand; a sentence's end on both sides."""
        places, candidates = self._places, self._candidates
        other = places[OTHER]
        lattice = [[(places[END], 1.0)]]
        for piece, drop in zip(found, _drops(found, everywhere), strict=True):
            form = piece.form
            bare = candidates.get(form) if form == syllables.fold(form) else None
            if bare is None:
                lattice.append([(places.get(form, other), 1.0)])
            else:
                lattice.append([(k, 1.0 if self.forms[k] == form else drop) for k in bare])
        lattice.append([(places[END], 1.0)])
        return lattice

    def _both(self, lattice: Sequence[Sequence[tuple[int, float]]]) -> tuple[list[int], list[float], list[float], list[float]]:
        """Where the states of each piece begin; forward and backward sums by state, scaled so that their product is the posterior; and
        the scales."""
        chain = self._chain
        begin = [0, *itertools.accumulate(map(len, lattice))]
        forms, written = zip(*itertools.chain.from_iterable(lattice), strict=True)
        sums = _compiled().both(
            np.array(begin, np.int64), np.array(forms, np.int64), np.array(written), chain.table, chain.values, chain.kept, chain.alone
        )
        forward, backward, scales = (told.tolist() for told in sums)
        return begin, forward, backward, scales

    def _sum(self, found: Sequence[Piece], asks: Sequence[tuple[int, tuple[str, ...]]], everywhere: tuple[int, int]) -> list[float]:
        """P(forms at their places | pieces); a place is the index of the first piece."""
        lattice = self._lattice(found, everywhere)
        first, forward, backward, scales = self._both(lattice)
        chain, size = self._chain, len(self.forms)
        answers = []
        for place, forms in asks:
            value, before = 0.0, -1
            for step, form in enumerate(forms, place + 1):
                states = [k for k, _ in lattice[step]]
                wanted = self._places.get(form, self._places[OTHER])
                if wanted not in states:
                    value = 0.0
                    break
                at = states.index(wanted)
                if before < 0:
                    value = forward[first[step] + at]
                else:
                    seen = _compiled().share(chain.table, chain.values, before * size + wanted)
                    chance = seen + float(chain.kept[before]) * float(chain.alone[wanted])
                    value *= chance * lattice[step][at][1] / scales[step]
                before, last = wanted, backward[first[step] + at]
            answers.append(min(1.0, value * last) if value else 0.0)
        return answers


@dataclass(frozen=True, eq=False)
class _Chain:
    """``table`` and ``values``: left·size+right → what the pair adds (``chain``). ``kept``: per left what is kept for others; ``alone``:
    per form its own probability."""

    table: NDArray[np.int64]
    values: NDArray[np.float64]
    kept: NDArray[np.floating[Any]]
    alone: NDArray[np.float64]


@lru_cache(maxsize=1)
def _compiled() -> Any:
    prepare_compiler()
    from chosach.screening import chain

    return chain


def quantised(counts: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Counts as a byte each: the logarithm, 0 for none."""
    return np.where(counts > 0, 1 + np.round(STEPS * np.log2(np.maximum(counts, 1.0))), 0).clip(0, 255).astype(np.uint8)


def unquantised(told: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.where(told > 0, np.exp2((told.astype(np.float64) - 1) / STEPS), 0.0)


def _regions(text: str, asks: Sequence[Ask]) -> list[tuple[int, int, list[int]]]:
    """Stretches of text around the asks, apart from one another and cut between words, with the numbers of their asks."""
    regions: list[tuple[int, int, list[int]]] = []
    for number in sorted(range(len(asks)), key=lambda k: asks[k][:2]):
        start, end, _ = asks[number]
        low, high = max(0, start - AROUND), min(len(text), end + AROUND)
        while 0 < low < start and not text[low - 1].isspace():
            low += 1
        while end < high < len(text) and not text[high].isspace():
            high -= 1
        if regions and low <= regions[-1][1]:
            low, reached, numbers = regions.pop()
            regions.append((low, max(reached, high), numbers))
            numbers.append(number)
        else:
            regions.append((low, high, [number]))
    return regions


def _drops(found: Sequence[Piece], everywhere: tuple[int, int]) -> list[float]:
    """Per piece the probability that a mark would have been left out there: writers change over for a stretch, so a long run of bare
    syllables tells more than the text around (``everywhere``: syllables with marks, and all)."""
    share = everywhere[0] / everywhere[1] if everywhere[1] else 0.0
    drops: list[float] = []
    run = 0
    for place, piece in enumerate(found):
        marked, shaped = syllables.marks(piece.form)
        run = 0 if marked else run + shaped
        following = syllables.marks(found[place + 1].form)[0] if place + 1 < len(found) else 1
        if marked or following:
            drop = 1.0 - AROUND_WEIGHT * share / (run + AROUND_WEIGHT) / MARKED_SHARE
            drops += [min(1.0, max(LEAST_DROP, drop))] * (place + 1 - len(drops))
    return drops


def _marks(found: Sequence[Piece]) -> tuple[int, int]:
    """Syllables with marks, and all syllables."""
    told = [syllables.marks(piece.form) for piece in found]
    return sum(marked for marked, _ in told), sum(shaped for _, shaped in told)


def _within(starts: Sequence[int], found: Sequence[Piece], start: int, end: int) -> tuple[int, int]:
    """Half-open range of the pieces that touch ``start``–``end``."""
    first = bisect_right(starts, start) - 1
    if first < 0 or found[first].end <= start:
        first += 1
    return first, max(first, bisect_left(starts, end))


def _sentence(borders: Sequence[int], first: int, last: int, size: int) -> tuple[int, int]:
    """Half-open range of the sentence in which pieces ``first``–``last`` stand."""
    before = bisect_left(borders, first)
    after = bisect_left(borders, last)
    return (borders[before - 1] + 1 if before else 0), (borders[after] if after < len(borders) else size)


def _grouped(wanted: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Asks of one sentence whose windows touch, together: each stretch of text is summed over once."""
    groups: list[list[tuple[int, int, int]]] = []
    reached = -1
    for ask in sorted(wanted, key=lambda ask: ask[1]):
        if groups and ask[1] - REACH <= reached:
            groups[-1].append(ask)
        else:
            groups.append([ask])
        reached = max(reached, ask[2] + REACH)
    return groups
