"""What happened to traders and rings between two runs, each in a sentence."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from chosach.linking.living.judgements import Judgement, Settled

_TEXT = pa.string()
Levels = Literal["trader", "ring"]

#: `level`: trader or ring. `event`: `kept`, `grown` and `shrunk` (the same id, records more or less), `merged` (several old ids, one new),
#: `split` (one old id, several new), `born`, `gone`, `returned` (an id of earlier runs that the run before did not have). `before`,
#: `after`: records under the first old and the first new id, 0 where there is none.
EVENTS: pa.Schema = pa.schema(
    [
        pa.field("level", _TEXT, nullable=False),
        pa.field("event", _TEXT, nullable=False),
        pa.field("old", pa.list_(_TEXT), nullable=False),
        pa.field("new", pa.list_(_TEXT), nullable=False),
        pa.field("before", pa.int64(), nullable=False),
        pa.field("after", pa.int64(), nullable=False),
        pa.field("sentence", _TEXT, nullable=False),
    ]
)
_WORD: dict[str, str] = {"trader": "Thương nhân", "ring": "Đường dây"}
_VERDICTS: dict[str, tuple[str, str]] = {
    "trader": ("cùng một thương nhân", "hai thương nhân khác nhau"),
    "ring": ("cùng một đường dây", "không có mối liên hệ"),
}
#: Ids that a sentence names before it only counts.
_NAMED = 5


@dataclass(frozen=True)
class Change:
    """Two runs beside each other. `kept`: `label`, `id`, `after` of those made up as before; all else leaves these out.

    `shared`: label → old id → records that both have; `before`: old id → records; `after`: label → records; `first`: label → first record.
    """

    level: Levels
    kept: pl.DataFrame
    shared: dict[int, dict[str, int]]
    before: dict[str, int]
    after: dict[int, int]
    first: dict[int, str]


@dataclass(frozen=True)
class _Seen:
    """What reasons are made of. `came`: label → (records new to the list, the first of them); `left`: old id → (records gone, the first).

    `joined`, `parted`: judgements in force; `was`, `place`: old id and label of the records they are about.
    `known`: ids of runs before the last one.
    """

    came: dict[int, tuple[int, str]]
    left: dict[str, tuple[int, str]]
    joined: tuple[Judgement, ...]
    parted: tuple[Judgement, ...]
    was: dict[str, str]
    place: dict[str, int]
    known: frozenset[str]


def told(
    change: Change, names: dict[int, str], before: pl.DataFrame, now: pl.DataFrame, *, judged: Settled, known: Collection[str] = ()
) -> pa.Table:
    """EVENTS, by event and ids, those that were kept last. `names`: label → new id of all that were not kept. `known`: ids of runs before
    the last one."""
    seen = _seen(change, before, now, judged, known)
    living = set(change.kept["id"]) | set(names.values())
    rows = [row for label, name in names.items() for row in _of_new(change, seen, label, name, living)]
    places: dict[str, list[int]] = defaultdict(list)
    for label, sources in change.shared.items():
        for name in sources:
            places[name].append(label)
    rows += [row for name in change.before for row in _of_old(change, seen, name, places.get(name, []), names)]
    rows.sort(key=lambda row: (row["event"], row["old"], row["new"]))
    word = _WORD[change.level]
    kept = change.kept.sort("id")
    numbers = kept["after"].cast(pl.String)
    same = {
        "level": [change.level] * len(kept),
        "event": ["kept"] * len(kept),
        "old": kept.select(pl.concat_list("id"))["id"],
        "new": kept.select(pl.concat_list("id"))["id"],
        "before": kept["after"],
        "after": kept["after"],
        "sentence": word + " " + kept["id"] + " giữ nguyên " + numbers + " hồ sơ.",
    }
    return pa.concat_tables([pa.Table.from_pylist(rows, schema=EVENTS), pl.DataFrame(same).to_arrow().cast(EVENTS)])


def changed_first(events: pa.Table) -> pa.Table:
    """EVENTS of several levels: what changed, in its order, before all that stayed as it was."""
    kept = pc.equal(events["event"], "kept")
    return pa.concat_tables([events.filter(pc.invert(kept)), events.filter(kept)])


def _seen(change: Change, before: pl.DataFrame, now: pl.DataFrame, judged: Settled, known: Collection[str]) -> _Seen:
    first = [pl.len(), pl.col("record_id").min().alias("first")]
    came = now.join(before, on="record_id", how="anti").group_by("label").agg(first)
    left = before.join(now, on="record_id", how="anti").group_by("id").agg(first)
    trader = change.level == "trader"
    joined = judged.same if trader else tuple(one for one in judged.ties if one.verdict == "join")
    parted = judged.different if trader else tuple(one for one in judged.ties if one.verdict == "cut")
    records = list({record for one in (*joined, *parted) for record in (one.left, one.right)})
    asked = pl.DataFrame({"record_id": records}, schema={"record_id": pl.String})
    return _Seen(
        {label: (number, record) for label, number, record in came.iter_rows()},
        {name: (number, record) for name, number, record in left.iter_rows()},
        joined,
        parted,
        dict(before.join(asked, on="record_id", how="semi").select("record_id", "id").iter_rows()),
        dict(now.join(asked, on="record_id", how="semi").select("record_id", "label").iter_rows()),
        frozenset(known),
    )


_Row = dict[str, object]


def _row(event: tuple[str, str], ids: tuple[list[str], list[str]], records: tuple[int, int], sentence: str) -> _Row:
    """A row of EVENTS. `event`: level and event; `ids`: old and new ones; `records`: before and after."""
    return dict(zip(EVENTS.names, (*event, *ids, *records, sentence), strict=True))


def _of_new(change: Change, seen: _Seen, label: int, name: str, living: set[str]) -> list[_Row]:
    """What can be said of one that is there now."""
    word, sources, after = _WORD[change.level], change.shared.get(label, {}), change.after[label]
    was = change.before.get(name, 0)
    swallowed = [old for old in sources if old != name and old not in living]
    if swallowed:
        old = [name, *swallowed] if name in sources else swallowed
        sentence = f"{word} {name} nay gồm cả hồ sơ của {_listed(swallowed)} ({after} hồ sơ): {_why_merged(change, seen, label, old)}."
        return [_row((change.level, "merged"), (old, [name]), (change.before[old[0]], after), sentence)]
    if name not in change.before:
        if sources:
            return []  # the split tells of it
        if name in seen.known:
            sentence = f"{word} {name} có lại sau khi vắng mặt ở lần trước, nay gồm {after} hồ sơ."
            return [_row((change.level, "returned"), ([], [name]), (0, after), sentence)]
        sentence = f"{word} {name} mới có, gồm {after} hồ sơ không có trong danh sách trước."
        return [_row((change.level, "born"), ([], [name]), (0, after), sentence)]
    rows = []
    came, others = seen.came.get(label, (0, "")), [old for old in sources if old != name]
    gains = [f"{came[0]} hồ sơ mới ({came[1]}{'…' if came[0] > 1 else ''})"] if came[0] else []
    gains += [f"{sources[old]} hồ sơ từ {old}" for old in others[:_NAMED]]
    if gains:
        why = f": {_why_merged(change, seen, label, [name, *others])}" if others else ""
        sentence = f"{word} {name} có thêm {', '.join(gains)}; nay có {after} hồ sơ{why}."
        rows.append(_row((change.level, "grown"), ([name], [name]), (was, after), sentence))
    gone = seen.left.get(name, (0, ""))
    if gone[0]:
        sentence = (
            f"{word} {name} bớt {gone[0]} hồ sơ không còn trong danh sách ({gone[1]}{'…' if gone[0] > 1 else ''}); nay có {after} hồ sơ."
        )
        rows.append(_row((change.level, "shrunk"), ([name], [name]), (was, after), sentence))
    return rows


def _of_old(change: Change, seen: _Seen, name: str, labels: list[int], names: dict[int, str]) -> list[_Row]:
    """What can be said of one that was there before."""
    word, was = _WORD[change.level], change.before[name]
    if not labels:
        return [
            _row((change.level, "gone"), ([name], []), (was, 0), f"{word} {name} không còn hồ sơ nào trong danh sách (trước có {was}).")
        ]
    if len(labels) == 1:
        return []
    order = sorted(labels, key=lambda label: (names[label] != name, -change.shared[label][name], names[label]))
    new = [names[label] for label in order]
    stays = change.after[order[0]]
    parts = ", ".join(f"{names[label]} ({change.shared[label][name]} hồ sơ)" for label in order[:_NAMED])
    sentence = f"{word} {name} tách thành {len(new)} phần: {parts}{'…' if len(new) > _NAMED else ''}; {_why_split(change, seen, name)}."
    return [_row((change.level, "split"), ([name], new), (was, stays), sentence)]


def _why_merged(change: Change, seen: _Seen, label: int, old: list[str]) -> str:
    for one in seen.joined:
        ends = seen.was.get(one.left), seen.was.get(one.right)
        if ends[0] != ends[1] and all(end in old for end in ends) and seen.place.get(one.left) == seen.place.get(one.right) == label:
            return f"có kết luận “{_VERDICTS[change.level][0]}” về hồ sơ {one.left} và {one.right}"
    number, record = seen.came.get(label, (0, ""))
    if number:
        return f"hồ sơ mới {record} nối các bên" if number == 1 else f"{number} hồ sơ mới ({record}…) nối các bên"
    return "chứng cứ nay đủ để coi là một, hoặc kết luận tách hai bên đã được rút"


def _why_split(change: Change, seen: _Seen, name: str) -> str:
    for one in seen.parted:
        both = seen.was.get(one.left) == seen.was.get(one.right) == name
        if both and seen.place.get(one.left, -1) != seen.place.get(one.right, -1):
            return f"có kết luận “{_VERDICTS[change.level][1]}” về hồ sơ {one.left} và {one.right}"
    number, record = seen.left.get(name, (0, ""))
    if number:
        return f"hồ sơ {record} không còn trong danh sách" if number == 1 else f"{number} hồ sơ ({record}…) không còn trong danh sách"
    return "chứng cứ nay không đủ để giữ chung, hoặc kết luận nối hai bên đã được rút"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" và {len(names) - _NAMED} mã nữa" if len(names) > _NAMED else "")
