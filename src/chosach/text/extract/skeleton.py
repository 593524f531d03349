"""The reading of a text that patterns run over: small letters in NFC, plain digits, nothing invisible, and the place of each character.

Unlike ``chosach.text.letters`` it keeps signs, for numbers are told by them. Almost every text is its own skeleton letter by letter; only
those with invisible or combining characters are read one by one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

_COMBINING = re.compile("[\u0300-\u036f]")
_ALIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff0e\uff61\u3002", "."),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    **dict.fromkeys("\u043e\u041e\u03bf\u039f", "o"),
    **dict.fromkeys("\u0456\u0406\u03b9\u0399", "i"),
    **dict.fromkeys("\u04cf\u04c0", "l"),
    "\u2028": "\n", "\u2029": "\n", "\r": "\n",
}  # fmt: skip
_SUPERSCRIPTS = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")


class _Table(dict[int, str]):
    """One character for another, or none: worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _read(chr(code))
        return found


def _read(char: str) -> str:
    category = unicodedata.category(char)
    digit = unicodedata.digit(char, None)
    if char in _ALIKE:
        plain = _ALIKE[char]
    elif category == "Cf" or (category in ("Mn", "Me") and not _COMBINING.match(char)):
        plain = ""
    elif char in _SUPERSCRIPTS:
        plain = char
    elif digit is not None:
        plain = str(digit)
    elif category == "Zs":
        plain = " "
    else:
        small = (unicodedata.normalize("NFKC", char).lower(), char.lower(), char)
        plain = next(one for one in small if len(one) == 1)
    return plain


_TABLE = _Table()


_PLAIN: set[str] = set()  #: characters, of those met so far, that are read as ``str.lower`` makes them
#: By code point, of the characters met so far: the one that each is read as, where it stands by itself; ``_LEFT_OUT``; else 0.
KNOWN = np.zeros(0x110000, np.int32)
_LEFT_OUT = 0x110000
_FINAL = "Σ"  #: what its small letter is depends on where it stands


def _one_for_one(signs: set[str]) -> bool:
    """Is each read as one character that stands by itself? Those that are, are noted."""
    for sign in signs:
        plain, lower = _TABLE[ord(sign)], sign.lower()
        if len(plain) != 1 or len(lower) != 1 or _COMBINING.match(plain):
            return False
        if plain == lower:
            _PLAIN.add(sign)
        if sign != _FINAL:
            KNOWN[ord(sign)] = ord(plain)
    return True


class _Shifted(Sequence[int]):
    """Places in a text of which some characters are left out: of each kept one where it stands (``ends``: where it and the marks that
    were left out behind it end)."""

    def __init__(self, text: str, left_out: Sequence[int], ends: bool) -> None:
        self._text, self._left_out, self._ends = text, left_out, ends
        self._kept = [place - k for k, place in enumerate(left_out)]  # the kept one before which each was left out

    def __len__(self) -> int:
        return len(self._text) - len(self._left_out)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        before = bisect_right(self._kept, index)
        place = index + before
        if not self._ends:
            return place
        place += 1
        for k in range(before, len(self._left_out)):
            if self._left_out[k] != place or unicodedata.category(self._text[place])[0] != "M":
                break
            place += 1
        return place


@lru_cache(maxsize=256)
def _any_of(signs: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]")


def _without(text: str, others: set[str]) -> "Skeleton | None":
    """The skeleton of a text in which characters (of ``others``) are left out and all the rest stand by themselves, else None."""
    left_out = frozenset(sign for sign in others if not _TABLE[ord(sign)])
    if not left_out or not _one_for_one(others - left_out):
        return None
    places = [found.start() for found in _any_of(left_out).finditer(text)]
    KNOWN[list(map(ord, left_out))] = _LEFT_OUT
    plain = text.lower()
    for sign in others:
        plain = plain.replace(sign.lower(), _TABLE[ord(sign)])
    return Skeleton(text, plain, _Shifted(text, places, False), _Shifted(text, places, True))


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text``: what patterns run over; ``starts[i]:ends[i]``: where its i-th character stands in the original."""

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]`` (not empty)."""
        return self.starts[start], self.ends[end - 1]

    def cut(self, start: int, end: int) -> str:
        """The original words of ``text[start:end]``."""
        first, last = self.place(start, end)
        return self.original[first:last]


def stretches(plain: str, sign: re.Pattern[str], *, before: int, after: int) -> list[tuple[int, int]]:
    """Parts of a text, from one blank (U+0020) to another, that hold all that stands so near a sign; apart from one another."""
    parts: list[tuple[int, int]] = []
    for found in sign.finditer(plain):
        low, high = max(0, found.start() - before), min(len(plain), found.end() + after)
        if parts and high <= parts[-1][1]:
            continue
        low = plain.rfind(" ", 0, low) + 1
        high = plain.find(" ", high)
        high = len(plain) if high < 0 else high
        if parts and low <= parts[-1][1]:
            low, _ = parts.pop()
        parts.append((low, high))
    return parts


def _at_once(text: str) -> "Skeleton | None":
    """The skeleton of a text whose characters are all known, by one look at each; else None."""
    read = KNOWN.take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32))
    if not text or np.count_nonzero(read) < len(read):
        return None
    if read.max() < _LEFT_OUT:
        return Skeleton(text, _string(read), range(len(text)), range(1, len(text) + 1))
    left_out = read == _LEFT_OUT
    places = np.flatnonzero(left_out).tolist()
    return Skeleton(text, _string(read[~left_out]), _Shifted(text, places, False), _Shifted(text, places, True))


def _string(codes: NDArray[np.int32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=8)
def skeleton(text: str) -> Skeleton:
    """Read a text. The last few are kept: extractors of several kinds ask for the same one."""
    known = _at_once(text)
    if known is not None:
        return known
    others = set(text) - _PLAIN
    if not others or _one_for_one(others):
        plain = text.lower()
        for sign in others:
            plain = plain.replace(sign.lower(), _TABLE[ord(sign)])
        return Skeleton(text, plain, range(len(text)), range(1, len(text) + 1))
    found = _without(text, others)
    if found is not None:
        return found
    read = text.translate(_TABLE)
    if len(read) == len(text) and not _COMBINING.search(read):
        return Skeleton(text, read, range(len(text)), range(1, len(text) + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(text):
        plain = _TABLE[ord(char)]
        if plain == "" or _COMBINING.match(plain):
            if chars and ends[-1] == place and unicodedata.category(char)[0] == "M":
                joined = unicodedata.normalize("NFC", chars[-1] + plain)
                chars[-1] = joined if len(joined) == 1 else chars[-1]
                ends[-1] = place + 1  # a keycap's frame, a mark that makes no Vietnamese letter
            continue
        chars.append(plain)
        starts.append(place)
        ends.append(place + 1)
    return Skeleton(text, "".join(chars), starts, ends)
