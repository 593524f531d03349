"""Texts that are copies of one another: MinHash bands as whole numbers, candidates from equal bands, an exact check of each.

    texts.bands(column)               # 16 columns of int64, null for texts too short: ordinary columns for a lake or a database
    texts.near(ids, column)           # pa.Table l, r, similarity
    texts.similarity(left, right)     # exact, pair by pair

What is compared are runs of nine letters of chosach.text's bared normal form without blanks, so that case, marks, look-alikes, dots in
words and spaced-out letters part no copies. docs/joints.md.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from chosach.linking.joints.seeds import numbers

Column: TypeAlias = pa.Array | pa.ChunkedArray | Sequence[Any]

BANDS = 16
LANES = 4  #: minima in a band, 16 bits each (as in the kernel)
COLUMNS: tuple[str, ...] = tuple(f"band_{k:02}" for k in range(BANDS))
#: Fewest shingles of a text that is compared: a shorter one (50 letters or so) is a name of goods that many write alike.
LEAST_SHINGLES = 40
LEAST_SIMILARITY = 0.7
#: Texts in a band up to which all pairs are looked at, and how many neighbours each has beyond that.
MOST, REACH = 32, 8
NEAR: pa.Schema = pa.schema(
    [
        pa.field("l", pa.string(), nullable=False),
        pa.field("r", pa.string(), nullable=False),
        pa.field("similarity", pa.float32(), nullable=False),
    ]
)
#: How far below what is asked the bands of a pair may be before it is not looked at: more than four deviations of what 64 draws say.
FAR = 0.25
_CHECKED = 200_000  # pairs checked at once: their shingles are in memory together
_FOLDED = 65_536  # texts folded at once


def _column(texts: Column) -> pa.Array | pa.ChunkedArray:
    return texts if isinstance(texts, (pa.Array, pa.ChunkedArray)) else pa.array(texts, pa.string())


def bands(texts: Column) -> pa.Table:
    """`COLUMNS` (int64) of a column of texts, one row a text: two texts share a band with the likelihood similarity ** 4.

    Null in all columns where a text is null or too short (`LEAST_SHINGLES`). Stable: equal on every machine and in every version of
    this format.
    """
    numbers_, told = _bands(_column(texts))
    mask = ~told
    return pa.table({name: pa.array(numbers_[:, k].view(np.int64), mask=mask) for k, name in enumerate(COLUMNS)})


def _bands(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """(texts, BANDS) numbers, and which texts have them."""
    from chosach.linking.joints import kernel
    from chosach.text.matcher import folded

    factors = numbers("texts", BANDS * LANES // kernel.BINS) | np.uint64(1)
    out = np.zeros((len(column), BANDS), np.uint64)
    told = np.zeros(len(column), np.bool_)
    for start in range(0, len(column), _FOLDED):
        part = out[start : start + _FOLDED]
        begins, symbols = folded(column.slice(start, _FOLDED))
        told[start : start + len(part)] = kernel.bands(begins, symbols, LEAST_SHINGLES, factors, part)
    return out, told


def estimate(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    """Similarity read off the bands alone (both (pairs, BANDS)): off by 0.05 on the average, as 64 draws are."""
    same = left.view(np.uint64) ^ right.view(np.uint64)
    lanes = np.ascontiguousarray(same).view(np.uint16).reshape(len(same), BANDS * LANES)
    return np.asarray((lanes == 0).mean(axis=1), np.float32)


def similarity(left: Column, right: Column) -> NDArray[np.float32]:
    """Jaccard's similarity of the n-th of `left` and the n-th of `right`, 0 to 1; 0 where one has fewer than nine letters."""
    from chosach.linking.joints import kernel
    from chosach.text.matcher import folded

    one, other = _column(left), _column(right)
    if len(one) != len(other):
        raise ValueError(f"{len(one)} texts against {len(other)}")
    both = pa.chunked_array([*_chunks(one), *_chunks(other)], pa.large_string())
    count = np.arange(len(one), dtype=np.int64)
    return np.asarray(kernel.similarities(*kernel.sets(*folded(both)), count, count + len(one)), np.float32)


def _chunks(column: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    whole = column.cast(pa.large_string())
    return list(whole.chunks) if isinstance(whole, pa.ChunkedArray) else [whole]


def near(ids: Column, texts: Column, *, least: float = LEAST_SIMILARITY) -> pa.Table:
    """Pairs of records with nearly the same text: `NEAR`, `l` < `r`, each pair once, by both ids.

    `texts`: a text a record, or a list of them; a pair's similarity (Jaccard, exact) is that of its two most alike texts, `least` or
    above. Found with likelihood 0.99 at 0.7 and 0.9998 at 0.8. Of more than `MOST` texts in one band each is compared with `REACH`
    neighbours only: of a text that thousands copied not all pairs are told, but enough to hold them together. The result does not
    depend on the order of the records.
    """
    read = flat(ids, texts)
    left, right = candidates(read["text"].to_arrow(), least=least)
    similar = _checked(read["text"], left, right)
    kept = similar >= np.float32(least)
    owner = read["id"]
    found = pl.DataFrame({"l": owner[left[kept]], "r": owner[right[kept]], "similarity": similar[kept]})
    found = found.filter(pl.col("l") != pl.col("r")).group_by("l", "r").agg(pl.col("similarity").max()).sort("l", "r")
    return found.to_arrow().cast(NEAR)


def flat(ids: Column, values: Column, name: str = "text") -> pl.DataFrame:
    """`id` and one value a row, sorted, each once; nulls and empty values left out. `values`: texts, or lists of them."""
    if len(ids) != len(values):
        raise ValueError(f"{len(ids)} ids against {len(values)} values")
    texts = values if isinstance(values, (pa.Array, pa.ChunkedArray)) else pa.array(list(values))
    listed = pa.types.is_list(texts.type) or pa.types.is_large_list(texts.type)
    texts = texts.cast(pa.large_list(pa.large_string()) if listed else pa.large_string())
    owner = ids if isinstance(ids, (pa.Array, pa.ChunkedArray)) else pa.array(list(ids), pa.string())
    read = pl.DataFrame({"id": pl.Series(owner.cast(pa.large_string())), name: pl.Series(texts)})
    read = read.explode(name) if listed else read
    return read.filter(pl.col(name).is_not_null() & (pl.col(name) != "")).unique().sort("id", name)


def candidates(column: pa.Array | pa.ChunkedArray, *, least: float = LEAST_SIMILARITY) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of texts that share a band and may be alike as far as `least`, the lower one left, each pair once.

    Texts of one trade share phrases, so that of a hundred thousand pairs that say little of the same some share a band by chance: such
    pairs grow with the square of the texts. Those whose bands as a whole say that they are far from `least` (`FAR` below, which a pair at
    `least` is once in some hundred thousand) are dropped before anything dear is done with them.
    """
    from chosach.linking.joints import kernel

    numbers_, told = _bands(column)
    places = np.flatnonzero(told)
    mine = numbers_[places]
    rank = np.lexsort([places, *mine.T[::-1]])
    ranked = np.empty(len(rank), np.int64)
    ranked[rank] = np.arange(len(rank))
    found = np.empty(0, np.int64)
    for band in range(BANDS):
        keys = mine[:, band]
        shared = _shared(keys)
        # those of a hot band stand beside whom they share the next bands with
        order = shared[np.lexsort([ranked[shared], mine[shared, (band + 1) % BANDS], keys[shared]])]
        left, right = kernel.run_pairs(order, keys[order], MOST, REACH)
        close = np.flatnonzero(kernel.equal_lanes(mine, left, right) >= (least - FAR) * BANDS * LANES)
        found = np.unique(np.concatenate([found, places[left[close]] * len(column) + places[right[close]]]))
    return found // max(1, len(column)), found % max(1, len(column))


def _shared(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Places of the keys that others have too: of many texts few, so only these are put in order."""
    order = np.argsort(keys)
    ordered = keys[order]
    same = ordered[1:] == ordered[:-1]
    both = np.zeros(len(keys), np.bool_)
    both[1:] |= same
    both[:-1] |= same
    return np.sort(order[both])


def _checked(texts: pl.Series, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    """Exact similarity of each pair, some at a time: shingles of all texts at once would not fit."""
    from chosach.linking.joints import kernel
    from chosach.text.matcher import folded

    told = np.zeros(len(left), np.float32)
    for begin, end in pairwise([*range(0, len(left), _CHECKED), len(left)]):
        places, both = np.unique(np.concatenate([left[begin:end], right[begin:end]]), return_inverse=True)
        starts, hashes = kernel.sets(*folded(texts[places].to_arrow()))
        told[begin:end] = kernel.similarities(starts, hashes, both[: end - begin], both[end - begin :])
    return told
