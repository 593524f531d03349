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


def _table(pairs: Sequence[tuple[int, int]], shuffled: bool) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """An open table of at most half its places: keys (0: free) and values (-1 where free)."""
    size = 1 << max(4, (2 * len(pairs)).bit_length())
    keys, values = [0] * size, [-1] * size
    for key, value in pairs:
        spread = signed(key * MULTIPLIER & ((1 << 64) - 1)) if shuffled else key
        place = (spread >> 20) & (size - 1)
        while keys[place]:
            if keys[place] == key:
                raise ValueError("two words with one hash")
            place = (place + 1) & (size - 1)
        keys[place], values[place] = key, value
    return np.array(keys, np.int64), np.array(values, np.int32)


def build(patterns: Sequence[list[int]], known: Sequence[int]) -> tuple[NDArray[Any], ...]:
    """The first ten parts of the kernel's ``Automaton``. ``known``: hashes of words that stand for themselves."""
    ids: dict[tuple[int, ...], int] = {}
    children: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]
    for index, symbols in enumerate(patterns):
        words = words_of(symbols)
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
    if len(ids) >= 1 << 20:
        raise ValueError("too many words")
    hashes = {hash_of(word): number for word, number in ids.items()}
    if len(hashes) < len(ids):
        raise ValueError("two words with one hash")
    word_keys, word_ids = _table([*hashes.items(), *((key, KNOWN) for key in known if key not in hashes)], False)
    root = np.full(len(ids), -1, np.int32)
    for number, child in children[0].items():
        root[number] = child
    edges = [(node << 20 | number, child) for node in range(1, len(children)) for number, child in children[node].items()]
    edge_keys, edge_nodes = _table(edges, True)
    first = np.full(len(children), -1, np.int32)
    following_out: list[int] = []
    out: list[int] = []
    for node, found in enumerate(ends):
        for pattern in found:
            following_out.append(int(first[node]))
            out.append(pattern)
            first[node] = len(out) - 1
    goes_on = np.array([bool(child) for child in children], np.bool_)
    no_vowel = np.array([not any(symbol in _VOWELS for symbol in word) for word in ids], np.bool_)
    return (
        word_keys,
        word_ids,
        root,
        no_vowel,
        edge_keys,
        edge_nodes,
        goes_on,
        first,
        np.array(following_out, np.int32),
        np.array(out, np.int32),
    )
