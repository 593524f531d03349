"""The patterns as a tree over words, laid out for the kernel.

A pattern is a sequence of words, so the texts are looked through word by word: a hash of the word's letters, one look into the table
of words that matter, and for the few that begin or go on a phrase one step in the tree.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.text import letters
from chosach.text.spellings import MULTIPLIER, hash_of, signed

SIEVE_BITS = 18
NO_VOWEL = 1 << 40
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


def _table(pairs: Sequence[tuple[int, int]], shuffled: bool) -> NDArray[np.int64]:
    """An open table of at most half its places: keys (0: free), each with its value behind it (-1 where free), so that one look fetches
    both."""
    size = 1 << max(4, (2 * len(pairs)).bit_length())
    table = [0, -1] * size
    for key, value in pairs:
        place = 2 * ((_spread(key) if shuffled else key) >> 20 & (size - 1))
        while table[place]:
            if table[place] == key:
                raise ValueError("two words with one hash")
            place = (place + 2) & (2 * size - 1)
        table[place], table[place + 1] = key, value
    return np.array(table, np.int64)


def _sieve(keys: Sequence[int]) -> NDArray[np.uint8]:
    """A bit for each key, few enough to stay near the processor: most steps that lead nowhere are told by it."""
    bits = np.zeros(1 << SIEVE_BITS, np.bool_)
    bits[[_spread(key) >> 40 & ((1 << SIEVE_BITS) - 1) for key in keys]] = True
    return np.packbits(bits, bitorder="little")


def build(patterns: Sequence[list[tuple[int, ...]]], known: Sequence[int]) -> tuple[NDArray[Any], ...]:
    """The first seven parts of the kernel's ``Automaton``.

    ``patterns``: the words of each; ``known``: hashes of words that stand for themselves.
    """
    ids: dict[tuple[int, ...], int] = {}
    children: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]
    for index, words in enumerate(patterns):
        if len(words) > DEEPEST:
            raise ValueError("a pattern of too many words")
        node = 0
        for word in words:
            number = ids.setdefault(word, len(ids))
            following = children[node].get(number)
            if following is None:
                following = len(children)
                children.append({})
                ends.append([])
                children[node][number] = following
            node = following
        ends[node].append(index)
    if max(len(ids), len(children)) >= 1 << 20:  # both are packed into one number, and so are their steps
        raise ValueError("too many words")
    hashes = {hash_of(word): number for word, number in ids.items()}
    if len(hashes) < len(ids):
        raise ValueError("two words with one hash")
    numbered = [
        (key, number | (children[0].get(number, -1) + 1) << 20 | (0 if _VOWELS.intersection(word) else NO_VOWEL))
        for (word, number), key in zip(ids.items(), hashes, strict=True)
    ]
    word_table = _table([*numbered, *((key, KNOWN) for key in known if key not in hashes)], False)
    edges = [(node << 20 | number, child) for node in range(1, len(children)) for number, child in children[node].items()]
    first = np.full(len(children), -1, np.int32)
    following_out: list[int] = []
    out: list[int] = []
    for node, found in enumerate(ends):
        for pattern in found:
            following_out.append(int(first[node]))
            out.append(pattern)
            first[node] = len(out) - 1
    return (
        word_table,
        _table(edges, True),
        _sieve([key for key, _ in edges]),
        np.array([bool(child) for child in children], np.bool_),
        first,
        np.array(following_out, np.int32),
        np.array(out, np.int32),
    )
