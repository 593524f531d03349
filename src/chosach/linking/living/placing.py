"""Reading an index: which trader a record is, weighed against the very pairs that a full run would weigh it against."""

import heapq
import json
import math
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from chosach.linking import blocking, clusters
from chosach.linking.comparisons import BY_FIELD
from chosach.linking.living import one, places, store, weighing
from chosach.linking.living.answers import Candidate, Placed, Sharing
from chosach.linking.living.sql import Row
from chosach.linking.living.ties import Tie, Ties
from chosach.linking.living.weighing import Weighed
from chosach.linking.model import Model
from chosach.linking.rings.output import SENTENCES

#: Pairs that speak more strongly against one trader are forgotten, as in a full run.
_FORGOTTEN = -60.0
#: Traders that are told with their reasons, unless more or fewer are asked for.
TOLD = 5
#: Bits from which a trader that was not chosen is worth a look.
WORTH = -3.0


class Problem(ValueError):
    """What was asked can't be done. `code`: for programs; `message`: Vietnamese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


#: Name, size and ring.
_Trader = tuple[str, int, str | None]


@dataclass(frozen=True)
class _Pair:
    id: int
    record_id: str
    trader: int
    weighed: Weighed
    left: Row
    right: Row
    first: bool


class Placing:
    """An open index, to be asked only (`index.Index` also changes it). A connection belongs to one thread."""

    def __init__(self, path: Path | str) -> None:
        """Raises `NoIndex`."""
        self._con = store.connect(Path(path))
        told = dict(self._con.execute("SELECT key, value FROM meta").fetchall())
        self._model = Model.from_json(told["model"])
        self._orders = {key.name: store.orders_of(key) for key in blocking.KEYS}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._con.close()

    def __len__(self) -> int:
        return int(self._one("SELECT value FROM meta WHERE key = 'total'"))

    def place(self, record: Mapping[str, str | None], most: int = TOLD) -> Placed:
        """Which trader a record is, weighed as if it were in the list. Nothing is changed; reasons tell how many others carry a value.
        `most`: traders that are told. `Problem` where its id is in the list."""
        with store.reading(self._con):
            return self._place(record, self._columns(record), stays=False, most=most)

    def trader_of(self, record_id: str) -> str | None:
        """The trader of a record, None where it is not in the list."""
        told = self._con.execute(
            "SELECT name FROM traders WHERE id = (SELECT trader FROM records WHERE record_id = ?)", (record_id,)
        ).fetchone()
        return None if told is None else str(told[0])

    def records_of(self, trader_id: str) -> list[str]:
        """The records of a trader, in order."""
        rows = self._con.execute(
            "SELECT record_id FROM records WHERE trader = (SELECT id FROM traders WHERE name = ?) ORDER BY record_id", (trader_id,)
        )
        return [row[0] for row in rows]

    def ring_of(self, trader_id: str) -> str | None:
        """The ring of a trader as it is now called."""
        told = self._con.execute("SELECT ring FROM traders WHERE name = ?", (trader_id,)).fetchone()
        return None if told is None or told[0] is None else self._root(told[0])[1]

    def _one(self, statement: str, *values: Any) -> Any:
        told = self._con.execute(statement, values).fetchone()
        return None if told is None else told[0]

    def _columns(self, record: Mapping[str, str | None]) -> Row:
        if not record.get("record_id"):
            raise Problem("record.id_empty", "Hồ sơ thiếu mã.")
        if self._one("SELECT 1 FROM records WHERE record_id = ?", record["record_id"]):
            raise Problem("record.known", f"Hồ sơ {record['record_id']} đã có trong danh sách.")
        return one.columns(record)

    def _place(self, record: Mapping[str, str | None], columns: Row, *, stays: bool, most: int) -> Placed:
        """`stays`: the record goes into the list, so it is counted among those that carry a value."""
        pairs, counts = self._pairs(columns, stays=stays)
        same, barred = self._judged(str(columns["record_id"]))
        by_trader: dict[int, list[_Pair]] = defaultdict(list)
        for pair in pairs:
            by_trader[pair.trader].append(pair)
        traders = self._traders([*by_trader, *same, *barred])
        means = {trader: _mean(found, traders[trader][1]) for trader, found in by_trader.items()}
        best = {trader: max(found, key=lambda pair: (pair.weighed.weight, pair.record_id)) for trader, found in by_trader.items()}
        able = [at for at in by_trader if at not in barred and best[at].weighed.weight >= clusters.JOINS and means[at] > 0]
        chosen = same[0] if same else max(able, key=lambda at: (means[at], traders[at][0]), default=None)
        order = heapq.nlargest(most, by_trader, key=lambda at: (at == chosen, means[at], traders[at][0]))
        told = [self._candidate(record, best[at], traders[at], mean=means[at], barred=at in barred, counts=counts) for at in order]
        first = told[0] if told and chosen == order[0] else None
        worth = [at for at in by_trader if best[at].weighed.weight >= WORTH]
        ties, public = Ties(self._con, record, columns, chosen).found()
        return Placed(
            trader_id=None if chosen is None else traders[chosen][0],
            ring_id=None if chosen is None else traders[chosen][2],
            probability=1.0 if same else first.probability if first else 0.0,
            reasons=first.reasons if first else [],
            candidates=told,
            judged=bool(same),
            weights={pair.record_id: pair.weighed.weight for pair in pairs},
            more=len(set(worth) - set(order)),
            sharing=self._tied(ties[:most]),
            more_sharing=None if public and not ties else max(0, len(ties) - most),
            public=public,
        )

    def _tied(self, ties: list[Tie]) -> list[Sharing]:
        traders = self._traders([tie.trader for tie in ties])
        told = []
        for tie in ties:
            name, _, ring = traders[tie.trader]
            raw = json.loads(self._one("SELECT raw FROM records WHERE record_id = ?", tie.record_id))
            text = str(raw.get(tie.written) or "")
            said = SENTENCES[f"{'near_' if tie.near else ''}{'ships' if tie.lives else 'warehouse'}"].format(v=text, n=tie.shared_by)
            told.append(Sharing(name, ring, tie.record_id, "warehouse", text, tie.shared_by, said, *places.names(self._con, name, raw)))
        return told

    def _pairs(self, columns: Row, *, stays: bool) -> tuple[list[_Pair], "_Counts"]:
        """The pairs that a full run would weigh."""
        ids = sorted(self._candidates(columns))
        kept = ", ".join(store.KEPT)
        rows = [
            row
            for some in _parts(ids)
            for row in self._con.execute(f"SELECT id, record_id, trader, {kept} FROM records WHERE id IN ({some})")  # noqa: S608
        ]
        mine = {end: weighing.side(columns, end) for end in ("l", "r")}
        compared = []
        counts = _Counts(self._con, columns, len(self) + 1, stays=stays)
        for at, record_id, trader, *values in rows:
            other = store.unstored(values)
            first = columns["record_id"] < record_id
            left, right = (mine["l"], weighing.side(other, "r")) if first else (weighing.side(other, "l"), mine["r"])
            levels = weighing.levels(left, right)
            for name in weighing.asked(levels):
                counts.ask(name, left[f"{name}_l"], right[f"{name}_r"])
            compared.append((at, record_id, trader, levels, left, right, first))
        counts.read()
        weighed = [
            _Pair(at, record_id, trader, weighing.weigh(self._model, levels, left, right, counts.rarity), left, right, first)
            for at, record_id, trader, levels, left, right, first in compared
        ]
        return [pair for pair in weighed if pair.weighed.weight >= _FORGOTTEN], counts

    def _candidates(self, columns: Row) -> set[int]:
        found: set[int] = set()
        for key, k in store.keys_of(columns):
            ids = [row[0] for row in self._con.execute("SELECT id FROM keys WHERE k = ? LIMIT ?", (k, key.most + 1))]
            if len(ids) < key.most:  # the record itself is one more
                found.update(ids)
                continue
            for at, order in self._orders[key.name]:
                if columns[order[0]] is None:
                    continue
                place = store.sorted_by(order, columns)
                found.update(self._beside(k, at, place) if len(ids) > key.most else self._beside_few(ids, order, place))
        return found

    def _beside(self, k: int, at: int, place: str) -> list[int]:
        """Neighbours among the records of a hot key."""
        return [
            found
            for statement in (
                "SELECT id, sorted FROM ordered WHERE k = ? AND o = ? AND sorted > ? ORDER BY sorted LIMIT ?",
                "SELECT id, sorted FROM ordered WHERE k = ? AND o = ? AND sorted < ? ORDER BY sorted DESC LIMIT ?",
            )
            for found, text in self._con.execute(statement, (k, at, place, blocking.NEIGHBOURS))
            if store.begin(text) == store.begin(place)
        ]

    def _beside_few(self, ids: list[int], order: tuple[str, ...], place: str) -> list[int]:
        """The same for a key that this record makes hot."""
        texts = sorted((store.sorted_by(order, row), at) for at, row in self._rows(ids) if row[order[0]] is not None)
        middle = bisect_left(texts, (place, -1))
        beside = texts[max(0, middle - blocking.NEIGHBOURS) : middle + blocking.NEIGHBOURS]
        return [at for text, at in beside if store.begin(text) == store.begin(place)]

    def _rows(self, ids: Iterable[int]) -> list[tuple[int, Row]]:
        found = []
        for some in _parts(list(ids)):
            for at, record_id, *values in self._con.execute(
                f"SELECT id, record_id, {', '.join(store.KEPT)} FROM records WHERE id IN ({some})"  # noqa: S608
            ):
                found.append((at, {**store.unstored(values), "record_id": record_id}))
        return found

    def _judged(self, record_id: str) -> tuple[list[int], set[int]]:
        """Traders that a person said the record is, and is not."""
        rows = self._con.execute(
            "SELECT verdict, trader FROM (SELECT verdict, record_id_r AS other FROM judged WHERE record_id_l = ?1 UNION ALL "
            "SELECT verdict, record_id_l FROM judged WHERE record_id_r = ?1) JOIN records ON record_id = other ORDER BY other",
            (record_id,),
        ).fetchall()
        barred = {trader for verdict, trader in rows if verdict == "different"}
        return [trader for verdict, trader in rows if verdict == "same" and trader not in barred], barred

    def _traders(self, ids: list[int]) -> dict[int, _Trader]:
        """Name, size and ring."""
        found = {}
        for some in _parts(sorted(set(ids))):
            for at, name, size, ring in self._con.execute(f"SELECT id, name, size, ring FROM traders WHERE id IN ({some})").fetchall():  # noqa: S608
                found[at] = (name, size, None if ring is None else self._root(ring)[1])
        return found

    def _candidate(
        self,
        record: Mapping[str, str | None],
        pair: _Pair,
        trader: _Trader,
        *,
        mean: float,
        barred: bool,
        counts: "_Counts",
    ) -> Candidate:
        raw = json.loads(self._one("SELECT raw FROM records WHERE id = ?", pair.id))
        left, right = (record, raw) if pair.first else (raw, record)
        told = weighing.reasons(pair.weighed, left, right, counts.shared(pair.weighed.levels, pair.left), pair.left | pair.right)
        bits = pair.weighed.weight
        return Candidate(
            trader[0],
            trader[2],
            pair.record_id,
            bits,
            1 / (1 + 2.0**-bits),
            weighing.agreement(self._model, pair.weighed.levels),
            mean,
            barred,
            told,
            *places.names(self._con, trader[0], raw),
        )

    def _root(self, ring: int) -> tuple[int, str]:
        while True:
            name, joined = self._con.execute("SELECT name, joined FROM rings WHERE id = ?", (ring,)).fetchone()
            if joined is None:
                return ring, str(name)
            ring = joined


class _Counts:
    """How many records carry the values in question, the one that is placed among them; what is told counts it only if it `stays`."""

    def __init__(self, con: sqlite3.Connection, columns: Row, total: int, *, stays: bool) -> None:
        self._con, self._columns, self._total, self._stays = con, columns, total, stays
        self._asked: dict[tuple[str, str], int] = {}
        self._rarity: dict[tuple[str, str], float] = {}

    def ask(self, column: str, *values: str | None) -> None:
        """Values that are read together later."""
        for value in values:
            if value is not None:
                self._asked[column, value] = 0

    def read(self) -> None:
        """Read all that was asked."""
        numbers = {store.number(column, value): (column, value) for column, value in self._asked}
        for some in _parts(list(numbers)):
            for v, n in self._con.execute(f"SELECT v, n FROM carried WHERE v IN ({some})"):  # noqa: S608
                self._asked[numbers[v]] = n
        for (column, value), n in self._asked.items():
            self._asked[column, value] = n + (self._columns[column] == value)

    def rarity(self, column: str, value: str) -> float:
        """log2 of how often it is met."""
        if (column, value) not in self._rarity:
            often = weighing.frequency(column, value, self._asked[column, value], self._total)
            self._rarity[column, value] = math.log2(often)
        return self._rarity[column, value]

    def shared(self, levels: Mapping[str, int], left: Row) -> dict[str, int]:
        """Field → how many records carry the value that the two share."""
        return {
            field: self._asked[rare, left[f"{rare}_l"]] - (not self._stays and self._columns[rare] == left[f"{rare}_l"])
            for field, at in levels.items()
            if (rare := BY_FIELD[field].levels[at].rare) and left[f"{rare}_l"] is not None
        }


def _mean(pairs: list[_Pair], size: int) -> float:
    """Bits on the average over all records of a trader, as groups are judged in a full run (`clusters`)."""
    told = sum(max(pair.weighed.weight, clusters.AGAINST) for pair in pairs)
    return (told + clusters.UNSEEN * (size - len(pairs))) / size


def _parts(ids: list[int]) -> list[str]:
    """Lists of numbers for SQL, a few hundred each."""
    return [", ".join(map(str, ids[at : at + 500])) for at in range(0, len(ids), 500)]
