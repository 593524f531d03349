"""One run of linking among others: what people judged, and the ids that traders and rings had before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from chosach.linking.clusters import Ints, NamedPairs
from chosach.linking.living import constraints, memory
from chosach.linking.living.events import EVENTS, Lists
from chosach.linking.living.judgements import CUT, DIFFERENT, JOIN, OVERRULED, SAME, Judgement, Settled, Unusable, settled
from chosach.linking.living.memory import Memory
from chosach.linking.living.succession import carried
from chosach.linking.schema import CLUSTERS

_SAID = "Cán bộ đã kết luận hai hồ sơ này là của cùng một thương nhân."
_SAID_BY_WAY = "Các kết luận của cán bộ nối hai hồ sơ này thành cùng một thương nhân, qua hồ sơ không còn trong danh sách."

#: A new id, from a first record's and the number of the attempt.
Fresh = Callable[[str, int], str]


@dataclass(frozen=True)
class Run:
    """`judged`: None without judgements. `previous`: the traders of the run before, None for a first run."""

    judged: Settled | None
    previous: pa.Table | None

    def traders(self, ids: Sequence[str], pairs: NamedPairs) -> Ints:
        """For each record the lowest record of its trader (see `clusters.traders`), as judged. `ids`: of the records, in their order."""
        same, different = self.judged.of(ids) if self.judged else ((), ())
        return constraints.traders(len(ids), pairs, same=same, different=different)

    def named(self, ids: Sequence[str], lowest: Ints, fresh: Fresh) -> tuple[pa.Table, pa.Table]:
        """CLUSTERS without rings, in the order of `ids`, with the memory for the next run in its metadata; and EVENTS of traders."""
        if self.previous is None:
            first, place = np.unique(lowest, return_inverse=True)
            names = pa.array([fresh(ids[at], 0) for at in first], pa.string()).take(pa.array(place))
            told = pa.table([pa.array(ids, pa.string()), names, pa.nulls(len(ids), pa.string())], schema=CLUSTERS)
            return memory.held_onto(told, self.judged), EVENTS.empty_table()
        now = pl.DataFrame({"record_id": pl.Series(ids, dtype=pl.String), "label": lowest})
        before = _level(self.previous, "cluster_id")
        kept = memory.of(self.previous)
        done = carried("trader", before, now, kept, fresh=fresh, judged=self.judged, undone=self._undone())
        joined = now.join(done.ids, on="label", how="left", maintain_order="left")
        told = pa.table(
            [pa.array(ids, pa.string()), joined["id"].to_arrow().cast(pa.string()), pa.nulls(len(ids), pa.string())], schema=CLUSTERS
        )
        rings = kept.of("ring").rows
        told = memory.held_onto(told, self.judged)
        return memory.onto(told, Memory(done.memory.run, pl.concat([done.memory.rows, rings]))), done.events

    def ringed(self, told: pa.Table, fresh: Fresh) -> tuple[pa.Table, dict[str, str], pa.Table]:
        """CLUSTERS whose `ring_id`s are those of the run before; how they were called in `told`, and are now; EVENTS of rings."""
        if self.previous is None:
            return told, {}, EVENTS.empty_table()
        mine = _level(told, "ring_id")
        labels = {name: at for at, name in enumerate(sorted(mine["id"].unique()))}
        now = mine.select("record_id", label=pl.col("id").replace_strict(labels, return_dtype=pl.Int64))
        before = (
            _level(self.previous, "ring_id") if "ring_id" in self.previous.column_names else now.select("record_id", id=pl.lit("")).clear()
        )
        kept = memory.of(told)
        lists = Lists(_level(self.previous, "cluster_id").select("record_id"), _level(told, "cluster_id").select("record_id"))
        judged, undone = self._of_rings(told)
        done = carried("ring", before, now, Memory(kept.run - 1, kept.rows), fresh=fresh, judged=judged, undone=undone, lists=lists)
        new = dict(done.ids.iter_rows())
        names = {name: new[label] for name, label in labels.items()}
        rings = pa.array([None if name is None else names[name] for name in told["ring_id"].to_pylist()], pa.string())
        renamed = told.set_column(told.column_names.index("ring_id"), CLUSTERS.field("ring_id"), rings)
        rows = pl.concat([kept.of("trader").rows, done.memory.rows])
        return memory.onto(renamed, Memory(kept.run, rows)), names, done.events

    def _undone(self) -> Settled | None:
        """Judgements that held in the run before and were taken back since. None where nobody knows which held.

        What a newer judgement overrules was not taken back: the newer one is the reason of what follows.
        """
        held = None if self.previous is None else memory.held(self.previous)
        if held is None:
            return None
        judged = self.judged or Settled()
        there = {*judged.same, *judged.different, *judged.ties}
        there |= {Judgement(row["record_id_l"], row["record_id_r"], row["verdict"]) for row in judged.overruled}
        gone = [one for one in held if one not in there]
        same, different = (tuple(one for one in gone if one.verdict == verdict) for verdict in (SAME, DIFFERENT))
        return Settled(same, different, tuple(one for one in gone if one.verdict in (CUT, JOIN)))

    def _of_rings(self, told: pa.Table) -> tuple[Settled, Settled | None]:
        """What can make or end a ring in this run: ties judged of two traders, the newest of each two, and what of traders holds since.

        Then the same of what was taken back (see `_undone`).
        """
        judged, undone = self.judged or Settled(), self._undone()
        if self.previous is None:
            return judged, undone
        both = (judged, undone or Settled())
        asked = {record for all_ in both for one in (*all_.same, *all_.different, *all_.ties) for record in (one.left, one.right)}
        only = pl.DataFrame({"record_id": sorted(asked)}, schema={"record_id": pl.String})
        was, is_now = (dict(_level(one, "cluster_id").join(only, on="record_id").iter_rows()) for one in (self.previous, told))
        return _of_two(judged, was, is_now), None if undone is None else _of_two(undone, is_now, was)

    def said(self, ids: Sequence[str]) -> list[tuple[int, int, str]]:
        """Pairs of places in `ids`, the lower first, that a person said are one trader, each with the sentence that says so.

        Where the judgements go by way of records that are gone from the list, so many pairs as tell of it.
        """
        if self.judged is None or not self.judged.same:
            return []
        asked = {record for one in self.judged.same for record in (one.left, one.right)}
        place = {record: at for at, record in enumerate(ids) if record in asked}
        told = {(place[one.left], place[one.right]): _SAID for one in self.judged.same if one.left in place and one.right in place}
        direct = {(min(pair), max(pair)): said for pair, said in told.items()}
        label = {at: at for at in place.values()}
        for left, right in sorted(direct):
            _joined(label, left, right)
        for left, right in sorted(self.judged.of(ids)[0]):
            if _joined(label, left, right):
                direct[left, right] = _SAID_BY_WAY
        return [(left, right, said) for (left, right), said in sorted(direct.items())]

    def ties(self, ids: Sequence[str], lowest: Ints) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Pairs of traders (their lowest records, the lower first) whose ties are cut, and that are joined in one ring.

        Of two judgements about the same two traders the newest counts.
        """
        if self.judged is None or not self.judged.ties:
            return [], []
        asked = {record for one in self.judged.ties for record in (one.left, one.right)}
        place = {record: int(lowest[at]) for at, record in enumerate(ids) if record in asked}
        said: dict[tuple[int, int], str] = {}
        for one in self.judged.ties:
            if one.left in place and one.right in place and place[one.left] != place[one.right]:
                first, second = sorted((place[one.left], place[one.right]))
                said.setdefault((first, second), one.verdict)
        cut, joined = (sorted(pair for pair, verdict in said.items() if verdict == wanted) for wanted in (CUT, JOIN))
        return cut, joined

    def overruled(self, ids: Sequence[str]) -> pa.Table:
        """Judgements without effect: OVERRULED."""
        return OVERRULED.empty_table() if self.judged is None else self.judged.without_effect(ids)


def _of_two(judged: Settled, was: dict[str, str], is_now: dict[str, str]) -> Settled:
    """Of judgements those on the ties of two traders of `is_now`, the newest of each two; and those by which traders of `was` became one,
    or two. Both: record → trader; the runs before and after one in which the judgements began to hold."""

    def of(names: dict[str, str], one: Judgement) -> tuple[str, ...]:
        return tuple(sorted(names[end] for end in (one.left, one.right) if end in names))

    ties: dict[tuple[str, ...], Judgement] = {}
    for one in judged.ties:
        if len(set(of(is_now, one))) == 2:
            ties.setdefault(of(is_now, one), one)
    both = [(one, set(of(was, one))) for one in (*judged.same, *judged.different) if len(of(was, one)) == len(of(is_now, one)) == 2]
    return Settled(
        tuple(one for one, traders in both if one.verdict == SAME and len(traders) == 2),
        tuple(one for one, traders in both if one.verdict == DIFFERENT and len(traders) == 1),
        tuple(ties.values()),
    )


def begin(judgements: pa.Table | None, previous: pa.Table | None) -> Run:
    """Raises `Unusable` where a table can't be read as what it is given for."""
    if previous is not None:
        for name in ("record_id", "cluster_id"):
            if name not in previous.column_names:
                raise Unusable("previous.column_missing", f"Bảng thương nhân thiếu cột “{name}”. Cần kết quả của chosach link (--out).")
            if previous[name].null_count:
                raise Unusable("previous.empty", f"Bảng thương nhân của lần trước có ô trống ở cột “{name}”.")
        doubled = pl.Series(previous["record_id"].cast(pa.string())).is_duplicated()
        if doubled.any():
            record = previous["record_id"][int(doubled.arg_true()[0])].as_py()
            raise Unusable("previous.doubled", f"Hồ sơ {record} có hai dòng trong bảng thương nhân của lần trước.")
    judged = settled(judgements) if judgements is not None else None  # read also where it has no row: it may be no such table
    return Run(judged if judgements is not None and judgements.num_rows else None, previous)


def _level(table: pa.Table, column: str) -> pl.DataFrame:
    """`record_id`, `id` of the records that have one."""
    read = pl.DataFrame({"record_id": pl.Series(table["record_id"].cast(pa.string())), "id": pl.Series(table[column].cast(pa.string()))})
    return read.drop_nulls("id")


def _joined(label: dict[int, int], left: int, right: int) -> bool:
    """Join the groups of two in a forest. False where they are one already."""
    first, second = _root(label, left), _root(label, right)
    label[max(first, second)] = min(first, second)
    return first != second


def _root(label: dict[int, int], at: int) -> int:
    while label[at] != at:
        at = label[at]
    return at
