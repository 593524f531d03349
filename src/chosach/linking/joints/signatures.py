"""A picture as a list of points, written in hexadecimal, and which of many pictures show the same.

The form, version 1: `c5a1`, version, number of points, width and height (of 255), then eleven bytes a point: x and y (of 255, both of the
longer side), sixteen times the binary logarithm of sigma, and eight bytes of description.
"""

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from chosach.linking.joints.seeds import numbers

SIDE = 288  #: longer side in pixels of what is looked at
MOST_POINTS = 48
LEAST_POINTS = 12  #: fewer, and the picture is plain: one colour, a smooth ground, a simple sign
LEAST_REACH = 0.2  #: share of width and of height over which they must reach
MAGIC = bytes.fromhex("c5a101")
_HEAD, _POINT = 6, 11
_UNIT = SIDE / 255
#: Bits of a description that turn over in a mirror: the unevenly waving ones.
MIRROR = np.uint64(0xFFFFFFFF00000000)
_BANDS, _BITS = 8, 24
_MOST, _REACH = 16, 4  # points in a band up to which all pairs are looked at, and neighbours beyond that
_COMPARED = 50_000
#: Points of a band that are paired at a time; pairs of all bands that are in memory at a time, and files for more (a prime number).
_POINTS, _HELD, _FILES = 1_000_000, 16_000_000, 61


def signature(image: Image.Image) -> str:
    """A picture's signature, "" for a plain picture. `image`: as `pictures.opened` gives it."""
    from chosach.linking.joints import points

    scale = SIDE / max(image.size)
    size = tuple(max(24, round(side * scale)) for side in image.size)
    grey = np.asarray(image.convert("L").resize((size[0], size[1]), Image.Resampling.LANCZOS), np.float32)
    table, hashes = points.points(grey, MOST_POINTS, _cosines())
    if len(table) < LEAST_POINTS or np.min(np.ptp(table[:, :2], axis=0) / size) < LEAST_REACH:
        return ""
    told = np.empty((len(table), _POINT), np.uint8)
    told[:, :2] = np.clip(np.rint(table[:, :2] / _UNIT), 0, 255)
    told[:, 2] = np.clip(np.rint(np.log2(table[:, 2]) * 16), 0, 255)
    told[:, 3:] = hashes.astype(">u8").view(np.uint8).reshape(-1, 8)
    width, height = (min(255, round(side / _UNIT)) for side in size)
    return (MAGIC + bytes([len(told), width, height]) + told.tobytes()).hex()


def _cosines() -> NDArray[np.float32]:
    from chosach.linking.joints.points import SAMPLES, WAVES

    places = np.arange(SAMPLES) + 0.5
    return np.asarray([np.cos(np.pi * places * wave / SAMPLES) for wave in range(WAVES)], np.float32)


def is_signature(text: str) -> bool:
    """The text begins as a signature and has the length that it says."""
    if not text.startswith(MAGIC.hex()) or len(text) < 2 * _HEAD:
        return False
    return len(text) == 2 * (_HEAD + _POINT * int(text[6:8], 16))


def alike(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Places of signatures (sound ones, of one order) that show the same, the lower one left, and their distance.

    Distance: share of the points in the part that both show which don't agree.
    """
    from chosach.linking.joints import points

    octets = [np.frombuffer(bytes.fromhex(text), np.uint8) for text in texts]
    starts = np.concatenate([[0], np.cumsum([one[3] for one in octets], dtype=np.int64)]).astype(np.int64)
    if not texts or not starts[-1]:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)
    rows = np.concatenate([one[_HEAD:].reshape(-1, _POINT) for one in octets])
    sizes = np.asarray([one[4:6] for one in octets], np.float32) * np.float32(_UNIT)
    table = np.empty((len(rows), 3), np.float32)
    table[:, :2] = rows[:, :2] * np.float32(_UNIT)
    table[:, 2] = np.exp2(rows[:, 2].astype(np.float32) / 16)
    hashes = np.ascontiguousarray(rows[:, 3:]).view(">u8").ravel().astype(np.uint64)
    left, right = _candidates(hashes, np.repeat(np.arange(len(texts)), np.diff(starts)), len(texts))
    share = np.empty(len(left), np.float32)
    rule = points.Rule()
    for begin, end in pairwise([*range(0, len(left), _COMPARED), len(left)]):
        part = points.compare(starts, table, hashes, sizes, left[begin:end], right[begin:end], MIRROR, rule)
        share[begin:end] = part[:, 0]
    kept = share > 0
    return left[kept], right[kept], 1 - share[kept]


def _candidates(hashes: NDArray[np.uint64], owner: NDArray[np.int64], pictures: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of pictures with two points or more that agree in a band, or one point that agrees in two bands; in order."""
    from chosach.linking.joints import kernel

    with tempfile.TemporaryDirectory(prefix="chosach-joints-") as folder:
        found = _Counted(Path(folder))
        for band in range(_BANDS):
            chosen = np.argsort(numbers(f"points.{band}", 31))[:_BITS] + 1  # of the bits that a mirror keeps
            keys = hashes & np.uint64(sum(1 << int(bit) for bit in chosen))
            order = np.lexsort([owner, hashes, keys])
            first = np.ones(len(order), np.bool_)  # a picture counts once in a band
            first[1:] = (keys[order][1:] != keys[order][:-1]) | (owner[order][1:] != owner[order][:-1])
            order = order[first]
            keys = keys[order]
            for begin, end in _runs(keys):
                one, other = kernel.run_pairs(order[begin:end], keys[begin:end], _MOST, _REACH)
                low, high = np.minimum(owner[one], owner[other]), np.maximum(owner[one], owner[other])
                found.add((low * pictures + high)[low != high])
        pairs = found.twice()
    return pairs // pictures, pairs % pictures


def _runs(keys: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Parts of sorted keys, some points at a time, equal ones in one part."""
    borders = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    begin = 0
    while begin < len(keys):
        at = int(np.searchsorted(borders, begin + _POINTS))
        end = int(borders[at]) if at < len(borders) else len(keys)
        yield begin, end
        begin = end


class _Counted:
    """Numbers, of which those that come twice or more are wanted. Up to `_HELD` are in memory; of more, equal ones go to one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new: list[NDArray[np.int64]] = []
        self._held = 0
        self._spilled = False

    def add(self, some: NDArray[np.int64]) -> None:
        self._new.append(some)
        self._held += len(some)
        if self._held > _HELD:
            self._spill()

    def _spill(self) -> None:
        some = np.concatenate([np.empty(0, np.int64), *self._new])
        part = some % _FILES
        some = some[np.argsort(part, kind="stable")]
        ends = np.cumsum(np.bincount(part, minlength=_FILES))
        for at, (begin, end) in enumerate(pairwise([0, *ends.tolist()])):
            with (self._folder / str(at)).open("ab") as file:
                file.write(some[begin:end].tobytes())
        self._new, self._held, self._spilled = [], 0, True

    def twice(self) -> NDArray[np.int64]:
        """In order, each once."""
        if not self._spilled:
            return _twice(np.concatenate([np.empty(0, np.int64), *self._new]))
        self._spill()
        return np.sort(np.concatenate([_twice(np.fromfile(self._folder / str(at), np.int64)) for at in range(_FILES)]))


def _twice(some: NDArray[np.int64]) -> NDArray[np.int64]:
    values, hits = np.unique(some, return_counts=True)
    return np.asarray(values[hits >= 2])
