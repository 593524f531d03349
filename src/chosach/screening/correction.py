"""What officers' decisions teach: a small correction of the probabilities, learnt from what stands *around* the words that were found.

A correction never adds a finding and never reads the found words themselves: their places are blanked out before a text is read, so no
number of dismissals can take a term out of the lexicon. It moves the odds of a finding by a weighted sum of the words near it:

    logit p' = logit p + w·φ        |w·φ| ≤ 4

φ are the words and pairs of words of title, category and the beginning of the description, hashed, of length 1. w is a logistic
regression with the screener's own logit as offset and a Gaussian prior at 0 (no correction), fitted by Newton's method in the dual.

The prior is as much narrower for a word as fewer people agree on it: its deviation falls with the share of `AGREED` decisions of one
verdict that hold the word, of which one person gives `PERSON_MOST` at most. So one decision moves hardly anything, however it is worded,
and one person little. Where the seller says it himself (a reason that is a word graded strong) only words that reach `AGREED` take
anything away.
"""

import hashlib
import itertools
import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.screening.data import rows
from chosach.screening.findings import LEAST
from chosach.screening.schema import FINDING, KINDS

PRIOR = 0.2  #: strength of the prior on a word that enough people agree on; the maps of ``model`` stretch logits
AGREED = 8.0  #: so many decisions of one verdict have to hold a word before it counts in full, or at all against what a seller says himself
PERSON_MOST = 2.0  #: of which one person gives so many at most: four people, two decisions each
MOST = 4.0  #: the largest step of a logit
NEWEST = 1500  #: decisions of one kind that a fit looks at, the newest
DESCRIPTION_WORDS = 40
BUCKETS = 1 << 20
_MAGIC = b"CHOSACH-CORRECTION-2\n"
_MAGIC_1 = b"CHOSACH-CORRECTION-1\n"  #: without what people agreed on: takes nothing from strong words
_FIELDS = (("title", 2.0), ("category", 1.0), ("description", 1.0))
_WORD = re.compile(r"[\w▢]+")
_BLANK = " ▢ "
Features = dict[int, float]


@dataclass(frozen=True)
class Correction:
    """`weights`: kind → (hashed features, int32 ascending; their weights, float32; 1 where enough people agree on the feature, uint8).
    `card`: what it was made from, plain JSON."""

    weights: Mapping[str, tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.uint8]]] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """A header in JSON, then the arrays, little-endian. Equal corrections give equal bytes."""
        kinds = [kind for kind in KINDS if kind in self.weights]
        header = {"card": dict(self.card), "kinds": [[kind, len(self.weights[kind][0])] for kind in kinds]}
        text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        arrays = b"".join(_array_bytes(*self.weights[kind]) for kind in kinds)
        return _MAGIC + len(text).to_bytes(4, "little") + text + arrays

    @classmethod
    def load(cls, data: bytes) -> "Correction":
        """From `to_bytes`, of this version or an earlier one. Raises `ValueError` for anything else."""
        start, first = len(_MAGIC) + 4, data.startswith(_MAGIC_1)
        if not (first or data.startswith(_MAGIC)) or len(data) < start:
            raise ValueError("these bytes are no correction of the screener")
        size = int.from_bytes(data[len(_MAGIC) : start], "little")
        try:
            header = json.loads(data[start : start + size])
            wanted = [(str(kind), int(number)) for kind, number in header["kinds"]]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError("the header of this correction can't be read") from error
        place, each = start + size, 8 if first else 9
        if len(data) != place + each * sum(number for _, number in wanted) or any(kind not in KINDS or n < 0 for kind, n in wanted):
            raise ValueError("this correction is cut off or names kinds that are unknown")
        weights = {}
        for kind, number in wanted:
            ids = np.frombuffer(data, "<i4", number, place).astype(np.int32)
            values = np.frombuffer(data, "<f4", number, place + 4 * number).astype(np.float32)
            if not np.isfinite(values).all():
                raise ValueError("this correction holds weights that are no numbers")
            agreed = np.zeros(number, np.uint8) if first else np.frombuffer(data, "u1", number, place + 8 * number).copy()
            weights[kind] = (ids, values, agreed)
            place += each * number
        return cls(weights, header["card"])

    @cached_property
    def id(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:12]

    @cached_property
    def _lookup(self) -> dict[str, dict[int, tuple[float, float]]]:
        """Kind → feature → what it adds to any finding, and what to one that rests on strong words."""
        return {
            kind: {
                place: (value, value if agreed or value > 0 else 0.0)
                for place, value, agreed in zip(ids.tolist(), values.tolist(), flags.tolist(), strict=True)
            }
            for kind, (ids, values, flags) in self.weights.items()
        }

    def step(self, kind: str, features: Features, *, strong: bool) -> float:
        """What is added to the logit of a finding of this kind. `strong`: it rests on the seller's own strong words (`self_declared`)."""
        known = self._lookup.get(kind, {})
        nothing = (0.0, 0.0)
        total = sum(known.get(place, nothing)[strong] * value for place, value in features.items())
        return max(-MOST, min(MOST, total))


def _array_bytes(ids: NDArray[np.int32], values: NDArray[np.float32], agreed: NDArray[np.uint8]) -> bytes:
    return ids.astype("<i4").tobytes() + values.astype("<f4").tobytes() + agreed.astype("u1").tobytes()


def self_declared(reasons: Iterable[Mapping[str, Any]]) -> bool:
    """True if one of the reasons is a word that the lexicon grades strong: the seller says it himself."""
    strong = _strong_terms()
    return any((reason["rule"], reason["term"]) in strong for reason in reasons)


@lru_cache(maxsize=1)
def _strong_terms() -> frozenset[tuple[str, str]]:
    return frozenset((row["rule"], row["term"]) for row in rows("terms.csv") if row["strength"] == "strong")


def features(listing: Mapping[str, Any], reasons: Iterable[Mapping[str, Any]]) -> Features:
    """Hashed words and pairs of words around the reasons of one finding, of Euclidean length 1 (empty for an empty text)."""
    found: Features = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for reason in reasons:
        spans.setdefault(str(reason["field"]), []).append((int(reason["start"]), int(reason["end"])))
    for name, weight in _FIELDS:
        words = _words(str(listing.get(name) or ""), spans.get(name, ()))
        if name == "description":
            words = words[:DESCRIPTION_WORDS]
        pairs = [f"{one} {two}" for one, two in itertools.pairwise(words)]
        for token in {*words, *pairs} - {"▢"}:
            place = zlib.crc32(token.encode()) % BUCKETS
            found[place] = max(found.get(place, 0.0), weight)
    length = math.sqrt(sum(value * value for value in found.values()))
    return {place: value / length for place, value in found.items()} if length else {}


def _words(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """The words in lower case; what a reason points at is one blank word."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + _BLANK + text[end:]
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def correct(listings: pa.Table, findings: pa.Table, correction: Correction) -> pa.Table:
    """The findings of these listings with their probabilities corrected; what falls below `LEAST` is left out. Reasons, law and what
    would clear stay; `screener` names the correction."""
    by_id: dict[str, Mapping[str, Any]] = {}
    if correction.weights and findings.num_rows:
        wanted = set(findings["listing_id"].to_pylist())
        names = [name for name in ("listing_id", "title", "category", "description") if name in listings.column_names]
        by_id = {str(row["listing_id"]): row for row in listings.select(names).to_pylist() if row["listing_id"] in wanted}
    kept = []
    for row in findings.to_pylist():
        if row["kind"] in correction.weights:
            around = features(by_id[row["listing_id"]], row["reasons"])
            step = correction.step(row["kind"], around, strong=self_declared(row["reasons"]))
            row["probability"] = round(moved(row["probability"], step), 4)
        if row["probability"] >= LEAST:
            kept.append(row | {"screener": corrected_name(row["screener"], correction)})
    return pa.Table.from_pylist(kept, schema=FINDING)


def corrected_name(screener: str, correction: Correction) -> str:
    """The version that stands in findings."""
    return f"{screener}+{correction.id}"


def moved(probability: float, step: float) -> float:
    """The probability whose logit is this much higher; at most 0.99."""
    return min(0.99, 1.0 / (1.0 + math.exp(-(_logit(probability) + step)))) if step else probability


def _logit(probability: float) -> float:
    p = min(0.995, max(0.005, probability))
    return math.log(p / (1.0 - p))


@dataclass(frozen=True)
class Decision:
    """One finding that people decided on: what the screener said without correction, whether it was right, how far it counts, and who
    decided (any id; "": nobody says that two such are one person's)."""

    kind: str
    probability: float
    right: bool
    weight: float
    features: Features
    by: str = ""


def fit(decisions: Sequence[Decision], *, card: Mapping[str, Any] | None = None) -> Correction:
    """Learn from decisions (the oldest first). Kinds without decisions are not corrected. A pure function of its input."""
    weights = {}
    for kind in KINDS:
        mine = [d for d in decisions if d.kind == kind and d.features and d.weight > 0][-NEWEST:]
        if mine:
            found = _fit_kind(mine)
            if len(found[0]):
                weights[kind] = found
    return Correction(weights, dict(card or {}))


def _agreement(decisions: Sequence[Decision], column: Mapping[int, int]) -> dict[bool, NDArray[np.float64]]:
    """By verdict: how many decisions hold each feature, of one person `PERSON_MOST` at most."""
    found = {right: np.zeros(len(column)) for right in (True, False)}
    by_person: dict[tuple[bool, object], NDArray[np.float64]] = {}
    for at, decision in enumerate(decisions):
        own = by_person.setdefault((decision.right, decision.by or at), np.zeros(len(column)))
        own[[column[place] for place in decision.features]] += 1.0
    for (right, _), own in by_person.items():
        found[right] += np.minimum(own, PERSON_MOST)
    return found


def _fit_kind(decisions: Sequence[Decision]) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.uint8]]:
    """Minimise Σ c·logloss(y, o + Ka) + PRIOR/2 · aᵀKa over a, where K are the products of features, each scaled by how far people agree
    on it; then w = Σ a·φ. A weight that only few ask for in its direction is brought down to what those few may ask."""
    places = sorted({place for d in decisions for place in d.features})
    column = {place: at for at, place in enumerate(places)}
    agreement = {right: np.minimum(1.0, number / AGREED) for right, number in _agreement(decisions, column).items()}
    scale = np.maximum(agreement[True], agreement[False])
    phi = np.zeros((len(decisions), len(places)))
    for at, decision in enumerate(decisions):
        phi[at, [column[place] for place in decision.features]] = list(decision.features.values())
    phi *= scale
    kernel = phi @ phi.T
    offset = np.array([_logit(d.probability) for d in decisions])
    right = np.array([float(d.right) for d in decisions])
    count = np.array([d.weight for d in decisions])
    alpha = np.zeros(len(decisions))

    def loss(a: NDArray[np.float64]) -> float:
        score = offset + kernel @ a
        return float(count @ (np.logaddexp(0.0, score) - right * score) + PRIOR / 2 * a @ kernel @ a)

    now = loss(alpha)
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-(offset + kernel @ alpha)))
        spread = np.maximum(count * p * (1.0 - p), 1e-6)
        target = kernel @ alpha + count * (right - p) / spread
        aim = np.linalg.solve(kernel + PRIOR * np.diag(1.0 / spread), target) - alpha
        stride = 1.0
        while stride > 1e-4 and loss(alpha + stride * aim) > now:
            stride /= 2
        alpha = alpha + stride * aim
        before, now = now, loss(alpha)
        if before - now < 1e-9:
            break
    full = scale * (phi.T @ alpha)
    asked = np.where(full > 0, agreement[True], agreement[False])
    weights = np.round(full * (asked / scale) ** 2, 4).astype(np.float32)
    kept = np.flatnonzero(weights)
    return np.array(places, np.int32)[kept], weights[kept], (asked >= 1.0).astype(np.uint8)[kept]
