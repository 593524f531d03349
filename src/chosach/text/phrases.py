"""The patterns as a tree over words, laid out for the kernel.

A pattern is a sequence of words, so the texts are looked through word by word: a hash of the word's letters, one look into the table
of words that matter, and for the few that begin or go on a phrase one step in the tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.text import letters
from chosach.text.spellings import MULTIPLIER, hash_of, signed

SIEVE_BITS = 18
NO_VOWEL = 1 << 40
GOES_ON, ENDS = 1 << 41, 1 << 42 | 1 << 43
UNKNOWN, KNOWN = -1, -2  # in the table of words: not there; there, but in no pattern
DEEPEST = 127  #: words of a phrase

_VOWELS = frozenset({0, 4, 8, 14, 20, 24})
_SHORT_NO = ([10, 14], [10])  # "ko", "k"


def breaks_of(symbols: Sequence[int]) -> list[bool]:
    """True at the last letter of each word."""
    return [k + 1 == len(symbols) or symbols[k + 1] == letters.SPACE for k in range(len(symbols))]


def shortened(symbols: list[int], marks: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """A phrase with "không" as everybody shortens it: with "ko" and "k"."""
    text = "".join(chr(97 + symbol) if symbol < 26 else " " for symbol in symbols)
    if f" {text} ".find(" khong ") < 0 or text == "khong":
        return
    begin = f" {text} ".index(" khong ")
    for spelling in _SHORT_NO:
        yield symbols[:begin] + spelling + symbols[begin + 5 :], marks[:begin] + [0] * len(spelling) + marks[begin + 5 :]


def words_of(symbols: Sequence[int]) -> list[tuple[int, ...]]:
    words: list[tuple[int, ...]] = []
    here: list[int] = []
    for symbol in (*symbols, letters.SPACE):
        if symbol < letters.SPACE:
            here.append(symbol)
        elif here:
            words.append(tuple(here))
            here = []
    return words


def _spread(key: int) -> int:
    return signed(key * MULTIPLIER & ((1 << 64) - 1))


def _table(pairs: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """An open table of at most half its places: keys (0: free), each with its value behind it (-1 where free), so that one look fetches
    both."""
    size = 1 << max(4, (2 * len(pairs)).bit_length())
    table = [0, -1] * size
    for key, value in pairs:
        place = 2 * (_spread(key) >> 20 & (size - 1))
        while table[place]:
            if table[place] == key:
                raise ValueError("two words with one hash")
            place = (place + 2) & (2 * size - 1)
        table[place], table[place + 1] = key, value
    return np.array(table, np.int64)


def _steps(edges: Sequence[tuple[int, int, bool, bool]]) -> NDArray[np.int64]:
    """An open table of at most half its places: each step in one number with what it leads to (``kernel.Automaton``), 0 where free."""
    size = 1 << max(4, (2 * len(edges)).bit_length())
    table = [0] * size
    for edge, child, ending, going in edges:
        place = _spread(edge) >> 20 & (size - 1)
        while table[place]:
            place = (place + 1) & (size - 1)
        table[place] = edge << 22 | child << 2 | ending << 1 | going
    return np.array(table, np.int64)


def _sieve(keys: Sequence[int]) -> NDArray[np.uint8]:
    """A bit for each key, few enough to stay near the processor: most steps that lead nowhere are told by it."""
    bits = np.zeros(1 << SIEVE_BITS, np.bool_)
    bits[[_spread(key) >> 40 & ((1 << SIEVE_BITS) - 1) for key in keys]] = True
    return np.packbits(bits, bitorder="little")


def signature(symbols: Sequence[int], marks: Sequence[int]) -> int:
    """The marks of a phrase's last word in one number, as the kernel tells those of the word it stands at; 0 for none.

    Letters with their quality in their order, and the tone, wherever it stands: the same where, and mostly only where, ``kernel._verdict``
    finds the same marks.
    """
    begin = max((k + 1 for k, symbol in enumerate(symbols) if symbol == letters.SPACE), default=0)
    quality = tone = 0
    for mark in marks[begin:]:
        quality = (quality * 31 + (mark >> 3)) & ((1 << 60) - 1)
        tone |= mark & letters.TONE_BITS
    return quality << 3 | tone


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is looked for: the words (symbols), the marks of the last one as ``signature``, how marks bind, bit mask of columns."""

    words: Sequence[tuple[int, ...]]
    signature: int
    mode: int
    fields: int


def _packed(number: int, phrase: Phrase) -> int:
    """A phrase in one number (``kernel.Automaton``)."""
    blanks = len(phrase.words) - 1
    length = sum(map(len, phrase.words)) + blanks
    if length >= 1 << 16 or phrase.fields >= 1 << 16:
        raise ValueError("a pattern too long, or a field too many")
    return number | phrase.mode << 20 | phrase.fields << 24 | blanks << 40 | length << 47


def build(patterns: Sequence[Phrase], known: Sequence[int]) -> tuple[NDArray[Any], ...]:
    """The first five parts of the kernel's ``Automaton``. ``known``: hashes of words that stand for themselves."""
    ids: dict[tuple[int, ...], int] = {}
    children: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]
    for index, pattern in enumerate(patterns):
        if len(pattern.words) > DEEPEST:
            raise ValueError("a pattern of too many words")
        node = 0
        for word in pattern.words:
            number = ids.setdefault(word, len(ids))
            following = children[node].get(number)
            if following is None:
                following = len(children)
                children.append({})
                ends.append([])
                children[node][number] = following
            node = following
        ends[node].append(index)
    if max(len(ids), len(children), len(patterns)) >= 1 << 20:  # these are packed into one number, and so are the steps
        raise ValueError("too many words")
    hashes = {hash_of(word): number for word, number in ids.items()}
    if len(hashes) < len(ids):
        raise ValueError("two words with one hash")
    numbered = []
    for (word, number), key in zip(ids.items(), hashes, strict=True):
        begun = children[0].get(number, -1)
        value = number | (begun + 1) << 20 | (0 if _VOWELS.intersection(word) else NO_VOWEL)
        if begun >= 0:
            value |= (GOES_ON if children[begun] else 0) | (ENDS if ends[begun] else 0)
        numbered.append((key, value))
    word_table = _table([*numbered, *((key, KNOWN) for key in known if key not in hashes)])
    edges = [(node << 20 | number, child) for node in range(1, len(children)) for number, child in children[node].items()]
    nodes = []
    outs: list[tuple[int, int]] = []
    for found in ends:
        nodes.append(len(found) << 1 | len(outs) << 21)
        outs += [(_packed(k, patterns[k]), patterns[k].signature) for k in found]
    return (
        word_table,
        _steps([(edge, child, bool(ends[child]), bool(children[child])) for edge, child in edges]),
        _sieve([key for key, _ in edges]),
        np.array(nodes, np.int64),
        np.array(outs, np.int64).reshape(-1, 2),
    )
