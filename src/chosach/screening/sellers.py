"""The seller's pattern: of how many of his listings the same is said. Told as a reason, it weighs nothing.

Measured on labelled listings a seller's share of findings put nothing in better order, so no probability moves by it. It is told where it
supports: so many likely findings of one kind as a seller of honest goods would hardly have.

A listing's outcome depends on that listing alone (``screen``); this is a second look at a whole file. Sellers are kept as 64-bit hashes
with counts, 16 bytes each, so memory does not grow with the listings.
"""

import hashlib
import math
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.screening.columns import text_column
from chosach.screening.explain import SELLER
from chosach.screening.schema import FINDING, KINDS

Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]

RULE = SELLER
LIKELY = 0.5  #: a finding counts for its seller's pattern
TOLD = 0.3  #: and so much is said where the pattern is told
FEWEST = 3  #: likely findings of one kind
#: The share of a seller's listings that is told in any case: five times what sellers had of their most frequent kind (listings of 3,229
#: shops, 0.4 % of them said to infringe).
USUAL = 0.02
RARE = 0.001  #: a seller with that share would have so many findings with at most this probability
MOST_SELLERS = 16_000_000
_PENDING = 1 << 19
NONE = np.uint64(0)


class _Tally:
    """How often each hash came. Beyond ``MOST_SELLERS`` no new ones are taken; those of the first rows stay right."""

    def __init__(self) -> None:
        self._hashes: Hashes = np.zeros(0, np.uint64)
        self._counts: Counts = np.zeros(0, np.int64)
        self._pending: list[Hashes] = []
        self._waiting = 0

    def add(self, hashes: Hashes) -> None:
        self._pending.append(hashes[hashes != NONE])
        self._waiting += len(self._pending[-1])
        if self._waiting > max(_PENDING, len(self._hashes) // 2):
            self._merge()

    def _merge(self) -> None:
        new, count = np.unique(np.concatenate([np.zeros(0, np.uint64), *self._pending]), return_counts=True)
        self._pending, self._waiting = [], 0
        known = self._of(new) > 0
        self._counts[np.searchsorted(self._hashes, new[known])] += count[known]
        new, count = new[~known], count[~known]
        room = MOST_SELLERS - len(self._hashes)
        hashes = np.concatenate([self._hashes, new[:room]])
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._counts = hashes[order], np.concatenate([self._counts, count[:room]])[order]

    def _of(self, hashes: Hashes) -> Counts:
        if len(self._hashes) == 0:
            return np.zeros(len(hashes), np.int64)
        place = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        return np.where(self._hashes[place] == hashes, self._counts[place], 0)

    def of(self, hashes: Hashes) -> Counts:
        """Of each hash how often it was added."""
        if self._waiting:
            self._merge()
        return self._of(hashes)


class Sellers:
    """What sellers have: ``add`` batch by batch, in order, then ``told``."""

    def __init__(self) -> None:
        self._listings = _Tally()
        self._likely = {kind: _Tally() for kind in KINDS}

    def add(self, listings: pa.Table, findings: pa.Table) -> Hashes:
        """Count a batch and its findings (all of them, ids once). Per finding its seller's hash; 0 where the listing names none."""
        sellers = seller_hashes(listings)
        self._listings.add(sellers)
        place = {listing: row for row, listing in enumerate(listings["listing_id"].to_pylist())}
        of = np.array([sellers[place[listing]] for listing in findings["listing_id"].to_pylist()], np.uint64)
        likely = findings["probability"].to_numpy() >= LIKELY
        kinds = np.array(findings["kind"].to_pylist(), object)
        for kind, tally in self._likely.items():
            tally.add(of[likely & (kinds == kind)])
        return of

    def told(self, findings: pa.Table, sellers: Hashes) -> pa.Table:
        """``findings`` (with what ``add`` gave for them), those of sellers with a pattern with one reason more, the last."""
        total, same = self._listings.of(sellers), np.zeros(len(sellers), np.int64)
        kinds = np.array(findings["kind"].to_pylist(), object)
        for kind, tally in self._likely.items():
            rows = np.flatnonzero(kinds == kind)
            same[rows] = tally.of(sellers[rows])
        worth = (sellers != NONE) & (same >= FEWEST) & (findings["probability"].to_numpy() >= TOLD)
        rows = np.array([row for row in np.flatnonzero(worth).tolist() if is_pattern(int(same[row]), int(total[row]))], np.int64)
        if len(rows) == 0:
            return findings
        some = findings.take(pa.array(rows))
        reasons = [[*told, _reason(int(same[row]), int(total[row]))] for row, told in zip(rows, some["reasons"].to_pylist(), strict=True)]
        at = FINDING.get_field_index("reasons")
        some = some.set_column(at, findings.schema.field(at), pa.array(reasons, FINDING.field(at).type))
        order = np.arange(findings.num_rows)
        order[rows] = findings.num_rows + np.arange(len(rows))
        return pa.concat_tables([findings, some]).take(pa.array(order))


def seller_hashes(listings: pa.Table) -> Hashes:
    """Per listing the same 64 bits for the same shop of the same platform, by its id, else by its name; 0 where neither is given."""
    columns = [text_column(listings, name).to_pylist() for name in ("platform", "seller_id", "seller_name")]
    made: dict[tuple[str, str], int] = {}
    found = np.zeros(listings.num_rows, np.uint64)
    for row, (platform, number, name) in enumerate(zip(*columns, strict=True)):
        known = (number or "").strip() or " ".join((name or "").lower().split())
        if known:
            key = ((platform or "").strip().lower(), ("#" if (number or "").strip() else "") + known)
            found[row] = made.get(key) or made.setdefault(key, _hash("\0".join(key)))
    return found


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


def is_pattern(same: int, total: int) -> bool:
    """Would so many of so many come by chance, at ``USUAL``, with at most the probability ``RARE``? (Chernoff's bound.)"""
    share = same / max(total, same)
    if same < FEWEST or share <= USUAL:
        return False
    apart = share * math.log(share / USUAL) + ((1.0 - share) * math.log((1.0 - share) / (1.0 - USUAL)) if share < 1.0 else 0.0)
    return max(total, same) * apart >= -math.log(RARE)


def _reason(same: int, total: int) -> dict[str, Any]:
    """It stands in no field of the listing: its place is empty."""
    return {
        "field": "seller_id",
        "start": 0,
        "end": 0,
        "text": "",
        "term": f"{_grouped(same)} tin cùng dấu hiệu trong {_grouped(total)} tin",
        "rule": RULE,
        "reference": None,
    }


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


__all__ = ["RULE", "Sellers", "is_pattern", "seller_hashes"]
