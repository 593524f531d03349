"""How alike two names of persons or firms are, word by word, whatever script and order they are written in.

Every word of one name looks for its counterpart in the other: the same word, the same without marks, one that sounds alike or is a
slip away, an initial, a short form, or several words written as one. What finds no counterpart counts little where only one name has
such words (a middle name left out) and much where both do (another middle name). Tones are kept: *Hà* and *Hạ* are two words where both
names are written with marks. Of two words that are both known names neither is a slip of the other (*Lan*, *Loan*).
"""

import csv
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from anyascii import anyascii
from rapidfuzz.distance import OSA

from chosach.linking.letters import fold_one

#: What words without a counterpart take off, as a share of their weight: in both names, in one name of a person, in one of a firm.
_CONFLICT, _LEFT_OUT, _LEFT_OUT_FIRM = 2.2, 0.08, 0.45
#: Below this two words are not counterparts.
_LEAST = 0.55
_OTHER_FORM = 0.06
_UNKNOWN_SHARE = 0.002
_JOINED_MOST = 4
_LONGEST_FORM = 6
#: A word that so many people bear makes a name look Vietnamese.
_COMMON = 0.004
#: Words that are met in any number of names.
_PARTICLES = frozenset(
    word
    for words in (
        "al el bin ibn ben bint abu abd de del della di da dos du la le van von der den ter zu y e and et und the of for in",
        "dr mr mrs ms prof sir sheikh shaikh haji hajji mullah president prasident mv",
    )
    for word in words.split()
)
_FIRM_WORDS = frozenset(
    ("bank", "banco", "group", "gruppe", "holding", "holdings", "trust", "fund", "international", "industries", "systems", "partners")
)
_FIGURES = str.maketrans("013459", "oieasg")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ts?ch|cz", "c"), ("s?ch|sh|zh", "s"), ("ph|w|v", "f"), ("kh|ck|[cqg]", "k"), ("dj|dzh", "j"), ("th|d", "t"), ("x|z", "s"),
        ("b", "p"), ("oo|ou|ow", "u"), ("[yj]+", "i"), ("[eia]+", "e"), ("[ou]+", "o"), ("h", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A name as words.

    `marked`: lower case with marks; `plain`: ASCII; `forms`: kinds of legal form that it names; `tones`: whether any word has a mark.
    """

    marked: tuple[str, ...]
    plain: tuple[str, ...]
    forms: frozenset[str]
    firm: bool
    tones: bool


@dataclass(frozen=True)
class _Pair:
    """Words `left` and `right` (half-open spans) are counterparts that are alike by `like`."""

    like: float
    left: tuple[int, int]
    right: tuple[int, int]


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, ...], str]:
    text = resources.files("chosach.linking").joinpath("data/legal_forms.csv").read_text(encoding="utf-8")
    return {tuple(row["words"].split()): row["form"] for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    text = resources.files("chosach.linking").joinpath("data/name_words.csv").read_text(encoding="utf-8")
    return {row["word"]: float(row["share"]) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=65_536)
def written(name: str) -> Written:
    """The name taken to pieces."""
    text = re.sub(r"['’‘`´ʼʿʾ]s\b", "", unicodedata.normalize("NFC", name).lower())
    text = re.sub(r"['’‘`´ʼʿʾ]", "", text).replace("&", " and ")
    text = re.sub(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?\b\.?", lambda found: found[0].replace(".", "") + " ", text)
    marked, plain = [], []
    for word in re.findall(r"[^\W_]+", text):
        bare = re.sub(r"[^a-z0-9]", "", anyascii(fold_one(word)).lower())
        if any(char.isalpha() for char in bare) and any(char.isdigit() for char in bare) and bare[0].isalpha():
            bare = bare.translate(_FIGURES)
        if bare:
            marked.append(word)
            plain.append(bare)
    kept, forms = _without_forms(marked, plain)
    words = tuple(plain[at] for at in kept)
    marks = tuple(marked[at] for at in kept)
    firm = bool(forms) or not _FIRM_WORDS.isdisjoint(words)
    return Written(marks, words, forms, firm, any(fold_one(word) != word for word in marks))


def _without_forms(marked: list[str], plain: list[str]) -> tuple[list[int], frozenset[str]]:
    """Places of the words that belong to no legal form (all where nothing else would be left), and the forms."""
    known = _forms()
    vietnamese = sum(_shares().get(word, 0.0) >= _COMMON for word in plain) * 2 >= len(plain)
    kept: list[int] = []
    forms: set[str] = set()
    at = 0
    while at < len(plain):
        size = next((size for size in range(min(_LONGEST_FORM, len(plain) - at), 0, -1) if tuple(plain[at : at + size]) in known), 0)
        # Na, Sa, Co are names of people too, and a form of a few letters has no marks
        if size == 1 and len(plain[at]) <= 3 and (vietnamese or fold_one(marked[at]) != marked[at]):
            size = 0
        if size:
            forms.add(known[tuple(plain[at : at + size])])
        else:
            kept.append(at)
        at += size or 1
    return (kept, frozenset(forms)) if kept else (list(range(len(plain))), frozenset())


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    first = word[:1]
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word or first


def _weight(word: str) -> float:
    if word in _PARTICLES:
        return 0.25
    share = _shares().get(word)
    if share is not None:
        return max(0.3, min(1.0, -math.log2(share) / 8))
    return 1.0 if len(word) > 1 else 0.5


def _near(left: str, right: str) -> float:
    """Two plain words: 1 the same, 0 nothing in common."""
    if left == right:
        return 1.0
    if left.isdigit() or right.isdigit():
        return 0.0
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return 0.8 if long[0] == short else 0.0
    if left in _shares() and right in _shares():
        return 0.3
    apart = OSA.distance(left, right)
    letters = 1 - apart / len(long) if apart <= 1 + len(long) // 4 else 0.0
    sound_left, sound_right = _sound(left), _sound(right)
    longest = max(len(sound_left), len(sound_right))
    heard = 1 - OSA.distance(sound_left, sound_right) / longest
    sounds = 0.9 if sound_left == sound_right and longest > 1 else 0.9 * heard if heard >= 0.75 else 0.0
    prefix = 0.7 if len(short) >= 3 and long.startswith(short) else 0.0
    return max(letters, sounds, prefix)


def _alike(left: Written, at: int, right: Written, place: int) -> float:
    """Two words of two names."""
    if left.plain[at] == right.plain[place] and left.marked[at] != right.marked[place]:
        return 0.3 if left.tones and right.tones else 0.97
    return _near(left.plain[at], right.plain[place])


def _candidates(left: Written, right: Written) -> Iterator[_Pair]:
    for at in range(len(left.plain)):
        for place in range(len(right.plain)):
            like = _alike(left, at, right, place)
            if like >= _LEAST:
                yield _Pair(like, (at, at + 1), (place, place + 1))
    yield from _joined(left.plain, right.plain)
    for pair in _joined(right.plain, left.plain):
        yield _Pair(pair.like, pair.right, pair.left)


def _joined(ones: tuple[str, ...], others: tuple[str, ...]) -> Iterator[_Pair]:
    """A word that is several of the other name's words written as one, or their initials."""
    for at, word in enumerate(ones):
        for place in range(len(others) - 1):
            for end in range(place + 2, min(len(others), place + _JOINED_MOST) + 1):
                parts = others[place:end]
                together = "".join(parts)
                if len(word) == end - place and word == "".join(part[0] for part in parts) and len(together) > len(word):
                    yield _Pair(0.75, (at, at + 1), (place, end))
                elif len(word) > 3 and abs(len(word) - len(together)) <= 2:
                    like = _near(word, together)
                    if like >= 0.8:
                        yield _Pair(0.97 * like, (at, at + 1), (place, end))


def likeness(one: str, other: str) -> float | None:
    """0 to 1: how far two names say the same. None where one of them has no letters."""
    left, right = written(one), written(other)
    if not left.plain or not right.plain:
        return None
    chosen = _aligned(left, right)
    weights_left = [_weight(word) for word in left.plain]
    weights_right = [_weight(word) for word in right.plain]
    common = agreed = 0.0
    for pair in chosen:
        weight = max(sum(weights_left[slice(*pair.left)]), sum(weights_right[slice(*pair.right)]))
        common += weight
        agreed += weight * pair.like
    alone_left = sum(weights_left) - sum(sum(weights_left[slice(*pair.left)]) for pair in chosen)
    alone_right = sum(weights_right) - sum(sum(weights_right[slice(*pair.right)]) for pair in chosen)
    conflict, left_out = min(alone_left, alone_right), abs(alone_left - alone_right)
    firm = left.firm or right.firm
    whole = common + _CONFLICT * conflict + (_LEFT_OUT_FIRM if firm else _LEFT_OUT) * left_out
    if not common:
        return 0.0
    said = agreed / whole
    if left.forms and right.forms and left.forms != right.forms:
        said -= _OTHER_FORM
    return max(0.0, said)


def _aligned(left: Written, right: Written) -> list[_Pair]:
    """Counterparts, the likest first; each word has one."""
    chosen: list[_Pair] = []
    free_left, free_right = [True] * len(left.plain), [True] * len(right.plain)
    pairs = sorted(_candidates(left, right), key=lambda pair: (-pair.like, abs(pair.left[0] - pair.right[0]), pair.left, pair.right))
    for pair in pairs:
        if all(free_left[slice(*pair.left)]) and all(free_right[slice(*pair.right)]):
            chosen.append(pair)
            free_left[slice(*pair.left)] = [False] * (pair.left[1] - pair.left[0])
            free_right[slice(*pair.right)] = [False] * (pair.right[1] - pair.right[0])
    return chosen


def commonness(name: str) -> float:
    """What share of people bears a name, by and large: the product of the shares of its words."""
    return math.prod(_shares().get(word, _UNKNOWN_SHARE) for word in written(name).plain)
