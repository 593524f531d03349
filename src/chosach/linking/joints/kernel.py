"""The compiled loops of near texts and near pictures. Imported only where they run: numba takes a second.

All of it works on whole numbers and is the same on every machine.
"""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Octets: TypeAlias = NDArray[np.uint8]
Places: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]

LETTERS = 36  # symbols of chosach.text.letters below this are letters and digits
SHINGLE = 9  # letters of a shingle: two to three syllables; nine symbols of 36 fit into 64 bits without loss
LANES = 4  # minima of a band, 16 bits each
BINS = 8  # minima of a hash function


@njit(cache=True, nogil=True)
def _mix(x: np.uint64) -> np.uint64:
    """The finaliser of splitmix64: every bit of the result hangs on every bit of x."""
    x ^= x >> np.uint64(30)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(cache=True, nogil=True)
def _shingles(symbols: Octets, begin: int, end: int, out: Hashes) -> int:
    """Hashes of all runs of SHINGLE letters, blanks and signs left out; returns their number."""
    top = np.uint64(LETTERS ** (SHINGLE - 1))
    window = np.zeros(SHINGLE, np.uint64)
    packed = np.uint64(0)
    letters = 0
    for k in range(begin, end):
        symbol = np.uint64(symbols[k])
        if symbol >= LETTERS:
            continue
        place = letters % SHINGLE
        if letters >= SHINGLE:
            packed -= window[place] * top
        packed = packed * np.uint64(LETTERS) + symbol
        window[place] = symbol
        letters += 1
        if letters >= SHINGLE:
            out[letters - SHINGLE] = _mix(packed + np.uint64(0x9E3779B97F4A7C15))
    return max(0, letters - SHINGLE + 1)


@njit(cache=True, nogil=True)
def _minima(hashes: Hashes, count: int, factors: Hashes, lowest: Hashes) -> None:
    """The lowest values of BINS bins of each hash function into `lowest` (functions * BINS).

    A function deals the shingles into bins, so one multiplication serves one minimum of BINS and not one of one. A bin that stays empty
    (one in 200 of the shortest texts) takes the next one's value.
    """
    empty = np.uint64(0xFFFFFFFFFFFFFFFF)
    lowest[:] = empty
    for j in range(count):
        for i in range(factors.shape[0]):
            value = hashes[j] * factors[i]
            value ^= value >> np.uint64(32)
            place = np.uint64(i * BINS) + (value & np.uint64(BINS - 1))
            if value < lowest[place]:
                lowest[place] = value
    for i in range(factors.shape[0]):
        for k in range(BINS - 1, -1, -1):
            if lowest[i * BINS + k] == empty:
                lowest[i * BINS + k] = lowest[i * BINS + (k + 1) % BINS] ^ np.uint64(k + 1)


@njit(cache=True, nogil=True)
def bands(begins: Places, symbols: Octets, least: int, factors: Hashes, out: Hashes) -> NDArray[np.bool_]:
    """Band numbers of each text into `out` (texts, bands); returns which texts have any: those with `least` shingles.

    `factors`: bands * LANES / BINS odd numbers, the hash functions. A band packs LANES minima of different functions, 16 bits of each.
    """
    texts = begins.shape[0] - 1
    told = np.zeros(texts, np.bool_)
    longest = 1
    for k in range(texts):
        longest = max(longest, begins[k + 1] - begins[k])
    found = np.empty(longest, np.uint64)
    count_bands = out.shape[1]
    lowest = np.empty(factors.shape[0] * BINS, np.uint64)
    for k in range(texts):
        count = _shingles(symbols, begins[k], begins[k + 1], found)
        if count < least:
            continue
        told[k] = True
        _minima(found, count, factors, lowest)
        for band in range(count_bands):
            packed = np.uint64(0)
            for lane in range(LANES):
                packed = (packed << np.uint64(16)) | (_mix(lowest[lane * count_bands + band]) & np.uint64(0xFFFF))
            out[k, band] = packed
    return told


@njit(cache=True, nogil=True)
def equal_lanes(told: NDArray[np.uint64], left: Places, right: Places) -> NDArray[np.int64]:
    """In how many of their lanes (16 bits each) the bands of two texts agree, pair by pair. `told`: (texts, bands)."""
    out = np.zeros(left.shape[0], np.int64)
    for k in range(left.shape[0]):
        for band in range(told.shape[1]):
            apart = told[left[k], band] ^ told[right[k], band]
            for _ in range(LANES):
                out[k] += (apart & np.uint64(0xFFFF)) == np.uint64(0)
                apart >>= np.uint64(16)
    return out


@njit(cache=True, nogil=True)
def sets(begins: Places, symbols: Octets) -> tuple[Places, Hashes]:
    """Each text's shingles, sorted and each once, one text after the other: (where each begins, hashes)."""
    texts = begins.shape[0] - 1
    out = np.empty(max(1, begins[texts] - begins[0]), np.uint64)
    starts = np.zeros(texts + 1, np.int64)
    at = 0
    for k in range(texts):
        count = _shingles(symbols, begins[k], begins[k + 1], out[at:])
        if count:
            one = np.sort(out[at : at + count])
            kept = 0
            for j in range(count):
                if j == 0 or one[j] != one[j - 1]:
                    out[at + kept] = one[j]
                    kept += 1
            at += kept
        starts[k + 1] = at
    return starts, out[:at]


@njit(cache=True, nogil=True)
def similarities(starts: Places, hashes: Hashes, left: Places, right: Places) -> NDArray[np.float32]:
    """Jaccard's similarity of each pair of texts of `sets`; 0 where one has no shingle."""
    told = np.zeros(left.shape[0], np.float32)
    for k in range(left.shape[0]):
        i, j = starts[left[k]], starts[right[k]]
        end_i, end_j = starts[left[k] + 1], starts[right[k] + 1]
        total = end_i - i + end_j - j
        both = 0
        while i < end_i and j < end_j:
            if hashes[i] == hashes[j]:
                both += 1
                i += 1
                j += 1
            elif hashes[i] < hashes[j]:
                i += 1
            else:
                j += 1
        if total > both:
            told[k] = both / (total - both)
    return told


@njit(cache=True, nogil=True)
def run_pairs(order: Places, keys: Hashes, most: int, reach: int) -> tuple[Places, Places]:
    """Pairs of those with equal keys: all of them up to `most`, beyond that each with the next `reach` in `order`.

    `order`: places sorted by key and then by how near they stand; `keys`: in that order. Each pair has the lower place left.
    """
    total = 0
    for write in range(2):
        if write:
            left, right = np.empty(total, np.int64), np.empty(total, np.int64)
        at = 0
        begin = 0
        while begin < order.shape[0]:
            end = begin + 1
            while end < order.shape[0] and keys[end] == keys[begin]:
                end += 1
            far = end - begin if end - begin <= most else reach + 1
            for i in range(begin, end):
                for j in range(i + 1, min(end, i + far)):
                    if write:
                        left[at], right[at] = min(order[i], order[j]), max(order[i], order[j])
                    at += 1
            begin = end
        total = at
    return left, right
