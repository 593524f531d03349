"""Which of many texts may hold a date, a barcode or the number of a paper: told from their characters at once, for hardly one in twenty
holds any, and to look for them in each is dear.

Never narrower than what ``chosach.text.extract`` finds: a text with a character that was not met yet may hold anything.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.text.extract.papers import MARKS, NAMES
from chosach.text.extract.skeleton import KNOWN
from chosach.text.matcher import bytes_of, prepare_compiler

YEAR, LONG, PAPER = 1, 2, 4  #: as in ``scan``
ANYTHING = 7


@lru_cache(maxsize=1)
def _scan() -> Any:
    prepare_compiler()
    from chosach.screening import scan

    return scan


@lru_cache(maxsize=2)
def _words(words: tuple[str, ...]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """By first letter, the letters of all words, where each begins."""
    names = sorted(words)
    letters = np.array([ord(char) for name in names for char in name], np.int32)
    begins = np.concatenate([[0], np.cumsum([len(name) for name in names])]).astype(np.int32)
    heads = np.array([ord(name[0]) for name in names])
    return np.searchsorted(heads, np.arange(heads.max() + 2)).astype(np.int32), letters, begins


def signs(column: pa.Array) -> list[int]:
    """Per text the signs above that it may hold, as bits."""
    data, offsets = bytes_of(column)
    out = np.zeros(len(offsets) - 1, np.int32)
    room = int(np.diff(offsets).max(initial=0))
    _scan().scan(data, offsets, KNOWN, *_words(NAMES), *_words(MARKS), np.empty(room, np.int32), out)
    told: list[int] = out.tolist()
    return told
