"""Which id each trader (or ring) of a new run gets, given those of the run before.

1. One made up as before keeps its id.
2. One made up exactly as an id once was gets that id back: an undone judgement leaves no trace.
3. Of the others, the largest overlap takes the id. Where one splits, a part that a former id describes steps back for those that none
   does, since it came from elsewhere. Equal overlaps go to the id that once held more of the records, then to the older id.
4. What is left takes a former id that nobody bears, if half of that one's records are in it and they are a quarter of it; or if at least
   half of it are records that bore that id last and bore none in the run before. So who was gone comes back under the old name, also
   where not all do.
5. The rest get new ids, made of their first record's, or another one if that is taken.

All of it goes by sets of records: neither their order nor threads matter.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import polars as pl
import pyarrow as pa

from chosach.linking.living.events import EVENTS, Change, Levels, Lists, told
from chosach.linking.living.judgements import Settled
from chosach.linking.living.memory import Memory

__all__ = ["EVENTS", "Carried", "carried"]


@dataclass(frozen=True)
class Carried:
    """`ids`: `label`, `id`. `memory`: for the next run, the rows of this level. `events`: EVENTS."""

    ids: pl.DataFrame
    memory: Memory
    events: pa.Table


@dataclass(frozen=True)
class _Claim:
    """An id that a label may get: they share `shared` records; `former`: the most of the label's records that the id held at any time."""

    label: int
    id: str
    shared: int
    former: int
    back: bool = False


@dataclass
class _Names:
    """Ids as they are given out."""

    born: dict[str, int]
    first: dict[int, str]
    used: set[str]
    given: dict[int, str] = field(default_factory=dict)

    def give(self, claims: Iterable[_Claim]) -> None:
        """To the best claims first."""
        for one in sorted(
            claims, key=lambda one: (one.back, -one.shared, -one.former, self.born.get(one.id, 0), one.id, self.first[one.label])
        ):
            self.give_one(one.label, one.id)

    def give_one(self, label: int, name: str) -> None:
        """Nothing happens where either has its match already."""
        if label not in self.given and name not in self.used:
            self.given[label] = name
            self.used.add(name)


def carried(
    level: Levels,
    before: pl.DataFrame,
    now: pl.DataFrame,
    memory: Memory,
    *,
    fresh: Callable[[str, int], str],
    judged: Settled | None = None,
    undone: Settled | None = None,
    lists: Lists | None = None,
) -> Carried:
    """Ids for the labels of `now`.

    `before`: `record_id`, `id`; `now`: `record_id`, `label` (integers); each record once, nothing null. `memory`: that of the run before.
    `fresh`: a new id, from the id of the first record and the number of the attempt, 0 first. `judged`, `undone`, `lists`: for the
    reasons of events.
    """
    mine = memory.of(level)
    change = _compared(level, before, now)
    names = _named(change, before, now, mine, fresh=fresh)
    new = pl.DataFrame({"label": list(names), "id": list(names.values())}, schema={"label": pl.Int64, "id": pl.String})
    ids = pl.concat([change.kept.select("label", "id"), new])
    return Carried(
        ids,
        _remembered(change, names, before, mine),
        told(change, names, before, now, judged=judged or Settled(), undone=undone, known=set(mine.rows["id"]), lists=lists),
    )


def _compared(level: Levels, before: pl.DataFrame, now: pl.DataFrame) -> Change:
    old = before.group_by("id").agg(pl.len().cast(pl.Int64).alias("before"))
    new = now.group_by(pl.col("label").cast(pl.Int64)).agg(pl.len().cast(pl.Int64).alias("after"), pl.col("record_id").min().alias("first"))
    met = now.join(before, on="record_id").group_by(pl.col("label").cast(pl.Int64), "id").agg(pl.len().cast(pl.Int64).alias("shared"))
    met = met.join(old, on="id").join(new, on="label")
    whole = (pl.col("shared") == pl.col("before")) & (pl.col("shared") == pl.col("after"))
    shared: dict[int, dict[str, int]] = {}
    for label, name, number in met.filter(~whole).select("label", "id", "shared").sort("label", "id").iter_rows():
        shared.setdefault(label, {})[name] = number
    kept = met.filter(whole).select("label", "id", "after")
    new = new.join(kept, on="label", how="anti").sort("first")
    old = old.join(kept, on="id", how="anti")
    return Change(
        level,
        kept,
        shared,
        dict(old.iter_rows()),
        {label: after for label, after, _ in new.iter_rows()},
        {label: first for label, _, first in new.iter_rows()},
    )


def _named(change: Change, before: pl.DataFrame, now: pl.DataFrame, memory: Memory, *, fresh: Callable[[str, int], str]) -> dict[int, str]:
    names = _Names(memory.born(), change.first, set(change.kept["id"]))
    living = names.used | set(change.before)
    described = _described(change, now, memory)
    for label, name, _, had, size in sorted(described, key=lambda one: (-one[2], one[1], one[0])):
        if had == size == change.after[label]:
            names.give_one(label, name)
    former: dict[tuple[int, str], int] = {}
    for label, name, _, had, _ in described:
        former[label, name] = max(had, former.get((label, name), 0))
    returning = {
        _Claim(label, name, had, had)
        for label, name, _, had, size in described
        if name not in living and had * 2 >= size and had * 4 >= change.after[label]
    }
    back = {one.label for one in returning if one.id not in names.used}
    names.give(
        _Claim(label, name, number, former.get((label, name), 0), label in back)
        for label, shared in change.shared.items()
        for name, number in shared.items()
    )
    names.give(returning)
    names.give(
        _Claim(label, name, number, number)
        for label, name, number in _back(change, before, now, memory)
        if name not in living and number * 2 >= change.after[label]
    )
    taken = living | names.used | set(memory.rows["id"])
    for label, first in change.first.items():
        if label not in names.given:
            attempt = 0
            while (name := fresh(first, attempt)) in taken:
                attempt += 1
            names.given[label] = name
            taken.add(name)
    return names.given


def _described(change: Change, now: pl.DataFrame, memory: Memory) -> list[tuple[int, str, int, int, int]]:
    """Former make-ups of ids that meet the labels in question: label, id, run, records that both have, records of the make-up."""
    former = memory.former()
    if not len(former) or not change.first:
        return []
    sizes = former.group_by("id", "run").agg(pl.len().cast(pl.Int64).alias("size"))
    asked = pl.DataFrame({"label": list(change.first)}, schema={"label": pl.Int64})
    records = now.select("record_id", pl.col("label").cast(pl.Int64)).join(asked, on="label", how="semi")
    met = records.join(former, on="record_id").group_by("label", "id", "run").agg(pl.len().cast(pl.Int64).alias("had"))
    return met.join(sizes, on=["id", "run"]).select("label", "id", "run", "had", "size").rows()


def _back(change: Change, before: pl.DataFrame, now: pl.DataFrame, memory: Memory) -> list[tuple[int, str, int]]:
    """Label, id, how many of the label's records bore no id in the run before and bore this one last."""
    former = memory.former()
    if not len(former) or not change.first:
        return []
    asked = pl.DataFrame({"label": list(change.first)}, schema={"label": pl.Int64})
    records = now.select("record_id", pl.col("label").cast(pl.Int64)).join(asked, on="label", how="semi")
    last = (
        records.join(before, on="record_id", how="anti")
        .join(former, on="record_id")
        .filter(pl.col("run") == pl.col("run").max().over("record_id"))
    )
    return last.group_by("label", "id").agg(pl.len().cast(pl.Int64)).rows()


def _remembered(change: Change, names: dict[int, str], before: pl.DataFrame, memory: Memory) -> Memory:
    """Ids that only grew by records new to the list are not worth remembering; how all others were made up is."""
    run = memory.run + 1
    grown = {
        name
        for label, name in names.items()
        if list(change.shared.get(label, ())) == [name] and change.shared[label][name] == change.before[name]
    }
    changed = pl.DataFrame({"id": sorted(set(change.before) - grown)}, schema={"id": pl.String})
    level = pl.lit(change.level).alias("level")
    former = before.join(changed, on="id", how="semi").select(level, "id", pl.lit(run, pl.Int64).alias("run"), "record_id")
    known = set(memory.rows["id"]) | set(change.before)
    young = pl.DataFrame({"id": sorted(set(names.values()) - known)}, schema={"id": pl.String})
    born = young.select(level, "id", pl.lit(run, pl.Int64).alias("run"), pl.lit(None, pl.String).alias("record_id"))
    rows = pl.concat([_without_repeats(memory.rows, former), former, born])
    # an id that is neither borne nor remembered is forgotten
    alive = pl.concat(
        [change.kept["id"], pl.Series("id", list(names.values()), dtype=pl.String), rows.filter(pl.col("record_id").is_not_null())["id"]]
    )
    return Memory(run, rows.filter(pl.col("id").is_in(alive.unique().implode())))


def _without_repeats(rows: pl.DataFrame, former: pl.DataFrame) -> pl.DataFrame:
    """Of make-ups of one id that are the same the newest is enough: to go back and forth between two must not push out the others."""
    seen = rows.filter(pl.col("record_id").is_not_null()).join(former, on="id", how="semi")
    prints = [pl.len().alias("size"), pl.col("record_id").hash().sum().alias("print")]
    now = former.group_by("id").agg(prints)
    again = seen.group_by("id", "run").agg(prints).join(now, on=["id", "size", "print"], how="semi")
    return rows.join(again, on=["id", "run"], how="anti") if len(again) else rows
