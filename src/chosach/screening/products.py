"""Products with a matrix of texts and their buckets, compiled. Imported by ``chosach.screening.linear`` only."""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Figures: TypeAlias = NDArray[np.float64]


@njit(cache=True, nogil=True)
def times(begin: NDArray[np.int64], column: NDArray[np.int32], share: Figures, weights: Figures, out: Figures) -> None:
    """``out`` = of each text the sum of its buckets' weights times its share, plus the last weight (the base)."""
    last = len(weights) - 1
    for row in range(len(share)):
        total = 0.0
        for k in range(begin[row], begin[row + 1]):
            total += weights[column[k]]
        out[row] = total * share[row] + weights[last]


@njit(cache=True, nogil=True)
def back(begin: NDArray[np.int64], column: NDArray[np.int32], share: Figures, of_rows: Figures, out: Figures) -> None:
    """``out`` = of each bucket the sum of its texts' figures times their shares; last the sum of all (the base)."""
    last = len(out) - 1
    out[:] = 0.0
    for row in range(len(share)):
        value = of_rows[row] * share[row]
        out[last] += of_rows[row]
        for k in range(begin[row], begin[row + 1]):
            out[column[k]] += value
