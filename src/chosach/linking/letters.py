"""Letters of names and addresses, column by column: lower case, one place for the tone mark, look-alikes as what they look like.

Every letter that matters is one code point, so a table of letters does the work of Unicode normalisation (as in `chosach.text.letters`)
and Polars replaces a column of a million in a fraction of a second.
"""

import re
import unicodedata
from functools import lru_cache

import polars as pl
from anyascii import anyascii

from chosach.text.lookalikes import LOOK_ALIKES

#: Old and new places of the tone mark (hoà, hòa) are one spelling.
_TONE_PLACES = {
    first + second_marked: first_marked + second
    for first, second, firsts, seconds in (("o", "a", "òóỏõọ", "àáảãạ"), ("o", "e", "òóỏõọ", "èéẻẽẹ"), ("u", "y", "ùúủũụ", "ỳýỷỹỵ"))
    for first_marked, second_marked in zip(firsts, seconds, strict=True)
}
_COMBINING = "[\u0300-\u036f]"
#: Letters with marks: Latin-1, Latin Extended A and B, Latin Extended Additional.
_MARKED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_STYLED = (*range(0x2460, 0x2500), *range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800))
#: What divides words. Everything else that is neither letter nor figure goes by `_OTHER`.
_DIVIDING = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u00a0\u2013\u2014\u2019\u201c\u201d\u2022\u00b7\t\r\n"
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTER = re.compile(r"[^A-Za-z]+")
_OTHER = r"[^\pL\pN ]+"


@lru_cache(maxsize=1)
def _latin() -> dict[str, str]:
    """Letters that stand for a Latin one: look-alikes, full-width, bold, in circles."""
    table = {odd: plain for odd, plain in LOOK_ALIKES.items() if len(odd) == 1 and odd not in "'ı"}
    for code in _STYLED:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and plain.isascii() and plain.isalnum():
            table.setdefault(chr(code).lower(), plain)
    return table


@lru_cache(maxsize=1)
def _bare() -> dict[str, str]:
    """Marked letter → the letter without marks, lower case."""
    table = {"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    for code in _MARKED:
        char = chr(code)
        parts = unicodedata.normalize("NFD", char)
        if char == char.lower() and len(parts) > 1 and parts[0].isascii():
            table[char] = parts[0]
    return table


def _replaced(text: pl.Expr, table: dict[str, str]) -> pl.Expr:
    return text.str.replace_many(list(table), list(table.values()))


def composed(column: pl.Series) -> pl.Series:
    """The texts that hold combining marks in NFC, each for itself: what stands in other rows is nothing to it.

    Looked at first, because hardly any text needs it and it is the dearest step.
    """
    apart = column.str.contains(_COMBINING).fill_null(False)
    if not apart.any():
        return column
    told = column.filter(apart).unique()
    return column.replace(dict(zip(told, told.str.normalize("NFC"), strict=True)))


def lowered(text: pl.Expr) -> pl.Expr:
    """Lower case with marks and punctuation kept, the tone mark in one place, look-alikes as Latin letters."""
    return _replaced(text.str.to_lowercase(), _latin() | _TONE_PLACES)


def words(text: pl.Expr) -> pl.Expr:
    """Of lowered text: letters and figures, everything else one blank."""
    blanks = text.str.replace_many(list(_DIVIDING), [" "] * len(_DIVIDING)).str.replace_all(_OTHER, " ")
    return blanks.str.replace_all(" {2,}", " ", literal=False).str.strip_chars(" ")


def folded(text: pl.Expr) -> pl.Expr:
    """Of lowered text: without marks."""
    return _replaced(text, _bare())


def sorted_words(text: pl.Expr) -> pl.Expr:
    """The words in alphabetic order."""
    return text.str.split(" ").list.sort().list.join(" ")


@lru_cache(maxsize=65_536)
def fold_one(text: str) -> str:
    """One text in lower case without marks."""
    bare = _bare()
    return "".join(bare.get(char, char) for char in unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=65_536)
def latin_one(text: str) -> str:
    """One text with its words of other scripts in Latin letters.

    A word that mixes scripts, or a whole text of nothing but look-alikes, is disguised rather than foreign and stays.
    """
    found = [word for word in _WORD.findall(text) if not any(_is_latin(char) for char in word)]
    if all(char.lower() in LOOK_ALIKES for word in found for char in word):
        return text
    foreign = frozenset(found)
    return _WORD.sub(lambda word: _NO_LETTER.sub("", anyascii(word[0])) if word[0] in foreign else word[0], text)


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "FULLWIDTH LATIN", "MATHEMATICAL"))
