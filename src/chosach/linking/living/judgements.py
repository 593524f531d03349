"""What people said of two records, made free of contradictions.

A judgement is on two records, never on traders, for a record keeps its id for ever. `same`: one trader; `different`: two traders, however
many other records lie between; `cut`: what ties the two traders is not to make them a ring; `join`: the two traders are in one ring.

Judgements reach further than their pair: a = b and b = c say a = c, also where b is no longer in the list. So some cannot hold together.
They are taken from the newest to the oldest, and one that contradicts what was taken before is set aside and reported. Of two that
are equally new (or have no time) the one that parts is taken first: to part two wrongly is a smaller harm than to hold one trader
for another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

_TEXT = pa.string()
SAME, DIFFERENT, CUT, JOIN = "same", "different", "cut", "join"
#: In the order in which equally new ones are taken.
VERDICTS: tuple[str, ...] = (DIFFERENT, SAME, CUT, JOIN)

#: Column that says on which line of a file each judgement stands, for messages; without it rows are counted.
LINE = "line"
#: `verdict`: of VERDICTS. `decided` (may be left out, may be null): when; any type that can be put in order. LINE may be there. Others
#: are ignored.
JUDGEMENTS: pa.Schema = pa.schema(
    [
        pa.field("record_id_l", _TEXT, nullable=False),
        pa.field("record_id_r", _TEXT, nullable=False),
        pa.field("verdict", _TEXT, nullable=False),
    ]
)

#: Judgements without effect. `code`: `judgement.overruled` (contradicts a newer one), `judgement.itself` (a record is not different from
#: itself), `judgement.unknown` (a record is not in the list; the judgement holds again when it is).
OVERRULED: pa.Schema = pa.schema([*JUDGEMENTS, pa.field("code", _TEXT, nullable=False), pa.field("sentence", _TEXT, nullable=False)])

#: The verdicts in words for people.
SAID = {SAME: "cùng một thương nhân", DIFFERENT: "hai thương nhân khác nhau", CUT: "không có mối liên hệ", JOIN: "cùng một đường dây"}


_COLUMNS = "record_id_l (mã hồ sơ 1), record_id_r (mã hồ sơ 2), verdict (kết luận)"
_KNOWN = ", ".join(f"{verdict} ({SAID[verdict]})" for verdict in VERDICTS)


class Unusable(ValueError):
    """A table that can't be read as judgements or as earlier traders. `code`: for programs; `message`: Vietnamese, where and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Judgement:
    """`left` < `right`: record ids."""

    left: str
    right: str
    verdict: str


class _Trees:
    """Records that judgements hold together, as trees; and which trees are held apart, with the judgement that says so."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}
        self._apart: dict[str, dict[str, Judgement]] = {}
        self._size: dict[str, int] = {}

    def root(self, record: str) -> str:
        while (up := self._up.get(record, record)) != record:
            self._up[record] = self._up.get(up, up)
            record = up
        return record

    def against(self, a: str, b: str) -> Judgement | None:
        """The judgement that holds the two apart."""
        return self._apart.get(self.root(a), {}).get(self.root(b))

    def part(self, one: Judgement) -> None:
        a, b = self.root(one.left), self.root(one.right)
        self._apart.setdefault(a, {}).setdefault(b, one)
        self._apart.setdefault(b, {}).setdefault(a, one)

    def join(self, a: str, b: str) -> None:
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if (self._size.get(a, 1) + len(self._apart.get(a, ()))) < (self._size.get(b, 1) + len(self._apart.get(b, ()))):
            a, b = b, a
        self._up[b] = a
        self._size[a] = self._size.get(a, 1) + self._size.pop(b, 1)
        for other, judgement in self._apart.pop(b, {}).items():
            del self._apart[other][b]
            self._apart[other].setdefault(a, judgement)
            self._apart.setdefault(a, {}).setdefault(other, judgement)


@dataclass(frozen=True)
class Settled:
    """Judgements that hold together: `same`, `different`, and in `ties` the cuts and joins; each newest first.

    `overruled`: those set aside, as rows of OVERRULED.
    """

    same: tuple[Judgement, ...] = ()
    different: tuple[Judgement, ...] = ()
    ties: tuple[Judgement, ...] = ()
    overruled: tuple[dict[str, str], ...] = ()
    _trees: _Trees = field(default_factory=_Trees)

    def of(self, ids: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Pairs of places in `ids` that are one trader, and that are two. What absent records lay between is told of the present ones."""
        judged = {record for one in (*self.same, *self.different) for record in (one.left, one.right)}
        first: dict[str, int] = {}
        same = []
        for place, record in enumerate(ids):
            if record in judged:
                root = self._trees.root(record)
                if root in first:
                    same.append((first[root], place))
                else:
                    first[root] = place
        roots = [(self._trees.root(one.left), self._trees.root(one.right)) for one in self.different]
        pairs = {(first[a], first[b]) if first[a] < first[b] else (first[b], first[a]) for a, b in roots if a in first and b in first}
        return same, sorted(pairs)

    def without_effect(self, ids: Sequence[str]) -> pa.Table:
        """OVERRULED: those set aside, and those of records that are not in the list, by both ids."""
        judged = {record for one in (*self.same, *self.different, *self.ties) for record in (one.left, one.right)}
        here = judged.intersection(ids)
        absent = [
            _absent(one, missing)
            for one in (*self.same, *self.different, *self.ties)
            if (missing := [record for record in (one.left, one.right) if record not in here])
        ]
        rows = sorted((*self.overruled, *absent), key=lambda row: (row["record_id_l"], row["record_id_r"], row["verdict"], row["code"]))
        return pa.Table.from_pylist(rows, schema=OVERRULED)


def settled(table: pa.Table) -> Settled:
    """The judgements of a table (JUDGEMENTS) that hold together; the order of its rows is nothing. Raises `Unusable`."""
    trees = _Trees()
    same: list[Judgement] = []
    different: list[Judgement] = []
    ties: dict[tuple[str, str], Judgement] = {}
    overruled: list[dict[str, str]] = []
    for one in _read(table):
        if one.left == one.right:
            if one.verdict == DIFFERENT:
                overruled.append(_row(one, "judgement.itself", f"Một hồ sơ không thể khác chính nó: {one.left}."))
            continue
        if one.verdict in (CUT, JOIN):
            newer = ties.setdefault((one.left, one.right), one)
            if newer.verdict != one.verdict:
                overruled.append(_overruled(one, newer))
        elif one.verdict == SAME:
            against = trees.against(one.left, one.right)
            if against is not None:
                overruled.append(_overruled(one, against))
                continue
            trees.join(one.left, one.right)
            same.append(one)
        elif trees.root(one.left) == trees.root(one.right):
            overruled.append(_overruled(one, None))
        else:
            trees.part(one)
            different.append(one)
    return Settled(tuple(same), tuple(different), tuple(ties.values()), tuple(overruled), trees)


def _read(table: pa.Table) -> list[Judgement]:
    """Newest first, each once; `left` < `right`."""
    for name in JUDGEMENTS.names:
        if name not in table.column_names:
            raise Unusable("judgement.column_missing", f"Bảng kết luận thiếu cột “{name}”. Cần các cột: {_COLUMNS}.")
    left, right, verdicts = (table[name].cast(_TEXT).to_pylist() for name in JUDGEMENTS.names)
    times = table["decided"].to_pylist() if "decided" in table.column_names else [None] * table.num_rows
    lines = table[LINE].to_pylist() if LINE in table.column_names else range(1, table.num_rows + 1)
    found: dict[Judgement, Any] = {}
    for place, a, b, verdict, time in zip(lines, left, right, verdicts, times, strict=True):
        if not a or not b:
            raise Unusable("judgement.id_empty", f"Kết luận ở dòng {place} thiếu mã hồ sơ.")
        if verdict not in VERDICTS:
            raise Unusable("judgement.verdict", f"Kết luận ở dòng {place} là “{verdict or ''}”. Chỉ nhận: {_KNOWN}.")
        one = Judgement(min(a, b), max(a, b), verdict)
        if one not in found or _later(time, found[one]):
            found[one] = time
    order = sorted(found, key=lambda one: (VERDICTS.index(one.verdict), one.left, one.right))
    timed = sorted((one for one in order if found[one] is not None), key=lambda one: found[one], reverse=True)
    # a sort that is turned round keeps equals in their order: the one that parts stays first
    return [*timed, *(one for one in order if found[one] is None)]


def _later(time: Any, than: Any) -> bool:
    return time is not None and (than is None or time > than)


def _overruled(one: Judgement, by: Judgement | None) -> dict[str, str]:
    reason = (
        "các kết luận mới hơn nối hai hồ sơ này thành một thương nhân"
        if by is None
        else f"trái với kết luận mới hơn “{SAID[by.verdict]}” về {by.left} và {by.right}"
    )
    return _row(one, "judgement.overruled", f"Kết luận “{SAID[one.verdict]}” về {one.left} và {one.right} không được áp dụng: {reason}.")


def _absent(one: Judgement, missing: list[str]) -> dict[str, str]:
    said = f"Kết luận “{SAID[one.verdict]}” về {one.left} và {one.right} chưa được áp dụng"
    return _row(one, "judgement.unknown", f"{said}: hồ sơ {' và '.join(missing)} không có trong danh sách lần này. Kết luận được giữ lại.")


def _row(one: Judgement, code: str, sentence: str) -> dict[str, str]:
    return {"record_id_l": one.left, "record_id_r": one.right, "verdict": one.verdict, "code": code, "sentence": sentence}
