"""What happened to traders and rings between two runs, each in a sentence."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from chosach.linking.living.judgements import CUT, JOIN, SAID, Judgement, Settled

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


#: How many records, and the first of them.
_Some = tuple[int, str]


@dataclass(frozen=True)
class _Said:
    """Judgements by what they do at a level: `joined`, `parted`; `others`: what a ring's traders are, which makes and ends rings too."""

    joined: tuple[Judgement, ...] = ()
    parted: tuple[Judgement, ...] = ()
    others: tuple[Judgement, ...] = ()

    @staticmethod
    def of(level: Levels, judged: Settled) -> "_Said":
        if level == "trader":
            return _Said(judged.same, judged.different)
        joined, parted = (tuple(one for one in judged.ties if one.verdict == verdict) for verdict in (JOIN, CUT))
        return _Said(joined, parted, (*judged.same, *judged.different))


@dataclass(frozen=True)
class _Seen:
    """What reasons are made of. `came`: label → records new to the list; `left`: old id → records gone from it; `entered`, `outside`: the
    same for records that are in the list both times and belonged, or belong, to none.

    `judged`: judgements in force; `undone`: those taken back since the run before, None where nobody knows; `was`, `place`: old id and
    label of the records that both are about. `known`: ids of runs before the last one.
    """

    came: dict[int, _Some]
    left: dict[str, _Some]
    entered: dict[int, _Some]
    outside: dict[str, _Some]
    judged: _Said
    undone: _Said | None
    was: dict[str, str]
    place: dict[str, int]
    known: frozenset[str]


@dataclass(frozen=True)
class Lists:
    """`record_id` of all records of the run before and of this one, for a level to which not all belong."""

    before: pl.DataFrame
    now: pl.DataFrame


def told(
    change: Change,
    names: dict[int, str],
    before: pl.DataFrame,
    now: pl.DataFrame,
    *,
    judged: Settled,
    undone: Settled | None = None,
    known: Collection[str] = (),
    lists: Lists | None = None,
) -> pa.Table:
    """EVENTS, by event and ids, those that were kept last. `names`: label → new id of all that were not kept. `known`: ids of runs before
    the last one. `judged`: what holds, `undone`: what held in the run before and was taken back (None: nobody knows); for rings their
    `same` and `different` are those that hold, or no longer hold, since this run. `lists`: for rings."""
    level = Lists(before, now)
    said = _Said.of(change.level, judged), None if undone is None else _Said.of(change.level, undone)
    seen = _seen(change, level, said, known, lists or level)
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


def _seen(change: Change, level: Lists, said: tuple[_Said, _Said | None], known: Collection[str], lists: Lists) -> _Seen:
    before, now = level.before, level.now
    more, less = now.join(before, on="record_id", how="anti"), before.join(now, on="record_id", how="anti")
    judgements = [one for some in said if some for one in (*some.joined, *some.parted, *some.others)]
    records = list({record for one in judgements for record in (one.left, one.right)})
    asked = pl.DataFrame({"record_id": records}, schema={"record_id": pl.String})
    return _Seen(
        _some(more.join(lists.before, on="record_id", how="anti"), "label"),
        _some(less.join(lists.now, on="record_id", how="anti"), "id"),
        _some(more.join(lists.before, on="record_id", how="semi"), "label"),
        _some(less.join(lists.now, on="record_id", how="semi"), "id"),
        *said,
        dict(before.join(asked, on="record_id", how="semi").select("record_id", "id").iter_rows()),
        dict(now.join(asked, on="record_id", how="semi").select("record_id", "label").iter_rows()),
        frozenset(known),
    )


def _some(records: pl.DataFrame, by: str) -> dict[Any, _Some]:
    groups = records.group_by(by).agg(pl.len(), pl.col("record_id").min().alias("first"))
    return {key: (number, record) for key, number, record in groups.iter_rows()}


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
        why = f": {_why_in(seen, label)}" if label in seen.entered else ""
        if name in seen.known:
            sentence = f"{word} {name} có lại sau khi vắng mặt ở lần trước, nay gồm {after} hồ sơ{why}."
            return [_row((change.level, "returned"), ([], [name]), (0, after), sentence)]
        made = f"gồm {after} hồ sơ không có trong danh sách trước"
        if label in seen.entered:
            new = f", trong đó {_counted(seen.came[label])} mới có trong danh sách" if label in seen.came else ""
            made = f"gồm {after} hồ sơ{new or ' đã có trong danh sách trước'}"
        return [_row((change.level, "born"), ([], [name]), (0, after), f"{word} {name} mới có, {made}{why}.")]
    rows = []
    others = [old for old in sources if old != name]
    gains = [_counted(seen.came[label], "hồ sơ mới")] if label in seen.came else []
    gains += [f"{_counted(seen.entered[label])} trước đứng ngoài các đường dây"] if label in seen.entered else []
    gains += [f"{sources[old]} hồ sơ từ {old}" for old in others[:_NAMED]]
    if gains:
        why = f": {_why_merged(change, seen, label, [name, *others])}" if others else ""
        why = why or (f": {_why_in(seen, label)}" if label in seen.entered else "")
        sentence = f"{word} {name} có thêm {', '.join(gains)}; nay có {after} hồ sơ{why}."
        rows.append(_row((change.level, "grown"), ([name], [name]), (was, after), sentence))
    losses = _losses(seen, name)
    if losses:
        why = f": {_why_out(seen, name)}" if name in seen.outside else ""
        sentence = f"{word} {name} bớt {losses}; nay có {after} hồ sơ{why}."
        rows.append(_row((change.level, "shrunk"), ([name], [name]), (was, after), sentence))
    return rows


def _of_old(change: Change, seen: _Seen, name: str, labels: list[int], names: dict[int, str]) -> list[_Row]:
    """What can be said of one that was there before."""
    word, was = _WORD[change.level], change.before[name]
    if not labels:
        sentence = f"{word} {name} không còn hồ sơ nào trong danh sách (trước có {was})."
        if name in seen.outside:
            gone = f"; {_counted(seen.left[name])} không còn trong danh sách" if name in seen.left else ""
            here = f"{_counted(seen.outside[name])} vẫn trong danh sách nhưng nay không thuộc đường dây nào"
            sentence = f"{word} {name} không còn (trước có {was} hồ sơ): {here}{gone}; {_why_out(seen, name)}."
        return [_row((change.level, "gone"), ([name], []), (was, 0), sentence)]
    if len(labels) == 1:
        return []
    order = sorted(labels, key=lambda label: (names[label] != name, -change.shared[label][name], names[label]))
    new = [names[label] for label in order]
    stays = change.after[order[0]]
    parts = ", ".join(f"{names[label]} ({change.shared[label][name]} hồ sơ)" for label in order[:_NAMED])
    sentence = f"{word} {name} tách thành {len(new)} phần: {parts}{'…' if len(new) > _NAMED else ''}; {_why_split(change, seen, name)}."
    return [_row((change.level, "split"), ([name], new), (was, stays), sentence)]


def _losses(seen: _Seen, name: str) -> str:
    gone = [f"{_counted(seen.left[name])} không còn trong danh sách"] if name in seen.left else []
    out = [f"{_counted(seen.outside[name])} vẫn trong danh sách nhưng nay đứng ngoài các đường dây"] if name in seen.outside else []
    return ", ".join([*gone, *out])


def _counted(some: _Some, what: str = "hồ sơ") -> str:
    number, record = some
    return f"{number} {what} ({record}{'…' if number > 1 else ''})"


def _why_merged(change: Change, seen: _Seen, label: int, old: list[str]) -> str:
    causes = [one for one in seen.judged.joined if _joined_in(seen, one, label) and all(end in old for end in _in(seen.was, one))]
    if causes:
        return f"có kết luận {_said(causes[0])}"
    if change.level == "ring":
        return _why_in(seen, label)
    if seen.undone:
        # who was held apart, and who goes where the evidence says since nothing holds it elsewhere
        causes = [one for one in seen.undone.parted if _joined_in(seen, one, label) and any(end in old for end in _in(seen.was, one))]
        causes += [one for one in seen.undone.joined if label in _in(seen.place, one) and _left(seen, one, old)]
        if causes:
            return _taken_back(causes)
    number, record = seen.came.get(label, (0, ""))
    if number:
        return f"hồ sơ mới {record} nối các bên" if number == 1 else f"{number} hồ sơ mới ({record}…) nối các bên"
    return "chứng cứ nay đủ để coi là một" + _perhaps(seen, "kết luận tách hai bên")


def _why_split(change: Change, seen: _Seen, name: str) -> str:
    if change.level == "ring":
        return _why_out(seen, name)
    causes = [one for one in seen.judged.parted if _parted_in(seen, one, name)]
    if causes:
        return f"có kết luận {_said(causes[0])}"
    if seen.undone:
        causes = [one for one in seen.undone.joined if _parted_in(seen, one, name)]
        causes += [one for one in seen.undone.parted if name in _in(seen.was, one) and _joined_in(seen, one, seen.place.get(one.left))]
        if causes:
            return _taken_back(causes)
    number, record = seen.left.get(name, (0, ""))
    if number:
        return f"hồ sơ {record} không còn trong danh sách" if number == 1 else f"{number} hồ sơ ({record}…) không còn trong danh sách"
    return "chứng cứ nay không đủ để giữ chung" + _perhaps(seen, "kết luận nối hai bên")


def _why_in(seen: _Seen, label: int) -> str:
    """Why records are in a ring that were in none, or in another."""
    causes = [one for one in seen.judged.joined if _joined_in(seen, one, label)]
    causes += [one for one in seen.judged.others if label in _in(seen.place, one)]
    if causes:
        return _judged(causes)
    if seen.undone:
        causes = [one for one in seen.undone.parted if _joined_in(seen, one, label)]
        causes += [one for one in seen.undone.others if label in _in(seen.place, one)]
        if causes:
            return _taken_back(causes)
    if label in seen.came:
        return f"có hồ sơ mới trong danh sách ({seen.came[label][1]}{'…' if seen.came[label][0] > 1 else ''})"
    return "liên hệ nay đủ để coi là một đường dây" + _perhaps(seen, "kết luận cắt liên hệ")


def _why_out(seen: _Seen, name: str) -> str:
    """Why records are no longer in a ring, or in several."""
    causes = [one for one in seen.judged.parted if _parted_in(seen, one, name)]
    causes += [one for one in seen.judged.others if name in _in(seen.was, one)]
    if causes:
        return _judged(causes)
    if seen.undone:
        causes = [one for one in seen.undone.joined if _parted_in(seen, one, name)]
        causes += [one for one in seen.undone.others if name in _in(seen.was, one)]
        if causes:
            return _taken_back(causes)
    if name in seen.left:
        return f"có hồ sơ không còn trong danh sách ({seen.left[name][1]}{'…' if seen.left[name][0] > 1 else ''})"
    return "liên hệ nay không đủ để coi là một đường dây" + _perhaps(seen, "kết luận nối các bên")


def _perhaps(seen: _Seen, judgement: str) -> str:
    """What may be the reason where nobody knows which judgements held in the run before."""
    return f", hoặc {judgement} đã được rút" if seen.undone is None else ""


def _in(places: dict[str, Any], one: Judgement) -> tuple[Any, Any]:
    return places.get(one.left), places.get(one.right)


def _apart(ends: tuple[Any, Any]) -> bool:
    """Not in one: none is no place that two share."""
    return ends[0] != ends[1] or ends[0] is None


def _parted_in(seen: _Seen, one: Judgement, name: str) -> bool:
    return _in(seen.was, one) == (name, name) and _apart(_in(seen.place, one))


def _joined_in(seen: _Seen, one: Judgement, label: int | None) -> bool:
    return label is not None and _in(seen.place, one) == (label, label) and _apart(_in(seen.was, one))


def _left(seen: _Seen, one: Judgement, old: list[str]) -> bool:
    """Both records were under one of these ids, and are under two now."""
    return any(_parted_in(seen, one, name) for name in old)


def _taken_back(causes: list[Judgement]) -> str:
    more = f" và {len(causes) - 1} kết luận khác" if len(causes) > 1 else ""
    return f"kết luận {_said(causes[0])}{more} đã được rút"


def _judged(causes: list[Judgement]) -> str:
    more = f" và {len(causes) - 1} kết luận khác" if len(causes) > 1 else ""
    return f"có kết luận {_said(causes[0])}{more}"


def _said(one: Judgement) -> str:
    return f"“{SAID[one.verdict]}” về hồ sơ {one.left} và {one.right}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" và {len(names) - _NAMED} mã nữa" if len(names) > _NAMED else "")
