"""Labelled listings → the learnt part of the screener (``model.Model``). A pure function of its input; no unlabelled listing is read.

Per kind a logistic regression on the listing's letters (``linear``), its scores for every listing made by models that did not see the
listing's group, and beside these a logistic regression of two figures (``model.Line``) with priors at "the raw score stands". The words are
kept only where they put listings that were left out in better order. Time and memory grow with the letters of the labelled listings.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.screening.columns import as_table, text_column
from chosach.screening.engine import screen
from chosach.screening.findings import LEAST
from chosach.screening.linear import Texts, logistic
from chosach.screening.model import BUCKETS, HIGHEST, LOWEST, MOST_WORDS, PIVOT, TOP, Line, Model, Words, buckets, faded, letters, logit
from chosach.screening.schema import KINDS

Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]

FOLDS = 5
FEWEST_SHOPS = 8  #: shops or groups with a finding that was right, for a kind to be mapped
PRIOR = 0.1  #: of the words' weights
RIGHT_COUNTS = 5.0  #: a listing of the kind counts so often against one that is none: they are few
#: Standard deviations of shift and of the logarithm of slope that are tried; those are taken that tell listings left out best.
PRIORS = ((0.3, 0.7), (0.5, 0.7), (0.7, 0.7), (1.0, 0.7))
SHARE = 0.15  #: of the words' score in the logit: it puts findings in order that the rules hold for equal, and overrules none
STEEPEST = 0.9  #: of the shift downwards at which a map would no longer rise (``Line.rises``)
GAIN = 0.01  #: what the words must add to the average precision of findings left out


@dataclass(frozen=True)
class Labelled:
    """``raw``: what the rules say, (listing, kind); ``sure``, ``unsure``: the labels; ``group``: near-duplicates and shops share one."""

    buckets: tuple[NDArray[np.int64], ...]
    raw: Scores
    sure: Flags
    unsure: Flags
    group: tuple[str, ...]

    def part(self, rows: NDArray[np.int64]) -> "Labelled":
        picked = rows.tolist()
        return Labelled(
            tuple(self.buckets[i] for i in picked),
            self.raw[rows],
            self.sure[rows],
            self.unsure[rows],
            tuple(self.group[i] for i in picked),
        )

    @property
    def fold(self) -> NDArray[np.int64]:
        return np.array([fold_of(group) for group in self.group])


def fold_of(group: str, parts: int = FOLDS) -> int:
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:8], "big") % parts


def labelled(listings: Any, sure: Sequence[Sequence[str]], unsure: Sequence[Sequence[str]], group: Sequence[str]) -> Labelled:
    """Listings as ``screen`` takes them, and a list of kinds for each. Raises as ``screen`` does; ``ValueError`` for an unknown kind."""
    table = as_table(listings)
    if not table.num_rows == len(sure) == len(unsure) == len(group):
        raise ValueError("as many labels and groups are wanted as there are listings")
    if len(set(table["listing_id"].to_pylist())) < table.num_rows:
        raise ValueError("a listing stands twice")
    columns = [text_column(table, name).to_pylist() for name in ("title", "category", "description")]
    found = tuple(buckets(letters(*(part or "" for part in parts))) for parts in zip(*columns, strict=True))
    return Labelled(found, raw_scores(table), _flags(sure), _flags(unsure), tuple(map(str, group)))


def raw_scores(table: pa.Table) -> Scores:
    """What the rules alone say, (listing, kind); 0 where there is no finding."""
    findings = screen(table, model=Model.none())
    place = {listing: row for row, listing in enumerate(table["listing_id"].to_pylist())}
    said = np.zeros((table.num_rows, len(KINDS)))
    for listing, kind, value in zip(*(findings[name].to_pylist() for name in ("listing_id", "kind", "probability")), strict=True):
        said[place[listing], KINDS.index(kind)] = value
    return said


def _flags(cells: Sequence[Sequence[str]]) -> Flags:
    unknown = {kind for cell in cells for kind in cell} - set(KINDS)
    if unknown:
        raise ValueError(f"unknown kinds: {', '.join(sorted(unknown))}")
    return np.array([[kind in cell for kind in KINDS] for cell in cells], np.bool_).reshape(len(cells), len(KINDS))


def _weights(data: Labelled, kind: int, rows: NDArray[np.int64]) -> Scores:
    """Of every bucket, and last the base, as these listings teach them."""
    right = data.sure[rows, kind].astype(float)
    return logistic(_texts(data, rows), right, 1.0 + (RIGHT_COUNTS - 1.0) * right, PRIOR)


def _texts(data: Labelled, rows: NDArray[np.int64]) -> Texts:
    return Texts.of([data.buckets[row] for row in rows.tolist()], BUCKETS)


def _left_out(data: Labelled, kind: int) -> Scores:
    """The words' score of every listing, by a model that saw none of its fold."""
    counted, fold = data.sure[:, kind] | ~data.unsure[:, kind], data.fold
    scores = np.zeros(len(fold))
    for part in range(FOLDS):
        rows, asked = np.flatnonzero(counted & (fold != part)), np.flatnonzero(fold == part)
        if len(asked) and data.sure[rows, kind].any():
            scores[asked] = _texts(data, asked).times(_weights(data, kind, rows))
    return np.clip(scores, -MOST_WORDS, MOST_WORDS)


def _words(data: Labelled, kind: int) -> Words:
    rows = np.flatnonzero(data.sure[:, kind] | ~data.unsure[:, kind])
    learnt = _weights(data, kind, rows)
    weights, base = learnt[:-1], float(learnt[-1])
    scale = float(f"{max(float(np.abs(weights).max()), 1e-9) / 127:.6g}")
    return Words(np.round(weights / scale).astype(np.int8), scale, float(f"{base:.6g}"))


def _line(raw: Scores, words: Scores, right: Scores, share: float, spread: tuple[float, float]) -> tuple[float, float, float]:
    """Shift and slope of least loss, by Newton's method; ``share`` as it is given. ``spread``: one of ``PRIORS``."""
    base = logit(PIVOT)
    away = np.array([logit(value) for value in raw.tolist()]) - base
    fade = np.array([faded(value) for value in raw.tolist()])
    tight = 1.0 / np.square(spread)
    at = np.zeros(2)
    for _ in range(200):
        slope = math.exp(at[1])
        p = 1.0 / (1.0 + np.exp(-(base + at[0] * fade + slope * away + share * words)))
        columns = np.stack([fade, slope * away])
        gradient = columns @ (p - right) + tight * at
        bend = (columns * np.maximum(p * (1.0 - p), 1e-6)) @ columns.T + np.diag(tight)
        step = np.clip(np.linalg.solve(bend, gradient), -0.3, 0.3)
        at = at - step
        if float(np.abs(step).max()) < 1e-7:
            break
    slope = round(math.exp(at[1]), 3)
    return round(max(float(at[0]), -STEEPEST * slope / (1.0 - PIVOT)), 3), slope, share  # no farther down than a map may go that rises


@dataclass(frozen=True)
class _Findings:
    """What one kind's map is fitted to: ``words`` are scores of models that did not see the listing's fold."""

    raw: Scores
    words: Scores
    right: Scores
    fold: NDArray[np.int64]
    shops: int

    def left_out(self, share: float, spread: tuple[float, float]) -> Scores:
        """What maps that did not see a finding's fold say of it."""
        said = np.zeros(len(self.raw))
        for part in range(FOLDS):
            known, asked = self.fold != part, np.flatnonzero(self.fold == part)
            line = Line(*_line(self.raw[known], self.words[known], self.right[known], share, spread))
            for row in asked.tolist():
                said[row] = line.probability(float(self.raw[row]), float(self.words[row]))
        return said


def _order(right: Scores, said: Scores) -> float:
    """Average precision; ties count half."""
    hits = [right[np.lexsort((tie, -said))] for tie in (right, -right)]
    return float(np.mean([(h.cumsum() / np.arange(1, len(h) + 1) * h).sum() / h.sum() for h in hits]))


def _loss(found: Sequence[_Findings], spread: tuple[float, float]) -> float:
    """Log-loss of all kinds' findings, each told by maps that did not see its fold."""
    said = np.concatenate([kind.left_out(0.0, spread) for kind in found])
    right = np.concatenate([kind.right for kind in found])
    return float(-np.log(np.where(right > 0, said, 1.0 - said)).mean())


def fit(data: Labelled, *, words: bool = True, card: dict[str, Any] | None = None) -> Model:
    """The model of these listings. ``words`` False: the maps alone. No map for kinds whose right findings come from fewer than
    ``FEWEST_SHOPS`` groups: their raw scores stand.

    How far the maps may leave the raw scores (``PRIORS``) is chosen once for all kinds, by the log-loss of findings left out. A map alone
    rises strictly, so it changes no order within a kind, and is never judged by it."""
    found: dict[str, _Findings] = {}
    for at, kind in enumerate(KINDS):
        rows = np.flatnonzero((data.sure[:, at] | ~data.unsure[:, at]) & (data.raw[:, at] >= LEAST))
        shops = len({data.group[row] for row in rows.tolist() if data.sure[row, at]})
        if shops >= FEWEST_SHOPS:
            said = _left_out(data, at)[rows] if words else np.zeros(len(rows))
            found[kind] = _Findings(data.raw[rows, at], said, data.sure[rows, at].astype(float), data.fold[rows], shops)
    if not found:
        return Model({}, {}, card or {})
    spread = min(PRIORS, key=lambda pair: _loss(list(found.values()), pair))
    lines, kept = {}, {}
    for kind, of in found.items():
        gain = _order(of.right, of.left_out(SHARE, spread)) - _order(of.right, of.left_out(0.0, spread)) if words else 0.0
        shift, slope, share = _line(of.raw, of.words, of.right, SHARE if gain >= GAIN else 0.0, spread)
        lines[kind] = Line(shift, slope, share, len(of.raw), int(of.right.sum()), of.shops)
        if share > 0:
            kept[kind] = _words(data, KINDS.index(kind))
    return Model(lines, kept, {"listings": len(data.group), "groups": len(set(data.group)), "spread": list(spread), **(card or {})})


__all__ = ["FOLDS", "HIGHEST", "LOWEST", "TOP", "Labelled", "fit", "fold_of", "labelled", "raw_scores"]
