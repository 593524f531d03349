"""What officers' decisions teach: a small correction of the probabilities, learnt from what stands *around* the words that were found.

A correction never adds a finding and never reads the found words themselves: their places are blanked out before a text is read, so no
number of dismissals can take a term out of the lexicon. It moves the odds of a finding by a weighted sum of the words near it:

    logit p' = logit p + w·φ        |w·φ| ≤ 4

φ are the words and pairs of words of title, category and the beginning of the description, hashed, of length 1. w is a logistic
regression with the screener's own logit as offset and a Gaussian prior at 0 (no correction), fitted by Newton's method in the dual.
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
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.screening.findings import LEAST
from chosach.screening.schema import FINDING, KINDS

PRIOR = (
    0.2  #: strength of the prior: five or six like decisions take a finding from 0.95 to below a half; the maps of ``model`` stretch logits
)
MOST = 4.0  #: the largest step of a logit
NEWEST = 1500  #: decisions of one kind that a fit looks at, the newest
DESCRIPTION_WORDS = 40
BUCKETS = 1 << 20
_MAGIC = b"CHOSACH-CORRECTION-1\n"
_FIELDS = (("title", 2.0), ("category", 1.0), ("description", 1.0))
_WORD = re.compile(r"[\w▢]+")
_BLANK = " ▢ "
Features = dict[int, float]


@dataclass(frozen=True)
class Correction:
    """`weights`: kind → (hashed features, int32 ascending; their weights, float32). `card`: what it was made from, plain JSON."""

    weights: Mapping[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """A header in JSON, then the arrays, little-endian. Equal corrections give equal bytes."""
        kinds = [kind for kind in KINDS if kind in self.weights]
        header = {"card": dict(self.card), "kinds": [[kind, len(self.weights[kind][0])] for kind in kinds]}
        text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        arrays = b"".join(self.weights[kind][0].astype("<i4").tobytes() + self.weights[kind][1].astype("<f4").tobytes() for kind in kinds)
        return _MAGIC + len(text).to_bytes(4, "little") + text + arrays

    @classmethod
    def load(cls, data: bytes) -> "Correction":
        """From `to_bytes`. Raises `ValueError` for anything else."""
        start = len(_MAGIC) + 4
        if not data.startswith(_MAGIC) or len(data) < start:
            raise ValueError("these bytes are no correction of the screener")
        size = int.from_bytes(data[len(_MAGIC) : start], "little")
        try:
            header = json.loads(data[start : start + size])
            wanted = [(str(kind), int(number)) for kind, number in header["kinds"]]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError("the header of this correction can't be read") from error
        place = start + size
        if len(data) != place + 8 * sum(number for _, number in wanted) or any(kind not in KINDS or n < 0 for kind, n in wanted):
            raise ValueError("this correction is cut off or names kinds that are unknown")
        weights = {}
        for kind, number in wanted:
            ids = np.frombuffer(data, "<i4", number, place).astype(np.int32)
            values = np.frombuffer(data, "<f4", number, place + 4 * number).astype(np.float32)
            if not np.isfinite(values).all():
                raise ValueError("this correction holds weights that are no numbers")
            weights[kind] = (ids, values)
            place += 8 * number
        return cls(weights, header["card"])

    @cached_property
    def id(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:12]

    @cached_property
    def _lookup(self) -> dict[str, dict[int, float]]:
        return {kind: dict(zip(ids.tolist(), values.tolist(), strict=True)) for kind, (ids, values) in self.weights.items()}

    def step(self, kind: str, features: Features) -> float:
        """What is added to the logit of a finding of this kind."""
        known = self._lookup.get(kind, {})
        total = sum(known.get(place, 0.0) * value for place, value in features.items())
        return max(-MOST, min(MOST, total))


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
    rows = []
    for row in findings.to_pylist():
        if row["kind"] in correction.weights:
            step = correction.step(row["kind"], features(by_id[row["listing_id"]], row["reasons"]))
            row["probability"] = round(moved(row["probability"], step), 4)
        if row["probability"] >= LEAST:
            rows.append(row | {"screener": corrected_name(row["screener"], correction)})
    return pa.Table.from_pylist(rows, schema=FINDING)


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
    """One finding that people decided on: what the screener said without correction, whether it was right, and how far it counts."""

    kind: str
    probability: float
    right: bool
    weight: float
    features: Features


def fit(decisions: Sequence[Decision], *, card: Mapping[str, Any] | None = None) -> Correction:
    """Learn from decisions (the oldest first). Kinds without decisions are not corrected. A pure function of its input."""
    weights = {}
    for kind in KINDS:
        mine = [d for d in decisions if d.kind == kind and d.features and d.weight > 0][-NEWEST:]
        if mine:
            ids, values = _fit_kind(mine)
            if len(ids):
                weights[kind] = (ids, values)
    return Correction(weights, dict(card or {}))


def _fit_kind(decisions: Sequence[Decision]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Minimise Σ c·logloss(y, o + Ka) + PRIOR/2 · aᵀKa over a, where K are the products of features; then w = Σ a·φ."""
    places = sorted({place for d in decisions for place in d.features})
    column = {place: at for at, place in enumerate(places)}
    phi = np.zeros((len(decisions), len(places)))
    for at, decision in enumerate(decisions):
        phi[at, [column[place] for place in decision.features]] = list(decision.features.values())
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
    weights = np.round(phi.T @ alpha, 4).astype(np.float32)
    kept = np.flatnonzero(weights)
    return np.array(places, np.int32)[kept], weights[kept]
