"""The learnt part: from what the rules say, and from the letters of the whole text, to a probability.

    p = TOP · σ(l + shift · min(1, raw / PIVOT) + slope · (logit raw − l) + share · words),   l = logit PIVOT

``raw`` is what the rules say (``judge.combined``), ``words`` a linear score on the listing's letters (groups of three to five within words,
hashed). It only moves findings that the rules made: no finding without its reasons. A kind without a line has too few labels, and its raw
score stands as it is. Where share is 0 the map rises strictly and keeps the order of a kind's findings. Labels say hardly anything of
signs weaker than ``PIVOT``: there the shift fades away, so that a weak sign stays one.

What is meant by the probability: of listings such as those that were labelled, the share whose label names the kind. That mix holds more
violations than a marketplace does (docs/model-card.md).

The file: a line of magic, the length of the header (4 bytes), the header in JSON, then one int8 array of ``BUCKETS`` a kind with words.
"""

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.screening.schema import KINDS
from chosach.text.matcher import prepare_compiler

PIVOT = 0.3  #: the raw score that stays where it is unless labels say otherwise
TOP = 0.95  #: no text makes more certain than this: one reader labelled, and the rules were written in sight of these labels
LOWEST, HIGHEST = 0.005, 0.995  #: raw scores are taken to lie between
BUCKETS = 1 << 16
MOST_WORDS = 4.0  #: the largest score of the words, either way
DESCRIPTION = 600  #: letters of the description that are read
_LENGTHS = (3, 5)  #: of the shortest and the longest group of letters
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SPACE = re.compile(r"\s+")
_STEEPEST = 50.0  #: the largest figure of a map: logarithms of odds a few times over, far from where ``math.exp`` ends
_MAGIC = b"CHOSACH-MODEL-1\n"


@dataclass(frozen=True)
class Line:
    """One kind's map. ``findings``, ``right``, ``shops``: what it was fitted to, how many were right, from how many shops or groups."""

    shift: float
    slope: float
    share: float = 0.0
    findings: int = 0
    right: int = 0
    shops: int = 0

    def probability(self, raw: float, words: float = 0.0) -> float:
        score = logit(PIVOT) + self.shift * faded(raw) + self.slope * (logit(raw) - logit(PIVOT)) + self.share * words
        return TOP / (1.0 + math.exp(-score))

    @property
    def rises(self) -> bool:
        """Strictly, over all raw scores: below ``PIVOT`` a negative shift that fades works against the slope, most so at ``PIVOT``."""
        return self.slope > 0 and self.slope / (1.0 - PIVOT) + min(self.shift, 0.0) > 0


@dataclass(frozen=True)
class Words:
    """A linear score: the mean-like sum of ``weights`` (int8, ``BUCKETS``) times ``scale`` over the text's buckets, plus ``base``."""

    weights: NDArray[np.int8]
    scale: float
    base: float

    def score(self, buckets: NDArray[np.int64]) -> float:
        """Within ±``MOST_WORDS``."""
        total = int(self.weights[buckets].sum(dtype=np.int64)) * self.scale / math.sqrt(max(1, len(buckets))) + self.base
        return max(-MOST_WORDS, min(MOST_WORDS, total))


@dataclass(frozen=True)
class Model:
    """``lines``: kind → its map; ``words``: kind → its score, for those whose line has a share; ``card``: what it was made from."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)

    def probability(self, kind: str, raw: float, buckets: NDArray[np.int64] | None = None) -> float:
        """In (0, 1), for a raw score in (0, 1]. Without ``buckets`` the words say nothing either way."""
        line = self.lines.get(kind)
        if line is None:
            return raw
        words = self.words.get(kind)
        return line.probability(raw, 0.0 if words is None or buckets is None else words.score(buckets))

    def to_bytes(self) -> bytes:
        """Equal models give equal bytes."""
        kinds = [kind for kind in KINDS if kind in self.words]
        body = b"".join(self.words[kind].weights.astype(np.int8).tobytes() for kind in kinds)
        header = {
            "buckets": BUCKETS,
            "lines": {kind: asdict(self.lines[kind]) for kind in KINDS if kind in self.lines},
            "words": [[kind, self.words[kind].scale, self.words[kind].base] for kind in kinds],
            "sha256": hashlib.sha256(body).hexdigest(),
            "card": dict(self.card),
        }
        text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return _MAGIC + len(text).to_bytes(4, "little") + text + body

    @classmethod
    def load(cls, data: bytes) -> "Model":
        """From ``to_bytes``. Raises ``ValueError`` for anything else, a damaged file among it."""
        start = len(_MAGIC) + 4
        if not data.startswith(_MAGIC) or len(data) < start:
            raise ValueError("this is no model of the screener")
        end = start + int.from_bytes(data[len(_MAGIC) : start], "little")
        try:
            header = json.loads(data[start:end])
            lines = {str(kind): Line(**line) for kind, line in header["lines"].items()}
            named = [(str(kind), float(scale), float(base)) for kind, scale, base in header["words"]]
            wanted, card, buckets = header["sha256"], dict(header["card"]), int(header["buckets"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
            raise ValueError("the header of this model can't be read") from error
        body = data[end:]
        if buckets != BUCKETS or len(body) != BUCKETS * len(named) or hashlib.sha256(body).hexdigest() != wanted:
            raise ValueError("this model is damaged or cut off")
        if any(kind not in KINDS for kind in (*lines, *(kind for kind, _, _ in named))):
            raise ValueError("this model names kinds that are unknown")
        figures = [figure for line in lines.values() for figure in (line.shift, line.slope, line.share)]
        if not all(isinstance(f, int | float) and abs(f) <= _STEEPEST for f in (*figures, *(f for _, *pair in named for f in pair))):
            raise ValueError("this model holds figures that are no numbers, or beyond all measure")
        if not all(line.rises for line in lines.values()):
            raise ValueError("a map of this model does not rise")
        words = {
            kind: Words(np.frombuffer(body, np.int8, BUCKETS, at * BUCKETS), scale, base) for at, (kind, scale, base) in enumerate(named)
        }
        return cls(lines, words, card)

    @classmethod
    def open(cls, path: str | Path) -> "Model":
        """Raises ``OSError``, and ``ValueError`` for what is no model."""
        return cls.load(Path(path).read_bytes())

    @classmethod
    def shipped(cls) -> "Model":
        """The model inside the package."""
        return _shipped()

    @classmethod
    def none(cls) -> "Model":
        """Leaves what the rules say as it is."""
        return _NONE

    @cached_property
    def id(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:12]


_NONE = Model()


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model.load(resources.files("chosach.screening.data").joinpath("model.bin").read_bytes())


def letters(title: str, category: str, description: str) -> str:
    """What of a listing is read, as one line between blanks."""
    text = unicodedata.normalize("NFC", f" {title} | {category} | {description[:DESCRIPTION]} ").lower()
    return _SPACE.sub(" ", text)


def buckets(text: str) -> NDArray[np.int64]:
    """The different buckets, rising, of the groups of letters of ``letters`` that do not reach over a blank (a blank may end them)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    found: NDArray[np.int64] = _compiled().groups(codes, *_LENGTHS, _PRIME, _MIX)
    return found


@lru_cache(maxsize=1)
def _compiled() -> Any:
    prepare_compiler()
    from chosach.screening import scan

    return scan


def faded(raw: float) -> float:
    """How much of a map's shift counts at this raw score."""
    return min(1.0, raw / PIVOT)


def logit(probability: float) -> float:
    """Of a probability taken to lie between ``LOWEST`` and ``HIGHEST``."""
    p = min(HIGHEST, max(LOWEST, probability))
    return math.log(p / (1.0 - p))
