"""The model of tones from listings: counts of neighbouring syllables in sentences written with marks. Aggregates only.

Each distinct sentence counts once, so that texts copied from shop to shop weigh no more than others. Kept are: syllables of Vietnamese
shape seen in ``LEAST_FORM`` sentences; other words of letters seen in ``LEAST_FOREIGN``; pairs of these seen ``LEAST_PAIR`` times in
at least ``LEAST_GROUPS`` groups of listings (a group: a shop, or near-duplicates). No number, no rare word, no row is in it.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.screening import syllables
from chosach.screening.syllables import CLASSES, END, OTHER, PAUSE
from chosach.screening.tones import ToneModel

LEAST_FORM = 10
LEAST_FOREIGN = 300
LEAST_PAIR = 5
LEAST_GROUPS = 3
LEAST_MARKED = 0.5  #: share of the syllables of a sentence that carry marks, to count as written with them

_ENDS = re.compile(r"[\n\r;?!…]+|\.(?=\s|$)")


class Builder:
    """Fed with texts, gives a model. Memory: 12 bytes a word and the hashes of the sentences."""

    def __init__(self) -> None:
        self._places = {name: k for k, name in enumerate(CLASSES)}
        self._shaped = [False] * len(CLASSES)
        self._marked = [False] * len(CLASSES)
        self._words: dict[str, int] = {}
        self._seen: set[int] = set()
        self._ids: list[NDArray[np.uint32]] = []
        self._groups: list[NDArray[np.uint32]] = []
        self._group_places: dict[object, int] = {}
        self.sentences = 0

    def add(self, text: str | None, group: object) -> None:
        """One text (title or description) of a listing of ``group``."""
        if not text:
            return
        unit = self._group_places.setdefault(group, len(self._group_places))
        for sentence in _ENDS.split(text):
            told = sentence.strip().lower()
            if len(told) < 6:
                continue
            key = int.from_bytes(hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
            if key in self._seen:
                continue
            self._seen.add(key)
            ids = self.read(told)
            shaped = [k for k in ids if self._shaped[k]]
            if len(shaped) < 3 or sum(self._marked[k] for k in shaped) < LEAST_MARKED * len(shaped):
                continue
            end = self._places[END]
            self._ids.append(np.array([end, *ids, end], np.uint32))
            self._groups.append(np.full(len(ids) + 2, unit, np.uint32))
            self.sentences += 1

    def read(self, sentence: str) -> list[int]:
        ids = []
        for match in syllables.PIECES.finditer(sentence):
            word = match.group()
            found = self._words.get(word)
            if found is None:
                kind = match.lastgroup
                form = syllables.form(word) if kind == "word" else END if kind == "end" else PAUSE
                found = self._words[word] = self._place(form)
            ids.append(found)
        return ids

    def _place(self, form: str) -> int:
        if form not in self._places:
            self._places[form] = len(self._places)
            self._shaped.append(syllables.is_syllable(form))
            self._marked.append(form != syllables.fold(form))
        return self._places[form]

    def model(self, card: dict[str, Any]) -> ToneModel:
        """Raises ``ValueError`` where no sentence was written with marks."""
        if not self._ids:
            raise ValueError("no sentence with marks in these listings")
        ids = np.concatenate(self._ids).astype(np.int64)
        groups = np.concatenate(self._groups).astype(np.int64)
        counts = np.bincount(ids, minlength=len(self._places))
        shaped = np.array(self._shaped)
        kept = (shaped & (counts >= LEAST_FORM)) | (counts >= LEAST_FOREIGN)
        kept[: len(CLASSES)] = True
        names = list(self._places)
        order = sorted(np.flatnonzero(kept[len(CLASSES) :]) + len(CLASSES), key=lambda k: names[k])
        new = np.full(len(names), CLASSES.index(OTHER), np.int64)
        new[: len(CLASSES)] = np.arange(len(CLASSES))
        new[order] = np.arange(len(order)) + len(CLASSES)
        ids = new[ids]
        size = len(CLASSES) + len(order)
        keys = ids[:-1] * size + ids[1:]
        keys, where, pairs = np.unique(keys, return_inverse=True, return_counts=True)
        many = np.unique(where * (int(groups.max()) + 1) + groups[:-1])
        wide = np.bincount(many // (int(groups.max()) + 1), minlength=len(keys))
        end = CLASSES.index(END)
        enough = (pairs >= LEAST_PAIR) & (wide >= LEAST_GROUPS) & (keys != end * size + end)
        keys, pairs = keys[enough], pairs[enough]
        told = np.bincount(ids, minlength=size).astype(np.float64)
        told[end] /= 2  # each sentence was written with one before and one behind
        card = {**card, "sentences": self.sentences, "syllables": len(ids) - 2 * self.sentences, "forms": size, "pairs": len(keys)}
        forms = (*CLASSES, *(names[k] for k in order))
        return ToneModel(forms, told, keys // size, keys % size, pairs.astype(np.float64), card)


def build(rows: Iterable[tuple[str | None, str | None, object]], card: dict[str, Any]) -> ToneModel:
    """From (title, description, group)."""
    builder = Builder()
    for title, description, group in rows:
        builder.add(title, group)
        builder.add(description, group)
    return builder.model(card)
