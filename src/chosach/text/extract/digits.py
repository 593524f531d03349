"""Digits as sellers write them: figures, letters that look like figures, words, emoji (figures in the skeleton), with signs between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    "0": "không khong hông zero",
    "1": "một mốt mot one",
    "2": "hai two",
    "3": "ba three",
    "4": "bốn tư bon tu four",
    "5": "năm lăm nhăm nam lam five",
    "6": "sáu sau six",
    "7": "bảy bẩy bay seven",
    "8": "tám tam eight",
    "9": "chín chin nine",
}
_DIGIT_OF = {word: digit for digit, words in _WORDS.items() for word in words.split()} | {"o": "0", "l": "1", "i": "1"}
_WORD = "|".join(sorted((word for word in _DIGIT_OF if len(word) > 1), key=len, reverse=True))

#: Words after which a number may follow without a blank: "zalo0912…".
_GLUED = "".join(
    f"|(?<={word})" for word in ("zalo", "zl", "sđt", "sdt", "đt", "dt", "tel", "hotline", "call", "lh", "phone", "ib", "số", "so")
)
_BORDER = rf"(?:(?<![^\W_]){_GLUED})"
_FIGURES = rf"{_BORDER}[0-9oli]++(?![^\W_])"
_SPOKEN = rf"(?<![^\W_])(?:{_WORD})+(?![^\W_])"
_GAP = r"(?:[^\w\n]|_){0,4}"
_RUN = re.compile(rf"\+?(?:{_FIGURES}|{_SPOKEN})(?:{_GAP}(?:{_FIGURES}|{_SPOKEN}))*")
_TOKEN = re.compile(rf"[0-9oli]|{_WORD}")
#: Six figures not far from one another, or words that begin a mobile number: most texts hold neither, and are done with.
_FIGURED = re.compile(r"[0-9](?:[^0-9\n]{0,6}[0-9]){5}")
_SAID = re.compile(
    r"(?:không|khong|hông|zero|[0o])(?:[^\w\n]|_){0,4}(?:ba|năm|nam|lăm|bảy|bẩy|bay|tám|tam|chín|chin|three|five|seven|eight|nine|"
    r"hai|một)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Digits in a row. ``digits[i]`` stands at ``starts[i]:ends[i]`` of the skeleton; ``first[i]``: something stands before it."""

    digits: str
    starts: list[int]
    ends: list[int]
    figures: int
    words: int

    def group_begins(self, place: int) -> bool:
        """Is there a gap before the digit of this place (or the run's border)?"""
        return place in (0, len(self.digits)) or self.starts[place] > self.ends[place - 1]

    def gap(self, place: int) -> tuple[int, int]:
        """Skeleton place of what stands before a digit."""
        return self.ends[place - 1], self.starts[place]


def has_number(plain: str) -> bool:
    """Six figures not far from one another: no phone, account, tax code or barcode has fewer."""
    return _FIGURED.search(plain) is not None


def runs(plain: str, least: int) -> Iterator[Run]:
    """Runs of at least so many digits in a skeleton's text."""
    if not (has_number(plain) or _SAID.search(plain)):
        return
    for match in _RUN.finditer(plain):
        if match.end() - match.start() < least:
            continue
        tokens = [(token[0], match.start() + token.start(), match.start() + token.end()) for token in _TOKEN.finditer(match[0])]
        if len(tokens) < least:
            continue
        digits = "".join(_DIGIT_OF.get(text, text) for text, _, _ in tokens)
        figures = sum(text.isdigit() for text, _, _ in tokens)
        words = sum(len(text) > 1 for text, _, _ in tokens)
        yield Run(digits, [start for _, start, _ in tokens], [end for _, _, end in tokens], figures, words)
