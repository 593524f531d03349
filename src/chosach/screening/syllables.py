"""Text as syllables, for the model of tones: each with its letters, its marks and its place.

A syllable is told by its *form*: its letters with their quality, then its tone as a digit (``gia3`` is *giả*, ``đen2`` *đèn*; no digit:
no tone). Old and new placement of a tone give one form, NFC and NFD too. Its *fold* is what is left without marks (``gia``, ``den``).
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from chosach.text import letters

#: Pieces of a text that are no syllable.
END, PAUSE, NUMBER, OTHER = "|", ",", "#", "?"
CLASSES = (END, PAUSE, NUMBER, OTHER)

_QUALITIES = {
    ("a", letters.BREVE): "ă",
    ("a", letters.CIRCUMFLEX): "â",
    ("e", letters.CIRCUMFLEX): "ê",
    ("o", letters.CIRCUMFLEX): "ô",
    ("o", letters.HORN): "ơ",
    ("u", letters.HORN): "ư",
    ("d", letters.STROKE): "đ",
}
_PLAIN = {marked: plain for (plain, _), marked in _QUALITIES.items()}
PIECES = re.compile(
    r"(?P<word>[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*)|(?P<end>[\n\r;?!…]|\.(?=\s|$))|(?P<pause>[,:()\[\]{}|•–—+=<>\"“”]|\s-\s)"
)
#: Shape of a Vietnamese syllable without its marks.
_SHAPE = re.compile(r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?")


class Piece(NamedTuple):
    """``form`` as above, or one of ``CLASSES``; ``start`` and ``end`` in code points."""

    form: str
    start: int
    end: int


_made = tuple.__new__  #: a named tuple's own way of making one takes thrice the time


@lru_cache(maxsize=1 << 16)
def form(word: str) -> str:
    """Form of a written word; ``NUMBER`` where it has digits, ``OTHER`` where it has no single form (two tones, foreign marks)."""
    symbols, marks = letters.spell(word)
    if not symbols or max(symbols) >= letters.SPACE:
        return OTHER
    if max(symbols) >= 26:
        return NUMBER
    tone, told = 0, ""
    for symbol, mark in zip(symbols, marks, strict=True):
        letter = chr(ord("a") + symbol)
        quality = mark & ~letters.TONE_BITS
        if quality and (letter, quality) not in _QUALITIES:
            return OTHER
        told += _QUALITIES[letter, quality] if quality else letter
        if mark & letters.TONE_BITS:
            if tone:
                return OTHER
            tone = mark & letters.TONE_BITS
    return told + (str(tone) if tone else "")


@lru_cache(maxsize=1 << 15)
def fold(told: str) -> str:
    """A form without its marks; classes as they are."""
    if told.isascii():
        return told.rstrip("12345")
    return "".join(_PLAIN.get(char, char) for char in told.rstrip("12345"))


def is_syllable(told: str) -> bool:
    """Has it the shape of a Vietnamese syllable?"""
    return told not in CLASSES and len(told) <= 8 and _SHAPE.fullmatch(fold(told)) is not None


@lru_cache(maxsize=1 << 15)
def marks(told: str) -> tuple[int, int]:
    """(1 if it is a syllable with marks, 1 if it is a syllable at all): to be summed."""
    shaped = is_syllable(told)
    return int(shaped and told != fold(told)), int(shaped)


def pieces(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces of ``text[start:end]`` in order; neither spaces nor other signs are told."""
    found = []
    for match in PIECES.finditer(text, start, len(text) if end is None else end):
        kind = match.lastindex
        told = form(match[0]) if kind == 1 else END if kind == 2 else PAUSE
        found.append(_made(Piece, (told, *match.span())))
    return found


def forms(phrase: str) -> list[str]:
    """Forms of the words of a short phrase, signs left out."""
    return [piece.form for piece in pieces(unicodedata.normalize("NFC", phrase)) if piece.form not in (END, PAUSE)]
