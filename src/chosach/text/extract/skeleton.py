"""The reading of a text that patterns run over: small letters in NFC, plain digits, nothing invisible, and the place of each character.

Unlike ``chosach.text.letters`` it keeps signs, for numbers are told by them. Almost every text is its own skeleton letter by letter; only
those with invisible or combining characters are read one by one.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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


def _all_plain(signs: set[str]) -> bool:
    for sign in signs:
        if _read(sign) != sign.lower() or _COMBINING.match(sign):
            return False
        _PLAIN.add(sign)
    return True


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


@lru_cache(maxsize=8)
def skeleton(text: str) -> Skeleton:
    """Read a text. The last few are kept: extractors of several kinds ask for the same one."""
    signs = set(text)
    if signs <= _PLAIN or _all_plain(signs - _PLAIN):
        return Skeleton(text, text.lower(), range(len(text)), range(1, len(text) + 1))
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
