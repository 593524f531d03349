"""Pictures that are copies of one another.

    images.hashes(content)       # a picture's bytes → its hashes; none for a plain picture
    images.near(ids, hashes)     # pa.Table l, r, distance

docs/joints.md.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image

from chosach.linking.joints import signatures
from chosach.linking.joints.pictures import opened
from chosach.linking.joints.seeds import numbers
from chosach.linking.joints.texts import Column, flat

#: Share of bits in which two hashes of nearly the same picture may differ.
FARTHEST = 0.1
NEAR: pa.Schema = pa.schema(
    [
        pa.field("l", pa.string(), nullable=False),
        pa.field("r", pa.string(), nullable=False),
        pa.field("distance", pa.float32(), nullable=False),
    ]
)
#: Hashes in a band up to which all pairs are looked at, and how many neighbours each has beyond that.
MOST, REACH = 32, 8
#: Candidates agree in one of so many choices of so many bits: 0.93 are found at 6 bits of 64, 0.997 at 4.
_BANDS, _BITS = 24, 20
_LEAST_BITS, _MOST_BITS = 64, 1024
#: A hash with fewer bits set, or fewer not set, than this share is a plain picture's: blank, one colour, one border.
_PLAIN = 0.15
_CHECKED = 1_000_000
_HEX = rf"^(?:[0-9a-f]{{2}}){{{_LEAST_BITS // 8},{_MOST_BITS // 8}}}$"


def hashes(content: bytes) -> list[str]:
    """Hashes of a picture's bytes for `near`: one signature, or none where it is plain (one colour, a smooth ground, a simple sign).

    Raises `pictures.Unusable`.
    """
    return hashes_of(opened(content))


def hashes_of(image: Image.Image) -> list[str]:
    """The same of a picture that `pictures.opened` gave."""
    made = signatures.signature(image)
    return [made] if made else []


def is_hash(text: str) -> bool:
    """The text is a hash that `near` compares."""
    plain = text.strip().lower().removeprefix("0x")
    return signatures.is_signature(plain) or bool(re.fullmatch(_HEX, plain))


def near(ids: Column, hashes: Column, *, farthest: float = FARTHEST) -> pa.Table:
    """Pairs of records with nearly the same picture: `NEAR`, `l` < `r`, each pair once, by both ids.

    `hashes`: a hash a record, or a list of them. Signatures (of `images.hashes`) match where enough of their points agree;
    `distance`: share of the points in the part both show that don't, 0 to 0.84. Other hashes (hexadecimal, 64 to 1024 bits) are compared
    within one length; `distance`: share of the bits in which they differ, `farthest` or below; those of plain pictures (nearly all bits
    equal) match nothing. What is no hash matches nothing. A pair has the distance of its nearest two. The result does not depend on the
    order of the records.
    """
    read = flat(ids, hashes, "hash").with_columns(pl.col("hash").str.strip_chars().str.to_lowercase().str.strip_prefix("0x"))
    read = read.filter(pl.col("hash").str.contains(r"^(?:[0-9a-f]{2})+$")).unique().sort("id", "hash")
    signed = pl.Series([signatures.is_signature(one) for one in read["hash"]], dtype=pl.Boolean)
    pictures, others = read.filter(signed), read.filter(~signed & pl.col("hash").str.contains(_HEX))
    left, right, distance = signatures.alike(pictures["hash"].to_list())
    found = [_pairs(pictures["id"], left, right, distance)]
    found += [_of_one_length(group, farthest) for _, group in others.group_by(pl.col("hash").str.len_chars(), maintain_order=True)]
    pairs = pl.concat(found).filter(pl.col("l") != pl.col("r")).group_by("l", "r").agg(pl.col("distance").min()).sort("l", "r")
    return pairs.to_arrow().cast(NEAR)


def _pairs(ids: pl.Series, left: NDArray[np.int64], right: NDArray[np.int64], distance: NDArray[np.float32]) -> pl.DataFrame:
    ends = {name: ids.gather(places).alias(name) for name, places in (("l", left), ("r", right))}
    return pl.DataFrame([*ends.values(), pl.Series("distance", distance, pl.Float32)])


def _of_one_length(read: pl.DataFrame, farthest: float) -> pl.DataFrame:
    bits = np.unpackbits(np.frombuffer(bytes.fromhex("".join(read["hash"])), np.uint8).reshape(len(read), -1), axis=1)
    share = bits.mean(axis=1)
    busy = np.flatnonzero((share >= _PLAIN) & (share <= 1 - _PLAIN))
    bits, owner = bits[busy], read["id"].gather(busy)
    packed = np.packbits(bits, axis=1)
    rows, width = bits.shape
    found, near_by = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
    # checked band by band: of millions of hashes each shares a band with a few by chance, and those of all bands would fill the memory
    for left, right in _candidates(bits):
        for begin, end in pairwise([*range(0, len(left), _CHECKED), len(left)]):
            here, there = left[begin:end], right[begin:end]
            distance = np.bitwise_count(packed[here] ^ packed[there]).sum(axis=1, dtype=np.int64) / np.float32(width)
            kept = distance <= np.float32(farthest)
            found.append(here[kept] * rows + there[kept])
            near_by.append(distance[kept].astype(np.float32))
    pairs, first = np.unique(np.concatenate(found), return_index=True)
    return _pairs(owner, pairs // max(1, rows), pairs % max(1, rows), np.concatenate(near_by)[first])


def _candidates(bits: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Places of hashes (rows of bits) that are equal in a band, the lower one left; band by band, so a pair may come again."""
    from chosach.linking.joints import kernel

    rows, width = bits.shape
    whole = np.packbits(bits[:, :64], axis=1).view(">u8").ravel().astype(np.uint64)
    # each a lower place among all, so that those of a hot band stand beside whom they are most like
    rank = np.empty(rows, np.uint64)
    rank[np.lexsort([np.arange(rows), whole])] = np.arange(rows, dtype=np.uint64)
    for band in range(_BANDS):
        chosen = np.argsort(numbers(f"images.{width}.{band}", width))[:_BITS]
        keys = bits[:, chosen].astype(np.uint32) @ (np.uint32(1) << np.arange(_BITS, dtype=np.uint32))
        order = np.lexsort([rank, keys])
        yield kernel.run_pairs(order, keys[order].astype(np.uint64), MOST, REACH)
