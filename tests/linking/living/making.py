"""Small lists of records whose evidence is told outright, so that a property can be tried on hundreds of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from chosach.linking.clusters import NamedPairs
from chosach.linking.engine import cluster_id
from chosach.linking.living import run

RECORDS = tuple("abcdefghij")
Judged = tuple[str, str, str]


@dataclass(frozen=True)
class World:
    """`weights`: bits between two records, each pair once, `left` < `right`."""

    weights: dict[tuple[str, str], float]

    def run(self, present: Iterable[str] = RECORDS, judged: Sequence[Judged] = (), previous: pa.Table | None = None) -> pa.Table:
        """CLUSTERS of the records that are there."""
        return self.whole(present, judged, previous)[0]

    def whole(self, present: Iterable[str], judged: Sequence[Judged], previous: pa.Table | None) -> tuple[pa.Table, pa.Table]:
        """CLUSTERS and EVENTS."""
        ids = sorted(present)
        place = {record: at for at, record in enumerate(ids)}
        pairs = [(place[a], place[b], bits) for (a, b), bits in self.weights.items() if a in place and b in place]
        left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
        bits = np.array([pair[2] for pair in pairs], dtype=np.float64)
        one = run.begin(table_of(judged), previous)
        nobody, nothing = np.zeros(len(ids), dtype=bool), np.zeros(len(bits), dtype=bool)
        pairs = NamedPairs(left, right, bits, np.zeros(len(bits), dtype=np.int8), nothing, nobody, nobody, nobody)
        return one.named(ids, one.traders(ids, pairs), cluster_id)


def table_of(judged: Sequence[Judged], decided: Sequence[int] | None = None) -> pa.Table:
    """Judgements, each newer than the one before it unless told."""
    rows = [
        {"record_id_l": left, "record_id_r": right, "verdict": verdict, "decided": at}
        for at, (left, right, verdict) in zip(decided if decided is not None else range(len(judged)), judged, strict=True)
    ]
    shape = {name: pa.string() for name in ("record_id_l", "record_id_r", "verdict")} | {"decided": pa.int64()}
    return pa.Table.from_pylist(rows, schema=pa.schema(shape))


def ids_of(clusters: pa.Table) -> dict[str, str]:
    """Record → trader."""
    return dict(zip(clusters["record_id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))


def groups_of(clusters: pa.Table) -> set[frozenset[str]]:
    """The traders as sets of records."""
    found: dict[str, set[str]] = {}
    for record, trader in ids_of(clusters).items():
        found.setdefault(trader, set()).add(record)
    return {frozenset(records) for records in found.values()}


_pairs = st.sampled_from([(a, b) for a in RECORDS for b in RECORDS if a < b])
worlds = st.dictionaries(_pairs, st.integers(-8, 14).map(float), max_size=24).map(World)
judgements = st.tuples(_pairs, st.sampled_from(["same", "different"])).map(lambda one: (*one[0], one[1]))
several = st.lists(judgements, max_size=7)
some_records = st.sets(st.sampled_from(RECORDS), min_size=1)
