"""The compiled inner loop: fold a text, match every pattern, tell each hit's place in the original.

What calls one another jitted stands in this one file, long as it is: numba keeps compiled code by the file of the function that is
called, and would not notice that another file changed. The dear forms (``mend``) are called from Python and stand apart; numbers that
both need are written in both for the same reason. Imported only by ``chosach.text.matcher`` (numba takes about a second to import).

A text is read into a stream of symbols (``chosach.text.letters``) in two ways:

- the plain reading: letters folded, marks kept beside them, separators become one space, sentence ends a hard break, letters
  stretched to three or more become one. Nine words in ten are short, of usual letters alone, and come again and again: what such a word was
  read as is kept and copied, found by its letters as one number;
- the bared reading, only where the plain one saw cause: signs inside words are dropped (``D.i.o.r``), single letters in a row are
  joined (``f a k e``), digits and signs beside letters stand for letters (``s1êu``, ``h@ng``).

Patterns run over the folded letters; marks are compared afterwards, tone by syllable, so that hòa and hoà are equal.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Octets: TypeAlias = NDArray[np.uint8]
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.int32]
Shorts: TypeAlias = NDArray[np.uint16]
Keys: TypeAlias = NDArray[np.int64]
Number: TypeAlias = "int | np.int64"


_F = TypeVar("_F", bound=Callable[..., Any])
_compile: Any = njit  # whose types leave out what is asked for here
_intrinsic: Any = intrinsic  # what is written in terms of the processor


def inner(function: _F) -> _F:
    """Compile what allocates nothing and is called for every word or text: without the runtime that counts references, which would count
    each array up and down at every call (a tenth of the time)."""
    compiled: _F = _compile(cache=True, nogil=True, _nrt=False)(function)
    return compiled


def outer(function: _F) -> _F:
    """Compile what is called from Python."""
    compiled: _F = _compile(cache=True, nogil=True)(function)
    return compiled


@_intrinsic
def _eight(typing: Any, octets: Any, place: Any) -> Any:
    """The eight octets from ``place`` on as one number, the first in its lowest bits."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.load(_eight_at(context, builder, signature, given), align=1)

    return types.int64(octets, types.uint64), build


@_intrinsic
def _put_eight(typing: Any, octets: Any, place: Any, value: Any) -> Any:
    """Write a number over the eight octets from ``place`` on, of an array of smaller numbers: the first in its lowest bits."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        builder.store(given[2], _eight_at(context, builder, signature, given), align=1)
        return context.get_dummy_value()

    return types.void(octets, types.uint64, types.int64), build


def _eight_at(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, given[0])
    return builder.bitcast(builder.gep(array.data, [given[1]]), context.get_value_type(types.int64).as_pointer())


@_intrinsic
def _low_zeros(typing: Any, value: Any) -> Any:
    """Bits that are not set below the lowest that is; 64 of nothing."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.cttz(given[0], context.get_constant(types.boolean, False))

    return types.int64(types.int64), build


class Automaton(NamedTuple):
    """A tree over words (``chosach.text.phrases``), and what each pattern asks of marks and fields."""

    words: Keys
    edges: Keys  # (place in the tree << 20 | word) << 22 | place that it leads to << 2 | whether phrases end there << 1 | or go on
    sieve: Octets
    nodes: Keys  # phrases that end there: their number << 1 and the first of ``outs`` << 21
    # (phrases, 2): pattern | mode << 20 | fields << 24 | blanks << 40 | length << 47; marks of the last word (``phrases.signature``)
    outs: NDArray[np.int64]
    begin: Places
    marks: Octets
    breaks: Flags


class Letters(NamedTuple):
    """``chosach.text.letters.codes``: by code point; then by code."""

    codes: Shorts
    marks: Octets
    odd: Flags
    sign: NDArray[np.int8]


class Gate(NamedTuple):
    """What tells that a word may be a disguised one (``chosach.text.spellings``): bits by hash, then the sorted hashes themselves."""

    bits: Octets
    canon: Octets
    spelled: Keys
    squeezed: Keys
    leet: Keys
    words: Keys
    powers: Keys


class Stream(NamedTuple):
    """Symbols and marks, where each stands in the text, and flags."""

    sym: Octets
    mk: Octets
    start: Places
    end: Places
    flag: Shorts


class Codes(NamedTuple):
    """Code points as ``_decode`` tells them, places of causes (twice) and of words that were seen, places in the tree."""

    code: Octets
    cls: Octets
    cause_at: Places
    spare: Places
    seen_at: Places
    active: Places


class Room(NamedTuple):
    """Room for the longest text."""

    codes: Codes
    plain: Stream
    bared: Stream
    token: Places  # by place in the plain stream, where a word begins: its place in ``Read.words`` + 1, else 0; UNREAD
    unread_at: Places


SIZE = 0x20000
SPACE = 36
HARD = 37  # no phrase runs across it; with a mark: a comma, which ends no sentence
ALPHABET = 38
SKIP = 38
COMBINING = 39
INWORD = 40
LEET = 41
STOP = 42
NEWLINE = 43
STROKE = 4 << 3
COMMA = 44
BRACKET = 45

CODES_APART, CODES_REST = 0x80, 0x90  # as in ``chosach.text.letters``
BOTH, SECOND = (1 << 32) + 1, 1 << 32  # of two places in one number
APART = -0x7F7F7F7F7F7F7F80  # the highest bit of each of eight octets

#: Words that were seen, by a hash of their codes (at most 7, the usual ones), eight numbers each: codes | symbols and a blank | marks |
#: ``length | letters << 4 | letters with marks << 8 | SINGLE``, length 0: to be read letter by letter | hash | what ``Automaton.words``
#: says of it | ``phrases.signature`` | ``_traits``.
SEEN_SHIFT, SEEN_MASK = 44, (1 << 14) - 1
SINGLE = 1 << 12
SEEN_SIZE = (SEEN_MASK + 1) * 8
UNREAD = -1

FOLDED = 1  # the text has no marks where the pattern has some
ODD = 2  # letters of other scripts, styled letters, or something invisible inside
JOINED = 4  # signs or spaces inside the word were dropped
LEETED = 8  # digits or signs stood for letters
MARKED = 16  # the text has marks where the pattern (read without marks) has none
KEYED, TEEN, DOUBLED, GAPPED, STUCK = 32, 64, 128, 256, 512  # the dear forms: see ``chosach.text.mend``
ALONE = 1024  # FOLDED, but only this word is written in letters or signs of its own, so that missing marks say nothing
UNSURE = 2048  # GAPPED, but each part is a word of its own: no hit without a part that is none
DEAR = LEETED | KEYED | TEEN | DOUBLED | GAPPED | STUCK
STYLED = ODD | JOINED | LEETED

#: How a pattern's marks bind (bits): any marks will do; never found where the text has none.
ANY_MARKS = 1
NEEDS_MARKS = 2
BY_CONTEXT = 4  # found without marks also amid marked text: whoever asks decides what was meant

#: Fewest letters and blanks of a pattern that a form may be read as.
LEAST_JOINED, LEAST_DEAR, LEAST_STYLED, LEAST_STUCK = 3, 4, 5, 8
MULTIPLIER = np.int64(0x9E3779B97F4A7C15 - (1 << 64))  # of the words' hash; this and the gate's layout as in ``chosach.text.spellings``
GATE_MASK = (1 << 18) - 1
SPELLED, SQUEEZED, LEETWORD, WORD = 1, 2, 4, 8
LONE = (1 << 26) - 1 - (1 << 0 | 1 << 24)  # as in ``chosach.text.mend``
VOWELS = 1 << 0 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24
LONGEST_WORD = 24
NEAR = 48  # code points around a cause: more than any single word has, spaced out
REACH = 200  # code points, more than any phrase has, spaced out
SIEVE_MASK, NUMBER_MASK, NO_VOWEL, SIGNATURE_MASK = (1 << 18) - 1, (1 << 20) - 1, 1 << 40, (1 << 60) - 1  # as in ``chosach.text.phrases``
UNKNOWN, DEEPEST = -1, 128  # no word that we know; words in a phrase, at most
GOES_ON, ENDS_TONED, ENDS_BARE = (
    1 << 41,
    1 << 42,
    1 << 43,
)  # of a word: a phrase that it begins does; is that word, in a text with marks; without
SIGNED = 12  # a longer word's signature is not its marks
STRANGE, APART_ONLY, CAUSE = 1, 2, 4

TONED_ONE_IN = 25  # a text with more marked letters than one in so many was written with marks

HIT_COLUMNS = 9  # text, field, pattern, start, end, sentence, letters before the hit, letters up to its end, flags
WINDOW_COLUMNS = 7  # text, reading (1 plain, 2 bared), start, end, sentences and letters before it, whether the text has marks


@inner
def _within(point: np.uint32) -> np.uint32:
    """The code point, or one within the table that is read as this one is."""
    if point < SIZE:
        return point
    return np.uint32(0xAD) if 0xE0000 <= point < 0xE0200 else np.uint32(0x20)


@inner
def _decode(data: Octets, begin: int, end: int, table: Letters, code: Octets, cls: Octets) -> int:
    """UTF-8 to codes and classes, one a code point. Returns their number.

    Each octet is read as if a code point began with it, and the next written over it where none did: which octets those are nobody can
    foretell in Vietnamese text, and to ask it costs more than to read them all.
    """
    codes = table.codes
    size = data.shape[0]
    far = np.uint64(max(begin, min(end, size - 3)))
    n = np.uint64(0)
    i = np.uint64(begin)
    while i < far:
        first = np.uint32(data[i])
        second = np.uint32(data[i + np.uint64(1)]) & np.uint32(0x3F)
        third = np.uint32(data[i + np.uint64(2)]) & np.uint32(0x3F)
        two = (first & np.uint32(0x1F)) << np.uint32(6) | second
        three = (first & np.uint32(0x0F)) << np.uint32(12) | second << np.uint32(6) | third
        many = two if first < np.uint32(0xE0) else three
        point = first if first < np.uint32(0x80) else many
        if first >= np.uint32(0xF0):
            point = (first & np.uint32(0x07)) << np.uint32(18) | second << np.uint32(12) | third << np.uint32(6)
            point = _within(point | (np.uint32(data[i + np.uint64(3)]) & np.uint32(0x3F)))
        packed = codes[np.uint64(point)]
        code[n] = packed >> 8
        cls[n] = packed & 0xFF
        n += np.uint64((first & np.uint32(0xC0)) != np.uint32(0x80))
        i += np.uint64(1)
    until = np.uint64(end)
    while i < until and data[i] & 0xC0 == 0x80:
        i += np.uint64(1)
    while i < until:  # the last octets of all, behind which there are none to look at
        point = np.uint32(data[i])
        length = 1 if point < 0x80 else 2 if point < 0xE0 else 3 if point < 0xF0 else 4
        if length > 1:
            point &= np.uint32(0x7F) >> np.uint32(length)
        for _ in range(length - 1):
            i += np.uint64(1)
            point = point << np.uint32(6) | (np.uint32(data[i]) & np.uint32(0x3F) if i < until else np.uint32(0))
        packed = codes[np.uint64(_within(point))]
        code[n] = packed >> 8
        cls[n] = packed & 0xFF
        n += np.uint64(1)
        i += np.uint64(1)
    code[n], cls[n] = CODES_APART, SPACE  # for who looks one further
    return int(np.int64(n))


@inner
def _letter_for(digit: int) -> int:
    """The letter that a digit (as a symbol) may stand for, else -1."""
    letter = -1
    if digit == 26:  # 0
        letter = 14
    elif digit == 27:  # 1
        letter = 8
    elif digit == 29:  # 3
        letter = 4
    elif digit == 30:  # 4
        letter = 0
    elif digit == 31:  # 5
        letter = 18
    elif digit == 33:  # 7
        letter = 19
    elif digit == 35:  # 9
        letter = 6
    return letter


@inner
def _next_letter(cls: Octets, n: int, i: int) -> int:
    """Place of the next code point that leaves a trace, from i on."""
    while i < n and (cls[i] == SKIP or cls[i] == COMBINING):
        i += 1
    return i


@inner
def _stands_for(code: Octets, cls: Octets, sign: NDArray[np.int8], n: int, i: int, sym: Octets, m: int) -> int:
    """The letter that the digit or sign at i stands for, -1 where it is just that.

    A single digit between letters, or before or after at least three of them (``f4ke``, ``gucc1``, ``5iêu``; but not ``5kg``,
    ``f1``, ``50ml``); a sign beside a letter, an exclamation mark only between two.
    """
    j = _next_letter(cls, n, i + 1)
    after = j < n and (cls[j] < 26 or (cls[i] == LEET and cls[j] == LEET and sign[code[j]] != 8))
    before = sym[m - 1] < 26
    if cls[i] == LEET:
        if (before and after) or (sign[code[i]] != 8 and (before or after)):
            return int(sign[code[i]])
        return -1
    if not (before or after):
        return -1
    letter = _letter_for(cls[i])
    if letter < 0 or (before and after):
        return letter
    if before:
        if (j < n and cls[j] < SPACE) or m < 4 or sym[m - 2] >= 26 or sym[m - 3] >= 26:
            return -1
        return letter
    if sym[m - 1] < SPACE:  # the second of two digits
        return -1
    for _ in range(2):
        j = _next_letter(cls, n, j + 1)
        if j >= n or cls[j] >= 26:
            return -1
    return letter


@inner
def _single_run(cls: Octets, n: int, i: int) -> int:
    """Length in code points of a run of single letters from i on, three letters at least, else 0.

    The letters are separated by one or two blanks, always; a run does not go over a line's end.
    """
    letters = 1
    last = i
    j = _next_letter(cls, n, i + 1)
    while True:
        k = j
        while k < n and (cls[k] == SPACE or cls[k] == BRACKET) and k - j < 2:
            k += 1
        if k == j or k >= n or cls[k] >= 26:
            break
        after = _next_letter(cls, n, k + 1)
        if after < n and cls[after] < SPACE:
            break
        letters += 1
        last = k
        j = after
    if letters < 3:
        return 0
    return last - i + 1


@inner
def _stretch(cls: Octets, n: int, i: int) -> int:
    """Last place of a letter written three times or more in a row from i on, else i."""
    letters = 1
    last = i
    j = _next_letter(cls, n, i + 1)
    while j < n and cls[j] == cls[i]:
        letters += 1
        last = j
        j = _next_letter(cls, n, j + 1)
    if letters < 3:
        return i
    return last


@inner
def _fold(
    code: Octets,
    cls: Octets,
    table: Letters,
    begin: int,
    n: int,
    bare: bool,
    lines: bool,
    cause_at: Places,
    sym: Octets,
    mk: Octets,
    start: Places,
    end: Places,
    flag: Shorts,
    quick: bool,
    token: Places,
    unread_at: Places,
    seen: Keys,
) -> tuple[int, int, int, int, int]:
    """Write the stream of the code points from ``begin`` to ``n``; returns (length, letters, letters with marks, causes for the bared
    reading, words to be kept); the places of the causes are written to ``cause_at``. ``cls[n]`` is a blank.

    ``quick`` (the plain reading of a whole text): words as in ``seen`` are copied from there, and ``token`` tells which they are;
    the places of those that are not there are written to ``unread_at``.

    Long on purpose: split into helpers that take the arrays it ran ten times slower (numba counts the references of every array
    it hands over, for every letter).
    """
    sym[0], mk[0], start[0], end[0], flag[0] = SPACE, 0, begin, begin, 0
    m = 1
    letters = 0
    marked = 0
    causes = 0
    unread = 0
    pending = 0  # flags for the next symbol: something invisible, or something dropped
    joining_until = 0
    opened = -1  # the symbol that stands alone in brackets
    until = np.uint64(n)
    _, marks, odd, sign = table
    word_at = np.uint64(0)  # where the word began in the stream
    i = begin
    while i < n:
        # indices that can't be negative are told so: otherwise each look asks whether it is to be counted from the end
        at, to = np.uint64(i), np.uint64(m)
        if quick and sym[to - np.uint64(1)] == SPACE:
            while True:  # words that were read before, each with the blank behind it
                eight = _eight(code, at)
                word_at = to
                token[to] = 0
                size = _low_zeros(eight & APART) - 7  # bits of the word's codes
                if not 0 < size < 57 or (eight >> size) & 0xFF >= CODES_REST:
                    break
                key = eight & ((1 << size) - 1)
                place = np.uint64((key * MULTIPLIER >> SEEN_SHIFT & SEEN_MASK) << 3)
                if seen[place] != key:
                    token[to] = UNREAD
                    unread_at[unread] = to
                    unread += 1
                    break
                told = seen[place + np.uint64(3)]
                length = told & 15
                if length == 0 or (told & SINGLE and to >= 3 and sym[to - np.uint64(2)] < 26 and sym[to - np.uint64(3)] == SPACE):
                    break
                _put_eight(sym, to, seen[place + np.uint64(1)])
                _put_eight(mk, to, seen[place + np.uint64(2)])
                pair = np.int64(at) * BOTH + SECOND  # this place and the next
                for k in range(4):
                    _put_eight(start, to + np.uint64(2 * k), pair + 2 * k * BOTH)
                    _put_eight(end, to + np.uint64(2 * k), pair + (2 * k + 1) * BOTH)
                _put_eight(flag, to, 0)
                _put_eight(flag, to + np.uint64(4), 0)
                token[to] = place + np.uint64(1)
                letters += told >> 4 & 15
                marked += told >> 8 & 15
                blank = (eight >> size) & 0xFF == CODES_APART
                wide = np.uint64(length + blank)
                at += wide
                to += wide
                if not blank or at >= until:
                    break
            i, m = int(np.int64(at)), int(np.int64(to))
            if i >= n:
                break
        c = cls[at]
        before = sym[to - np.uint64(1)]
        if c < 26 and pending == 0 and before <= SPACE and before != c and i >= joining_until:
            # the common case: words of simple letters with one blank between, which are their own reading
            there, latest, size = at, np.uint64(before), 0
            long = 2 if before < SPACE else 0  # letters of the word so far; amid one it has some
            while there < until:
                this = np.uint64(cls[there])
                if this < 26:
                    if this == latest or odd[code[there]]:
                        break
                    long += 1
                    signs = marks[code[there]]
                    mk[to] = signs
                    letters += 1
                    if signs != 0:
                        marked += 1
                elif this == SPACE and latest < 26 and long > 1 and not quick:
                    long = 0
                    mk[to] = 0
                else:
                    break
                sym[to] = this
                start[to] = i + size
                size += 1
                end[to] = i + size
                flag[to] = 0
                there += np.uint64(1)
                to += np.uint64(1)
                latest = this
            # a letter that stands alone, is doubled or may be followed by a mark is looked at below
            if size > 0 and latest < 26 and (long < 2 or cls[there] == latest or SKIP <= cls[there] <= COMBINING):
                size -= 1
                to -= np.uint64(1)
                letters -= 1
                if mk[to] != 0:
                    marked -= 1
            if size > 0:
                m += size
                i += size
                continue
        elif c == SPACE and before < SPACE and i >= joining_until:  # … and a blank behind a word
            sym[to], mk[to], start[to], end[to], flag[to] = SPACE, 0, i, i + 1, 0
            pending = 0
            m += 1
            i += 1
            continue
        if c == SKIP:
            if sym[m - 1] < SPACE:
                pending |= ODD
            i += 1
            continue
        if c == COMBINING:
            if sym[m - 1] < SPACE:
                if sym[m - 1] < 26 and mk[m - 1] == 0 and marks[code[i]] != 0:
                    marked += 1
                mk[m - 1] |= marks[code[i]]
                end[m - 1] = i + 1
            i += 1
            continue
        symbol = -1
        here = pending
        if c < SPACE:
            symbol = c
            if odd[code[i]]:
                here |= ODD
            if c >= 26:
                stands = _stands_for(code, cls, sign, n, i, sym, m)
                if stands >= 0:
                    cause_at[causes] = i
                    causes += 1
                    if quick:
                        token[word_at] = 0  # so it is each time
                    if bare:
                        symbol = stands
                        here |= LEETED
        elif c == LEET:
            stands = _stands_for(code, cls, sign, n, i, sym, m)
            if stands >= 0:
                cause_at[causes] = i
                causes += 1
                if bare:
                    symbol = stands
                    here |= LEETED
        if symbol >= 0:
            if bare and symbol < 26 and i >= joining_until and sym[m - 1] >= SPACE:
                length = _single_run(cls, n, i)
                if length > 0:
                    joining_until = i + length
            if not bare and symbol < 26 and m >= 3 and sym[m - 1] == SPACE and sym[m - 2] < 26 and sym[m - 3] == SPACE:
                j = _next_letter(cls, n, i + 1)
                if j >= n or cls[j] >= SPACE:
                    cause_at[causes] = i
                    causes += 1  # two single letters in a row
            if symbol < 26 and i + 1 < n and (cls[i + 1] == symbol or cls[i + 1] >= SKIP) and sym[m - 1] != symbol:
                last = _stretch(cls, n, i)
                if last > i:
                    sym[m], mk[m], start[m], end[m], flag[m] = symbol, 0, i, last + 1, here | ODD
                    for k in range(i, last + 1):
                        if cls[k] == symbol or cls[k] == COMBINING:
                            mk[m] |= marks[code[k]]
                    pending = 0
                    letters += 1
                    if mk[m] != 0:
                        marked += 1
                    m += 1
                    i = last + 1
                    continue
            sym[m] = symbol
            mk[m] = marks[code[i]] if symbol < 26 else 0
            start[m] = i
            end[m] = i + 1
            flag[m] = here
            pending = 0
            m += 1
            if symbol < 26:
                letters += 1
                if marks[code[i]] != 0:
                    marked += 1
            i += 1
            continue
        # a separator
        if bare and i < joining_until:
            pending |= JOINED
            i += 1
            continue
        hard = c == HARD or (c == NEWLINE and lines)
        pause = False
        if c == BRACKET:
            j = _next_letter(cls, n, i + 1)
            inside = False
            if j < n and cls[j] < 26:
                if opened == m - 1 and sym[m - 1] < 26:
                    inside = True  # the end of a letter in brackets
                else:
                    k = _next_letter(cls, n, j + 1)
                    if k < n and cls[k] == BRACKET:
                        inside = sym[m - 1] < 26
                        opened = m if inside and bare else m + (sym[m - 1] != SPACE)
            if inside:
                cause_at[causes] = i
                causes += 1
                if bare:
                    pending |= JOINED
                    i = j
                    continue
        elif c == INWORD or c == STOP or c == COMMA:
            j = i + 1
            while j < n and (cls[j] == INWORD or cls[j] == STOP or cls[j] == SKIP) and j - i < 4:
                j += 1
            inside = sym[m - 1] < 26 and j < n and cls[j] < 26
            if not inside and sym[m - 1] < SPACE and j < n and (cls[j] < SPACE or cls[j] == LEET):
                inside = sym[m - 1] < 26 or cls[j] < 26
            if inside:
                cause_at[causes] = i
                causes += 1
                if bare:
                    pending |= JOINED
                    i = j
                    continue
            elif c == INWORD and sym[m - 1] < SPACE and j < n and cls[j] == NEWLINE:  # a word broken at the end of a line
                k = _next_letter(cls, n, j + 1)
                if k < n and cls[k] < 26 and sym[m - 1] < 26:
                    cause_at[causes] = i
                    causes += 1
                    if bare:
                        pending |= JOINED
                        i = k
                        continue
                i = j
            elif j >= n or cls[j] == SPACE or cls[j] == NEWLINE:
                hard = hard or c == STOP
                pause = c == COMMA
        pending = 0
        if sym[m - 1] != SPACE:
            sym[m], mk[m], start[m], end[m], flag[m] = SPACE, 0, i, i + 1, 0
            m += 1
        if (hard or pause) and not (m >= 2 and sym[m - 2] == HARD):
            sym[m], mk[m], start[m], end[m], flag[m] = HARD, pause, i, i + 1, 0
            sym[m + 1], mk[m + 1], start[m + 1], end[m + 1], flag[m + 1] = SPACE, 0, i, i + 1, 0
            if quick:
                token[m] = token[m + 1] = 0
            m += 2
        elif hard:
            mk[m - 2] = 0  # the break is there already, of a comma: now it ends a sentence
        i += 1
    if sym[m - 1] != SPACE:
        sym[m], mk[m], start[m], end[m], flag[m] = SPACE, 0, n, n, 0
        m += 1
    elif i > n:
        end[m - 1] = n
    sym[m] = SPACE  # for who looks one further
    return m, letters, marked, causes, unread


@inner
def _alone(sym: Octets, flag: Shorts, first: int, last: int) -> bool:
    """Is the word, and only the word, written in a style of its own, so that missing marks say nothing?

    Its letters are styled, apart from the first of each word (what was dropped is flagged on the letter behind it); the letters next
    to it are not.
    """
    for k in range(first, last):
        if sym[k] < SPACE and sym[k - 1] < SPACE and flag[k] & STYLED == 0:
            return False
    before, after = first - 2, last + 2
    if before > 0 and flag[before] & STYLED:
        return False
    return not (after < flag.shape[0] and sym[after - 1] < SPACE and flag[after] & STYLED)


@inner
def _verdict(
    sym: Octets,
    mk: Octets,
    flag: Shorts,
    last: int,
    pattern_begin: int,
    pattern_end: int,
    pattern_marks: Octets,
    pattern_breaks: Flags,
    mode: int,
    toned: bool,
) -> int:
    """Compare marks of the symbols before ``last`` with the pattern's. Flags, or -1 where they contradict.

    ``pattern_breaks`` is true at the last letter of each syllable.
    """
    length = pattern_end - pattern_begin
    first = last - length
    found = 0
    text_marks = 0
    pattern_has = 0
    same = True
    free = guessed = False
    figures = words = 0
    text_tone = 0
    pattern_tone = 0
    for k in range(length):
        place = first + k
        found |= flag[place]
        text_mark = mk[place]
        want = pattern_marks[pattern_begin + k]
        text_marks |= text_mark
        pattern_has |= want
        figures += flag[place] & LEETED != 0
        words += pattern_breaks[pattern_begin + k]
        if flag[place] & LEETED and text_mark == 0:
            free = guessed = True  # a digit or sign carries no marks: any may be meant
        elif text_mark >> 3 != want >> 3 and not (want == STROKE and text_mark == 0 and flag[place] & ODD):
            same = False  # (other alphabets have no đ)
        text_tone |= text_mark & 7
        pattern_tone |= want & 7
        if pattern_breaks[pattern_begin + k]:
            if text_tone != pattern_tone and not (free and text_tone == 0):
                same = False
            free = False
            text_tone = 0
            pattern_tone = 0
    if words == 1 and 2 * figures >= length and text_marks == 0 and flag[last - 1] & flag[last - 2] & LEETED:
        return -1  # as many figures behind letters name a model: "BC44" is no "BCAA"
    if same:
        if guessed and pattern_has != 0 and text_marks == 0 and length < LEAST_STYLED:
            return -1  # "k30" is no "kẹo"
        return found
    if pattern_has != 0 and text_marks == 0:
        if toned or mode & (NEEDS_MARKS | BY_CONTEXT):
            if found & STYLED and length >= LEAST_STYLED and _alone(sym, flag, first, last):
                return found | FOLDED | ALONE
            if mode & NEEDS_MARKS or (toned and (mode & BY_CONTEXT == 0 or found & DEAR)):
                return -1
        return found | FOLDED
    if mode & ANY_MARKS and found & GAPPED == 0:  # "tay ở" is no "Tayo"
        return found | MARKED
    return -1


@inner
def _traits(key: Number, word: Number, sym: Octets, mk: Octets, flag: Shorts, a: int, b: int, gate: Gate) -> int:
    """What the gate of the dear forms asks of a word by itself: STRANGE (may be a part of a broken one), APART_ONLY (never is), CAUSE."""
    length = b - a
    if length > LONGEST_WORD:
        return APART_ONLY | (CAUSE if word == UNKNOWN and _bits(gate.bits, key) & SPELLED and _holds(gate.spelled, key) else 0)
    cause = CAUSE if word == UNKNOWN and _strange_word(key, sym, mk, flag, a, b, gate) else 0
    if word == UNKNOWN and sym[a] >= 26:  # a number, mostly
        return APART_ONLY | cause
    strange = word == UNKNOWN or (word >= 0 and word & NO_VOWEL != 0)
    if length == 1:
        strange = 1 << int(sym[a]) & LONE != 0 if mk[a] == 0 else not 1 << int(sym[a]) & VOWELS
    elif length == 2 and sym[a] == 6 and sym[a + 1] == 8:
        strange = mk[a] == 0 and mk[a + 1] == 0
    return cause | (STRANGE if strange else 0)


@inner
def _learn(
    code: Octets, sym: Octets, mk: Octets, start: Places, flag: Shorts, a: int, automaton: Automaton, gate: Gate, seen: Keys
) -> None:
    """Keep the word that begins there in the plain stream as it was read, for ``_fold`` and ``_scan``."""
    eight = _eight(code, np.uint64(start[a]))
    size = _low_zeros(eight & APART) - 7
    codes = eight & ((np.int64(1) << size) - 1)
    place = np.uint64((codes * MULTIPLIER >> SEEN_SHIFT & SEEN_MASK) << 3)
    b = a
    key = np.int64(0)
    while sym[b] < SPACE:
        key = key * MULTIPLIER + np.int64(sym[b] + 1)
        b += 1
    length = b - a
    word = _word(automaton.words, key)
    signature = _signature(mk, a, b)
    traits = _traits(key, word, sym, mk, flag, a, b, gate)
    plain = length * 8 == size
    letters = marked = 0
    symbols, marks = np.int64(SPACE) << size, np.int64(0)
    for k in range(length):
        if flag[a + k] != 0 or not plain:
            plain = False
            break
        symbols |= np.int64(sym[a + k]) << 8 * k
        marks |= np.int64(mk[a + k]) << 8 * k
        letters += sym[a + k] < 26
        marked += mk[a + k] != 0
    told = 0
    if plain:
        told = length | letters << 4 | marked << 8 | (SINGLE if length == 1 and letters == 1 else 0)
    if word >= 0 and word & (ENDS_TONED | ENDS_BARE):  # may a phrase of this word alone be meant?
        word &= ~(ENDS_TONED | ENDS_BARE)
        info = automaton.nodes[(word >> 20 & NUMBER_MASK) - 1]
        for out in range(info >> 21, (info >> 21) + (info >> 1 & NUMBER_MASK)):
            packed = automaton.outs[out, 0]
            if automaton.outs[out, 1] == signature or packed & ANY_MARKS << 20:
                word |= ENDS_TONED | ENDS_BARE
            elif signature == 0:
                word |= ENDS_BARE | (ENDS_TONED if packed & BY_CONTEXT << 20 else 0)
    seen[place] = codes
    seen[place + np.uint64(1)] = symbols
    seen[place + np.uint64(2)] = marks
    seen[place + np.uint64(3)] = told
    seen[place + np.uint64(4)] = key
    seen[place + np.uint64(5)] = word
    seen[place + np.uint64(6)] = signature
    seen[place + np.uint64(7)] = traits


@inner
def _signature(mk: Octets, a: int, b: int) -> np.int64:
    """The marks of a word in one number: ``chosach.text.phrases.signature``."""
    signature = np.int64(0)
    tone = 0
    for k in range(a, b):
        signature = (signature * 31 + np.int64(mk[np.uint64(k)] >> 3)) & SIGNATURE_MASK
        tone |= int(mk[np.uint64(k)] & 7)
    return signature << 3 | tone


@inner
def _alike(mk: Octets, first: int, marks: Octets, begin: int, length: int) -> bool:
    """Are these marks the same, one by one? (``marks`` has eight to spare.)"""
    done = 0
    while done < length:
        differ = _eight(mk, np.uint64(first + done)) ^ _eight(marks, np.uint64(begin + done))
        left = length - done
        if differ != 0 and (left >= 8 or differ & ((np.int64(1) << 8 * left) - 1) != 0):
            return False
        done += 8
    return True


@inner
def _word(words: Keys, key: Number) -> np.int64:
    """What ``Automaton.words`` says of the word with this hash."""
    mask = words.shape[0] - 1
    place = key * MULTIPLIER >> 19 & mask & ~1
    while words[np.uint64(place)] != key and words[np.uint64(place)] != 0:
        place = (place + 2) & mask
    told: np.int64 = words[np.uint64(place + 1)]
    return told


@inner
def _scan(
    row: int,
    field: int,
    keep: int,
    toned: bool,
    sym: Octets,
    mk: Octets,
    start: Places,
    end: Places,
    flag: Shorts,
    m: int,
    automaton: Automaton,
    gate: Gate,
    watch: bool,
    seen_at: Places,
    active: Places,
    hits: NDArray[np.int32],
    count: int,
    quick: bool,
    token: Places,
    seen_words: Keys,
) -> tuple[int, int]:
    """Find the patterns in a stream, word by word; hits beyond the room are counted, not written.

    ``keep``: flags of which a hit must have one. ``watch``: also tell where a dear form may find something that the stream does not show:
    the code points of the words to ``seen_at``, ascending, their number as the second result. ``active``: room for the places in the
    tree of the phrases that are under way, and of those that end. ``quick``: the stream is one of ``_fold`` with ``token``.
    """
    words, edges, sieve, nodes, outs = automaton[:5]
    pattern_begin, pattern_marks, pattern_breaks = automaton[5:]
    edge_mask = edges.shape[0] - 1
    field_bit = 1 << (24 + field)
    ends_alone = ENDS_TONED if toned else ENDS_BARE
    capacity = hits.shape[0]
    sentence = letter = under_way = seen = 0
    usual_from = 0  # from where on no letter has a flag
    # the two words before, for words broken by blanks: their hashes, lengths (0: none), and whether they are no words of their own
    before, before_long, before_strange, before_at = np.int64(0), 0, False, np.int32(0)
    earlier, earlier_long, earlier_strange, earlier_at = np.int64(0), 0, False, np.int32(0)
    i = 1
    while i < m:
        a = i
        told = np.int64(token[np.uint64(i)]) if quick else np.int64(0)
        signature, styled, traits = np.int64(0), 0, 0
        if told > 0:
            known = np.uint64(told - 1)
            length = seen_words[known + np.uint64(3)] & 15
            key = seen_words[known + np.uint64(4)]
            word = seen_words[known + np.uint64(5)]
            signature = seen_words[known + np.uint64(6)]
            traits = seen_words[known + np.uint64(7)]
            i += length
        else:
            key = np.int64(0)
            while i < m and sym[np.uint64(i)] < SPACE:
                key = key * MULTIPLIER + np.int64(sym[np.uint64(i)] + 1)
                styled |= int(flag[np.uint64(i)])
                i += 1
            length = i - a
            if length == 0:
                if sym[np.uint64(i)] == HARD:
                    under_way = before_long = earlier_long = 0
                    if mk[np.uint64(i)] == 0:  # a comma ends no sentence
                        sentence += 1
                i += 1
                continue
            if i >= m:
                break
            word = _word(words, key)
            if word >= 0:
                signature = _signature(mk, a, i)
            if watch:
                traits = _traits(key, word, sym, mk, flag, a, i, gate)
        letter += length
        if styled:
            usual_from = i
        if word < 0:
            under_way = 0
        else:
            going = ended = 0
            number = word & NUMBER_MASK
            for k in range(under_way):
                edge = np.int64(active[np.uint64(k)]) << 20 | number
                spread = edge * MULTIPLIER
                bit = spread >> 40 & SIEVE_MASK
                if not sieve[np.uint64(bit >> 3)] >> (bit & 7) & 1:
                    continue
                place = spread >> 20 & edge_mask
                step = edges[np.uint64(place)]
                while step >> 22 != edge and step != 0:
                    place = (place + 1) & edge_mask
                    step = edges[np.uint64(place)]
                if step == 0:
                    continue
                node = step >> 2 & NUMBER_MASK
                if step & 1:
                    active[np.uint64(going)] = node
                    going += 1
                if step & 2:
                    active[np.uint64(DEEPEST + ended)] = node
                    ended += 1
            longer = ended
            if word & GOES_ON:
                active[np.uint64(going)] = (word >> 20 & NUMBER_MASK) - 1
                going += 1
            if word & ends_alone:
                active[np.uint64(DEEPEST + ended)] = (word >> 20 & NUMBER_MASK) - 1
                ended += 1
            under_way = going
            for n in range(ended):
                info = nodes[np.uint64(active[np.uint64(DEEPEST + n)])]
                first = info >> 21
                for out in range(first, first + (info >> 1 & NUMBER_MASK)):
                    packed = outs[np.uint64(out), 0]
                    if packed & field_bit == 0:
                        continue
                    same = outs[np.uint64(out), 1] == signature
                    if (
                        not same
                        and styled == 0
                        and packed & ANY_MARKS << 20 == 0
                        and (signature != 0 or (toned and packed & BY_CONTEXT << 20 == 0))
                    ):
                        continue  # its marks contradict, whatever those of the words before are: ``_verdict`` would say so
                    p = packed & NUMBER_MASK
                    size = packed >> 47
                    # the stream position i is the blank after the hit; first of all, is it written just as the pattern is?
                    verdict = 0
                    if not (quick and same and styled == 0 and n >= longer and length <= SIGNED):
                        begin = int(np.int64(pattern_begin[np.uint64(p)]))
                        if not (quick and same and i - size >= usual_from and _alike(mk, i - size, pattern_marks, begin, size)):
                            verdict = _verdict(
                                sym, mk, flag, i, begin, begin + size, pattern_marks, pattern_breaks, packed >> 20 & 7, toned
                            )  # fmt: skip
                    if verdict < 0 or (keep and verdict & keep == 0) or _too_short(verdict, size):
                        continue
                    if count < capacity:
                        hit = np.uint64(count)
                        hits[hit, 0] = row
                        hits[hit, 1] = field
                        hits[hit, 2] = p
                        hits[hit, 3] = start[np.uint64(i - size)]
                        hits[hit, 4] = end[np.uint64(i - 1)]
                        hits[hit, 5] = sentence
                        hits[hit, 6] = letter - size + (packed >> 40 & 127)
                        hits[hit, 7] = letter
                        hits[hit, 8] = verdict
                    count += 1
        if watch:
            if traits == 0 and not (before_long and (before_strange or earlier_strange)):  # most words: none that need be looked at
                earlier, earlier_long, earlier_strange, earlier_at = before, before_long, before_strange, before_at
                before, before_long, before_strange, before_at = key, length, False, start[np.uint64(a)]
            else:
                here = start[np.uint64(a)]
                at = here if traits & CAUSE else np.int32(-1)
                if traits & APART_ONLY:
                    before_long = earlier_long = 0
                else:
                    strange = traits & STRANGE != 0
                    if before_long and (strange or before_strange or earlier_strange):
                        both = before * gate.powers[length] + key
                        if (strange or before_strange) and _bits(gate.bits, both) & WORD and _holds(gate.words, both):
                            at = before_at
                        if earlier_long:
                            both = earlier * gate.powers[before_long + length] + both
                            if _bits(gate.bits, both) & WORD and _holds(gate.words, both):
                                at = earlier_at
                    earlier, earlier_long, earlier_strange, earlier_at = before, before_long, before_strange, before_at
                    before, before_long, before_strange, before_at = key, length, strange, here
                if at >= 0:
                    place = seen
                    while place > 0 and seen_at[place - 1] > at:
                        seen_at[place] = seen_at[place - 1]
                        place -= 1
                    seen_at[place] = at
                    seen += 1
        if sym[np.uint64(i)] == HARD:
            under_way = before_long = earlier_long = 0
            if mk[np.uint64(i)] == 0:
                sentence += 1
        i += 1
    return count, seen


@inner
def _too_short(flags: int, length: int) -> bool:
    """A form by which short words turn into one another too easily."""
    if flags & UNSURE and not flags & GAPPED:
        return True
    if flags & JOINED and length < LEAST_JOINED:
        return True
    if flags & (KEYED | TEEN | DOUBLED | GAPPED) and length < LEAST_DEAR:
        return True
    return bool(flags & STUCK and flags & FOLDED and length < LEAST_STUCK)


@inner
def _holds(keys: Keys, key: Number) -> bool:
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return bool(low < keys.shape[0] and keys[low] == key)


@inner
def _bits(gate: Octets, key: Number) -> int:
    return int(gate[((key ^ (key >> 29)) >> 3) & GATE_MASK])


@inner
def _strange_word(key: Number, sym: Octets, mk: Octets, flag: Shorts, a: int, b: int, gate: Gate) -> int:
    """May a word that nobody knows be one that is spelled in another way, with letters written twice or with digits for letters?"""
    digits = marked = 0
    double = False
    for k in range(a, b):
        marked |= mk[k]
        if sym[k] >= 26:
            digits += 1
        if flag[k] & ODD or sym[k] == sym[k - 1]:
            double = True
    read = np.int64(0)
    if digits == b - a:
        return 0
    if _bits(gate.bits, key) & SPELLED and _holds(gate.spelled, key):
        return SPELLED
    if digits:
        if not (marked or b - a >= 4 or (b - a == 3 and digits == 1)):
            return 0  # as in ``chosach.text.mend``
        for k in range(a, b):
            read = read * MULTIPLIER + np.int64(gate.canon[sym[k]] + 1)
        return LEETWORD if _bits(gate.bits, read) & LEETWORD and _holds(gate.leet, read) else 0
    if double:
        for k in range(a, b):
            if k == a or sym[k] != sym[k - 1]:
                read = read * MULTIPLIER + np.int64(sym[k] + 1)
        return SQUEEZED if _bits(gate.bits, read) & SQUEEZED and _holds(gate.squeezed, read) else 0
    return 0


@inner
def _around(cls: Octets, n: int, reached: int, lines: bool, cause_at: Places, done: int, causes: int, reach: int) -> tuple[int, int, int]:
    """The next window around causes that another reading needs: (begin, end, causes done with it).

    It goes from blank to blank, so far at least or to where a sentence surely ends; causes near one another share it.
    """
    a = int(cause_at[done])
    low = max(reached, a - reach)
    while a > low and not (cls[a - 1] == HARD or (cls[a - 1] == NEWLINE and lines and (a < 2 or cls[a - 2] != INWORD))):
        a -= 1
    if a == low:
        while a > reached and cls[a - 1] != SPACE:
            a -= 1
    z = int(cause_at[done]) + 1
    until = z + reach
    while z < n:
        while done < causes and cause_at[done] <= z:
            until = int(cause_at[done]) + reach
            done += 1
        if cls[z] == HARD or (cls[z] == NEWLINE and lines and cls[z - 1] != INWORD) or (z >= until and cls[z] == SPACE):
            break
        z += 1
    while done < causes and (cause_at[done] < z or z >= n):
        done += 1
    return a, z, done


@inner
def _promising(sym: Octets, mk: Octets, flag: Shorts, m: int, automaton: Automaton, gate: Gate) -> bool:
    """Is a word that only the bared reading has one that matters, or one that a dear form may read? Else nothing is found there."""
    words = automaton[0]
    key, length, changed = np.int64(0), 0, False
    before, before_long, before_changed = np.int64(0), 0, False
    for i in range(1, m):
        s = sym[i]
        if s < SPACE:
            key = key * MULTIPLIER + np.int64(s + 1)
            length += 1
            changed = changed or flag[i] & (JOINED | LEETED) != 0
            continue
        if changed and (_word(words, key) >= 0 or _strange_word(key, sym, mk, flag, i - length, i, gate)):
            return True
        if length > LONGEST_WORD or s == HARD:
            length = 0
        elif length and before_long and (changed or before_changed):  # a word broken by blanks besides
            both = before * gate.powers[length] + key
            if _bits(gate.bits, both) & WORD and _holds(gate.words, both):
                return True
        if length or s == HARD:
            before, before_long, before_changed = key, length, changed
        key, length, changed = np.int64(0), 0, False
    return False


@inner
def _texts(
    data: Octets,
    offsets: Keys,
    first_row: int,
    field: int,
    lines: bool,
    table: Letters,
    automaton: Automaton,
    gate: Gate,
    room: Room,
    hits: NDArray[np.int32],
    count: int,
    windows: NDArray[np.int32],
    thorough: bool,
    seen_words: Keys,
) -> tuple[int, int]:
    """``match`` with its room."""
    code, cls, cause_at, spare, seen_at, active = room.codes
    token, unread_at = room.token, room.unread_at
    sym, mk, start, end, flag = room.plain
    sym_b, mk_b, start_b, end_b, flag_b = room.bared
    rows = offsets.shape[0] - 1
    toned = True
    windowed = 0
    # a number written as such would be a type of its own, and what it is handed to compiled once more for it
    zero, near, far = int(np.int64(0)), int(np.int64(NEAR)), int(np.int64(REACH))
    any_form, altered = int(np.int64(0)), int(np.int64(JOINED | LEETED))
    for r in range(rows):
        begin = offsets[r]
        stop = offsets[r + 1]
        if stop == begin:
            continue
        n = _decode(data, begin, stop, table, code, cls)
        m, letters, marked, causes, unread = _fold(
            code, cls, table, zero, n, False, lines, cause_at, sym, mk, start, end, flag, True, token, unread_at, seen_words
        )  # fmt: skip
        toned = marked * TONED_ONE_IN > letters
        count, seen = _scan(
            first_row + r, field, any_form, toned, sym, mk, start, end, flag, m, automaton, gate, True, seen_at, active, hits, count,
            True, token, seen_words,
        )  # fmt: skip
        for k in range(unread):  # only now: what ``token`` tells of must stay till it is read
            if token[unread_at[k]] == UNREAD:
                _learn(code, sym, mk, start, flag, int(np.int64(unread_at[k])), automaton, gate, seen_words)
        if thorough:
            for reading in (1, 2):
                if windowed < windows.shape[0]:
                    _note(windows[windowed], first_row + r, zero + reading, zero, n, zero, zero, toned)
                windowed += 1
            seen = 0
        place = letter = sentence = done = z = zero
        while done < seen:
            a, z, done = _around(cls, n, z, lines, seen_at, done, seen, far)
            while place < m and start[place] < a:  # sentences and letters are counted from the text's begin
                if sym[place] < SPACE:
                    letter += 1
                elif sym[place] == HARD and mk[place] == 0:
                    sentence += 1
                place += 1
            if windowed < windows.shape[0]:
                _note(windows[windowed], first_row + r, zero + 1, a, z, sentence, letter, toned)
            windowed += 1
        if causes == 0:
            continue
        done = z = promising = zero
        while done < causes:
            first = done
            a, z, done = _around(cls, n, z, lines, cause_at, done, causes, near)
            length, _, _, _, _ = _fold(
                code, cls, table, a, z, True, lines, spare, sym_b, mk_b, start_b, end_b, flag_b, False, token, unread_at, seen_words
            )  # fmt: skip
            if _promising(sym_b, mk_b, flag_b, length, automaton, gate):
                for k in range(first, done):
                    cause_at[promising] = cause_at[k]
                    promising += 1
        place = letter = sentence = done = z = zero
        while done < promising:  # the bared reading of what stands around each cause
            a, z, done = _around(cls, n, z, lines, cause_at, done, promising, far)
            length, _, _, _, _ = _fold(
                code, cls, table, a, z, True, lines, spare, sym_b, mk_b, start_b, end_b, flag_b, False, token, unread_at, seen_words
            )  # fmt: skip
            before = count
            count, seen = _scan(
                first_row + r, field, altered, toned, sym_b, mk_b, start_b, end_b, flag_b, length,
                automaton, gate, True, seen_at, active, hits, count, False, token, seen_words,
            )  # fmt: skip
            if count == before and seen == 0:
                continue
            while place < m and start[place] < a:
                if sym[place] < SPACE:
                    letter += 1
                elif sym[place] == HARD and mk[place] == 0:
                    sentence += 1
                place += 1
            for h in range(before, min(count, hits.shape[0])):
                hits[h, 5] += sentence
                hits[h, 6] += letter
                hits[h, 7] += letter
            if seen and not thorough:
                if windowed < windows.shape[0]:
                    _note(windows[windowed], first_row + r, zero + 2, a, z, sentence, letter, toned)
                windowed += 1
    return count, windowed


@outer
def _stream(room: int) -> Stream:
    return Stream(
        np.empty(room, np.uint8), np.empty(room, np.uint8), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint16)
    )


@outer
def match(
    data: Octets,
    offsets: Keys,
    first_row: int,
    field: int,
    lines: bool,
    table: Letters,
    automaton: Automaton,
    gate: Gate,
    hits: NDArray[np.int32],
    count: int,
    windows: NDArray[np.int32],
    thorough: bool,
    seen_words: Keys,
) -> tuple[int, int]:
    """Match all texts of one field. Returns the number of hits so far and of windows of this field (more than ``hits`` or ``windows``
    hold: call again with more room). ``seen_words`` (``SEEN_SIZE``, at first zeros) is kept from one call
    to the next, with the same automaton.

    ``windows`` (``WINDOW_COLUMNS``): where the dear forms should look again, in which reading; ``thorough``: everywhere, in both.
    """
    rows = offsets.shape[0] - 1
    longest = 0
    for r in range(rows):
        longest = max(longest, offsets[r + 1] - offsets[r])
    room = longest + 16
    codes = Codes(
        np.empty(room, np.uint8), np.empty(room, np.uint8),
        np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(2 * DEEPEST, np.int32),
    )  # fmt: skip
    made = Room(codes, _stream(3 * room), _stream(3 * room), np.empty(3 * room, np.int32), np.empty(room, np.int32))
    return _texts(data, offsets, first_row, field, lines, table, automaton, gate, made, hits, count, windows, thorough, seen_words)


@inner
def _note(window: NDArray[np.int32], row: int, reading: int, a: int, z: int, sentence: int, letter: int, toned: bool) -> None:
    window[0], window[1], window[2], window[3], window[4], window[5], window[6] = row, reading, a, z, sentence, letter, toned


@outer
def streams(
    data: Octets, offsets: Keys, windows: NDArray[np.int32], bare: bool, lines: bool, table: Letters
) -> tuple[Keys, Octets, Octets, Places, Places, Shorts]:
    """The streams of these windows (rows as in ``offsets``; ascending) one after the other, each with a blank to spare.

    Returns (where each begins, symbols, marks, starts, ends, flags). A window that ends beyond its text ends with it.
    """
    longest = total = 0
    for k in range(windows.shape[0]):
        length = offsets[windows[k, 0] + 1] - offsets[windows[k, 0]]
        longest = max(longest, length)
        total += 3 * min(length, windows[k, 3] - windows[k, 2]) + 16
    room = longest + 16
    code = np.empty(room, np.uint8)
    cls = np.empty(room, np.uint8)
    nowhere = np.empty(0, np.int32)
    nothing = np.empty(0, np.int64)
    sym = np.empty(total, np.uint8)
    mk = np.empty(total, np.uint8)
    start = np.empty(total, np.int32)
    end = np.empty(total, np.int32)
    flag = np.empty(total, np.uint16)
    causes = np.empty(room, np.int32)
    begins = np.zeros(windows.shape[0] + 1, np.int64)
    at = n = 0
    read = -1
    for k in range(windows.shape[0]):
        row = windows[k, 0]
        if row != read:
            n = _decode(data, offsets[row], offsets[row + 1], table, code, cls)
            read = row
        z = min(n, windows[k, 3])
        m, _, _, _, _ = _fold(
            code, cls, table, int(np.int64(windows[k, 2])), z, bare, lines, causes,
            sym[at:], mk[at:], start[at:], end[at:], flag[at:], False, nowhere, nowhere, nothing,
        )  # fmt: skip
        start[at + m] = z
        at += m + 1
        begins[k + 1] = at
    return begins, sym[:at], mk[:at], start[:at], end[:at], flag[:at]


@outer
def rescan(
    windows: NDArray[np.int32],
    which: Keys,
    field: int,
    offsets: Keys,
    sym: Octets,
    mk: Octets,
    start: Places,
    end: Places,
    flag: Shorts,
    automaton: Automaton,
    gate: Gate,
    hits: NDArray[np.int32],
    count: int,
) -> int:
    """Match streams written one after the other, of ``windows[which]``: only hits of a dear form. Each stream ends with a blank to spare.

    Instead of its sentence a hit tells its window.
    """
    active = np.empty(2 * DEEPEST, np.int32)
    nowhere, nothing = np.empty(0, np.int32), np.empty(0, np.int64)
    dear = int(np.int64(DEAR))
    for k in range(which.shape[0]):
        a, b = offsets[k], offsets[k + 1]
        w = which[k]
        before = count
        count, _ = _scan(
            int(np.int64(windows[w, 0])), field, dear, windows[w, 6] != 0, sym[a:b], mk[a:b], start[a:b], end[a:b], flag[a:b], b - a - 1,
            automaton, gate, False, nowhere, active, hits, count, False, nowhere, nothing,
        )  # fmt: skip
        for h in range(before, min(count, hits.shape[0])):
            hits[h, 5] = w
    return count
