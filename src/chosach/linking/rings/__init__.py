"""Traders → rings: traders tied by evidence that is not identity, and what each seems to be among them.

    from chosach.linking import rings

    found = rings.find(con, raw, lowest, ids, names)    # after the traders are known; see `find`
    found.ring_ids, found.ties, found.rings, found.members

`carried`: which values which trader carries. `ties`: what two traders share, weighed. `groups`: ties → rings. `roles`: rings → roles.
docs/linking.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.linking.rings import carried, groups, output, roles, ties
from chosach.linking.rings.output import ring_id
from chosach.linking.schema import TIES

__all__ = ["Found", "find", "ring_id"]

Ints = NDArray[np.int64]
Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Found:
    """`ring_ids`: for each record (by its number) the ring of its trader, null for none. Tables: schema.TIES, RINGS, MEMBERS.

    `cut`: the ties that a person cut, which counted for nothing.
    """

    ring_ids: pa.Array
    ties: pa.Table
    rings: pa.Table
    members: pa.Table
    cut: pa.Table = field(default_factory=TIES.empty_table)

    def renamed(self, names: Mapping[str, str]) -> "Found":
        """The same with the rings' names of an earlier run; who is not in `names` keeps its own."""
        if not names:
            return self
        tables = []
        for table in (self.rings, self.members):
            ids = pa.array([names.get(one, one) for one in table["ring_id"].to_pylist()], pa.string())
            others = [(name, "ascending") for name in ("ring_id", "cluster_id") if name in table.column_names]
            tables.append(table.set_column(0, table.schema.field("ring_id"), ids).sort_by(others))
        return replace(self, rings=tables[0], members=tables[1])


def find(
    con: duckdb.DuckDBPyConnection,
    raw: pa.Table,
    lowest: Ints,
    ids: Sequence[str],
    names: Sequence[str],
    *,
    judged: tuple[Pairs, Pairs] = ((), ()),
) -> Found:
    """Rings of the traders of table `records`.

    `raw`: the records as read, in any order; of its columns `seller_name`, `address`, `warehouse`, `images`, `texts` are looked at, where
    they are there.
    `lowest`: for each record (by its number) the lowest record of its trader. `ids`, `names`: for each record its id, and its trader's.
    `judged`: pairs of traders (their lowest records, the lower first) whose ties a person cut, and that a person joined in one ring.
    Nothing depends on the order of rows, and a ring depends on nothing but the traders that its ties reach.
    """
    con.register("trader_of", pa.table({"id": np.arange(len(lowest), dtype=np.int32), "trader": lowest.astype(np.int32)}))
    carried.make(con, raw)
    cut, joined = judged
    ties.make(con, cut)
    con.execute("CREATE OR REPLACE TEMP TABLE cut_ties AS SELECT * FROM ties SEMI JOIN cut_pairs USING (l, r)")
    con.execute("DELETE FROM ties WHERE (l, r) IN (SELECT (l, r) FROM cut_pairs)")
    grouped = groups.joined(groups.grouped(con), joined)
    con.register("ring_of", pa.table({"trader": grouped.trader.astype(np.int32), "ring": grouped.ring.astype(np.int32)}))
    told = roles.roles(con, raw, grouped, cut)
    called = [ring_id(ids[min(members)]) for members in grouped.members()]
    ring_of = np.full(len(lowest), -1)
    ring_of[grouped.trader] = grouped.ring
    place = ring_of[lowest]
    of_records = pa.array(called, pa.string()).take(pa.array(place, mask=place < 0))
    members = output.members(told, grouped, called, names)
    was_cut = output.ties(con, raw, names, of="cut_ties") if cut else TIES.empty_table()
    found = Found(of_records, output.ties(con, raw, names), output.rings(con, grouped, called), members, was_cut)
    for name in ("trader_of", "ring_of"):
        con.unregister(name)
    for name in ("shown", "carried", "ties", "cut_ties", "cut_pairs", "house_numbers", "borne_out", "places", "homes", "idle"):
        con.execute(f"DROP TABLE {name}")
    return found
