"""Numbers that look drawn by lot and are the same everywhere: the constants of hash functions."""

import hashlib

import numpy as np
from numpy.typing import NDArray


def numbers(name: str, count: int) -> NDArray[np.uint64]:
    """`count` numbers of 64 bits, told by `name` alone."""
    octets = b"".join(hashlib.blake2b(f"chosach:{name}:{k}".encode(), digest_size=8).digest() for k in range(count))
    return np.frombuffer(octets, "<u8").astype(np.uint64)
