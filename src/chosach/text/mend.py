"""The dear forms: a stream with its disguised words put right. Compiled; run only on texts that the gate of the kernel let through.

Word by word: spellings laid out in ``chosach.text.spellings`` (Telex, VNI, teencode, words run together), digits for letters, letters
written twice, and words broken by blanks. A mended word keeps the places of what was written, and its letters say by a flag how.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

Octets: TypeAlias = NDArray[np.uint8]
Places: TypeAlias = NDArray[np.int32]
Shorts: TypeAlias = NDArray[np.uint16]
Keys: TypeAlias = NDArray[np.int64]
Number: TypeAlias = "int | np.int64"
Flags: TypeAlias = NDArray[np.bool_]

SPACE, HARD = 36, 37
ODD, LEETED, DOUBLED, GAPPED, UNSURE = 2, 8, 128, 256, 2048
MULTIPLIER = np.int64(0x9E3779B97F4A7C15 - (1 << 64))
LONGEST_WORD = 24
GATE_MASK = (1 << 18) - 1
SPELLED, WORD = 1, 8
LAID_OUT, DIGITS, TWICE, BROKEN = 1, 2, 3, 4  # how a word is put right; BROKEN + 1: of parts that are words of their own
AROUND = 20  # words kept on each side of one that was put right: more than any phrase has
LONE = (1 << 26) - 1 - (1 << 0 | 1 << 24)  # letters that mean nothing by themselves: all but a and y
VOWELS = 1 << 0 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24


_F = TypeVar("_F", bound=Callable[..., Any])
_compile: Any = njit  # whose types leave out what is asked for here


def inner(function: _F) -> _F:
    """As in ``chosach.text.kernel``."""
    compiled: _F = _compile(cache=True, nogil=True, _nrt=False)(function)
    return compiled


class Tables(NamedTuple):
    """``chosach.text.spellings.Spellings`` without the gate."""

    keys: Keys
    flags: Shorts
    begin: Places
    symbols: Octets
    marks: Octets
    source: Places
    squeezed_keys: Keys
    squeezed_word: Places
    leet_keys: Keys
    leet_word: Places
    word_keys: Keys
    known_keys: Keys
    own_keys: Keys
    word_begin: Places
    word_symbols: Octets
    canon: Octets


@inner
def _holds(keys: Keys, key: Number) -> bool:
    low = int(np.searchsorted(keys, key))
    return bool(low < keys.shape[0] and keys[low] == key)


@inner
def _hash(sym: Octets, a: int, b: int) -> Number:
    key = np.int64(0)
    for k in range(a, b):
        key = key * MULTIPLIER + np.int64(sym[k] + 1)
    return key


@inner
def _entry(sym: Octets, a: int, b: int, choice: int, tables: Tables) -> int:
    """The spelling laid out for a word, the ``choice``-th or the last one, else -1."""
    key = _hash(sym, a, b)
    low = np.searchsorted(tables.keys, key)
    if low >= tables.keys.shape[0] or tables.keys[low] != key:
        return -1
    while choice > 0 and low + 1 < tables.keys.shape[0] and tables.keys[low + 1] == key:
        low += 1
        choice -= 1
    return int(low)


@inner
def _two_ways(entry: int, keys: Keys) -> bool:
    return bool(0 <= entry < keys.shape[0] - 1 and keys[entry] == keys[entry + 1])


@inner
def _digits(sym: Octets, mk: Octets, a: int, b: int, choice: int, tables: Tables) -> int:
    """The word that is meant where digits stand for letters, else -1. Four letters at least, or one digit in three,
    unless one wears a mark ("l4́")."""
    digits = 0
    marked = False
    key = np.int64(0)
    for k in range(a, b):
        if sym[k] >= 26:
            digits += 1
        marked = marked or mk[k] != 0
        key = key * MULTIPLIER + np.int64(tables.canon[sym[k]] + 1)
    if (digits in (0, b - a) and not marked) or not (marked or b - a >= 4 or (b - a == 3 and digits == 1)):
        return -1
    found = -1
    low = np.searchsorted(tables.leet_keys, key)
    while low < tables.leet_keys.shape[0] and tables.leet_keys[low] == key:
        word = tables.leet_word[low]
        first = tables.word_begin[word]
        if tables.word_begin[word + 1] - first == b - a:
            same = True
            for k in range(b - a):
                same = same and (sym[a + k] >= 26 or sym[a + k] == tables.word_symbols[first + k])
            if same:
                found = word
                if choice == 0:
                    break
                choice -= 1
        low += 1
    return int(found)


@inner
def _doubles(sym: Octets, flag: Shorts, a: int, b: int, tables: Tables) -> int:
    """The word that is meant where letters are written twice, else -1: each run of a letter at least as long as in the word."""
    double = False
    key = np.int64(0)
    for k in range(a, b):
        if sym[k] >= 26:
            return -1
        if k > a and sym[k] == sym[k - 1]:
            double = True
        else:
            key = key * MULTIPLIER + np.int64(sym[k] + 1)
        double = double or flag[k] & ODD != 0
    if not double or _holds(tables.known_keys, _hash(sym, a, b)):
        return -1
    low = np.searchsorted(tables.squeezed_keys, key)
    while low < tables.squeezed_keys.shape[0] and tables.squeezed_keys[low] == key:
        word = tables.squeezed_word[low]
        p, stop = tables.word_begin[word], tables.word_begin[word + 1]
        k = a
        fits = True
        while p < stop and k < b and fits:
            run, want = 1, 1
            stretched = flag[k] & ODD != 0
            while k + run < b and sym[k + run] == sym[k]:
                stretched = stretched or flag[k + run] & ODD != 0
                run += 1
            while p + want < stop and tables.word_symbols[p + want] == tables.word_symbols[p]:
                want += 1
            fits = run >= want or stretched
            k += run
            p += want
        if fits and p == stop and k == b:
            return int(word)
        low += 1
    return -1


@inner
def _strange(sym: Octets, mk: Octets, a: int, b: int, tables: Tables) -> bool:
    """No word of its own: a consonant, a vowel or "gi" without marks ("ở", "gì" are words, "chữ a" is said), or no syllable."""
    if b - a == 1:
        return bool(1 << int(sym[a]) & LONE if mk[a] == 0 else not 1 << int(sym[a]) & VOWELS)
    if b - a == 2 and sym[a] == 6 and sym[a + 1] == 8:
        return bool(mk[a] == 0 and mk[a + 1] == 0)
    return bool(not _holds(tables.own_keys, _hash(sym, a, b)))


@inner
def _pieces(sym: Octets, mk: Octets, a: int, b: int, m: int, tables: Tables) -> tuple[int, int, bool]:
    """(end of the last piece, number of pieces, whether a piece is no word of its own) of a word broken by blanks from a on."""
    if sym[b] != SPACE:
        return 0, 0, False
    key = _hash(sym, a, b)
    strange = _strange(sym, mk, a, b, tables)
    found, count, sure = 0, 0, False
    end = b
    for pieces in range(2, 4):
        begin = end + 1
        stop = begin
        while stop < m and sym[stop] < 26:
            key = key * MULTIPLIER + np.int64(sym[stop] + 1)
            stop += 1
        if stop == begin or stop >= m or sym[stop] < SPACE or stop - begin > LONGEST_WORD:
            break
        strange = strange or _strange(sym, mk, begin, stop, tables)
        if _holds(tables.word_keys, key) and (pieces == 2 or strange):
            found, count, sure = stop, pieces, strange
        end = stop
        if sym[stop] != SPACE:
            break
    return found, count, sure


@inner
def _words(sym: Octets, flag: Shorts, a: int, b: int, begin: Keys, stop: Keys, key: Keys, kind: Octets) -> int:
    """The words of a stream: where they begin and end, their hashes, and whether they have digits (1) or a letter twice (2)."""
    count = 0
    i = a
    while i < b:
        if sym[i] >= SPACE:
            i += 1
            continue
        first = i
        value = np.int64(0)
        found = 0
        while i < b and sym[i] < SPACE:
            value = value * MULTIPLIER + np.int64(sym[i] + 1)
            if sym[i] >= 26:
                found |= 1
            elif flag[i] & ODD or (i > first and sym[i] == sym[i - 1]):
                found |= 2
            i += 1
        begin[count], stop[count], key[count], kind[count] = first, i, value, found
        count += 1
    return count


@inner
def _laid_out(
    at: int, a: int, b: int, entry: int, tables: Tables, mk: Octets, start: Places, end: Places, flag: Shorts,
    to_sym: Octets, to_mk: Octets, to_start: Places, to_end: Places, to_flag: Shorts,
) -> int:  # fmt: skip
    """Write the word of a spelling; returns where the next one goes."""
    kept = 0
    for k in range(a, b):
        kept |= flag[k]
    for p in range(tables.begin[entry], tables.begin[entry + 1]):
        source = tables.source[p]
        to_sym[at] = tables.symbols[p]
        to_mk[at] = mk[a + source] if source >= 0 else tables.marks[p]
        to_start[at] = start[a + source] if source >= 0 else start[a]
        to_end[at] = end[a + source] if source >= 0 else end[b - 1]
        to_flag[at] = tables.flags[entry] | kept
        at += 1
    return at


@inner
def _squeezed(
    at: int, a: int, word: int, b: int, tables: Tables, sym: Octets, mk: Octets, start: Places, end: Places, flag: Shorts,
    to_sym: Octets, to_mk: Octets, to_start: Places, to_end: Places, to_flag: Shorts,
) -> int:  # fmt: skip
    """Write the word whose letters were written twice; returns where the next one goes."""
    k = a
    p, stop = tables.word_begin[word], tables.word_begin[word + 1]
    while p < stop:
        run, want, marks, kept = 1, 1, mk[k], flag[k]
        while k + run < b and sym[k + run] == sym[k]:
            marks |= mk[k + run]
            kept |= flag[k + run]
            run += 1
        while p + want < stop and tables.word_symbols[p + want] == tables.word_symbols[p]:
            want += 1
        for w in range(want):
            to_sym[at] = sym[k]
            to_mk[at] = marks if want == 1 else mk[k + min(w, run - 1)]
            to_start[at] = start[k]
            to_end[at] = end[k + run - 1]
            to_flag[at] = kept | (DOUBLED if run > want else 0)
            at += 1
        k += run
        p += want
    return at


@inner
def _decided(
    sym: Octets, mk: Octets, flag: Shorts, m: int, words: int, begin: Keys, until: Keys, key: Keys, kind: Octets, chosen: Keys,
    parts: Octets, gaps_first: bool, bits: Octets, powers: Keys, tables: Tables,
) -> tuple[bool, bool]:  # fmt: skip
    """For each word of a stream how it is put right (``parts``: 0 as it is) and as what (``chosen``: entry, word, number of pieces).

    Returns (is any put right, may any be meant in two ways).
    """
    mended = unsure = False
    w = 0
    while w < words:
        i, b = begin[w], until[w]
        parts[w] = 0
        if b - i > LONGEST_WORD:
            w += 1
            continue
        entry = word = -1
        pieces, sure = 0, False
        if bits[((key[w] ^ (key[w] >> 29)) >> 3) & GATE_MASK] & SPELLED:
            entry = _entry(sym, i, b, 1 if gaps_first else 0, tables)
        if kind[w] & 1:
            if not _holds(tables.known_keys, key[w]):
                word = _digits(sym, mk, i, b, 1 if gaps_first else 0, tables)
        elif kind[w] & 2:
            word = _doubles(sym, flag, i, b, tables)
        if kind[w] & 1 == 0 and w + 1 < words and kind[w + 1] & 1 == 0 and until[w + 1] - begin[w + 1] <= LONGEST_WORD:
            both = key[w] * powers[until[w + 1] - begin[w + 1]] + key[w + 1]
            maybe = bits[((both ^ (both >> 29)) >> 3) & GATE_MASK] & WORD != 0
            if not maybe and w + 2 < words and kind[w + 2] & 1 == 0 and until[w + 2] - begin[w + 2] <= LONGEST_WORD:
                both = both * powers[until[w + 2] - begin[w + 2]] + key[w + 2]
                maybe = bits[((both ^ (both >> 29)) >> 3) & GATE_MASK] & WORD != 0
            if maybe:
                _, pieces, sure = _pieces(sym, mk, i, b, m, tables)
        if entry >= 0 or word >= 0:
            unsure = unsure or pieces > 0 or _two_ways(entry, tables.keys) or (word >= 0 and (entry >= 0 or kind[w] & 1 != 0))
        if pieces > 0 and (gaps_first or (entry < 0 and word < 0)):
            parts[w], chosen[w] = BROKEN if sure else BROKEN + 1, pieces
            for k in range(w + 1, w + pieces):
                parts[k] = 0
            mended = mended or sure
            w += pieces
            continue
        if entry >= 0 and (word < 0 or not gaps_first):
            parts[w], chosen[w], mended = LAID_OUT, entry, True
        elif word >= 0:
            parts[w], chosen[w], mended = DIGITS if kind[w] & 1 else TWICE, word, True
        w += 1
    return mended, unsure


@njit(cache=True, nogil=True)
def mend(
    begins: Keys,
    sym: Octets,
    mk: Octets,
    start: Places,
    end: Places,
    flag: Shorts,
    rows: Keys,
    gaps_first: bool,
    bits: Octets,
    powers: Keys,
    tables: Tables,
) -> tuple[Keys, Octets, Octets, Places, Places, Shorts, Flags]:
    """These streams (each with a blank to spare) with their words put right; and which of them have a word that may be meant in two
    ways, of which ``gaps_first`` takes the other: broken by blanks, or digits and letters twice before keys."""
    total = longest = 0
    for r in rows:
        total += begins[r + 1] - begins[r]
        longest = max(longest, begins[r + 1] - begins[r])
    room = 4 * total + 64
    to_sym, to_mk = np.empty(room, np.uint8), np.empty(room, np.uint8)
    to_start, to_end = np.empty(room, np.int32), np.empty(room, np.int32)
    to_flag = np.empty(room, np.uint16)
    to_begins = np.zeros(rows.shape[0] + 1, np.int64)
    unsure = np.zeros(rows.shape[0], np.bool_)
    begin, until, key = np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64)
    kind, parts = np.empty(longest + 1, np.uint8), np.empty(longest + 1, np.uint8)
    chosen = np.empty(longest + 1, np.int64)
    o = 0
    for n in range(rows.shape[0]):
        m = begins[rows[n] + 1] - 1
        words = _words(sym, flag, begins[rows[n]], m, begin, until, key, kind)
        begin[words] = m
        mended, unsure[n] = _decided(sym, mk, flag, m, words, begin, until, key, kind, chosen, parts, gaps_first, bits, powers, tables)
        w = reached = 0
        while mended:  # from one word that was put right to the next, with what stands around them
            while reached < words and parts[reached] == 0:
                reached += 1
            if reached == words:
                break
            w = max(w, reached - AROUND)
            to_sym[o], to_mk[o], to_start[o], to_end[o], to_flag[o] = HARD, 1, start[begin[w]], start[begin[w]], 0
            to_sym[o + 1], to_mk[o + 1], to_start[o + 1], to_end[o + 1], to_flag[o + 1] = SPACE, 0, start[begin[w]], start[begin[w]], 0
            o += 2
            last = reached + AROUND
            while w < words and w <= last:
                i, b = begin[w], until[w]
                count = 1
                if parts[w] == BROKEN or parts[w] == BROKEN + 1:
                    count = int(chosen[w])
                    b = until[w + count - 1]
                    for k in range(i, b):
                        if sym[k] != SPACE:
                            to_sym[o], to_mk[o], to_start[o], to_end[o], to_flag[o] = sym[k], mk[k], start[k], end[k], flag[k]
                            if k > i and sym[k - 1] == SPACE:
                                to_flag[o] |= GAPPED if parts[w] == BROKEN else UNSURE
                            o += 1
                elif parts[w] == LAID_OUT:
                    o = _laid_out(o, i, b, chosen[w], tables, mk, start, end, flag, to_sym, to_mk, to_start, to_end, to_flag)
                elif parts[w] == TWICE:
                    o = _squeezed(o, i, chosen[w], b, tables, sym, mk, start, end, flag, to_sym, to_mk, to_start, to_end, to_flag)
                else:
                    for k in range(i, b):
                        to_sym[o], to_mk[o], to_start[o], to_end[o], to_flag[o] = sym[k], mk[k], start[k], end[k], flag[k]
                        if parts[w] == DIGITS and sym[k] >= 26:
                            to_sym[o] = tables.word_symbols[tables.word_begin[chosen[w]] + k - i]
                            to_flag[o] |= LEETED
                        o += 1
                if parts[w]:
                    last = w + count - 1 + AROUND
                w += count
                for k in range(b, begin[w]):
                    to_sym[o], to_mk[o], to_start[o], to_end[o], to_flag[o] = sym[k], mk[k], start[k], end[k], flag[k]
                    o += 1
            reached = w
        to_sym[o], to_mk[o], to_start[o], to_end[o], to_flag[o] = SPACE, 0, 0, 0, 0
        o += 1
        to_begins[n + 1] = o
    return to_begins, to_sym[:o], to_mk[:o], to_start[:o], to_end[:o], to_flag[:o], unsure
