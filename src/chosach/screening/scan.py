"""What numbers a text may hold, compiled. Imported by ``chosach.screening.signs`` only."""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

YEAR, LONG, PAPER = 1, 2, 4
ALL = 7
_REACH = 64  #: the longest number of a paper that has a form (``extract.papers``) is shorter
_FROM_NAME = 80  #: and nothing between a word for a number and the number longer
_LEFT_OUT = 0x110000
_SPACE, _DASH, _SLASH, _NINE, _ZERO = 32, 45, 47, 57, 48
_SMALL_A, _SMALL_Z = 97, 122

Codes: TypeAlias = NDArray[np.int32]


@njit(cache=True, nogil=True, inline="always")
def _digit(code: int) -> bool:
    return _ZERO <= code <= _NINE


@njit(cache=True, nogil=True)
def _read(data: NDArray[np.uint8], begin: int, end: int, known: Codes, codes: Codes) -> int:
    """The skeleton of a text into ``codes``: how long it is, or -1 where a character is not known."""
    size, place = 0, begin
    while place < end:
        byte = data[place]
        if byte < 0x80:
            code, step = np.int32(byte), 1
        elif byte < 0xE0:
            code, step = np.int32(byte & 0x1F), 2
        elif byte < 0xF0:
            code, step = np.int32(byte & 0x0F), 3
        else:
            code, step = np.int32(byte & 0x07), 4
        if place + step > end:
            return -1
        for k in range(1, step):
            code = code << 6 | np.int32(data[place + k] & 0x3F)
        place += step
        if code >= _LEFT_OUT:
            return -1
        read = known[code]
        if read == 0:
            return -1
        if read != _LEFT_OUT:
            codes[size] = read
            size += 1
    return size


@njit(cache=True, nogil=True)
def _dated(codes: Codes, at: int, size: int) -> bool:
    """Four digits in a row, or two after a digit and one to three signs."""
    if at + 3 < size and _digit(codes[at + 1]) and _digit(codes[at + 2]) and _digit(codes[at + 3]):
        return True
    for place in range(at + 1, min(at + 4, size - 2)):
        code = codes[place]
        if _digit(code) or _SMALL_A <= code <= _SMALL_Z:
            return False
        if _digit(codes[place + 1]) and _digit(codes[place + 2]):
            return True
    return False


@njit(cache=True, nogil=True)
def _stroked(codes: Codes, at: int, size: int) -> bool:
    """A digit, at most two blanks, then a stroke, a dash or the first two letters of a paper's mark."""
    place = at + 1
    while place < size and place < at + 3 and codes[place] == _SPACE:
        place += 1
    if place >= size:
        return False
    code = codes[place]
    if code in (_SLASH, _DASH, 0x2013):
        return True
    following = codes[place + 1] if place + 1 < size else 0
    return (code == 112 and following == 99) or (code in (100, 0x111) and following == 107) or (code == 98 and following == 112)


@njit(cache=True, nogil=True)
def _one_of(codes: Codes, at: int, size: int, words: Codes, begins: Codes, low: int, high: int) -> int:  # noqa: PLR0917
    """Where one of these words ends that stands here, else -1."""
    for word in range(low, high):
        length = begins[word + 1] - begins[word]
        if at + length <= size:
            same = 1
            while same < length and codes[at + same] == words[begins[word] + same]:
                same += 1
            if same == length:
                return int(at + length)
    return -1


@njit(cache=True, nogil=True)
def _number_behind(codes: Codes, word: int, begin: int, size: int) -> int:
    """The next digit not far behind a word (its end) for a number of a paper, or in what is then being written without a blank; where there
    is none, the place to which was looked. ``begin``: there is none between the word and this place."""
    place = begin
    while place < size and (place < word + _FROM_NAME or codes[place] > _SPACE) and not _digit(codes[place]):
        place += 1
    return place


@njit(cache=True, nogil=True)
def _between_strokes(codes: Codes, at: int, size: int) -> bool:
    """From this digit on: a stroke, something that begins with no digit, a stroke and two digits ("12/abc/2020")?"""
    place = at + 1
    if place < size and codes[place] == _SPACE:
        place += 1
    if place >= size or codes[place] != _SLASH:
        return False
    place += 1
    if place < size and codes[place] == _SPACE:
        place += 1
    if place >= size or _digit(codes[place]):
        return False
    end = min(size, place + _REACH)
    while place < end and codes[place] != _SLASH:
        place += 1
    place += 1
    if place < size and codes[place] == _SPACE:
        place += 1
    return place + 1 < size and _digit(codes[place]) and _digit(codes[place + 1])


@njit(cache=True, nogil=True)
def _marked(codes: Codes, begin: int, end: int, size: int, first: Codes, words: Codes, begins: Codes) -> bool:  # noqa: PLR0917
    """Does one of the words begin between these?"""
    for place in range(begin, end):
        code = codes[place]
        if code < len(first) - 1:
            low, high = first[code], first[code + 1]
            if low < high and _one_of(codes, place, size, words, begins, low, high) >= 0:
                return True
    return False


@njit(cache=True, nogil=True)
def scan(  # noqa: PLR0917 - called once for many texts, so that what is told of each costs nothing but the look
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    known: Codes,
    first: Codes,
    words: Codes,
    begins: Codes,
    first_mark: Codes,
    marks: Codes,
    mark_begins: Codes,
    codes: Codes,
    out: Codes,
) -> None:
    """Per text which of the signs above it may hold, into ``out``. ``words[begins[k] : begins[k + 1]]`` is the k-th word after which a
    number of a paper stands; those that begin with the letter c are ``first[c]`` to ``first[c + 1]``. So are the ``marks`` that stand
    in such numbers. ``codes``: room for the longest text."""
    heads = len(first) - 1
    for row in range(len(offsets) - 1):
        size = _read(data, offsets[row], offsets[row + 1], known, codes)
        if size < 0:
            out[row] = ALL
            continue
        found, run, last, reached, looked = 0, 0, -3, 0, 0
        for place in range(size):
            code = codes[place]
            if _digit(code):
                near = last == place - 1 or (last == place - 2 and codes[place - 1] in (_SPACE, _DASH))
                run = run + 1 if near else 1
                last = place
                if run >= 7:
                    found |= LONG
                if not found & YEAR and _dated(codes, place, size):
                    found |= YEAR
                if not found & PAPER and _stroked(codes, place, size):
                    begin, end = max(reached, place - _REACH), min(size, place + _REACH)
                    if _between_strokes(codes, place, size) or _marked(codes, begin, end, size, first_mark, marks, mark_begins):
                        found |= PAPER
                    reached = end
            elif code < heads and first[code] < first[code + 1] and not found & PAPER:
                end = _one_of(codes, place, size, words, begins, first[code], first[code + 1])
                if end >= 0:
                    looked = _number_behind(codes, end, max(end, looked), size)
                    if looked < size and _digit(codes[looked]):
                        found |= PAPER
            if code == 110 and place + 5 < size and codes[place + 2] == 109 and _digit(codes[place + 4]) and _digit(codes[place + 5]):
                found |= YEAR  # "năm 27"
        out[row] = found


@njit(cache=True, nogil=True)
def groups(codes: NDArray[np.uint32], shortest: int, longest: int, prime: np.uint64, mix: np.uint64) -> NDArray[np.int64]:
    """The different buckets (16 bits), rising, of the groups of so many letters that hold no blank but at their ends."""
    there = np.zeros(1024, np.uint64)
    one, count = np.uint64(1), 0
    for begin in range(len(codes)):
        rolled = np.uint64(0)
        for length in range(1, min(longest, len(codes) - begin) + 1):
            code = codes[begin + length - 1]
            if length > 2 and codes[begin + length - 2] == _SPACE:
                break
            rolled = rolled * prime + np.uint64(code)
            if length < shortest:
                continue
            bucket = (rolled + np.uint64(length)) * mix >> np.uint64(48)
            bit = one << (bucket & np.uint64(63))
            if not there[bucket >> np.uint64(6)] & bit:
                there[bucket >> np.uint64(6)] |= bit
                count += 1
    found, at = np.empty(count, np.int64), 0
    for word in range(1024):
        if there[word]:
            for place in range(64):
                if there[word] >> np.uint64(place) & one:
                    found[at] = word * 64 + place
                    at += 1
    return found
