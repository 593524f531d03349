"""How the made-up offenders hide a word. Written without looking at `chosach.text`, which has to undo it."""

import random
import unicodedata
from collections.abc import Callable

_CYRILLIC = str.maketrans("aeopcxAEOPCTX", "аеорсхАЕОРСТХ")
_LEET = str.maketrans("aeio", "431o")
_ZERO_WIDTH = "\u200b"

#: Words of the patterns that an offender would hide.
HIDDEN_WORDS = (
    "rep 1:1", "super fake", "like auth", "fake loại 1", "hàng giả", "hàng nhái", "hàng lậu", "thuốc lá", "pháo nổ", "ngà voi",
    "cao hổ", "vape", "sách lậu", "nhập lậu", "siêu cấp", "fake",
)  # fmt: skip


def _dotted(word: str) -> str:
    return ".".join(word.replace(" ", ""))


def _no_tones(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


WAYS: tuple[Callable[[str], str], ...] = (
    _dotted,
    lambda word: " ".join(word.replace(" ", "")),
    lambda word: word.translate(_CYRILLIC),
    lambda word: _no_tones(word).translate(_LEET),
    lambda word: word[:2] + _ZERO_WIDTH + word[2:],
    lambda word: unicodedata.normalize("NFD", word),
    str.upper,
    lambda word: "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in word),
    lambda word: word[0] + word[1] * 3 + word[2:],
)


def disguise(text: str, rng: random.Random) -> str:
    """Hide the first offending word of the text in one way, at random. Text without one is returned as it is."""
    for word in HIDDEN_WORDS:
        place = text.find(word)
        if place >= 0:
            return text[:place] + rng.choice(WAYS)(word) + text[place + len(word) :]
    return text
