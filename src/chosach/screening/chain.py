"""Sums over the readings of a sentence, compiled. Imported by ``chosach.screening.tones`` only.

Products and sums are taken in one order everywhere: the same text gives the same figures, to the last bit.
"""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Figures: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]


@njit(cache=True, nogil=True)
def _at(keys: Places, key: int) -> int:
    """Where the key is in an open table, or the free place (-1) where it would be."""
    last = len(keys) - 1
    place = (key ^ key >> 15) * 0x9E3779B1 & last
    while keys[place] != key and keys[place] >= 0:
        place = place + 1 & last
    return place


@njit(cache=True, nogil=True)
def fill(keys: Places, shares: Figures, table: Places, values: Figures) -> None:
    """Into ``table`` (a power of two long, full of -1) and ``values`` what each key adds."""
    for k in range(len(keys)):
        place = _at(table, keys[k])
        table[place] = keys[k]
        values[place] = shares[k]


@njit(cache=True, nogil=True)
def share(table: Places, values: Figures, key: int) -> float:
    """What the pair adds; 0 for one that was never seen."""
    place = _at(table, key)
    return values[place] if table[place] >= 0 else 0.0


@njit(cache=True, nogil=True)
def both(  # noqa: PLR0917 - what the compiled loops take
    begin: Places, forms: Places, written: Figures, table: Places, values: Figures, kept: Figures, alone: Figures
) -> tuple[Figures, Figures, Figures]:
    """Forward and backward sums of a lattice, scaled so that their product is the posterior, and the scales.

    ``forms[begin[n] : begin[n + 1]]`` are what the n-th piece may be, ``written`` how likely each is then written as it stands.
    """
    size, steps = len(kept), len(begin) - 1
    forward, backward, scales = np.ones(len(forms)), np.ones(len(forms)), np.ones(steps)
    for step in range(1, steps):
        rest = 0.0
        for a in range(begin[step - 1], begin[step]):
            rest += forward[a] * kept[forms[a]]
        scale = 0.0
        for b in range(begin[step], begin[step + 1]):
            value = rest * alone[forms[b]]
            for a in range(begin[step - 1], begin[step]):
                place = _at(table, forms[a] * size + forms[b])
                if table[place] >= 0:
                    value += forward[a] * values[place]
            forward[b] = value * written[b]
            scale += forward[b]
        scale = scale or 1.0
        for b in range(begin[step], begin[step + 1]):
            forward[b] /= scale
        scales[step] = scale
    weighed = np.empty(len(forms))
    for step in range(steps - 1, 0, -1):
        rest = 0.0
        for b in range(begin[step], begin[step + 1]):
            weighed[b] = backward[b] * written[b] / scales[step]
            rest += weighed[b] * alone[forms[b]]
        for a in range(begin[step - 1], begin[step]):
            value = rest * kept[forms[a]]
            for b in range(begin[step], begin[step + 1]):
                place = _at(table, forms[a] * size + forms[b])
                if table[place] >= 0:
                    value += weighed[b] * values[place]
            backward[a] = value
    return forward, backward, scales
