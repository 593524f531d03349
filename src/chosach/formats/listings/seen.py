"""Which ids have been seen: exact in practice, bounded in memory.

Ids are kept as 64-bit hashes in sorted runs, 8 bytes an id; runs above 64 MB lie in an unlinked temporary file. Two different ids
share a hash with a chance of n²/2^65: about one in thirty million for a million ids, one in four thousand for a hundred million.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_RECENT = 1 << 19
_ON_DISK = 1 << 23


def id_hash(value: str) -> int:
    """The same 64 bits for the same id in every process."""
    return int.from_bytes(hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class SeenIds:
    """A set of ids that only grows."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._runs: list[Hashes] = []
        self._files: list[Any] = []

    def add(self, ids: Sequence[str]) -> list[bool]:
        """Add these ids, in order. True where the id was there already (also earlier in the same call)."""
        hashes = [id_hash(value) for value in ids]
        known = self._in_runs(np.array(hashes, dtype=np.uint64))
        recent = self._recent
        doubled = []
        for value, old in zip(hashes, known, strict=True):
            if old or value in recent:
                doubled.append(True)
            else:
                recent.add(value)
                doubled.append(False)
        if len(recent) >= _RECENT:
            self._flush()
        return doubled

    def _in_runs(self, hashes: Hashes) -> list[bool]:
        found = np.zeros(len(hashes), dtype=bool)
        for run in self._runs:
            places = np.searchsorted(run, hashes)
            places[places == len(run)] = 0
            found |= run[places] == hashes
        result: list[bool] = found.tolist()
        return result

    def _flush(self) -> None:
        run: Hashes = np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent))
        run.sort()
        self._recent = set()
        while self._runs and len(self._runs[-1]) <= len(run) * 2:
            run = np.concatenate([self._runs.pop(), run])
            run.sort()
        self._runs.append(self._on_disk(run) if len(run) >= _ON_DISK else run)

    def _on_disk(self, run: Hashes) -> Hashes:
        file = tempfile.TemporaryFile(prefix="chosach-ids-")  # noqa: SIM115  (lives as long as the mapping)
        file.write(run.tobytes())
        file.flush()
        self._files.append(file)
        mapped: Hashes = np.memmap(file, dtype=np.uint64, mode="r", shape=run.shape)
        return mapped
