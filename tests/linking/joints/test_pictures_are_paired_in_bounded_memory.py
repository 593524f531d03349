"""Of many pictures the pairs that may be copies are found without all of them in memory, and are the same however many are held."""

import tracemalloc

import numpy as np
import pytest

from chosach.linking.joints import signatures

PICTURES, POINTS = 3_000, 16


def crowd() -> tuple[np.ndarray, np.ndarray]:
    """Points whose descriptions many share: `hashes`, `owner`."""
    rng = np.random.default_rng(5)
    kinds = rng.integers(0, 1 << 63, 4_000, dtype=np.uint64)
    return kinds[rng.integers(0, len(kinds), PICTURES * POINTS)], np.repeat(np.arange(PICTURES), POINTS)


def found(held: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[int, int]], int]:
    """The pairs, and bytes of memory at most."""
    monkeypatch.setattr(signatures, "_HELD", held)
    monkeypatch.setattr(signatures, "_POINTS", held)
    hashes, owner = crowd()
    tracemalloc.start()
    left, right = signatures._candidates(hashes, owner, PICTURES)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return list(zip(left.tolist(), right.tolist(), strict=True)), most


def test_the_pairs_are_the_same_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, most = found(1 << 30, monkeypatch)
    in_parts, less = found(20_000, monkeypatch)
    assert in_parts == whole
    assert len(whole) > 20_000
    assert less < most / 2


def test_no_picture_has_no_pair() -> None:
    assert [len(one) for one in signatures._candidates(np.empty(0, np.uint64), np.empty(0, np.int64), 0)] == [0, 0]
