"""The table of letters: one code point in, one symbol and its Vietnamese marks out.

Every code point that matters in a listing stands for at most one letter, so a table replaces Unicode normalisation and keeps
places: the n-th code point stays the n-th. The table is built once from ``unicodedata`` (NFKD gives full-width, mathematical,
circled and accented letters) plus a list of look-alike letters of other scripts.

Symbols: 0–25 letters a–z, 26–35 digits, then the classes below. Marks: quality (breve, circumflex, horn, stroke) in the high
bits, tone (huyền, sắc, hỏi, ngã, nặng) in the low three.
"""

import unicodedata
from functools import lru_cache, reduce
from itertools import groupby
from operator import or_

import numpy as np
from numpy.typing import NDArray

from chosach.text.lookalikes import LOOK_ALIKES, by_name

SIZE = 0x20000

SPACE = 36  #: separates words
HARD = 37  #: separates sentences or their parts: no phrase runs across it
ALPHABET = 38  #: number of symbols a stream can hold
SKIP = 38  #: leaves no trace: zero-width, soft hyphen, variation selectors, foreign combining marks
COMBINING = 39  #: a mark written after its letter (NFD), those of Vietnamese with its meaning
INWORD = 40  #: separates words, but may also have been put inside one: . - _ * / ' · ,
LEET = 41  #: separates words, but may also stand for a letter: @ $ !
STOP = 42  #: full stop: ends a sentence before white space, else as INWORD
NEWLINE = 43  #: ends a line
BRACKET = 45  #: separates words, but one letter inside a word may stand in brackets
COMMA = 44  #: before white space: no phrase runs across it, but the sentence goes on; else as INWORD

BREVE, CIRCUMFLEX, HORN, STROKE = 1 << 3, 2 << 3, 3 << 3, 4 << 3
GRAVE, ACUTE, HOOK, TILDE, DOT = 1, 2, 3, 4, 5
TONE_BITS = 0b111

CODES_APART, CODES_REST = 0x80, 0x90  #: of ``codes``: the first of what separates words, and of what is no usual letter either

_COMBINING_MARKS = {
    "\u0300": GRAVE,
    "\u0340": GRAVE,
    "\u0301": ACUTE,
    "\u0341": ACUTE,
    "\u0309": HOOK,
    "\u0303": TILDE,
    "\u0323": DOT,
    "\u0306": BREVE,
    "\u0302": CIRCUMFLEX,
    "\u031b": HORN,
}

#: Marks of other languages that Unicode also has on Latin letters in one piece (ö, ç, š): both ways of writing are read alike.
_FOREIGN_MARKS = frozenset(
    parts[1]
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    for parts in [unicodedata.normalize("NFD", chr(code))]
    if len(parts) == 2 and parts[0].isascii()
) - set(_COMBINING_MARKS)

_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyđ"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)

_SKIPPED = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")


_SEPARATORS = {
    **dict.fromkeys("\n\r\u2028\u2029\x0b\x0c", NEWLINE),
    ".": STOP,
    ",": COMMA,
    **dict.fromkeys("-_*/'·’‘`~|^\u2010\u2011\u2022\u2027", INWORD),
    **dict.fromkeys("@$!", LEET),
    **dict.fromkeys(";?…。", HARD),
    **dict.fromkeys("()[]{}", BRACKET),
}


def _letter(char: str) -> tuple[int, int, bool] | None:
    """Symbol, marks, and whether the letter is written unusually (look-alike, styled, full-width)."""
    plain = LOOK_ALIKES.get(char.lower()) or unicodedata.normalize("NFKD", char).lower()
    if not plain:
        return None
    base, marks = plain[0], plain[1:]
    odd = char.lower() in LOOK_ALIKES or unicodedata.normalize("NFD", char)[0] != unicodedata.normalize("NFKD", char)[0]
    mark = 0
    if base == "đ":
        base, mark = "d", STROKE
    elif base in LOOK_ALIKES:
        base, odd = LOOK_ALIKES[base], True
    elif not base.isascii() or not base.isalnum():
        base, odd = by_name(char), True
        if not base:
            return None
    if "a" <= base <= "z":
        symbol = ord(base) - ord("a")
    elif "0" <= base <= "9":
        symbol = 26 + ord(base) - ord("0")
    else:
        return None
    for other in marks:
        if other in _COMBINING_MARKS:
            mark |= _COMBINING_MARKS[other]
        elif unicodedata.combining(other) == 0:
            return None  # a ligature or a fraction: not one letter
    return symbol, mark, odd


@lru_cache(maxsize=1)
def table() -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]]:
    """(symbol or class, marks, written unusually), each indexed by code point below ``SIZE``."""
    symbols = np.full(SIZE, SPACE, np.uint8)
    marks = np.zeros(SIZE, np.uint8)
    odd = np.zeros(SIZE, np.bool_)
    for code in range(SIZE):
        if 0x2E80 <= code < 0xA000 or 0xAC00 <= code < 0xD800 or 0xD800 <= code < 0xF900 or 0x12000 <= code < 0x1D400:
            continue
        char = chr(code)
        category = unicodedata.category(char)
        if char in _COMBINING_MARKS:
            symbols[code], marks[code] = COMBINING, _COMBINING_MARKS[char]
        elif char in _FOREIGN_MARKS:
            symbols[code] = COMBINING
        elif char in _SKIPPED or category in {"Mn", "Me", "Cf"}:
            symbols[code] = SKIP
        elif category[0] in "LN" or category == "So":
            found = _letter(char)
            if found is not None:
                symbols[code], marks[code], odd[code] = found
        else:
            symbols[code] = _SEPARATORS.get(char, SPACE)
    return symbols, marks, odd


@lru_cache(maxsize=1)
def codes() -> tuple[NDArray[np.uint16], NDArray[np.uint8], NDArray[np.bool_], NDArray[np.int8]]:
    """``table`` in one octet a letter, so that eight letters are one number for the kernel.

    By code point below ``SIZE``: code << 8 | symbol or class; then by code: marks, written unusually, the symbol that a sign of the class
    LEET may stand for. Codes from 1 on: usual letters and digits, those of Vietnamese and ASCII first; from ``CODES_APART`` on what
    separates words; from ``CODES_REST`` on all else.
    """
    symbols, marks, odd = table()
    stands = np.zeros(SIZE, np.uint8)
    stands[[ord("@"), ord("$"), ord("!")]] = [0, 18, 8]
    kinds = symbols.astype(np.int64) | marks.astype(np.int64) << 8 | odd.astype(np.int64) << 16 | stands.astype(np.int64) << 24
    distinct, first, which = np.unique(kinds, return_index=True, return_inverse=True)
    ranked = sorted(
        range(len(distinct)), key=lambda kind: (not (first[kind] < 0x80 or chr(first[kind]).lower() in _VIETNAMESE), first[kind])
    )
    usual = [kind for kind in ranked if distinct[kind] & 0xFF < SPACE and not distinct[kind] >> 16 & 1][: CODES_APART - 1]
    apart = [kind for kind in ranked if distinct[kind] & 0xFF not in {*range(SPACE), SKIP, COMBINING}]
    rest = sorted(set(ranked).difference(usual, apart))
    numbers = np.zeros(len(distinct), np.int64)
    for begin, end, chosen in ((1, CODES_APART, usual), (CODES_APART, CODES_REST, apart), (CODES_REST, 0x100, rest)):
        if len(chosen) > end - begin:
            raise ValueError("more kinds of letters than codes")
        numbers[chosen] = range(begin, begin + len(chosen))
    by_code = np.zeros(0x100, np.int64)
    by_code[numbers] = distinct
    return (
        (numbers[which] << 8 | symbols).astype(np.uint16),
        (by_code >> 8).astype(np.uint8),
        by_code >> 16 & 1 != 0,
        (by_code >> 24).astype(np.int8),
    )


@lru_cache(maxsize=1 << 12)
def _read(char: str) -> tuple[int, int]:
    """Symbol and mark of a character."""
    symbols, marks, _ = table()
    code = ord(char)
    return (int(symbols[code]), int(marks[code])) if code < SIZE else (SPACE, 0)


def spell(text: str) -> tuple[list[int], list[int]]:
    """Symbols and marks of a pattern: letters and digits, one space between words, none at the ends."""
    symbols: list[int] = []
    marks: list[int] = []
    for char in unicodedata.normalize("NFC", text):
        symbol, mark = _read(char)
        if symbol < SPACE:
            symbols.append(symbol)
            marks.append(mark)
        elif symbol != SKIP and symbols and symbols[-1] != SPACE:
            symbols.append(SPACE)
            marks.append(0)
    while symbols and symbols[-1] == SPACE:
        symbols.pop()
        marks.pop()
    return _unstretched(symbols, marks)


def _unstretched(symbols: list[int], marks: list[int]) -> tuple[list[int], list[int]]:
    """Letters written three times or more in a row as one, as the kernel reads them."""
    if not any(one == two == three for one, two, three in zip(symbols, symbols[1:], symbols[2:], strict=False)):
        return symbols, marks
    kept: list[int] = []
    kept_marks: list[int] = []
    for symbol, run in groupby(zip(symbols, marks, strict=True), key=lambda pair: pair[0]):
        written = [mark for _, mark in run]
        if len(written) >= 3 and symbol < 26:
            written = [reduce(or_, written)]
        kept += [symbol] * len(written)
        kept_marks += written
    return kept, kept_marks
