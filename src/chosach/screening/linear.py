"""A logistic regression on the letters of many texts, in time that grows with the letters and memory that holds them once.

Newton's method; each step by conjugate gradients, which touch a text only in products. Sums are taken in the order of the texts, in one
thread: the same texts give the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.text.matcher import prepare_compiler

Scores = NDArray[np.float64]

_STEPS, _INNER = 50, 300
_CLOSE = 1e-7  #: of the first gradient's length, at which the search ends


@lru_cache(maxsize=1)
def _products() -> Any:
    prepare_compiler()
    from chosach.screening import products

    return products


@dataclass(frozen=True)
class Texts:
    """``column[begin[n] : begin[n + 1]]`` are the buckets of the n-th text, each worth ``share[n]``: every text has length 1."""

    begin: NDArray[np.int64]
    column: NDArray[np.int32]
    share: Scores
    buckets: int

    @classmethod
    def of(cls, found: Sequence[NDArray[np.int64]], buckets: int) -> "Texts":
        begin = np.concatenate([[0], np.cumsum([len(places) for places in found])]).astype(np.int64)
        column = np.concatenate([np.zeros(0, np.int64), *found]).astype(np.int32)
        return cls(begin, column, 1.0 / np.sqrt(np.maximum(1.0, np.diff(begin))), buckets)

    def times(self, weights: Scores) -> Scores:
        """The texts' scores; the last weight is the base."""
        out = np.empty(len(self.share))
        _products().times(self.begin, self.column, self.share, weights, out)
        return out

    def back(self, figures: Scores) -> Scores:
        """The buckets' (and last the base's) share of figures of the texts."""
        out = np.empty(self.buckets + 1)
        _products().back(self.begin, self.column, self.share, figures, out)
        return out


def _dot(a: Scores, b: Scores) -> float:
    """Added in one thread, always in the same order: libraries of algebra start several for such long rows, and wait for them."""
    return float(np.multiply(a, b).sum())


def _loss(score: Scores, weights: Scores, right: Scores, count: Scores, prior: float) -> float:
    return float((count * (np.logaddexp(0.0, score) - right * score)).sum() + prior / 2 * _dot(weights, weights))


def logistic(texts: Texts, right: Scores, count: Scores, prior: float) -> Scores:
    """Weights of the buckets, and last the base: Σ count·logloss + prior/2 · |weights|² is least. ``right``: 0 or 1 a text."""
    weights, score = np.zeros(texts.buckets + 1), np.zeros(len(right))
    first = 0.0
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
        gradient = texts.back(count * (p - right)) + prior * weights
        length = _dot(gradient, gradient) ** 0.5
        first = first or length
        if length <= _CLOSE * first:
            break
        spread = np.maximum(count * p * (1.0 - p), 1e-9)
        step = _newton(texts, gradient, spread, prior, min(0.1, (length / first) ** 0.5) * length)
        moved, falls, now, part = texts.times(step), _dot(gradient, step), _loss(score, weights, right, count, prior), 1.0
        while _loss(score + part * moved, weights + part * step, right, count, prior) > now + 1e-4 * part * falls and part > 1e-6:
            part /= 2.0
        weights, score = weights + part * step, score + part * moved
    return weights


def _newton(texts: Texts, gradient: Scores, spread: Scores, prior: float, enough: float) -> Scores:
    """The step that the curvature asks for, until what is left of the gradient is ``enough``."""
    steep = texts.back(spread * texts.share) + prior  # about the curvature of each bucket alone
    steep[-1] = float(spread.sum()) + prior
    step, left = np.zeros(len(gradient)), -gradient
    scaled = left / steep
    way, height = scaled, _dot(left, scaled)
    for _ in range(_INNER):
        bent = texts.back(spread * texts.times(way)) + prior * way
        far = height / _dot(way, bent)
        step, left = step + far * way, left - far * bent
        if _dot(left, left) ** 0.5 < enough:
            break
        scaled = left / steep
        before, height = height, _dot(left, scaled)
        way = scaled + height / before * way
    return step
