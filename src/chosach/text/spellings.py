"""How the words of the patterns may be written by who hides them: keys of Telex and VNI left over, teencode, blanks left out.

The words that matter are known beforehand, so their spellings are laid out once and looked up by a hash, instead of decoding every
word of every text. A spelling that is a syllable or a word by itself (``chosach.text.syllables``) is never one of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.text import letters
from chosach.text.syllables import known, vietnamese

KEYED, TEEN, DOUBLED, GAPPED, STUCK = 32, 64, 128, 256, 512

#: Bits of the gate, one byte a slot.
SPELLED, SQUEEZED, LEETWORD, WORD = 1, 2, 4, 8
GATE_BITS = 18

MULTIPLIER = 0x9E3779B97F4A7C15 | 1
_WRAP = (1 << 64) - 1
_TELEX = {letters.HORN: "w", letters.BREVE: "w", letters.STROKE: "d"}
_VNI = {letters.CIRCUMFLEX: "6", letters.HORN: "7", letters.BREVE: "8", letters.STROKE: "9"}
_TELEX_TONES = " fsrxj  "  # by the tone's number in ``letters``
_VNI_TONES = " 21345  "
_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
_NUMBERS = {sign: number for number, sign in enumerate(_SIGNS)}
_VOWELS = "aeiouy"
_ONSETS = {"gi": "j z", "d": "z", "ph": "f", "qu": "w", "kh": "k", "c": "k", "nh": "nk", "ch": "ck", "th": "tk"}
_CODAS = [("ng", "g"), ("nh", "nk"), ("ch", "ck"), ("c", "k")]
_SHORT = {("hang", letters.GRAVE): ("hg",)}
#: Letters and the digits that stand for them, as one sign.
_LEET_CLASSES = ("a4", "e3", "il1", "o0", "t7", "s5", "g9", "b8", "z2")
LEET_CANON = {sign: group[0] for group in _LEET_CLASSES for sign in group}
STUCK_LEAST, STUCK_PLAIN = 4, 7  #: letters of words with marks, and without, that may be run together

Word = tuple[str, tuple[int, ...]]  # letters a–z and digits; the marks of each


def hash_of(symbols: Iterable[int]) -> int:
    """The hash that the kernel computes of a word's symbols, as a signed 64-bit number."""
    value = 0
    for symbol in symbols:
        value = (value * MULTIPLIER + symbol + 1) & _WRAP
    return signed(value)


def hashed(word: str) -> int:
    return hash_of(_NUMBERS[sign] for sign in word)


def signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def squeezed(word: str) -> str:
    return "".join(sign for place, sign in enumerate(word) if place == 0 or word[place - 1] != sign)


def canonical(word: str) -> str:
    return "".join(LEET_CANON.get(sign, sign) for sign in word)


def keyed(word: Word, *, telex: bool) -> set[str]:
    """The word as typed with the input method off: keys after their letter or at the end, ươ with one key or two."""
    text, marks = word
    found = set()
    qualities = _TELEX if telex else _VNI
    tones = _TELEX_TONES if telex else _VNI_TONES
    for late_quality in (False, True):
        for late_tone in (False, True):
            for merged in (False, True):
                out, quality_end, tone_end = "", "", ""
                for place, letter in enumerate(text):
                    mark = marks[place] & ~letters.TONE_BITS
                    key = qualities.get(mark, letter if mark else "")
                    if merged and mark == letters.HORN and place + 1 < len(text) and marks[place + 1] & ~letters.TONE_BITS == mark:
                        key = ""
                    late = late_quality and mark != letters.STROKE
                    tone = tones[marks[place] & letters.TONE_BITS].strip()
                    out += letter + ("" if late else key) + ("" if late_tone else tone)
                    quality_end += key if late else ""
                    tone_end += tone if late_tone else ""
                found.add(out + quality_end + tone_end)
    return found - {text}


def teencode(word: Word) -> Iterator[tuple[str, list[int]]]:
    """(spelling, for every letter of the word the letter of the spelling that carries its marks, or -1)."""
    text, marks = word
    onsets = [("", "")]
    for plain, all_young in _ONSETS.items():
        after = text[len(plain) : len(plain) + 1]
        if text.startswith(plain) and marks[0] == 0 and after and after in _VOWELS:
            onsets += [(plain, young) for young in all_young.split()]
    if text.startswith("gi") and text[2:3] not in tuple(_VOWELS):
        onsets.append(("g", "j"))
    codas = [("", ""), *(pair for pair in _CODAS if text.endswith(pair[0]) and len(text) > len(pair[0]))]
    for plain, young in onsets:
        for end, young_end in codas:
            if (not plain and not end) or len(plain) + len(end) >= len(text):
                continue
            middle = text[len(plain) : len(text) - len(end)]
            source = [-1] * len(plain) + [len(young) + k for k in range(len(middle))] + [-1] * len(end)
            yield young + middle + young_end, source


@dataclass(frozen=True, slots=True)
class Spellings:
    """Tables for the kernels. Keys are sorted hashes: ``known_keys`` of words that stand for themselves, ``own_keys`` of those of them that
    may be a whole word, having a vowel. The entry of the n-th key is ``target[begin[n] : begin[n + 1]]``: symbols, marks, and the place
    in the spelling whose marks are taken instead (-1: none)."""

    gate: NDArray[np.uint8]
    keys: NDArray[np.int64]
    flags: NDArray[np.uint16]
    begin: NDArray[np.int32]
    symbols: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    source: NDArray[np.int32]
    squeezed_keys: NDArray[np.int64]
    squeezed_word: NDArray[np.int32]
    leet_keys: NDArray[np.int64]
    leet_word: NDArray[np.int32]
    word_keys: NDArray[np.int64]
    known_keys: NDArray[np.int64]
    own_keys: NDArray[np.int64]
    word_begin: NDArray[np.int32]
    word_symbols: NDArray[np.uint8]
    canon: NDArray[np.uint8]
    powers: NDArray[np.int64]

    def gate_of(self, kind: Any) -> Any:
        """As the kernel takes it."""
        return kind(self.gate, self.canon, self.keys, self.squeezed_keys, self.leet_keys, self.word_keys, self.powers)

    def tables_of(self, kind: Any) -> Any:
        """As ``chosach.text.mend`` takes it."""
        return kind(*(getattr(self, name) for name in kind._fields))


def _words_of(symbols: Sequence[int], marks: Sequence[int]) -> list[Word]:
    words: list[Word] = []
    text, here = "", []
    for symbol, mark in zip((*symbols, letters.SPACE), (*marks, 0), strict=True):
        if symbol < letters.SPACE:
            text += _SIGNS[symbol]
            here.append(mark)
        elif text:
            words.append((text, tuple(here)))
            text, here = "", []
    return words


def _entries(phrases: Sequence[list[Word]]) -> Iterator[tuple[str, int, list[tuple[int, int, int]]]]:
    """(spelling, flag, [(symbol, mark, source)]) of all words and of words run together."""
    words = sorted({word for phrase in phrases for word in phrase if word[0].isalpha()})
    syllables = vietnamese()
    for text, marks in words:
        symbols = [_SIGNS.index(sign) for sign in text]
        if any(marks):
            for telex in (True, False):
                for spelling in sorted(keyed((text, marks), telex=telex)):
                    yield spelling, KEYED, [(symbol, mark, -1) for symbol, mark in zip(symbols, marks, strict=True)]
        if text in syllables or text[0] == "d":
            for spelling, source in teencode((text, marks)):
                yield spelling, TEEN, [(symbol, 0, place) for symbol, place in zip(symbols, source, strict=True)]
        for short in _SHORT.get((text, max(marks)), ()):
            yield short, TEEN, [(symbol, mark, -1) for symbol, mark in zip(symbols, marks, strict=True)]
    yield from _run_together(phrases)


def _run_together(phrases: Sequence[list[Word]]) -> Iterator[tuple[str, int, list[tuple[int, int, int]]]]:
    """Two or three words of a phrase without their blanks."""
    stuck: set[tuple[str, ...]] = set()
    for phrase in phrases:
        for count in (2, 3):
            for first in range(len(phrase) - count + 1):
                chosen = phrase[first : first + count]
                least = STUCK_LEAST if any(any(marks) for _, marks in chosen) else STUCK_PLAIN
                if sum(len(text) for text, _ in chosen) >= least:
                    stuck.add(tuple(text for text, _ in chosen))
    for parts in sorted(stuck):
        spelling = "".join(parts)
        if not spelling.isalpha():
            continue
        entry: list[tuple[int, int, int]] = []
        place = 0
        for part in parts:
            if entry:
                entry.append((letters.SPACE, 0, -1))
            for sign in part:
                entry.append((_SIGNS.index(sign), 0, place))
                place += 1
        yield spelling, STUCK, entry


def _sorted(table: Iterable[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    rows = sorted(set(table))
    return np.array([key for key, _ in rows], np.int64), np.array([value for _, value in rows], np.int32)


def slot(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a hash has its byte in the gate."""
    spread: NDArray[np.int64] = ((key ^ (key >> 29)) >> 3) & ((1 << GATE_BITS) - 1)
    return spread


def build(hidden: Sequence[tuple[Sequence[int], Sequence[int]]], words: Iterable[tuple[int, ...]]) -> Spellings:
    """The tables for the patterns that are hidden (symbols, marks). ``words``: those of all patterns; they stand for themselves."""
    phrases = [_words_of(symbols, marks) for symbols, marks in hidden]
    vocabulary = sorted({text for phrase in phrases for text, _ in phrase if text.isalpha()})
    stands = known() | {"".join(_SIGNS[symbol] for symbol in word) for word in words}
    entries = sorted(
        {(hashed(text), flag, tuple(entry)) for text, flag, entry in _entries(phrases) if text not in stands},
        key=lambda row: (row[0], row[1], row[2]),
    )
    lengths = [len(entry) for _, _, entry in entries]
    squeezed_keys, squeezed_word = _sorted((hashed(squeezed(word)), place) for place, word in enumerate(vocabulary) if len(word) > 1)
    leet_keys, leet_word = _sorted((hashed(canonical(word)), place) for place, word in enumerate(vocabulary) if len(word) > 1)
    word_keys = np.array(sorted(hashed(word) for word in vocabulary if len(word) > 1), np.int64)
    known_keys = np.array(sorted(hashed(word) for word in stands), np.int64)
    keys = np.array([key for key, _, _ in entries], np.int64)
    gate = np.zeros(1 << GATE_BITS, np.uint8)
    for bit, held in ((SPELLED, keys), (SQUEEZED, squeezed_keys), (LEETWORD, leet_keys), (WORD, word_keys)):
        gate[slot(held)] |= bit
    return Spellings(
        gate=gate,
        keys=keys,
        flags=np.array([flag for _, flag, _ in entries], np.uint16),
        begin=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        symbols=np.array([symbol for _, _, entry in entries for symbol, _, _ in entry], np.uint8),
        marks=np.array([mark for _, _, entry in entries for _, mark, _ in entry], np.uint8),
        source=np.array([place for _, _, entry in entries for _, _, place in entry], np.int32),
        squeezed_keys=squeezed_keys,
        squeezed_word=squeezed_word,
        leet_keys=leet_keys,
        leet_word=leet_word,
        word_keys=word_keys,
        known_keys=known_keys,
        own_keys=np.array(sorted(hashed(word) for word in stands if any(sign in _VOWELS for sign in word)), np.int64),
        word_begin=np.concatenate([[0], np.cumsum([len(word) for word in vocabulary])]).astype(np.int32),
        word_symbols=np.array([_SIGNS.index(sign) for word in vocabulary for sign in word], np.uint8),
        canon=np.array([_SIGNS.index(LEET_CANON.get(sign, sign)) for sign in _SIGNS], np.uint8),
        powers=np.array([signed(pow(MULTIPLIER, n, 1 << 64)) for n in range(64)], np.int64),
    )
