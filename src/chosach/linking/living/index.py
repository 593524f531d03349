"""Placing one record among a million without a run, and traders and rings that change between runs.

    Index.build(path, records, linked.clusters, linked.model)
    with Index(path) as index:
        placed = index.place({"record_id": "n1", "name": "Nguyễn Thị Lan", "phone": "0912345678"})
        placed.trader_id, placed.probability, placed.reasons, placed.candidates
        index.insert(record); index.delete("n1"); index.merge(ring, other)

A record is weighed against the very pairs, with the very weights, that a full run over the same records with the same model would give
it. Which trader it goes to is decided on those weights alone: nothing else moves until the next full run.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from chosach.linking import blocking
from chosach.linking.engine import cluster_id
from chosach.linking.living import one, places, store
from chosach.linking.living.answers import Candidate, Placed, Sharing
from chosach.linking.living.building import build
from chosach.linking.living.placing import TOLD, WORTH, Placing, Problem
from chosach.linking.living.sql import Row
from chosach.linking.model import Model

__all__ = ["TOLD", "WORTH", "Candidate", "Index", "NoIndex", "Placed", "Problem", "Sharing"]

NoIndex = store.NoIndex


class Index(Placing):
    """An open index. Several processes may read one file while one writes; a connection belongs to one thread."""

    @staticmethod
    def build(path: Path | str, records: pa.Table, clusters: pa.Table, model: Model, judgements: pa.Table | None = None) -> None:
        """Write the index of a full run (see `building.build`)."""
        build(Path(path), records, clusters, model, judgements)

    # changing

    def changing(self) -> AbstractContextManager[None]:
        """All changes within are one: on the disk together at the end, or none of them."""
        return store.changing(self._con)

    @contextmanager
    def inserting(self) -> Iterator[None]:
        """The same, and what is put in within is remembered as such (`inserted`), until the next time that anything is."""
        with self.changing():
            first = self._one("SELECT coalesce(max(at), 0) FROM log")
            yield
            last = self._one("SELECT coalesce(max(at), 0) FROM log WHERE at > ? AND what = 'insert'", first)
            if last:
                self._con.execute("INSERT OR REPLACE INTO meta VALUES ('inserted', ?)", (f"{first} {last}",))

    def inserted(self) -> list[str] | None:
        """Records that were put in together the last time (`inserting`) and have been there ever since. None: never since the build."""
        told = self._one("SELECT value FROM meta WHERE key = 'inserted'")
        if told is None:
            return None
        first, last = map(int, told.split())
        found: dict[str, None] = {}
        for at, what, ids in self.log(first):
            if what == "insert" and at <= last:
                found[ids[0]] = None
            elif what == "delete":
                found.pop(ids[0], None)
        return list(found)

    def insert(self, record: Mapping[str, str | None], most: int = TOLD) -> Placed:
        """Place a record and keep it there, as a trader of its own (which `trader_id` then names) where it is none of the others.
        `most`: traders that are told."""
        columns = self._columns(record)
        with store.changing(self._con):
            placed = self._place(record, columns, stays=True, most=most)
            name = placed.trader_id or self._fresh(str(columns["record_id"]))
            if placed.trader_id is None:
                self._con.execute("INSERT INTO traders (name, size, ring) VALUES (?, 0, NULL)", (name,))
            trader = self._one("SELECT id FROM traders WHERE name = ?", name)
            self._con.execute("UPDATE traders SET size = size + 1 WHERE id = ?", (trader,))
            marks = ", ".join("?" * (3 + len(store.KEPT)))
            asked = f"INSERT INTO records (record_id, trader, raw, {', '.join(store.KEPT)}) VALUES ({marks})"  # noqa: S608
            values = (columns["record_id"], trader, store.raw_of(dict(record)), *store.kept(columns))
            at = int(self._con.execute(asked, values).lastrowid or 0)
            self._con.executemany(
                "INSERT INTO carried VALUES (?, 1) ON CONFLICT (v) DO UPDATE SET n = n + 1", [(v,) for v in store.values_of(columns)]
            )
            places.put(self._con, at, record, columns)
            for key, k in store.keys_of(columns):
                before = self._sharing(key, k)
                self._con.execute("INSERT INTO keys VALUES (?, ?)", (k, at))
                if len(before) >= key.most:
                    self._put_in_order(key, k, [(at, columns), *(self._rows(before) if len(before) == key.most else ())])
            self._count(1)
            self._log("insert", [str(columns["record_id"]), name])
        return replace(placed, trader_id=name)

    def delete(self, record_id: str) -> None:
        """Take a record out, and its trader with the last of its records. `Problem` where it is not in the list."""
        with store.changing(self._con):
            told = self._con.execute("SELECT id, trader, raw FROM records WHERE record_id = ?", (record_id,)).fetchone()
            if told is None:
                raise Problem("record.unknown", f"Không có hồ sơ {record_id} trong danh sách.")
            at, trader, raw = told
            record = json.loads(raw)
            columns = one.columns({**record, "record_id": record_id})
            self._con.executemany("UPDATE carried SET n = n - 1 WHERE v = ?", [(v,) for v in store.values_of(columns)])
            self._con.executemany("DELETE FROM carried WHERE v = ? AND n <= 0", [(v,) for v in store.values_of(columns)])
            places.take_out(self._con, at, record, columns)
            for key, k in store.keys_of(columns):
                self._con.execute("DELETE FROM keys WHERE k = ? AND id = ?", (k, at))
                if len(self._sharing(key, k)) <= key.most:
                    self._con.execute("DELETE FROM ordered WHERE k = ?", (k,))
                else:
                    texts = [(k, o, store.sorted_by(order, columns), at) for o, order in self._orders[key.name]]
                    self._con.executemany("DELETE FROM ordered WHERE k = ? AND o = ? AND sorted = ? AND id = ?", texts)
            self._con.execute("DELETE FROM records WHERE id = ?", (at,))
            self._con.execute("UPDATE traders SET size = size - 1 WHERE id = ?", (trader,))
            self._con.execute("DELETE FROM traders WHERE id = ? AND size = 0", (trader,))
            self._count(-1)
            self._log("delete", [record_id])

    def judge(self, record_l: str, record_r: str, verdict: str | None) -> None:
        """What a person says of two records from now on: `same`, `different`, or None to take it back. Records are placed by it."""
        if verdict not in ("same", "different", None) or record_l == record_r:
            raise Problem("judgement.verdict", "Kết luận phải là same hoặc different, về hai hồ sơ khác nhau.")
        pair = min(record_l, record_r), max(record_l, record_r)
        with store.changing(self._con):
            self._con.execute("DELETE FROM judged WHERE record_id_l = ? AND record_id_r = ? AND verdict IN ('same', 'different')", pair)
            if verdict:
                self._con.execute("INSERT INTO judged VALUES (?, ?, ?)", (*pair, verdict))
            self._log("judge", [*pair, verdict or ""])

    # rings

    def merge(self, ring: str, other: str) -> str:
        """Two rings are one from now on; returns what it is called: the first one's name. The same time for any number of members."""
        with store.changing(self._con):
            first, second = self._ring(ring), self._ring(other)
            if first[0] == second[0]:
                raise Problem("ring.same", f"{ring} và {other} đã là một đường dây.")
            self._con.execute("UPDATE rings SET joined = ? WHERE id = ?", (first[0], second[0]))
            self._log("merge", [first[1], second[1]])
        return first[1]

    def part(self, ring: str) -> None:
        """Undo: a ring that was merged into another is one of its own again, with all that was merged into it."""
        with store.changing(self._con):
            told = self._con.execute("SELECT id, joined FROM rings WHERE name = ?", (ring,)).fetchone()
            if told is None or told[1] is None:
                raise Problem("ring.alone", f"{ring} chưa được gộp vào đường dây nào.")
            self._con.execute("UPDATE rings SET joined = NULL WHERE id = ?", (told[0],))
            self._log("part", [ring])

    def traders_in(self, ring: str) -> list[str]:
        """The traders of a ring, those of rings merged into it among them, in order."""
        rows = self._con.execute(
            "WITH RECURSIVE within (id) AS (VALUES (?) UNION SELECT rings.id FROM rings JOIN within ON rings.joined = within.id) "
            "SELECT traders.name FROM within JOIN traders ON traders.ring = within.id ORDER BY traders.name",
            (self._ring(ring)[0],),
        )
        return [row[0] for row in rows]

    def log(self, after: int = 0) -> list[tuple[int, str, list[str]]]:
        """What changed since the index was built: number, what (`insert`, `delete`, `judge`, `merge`, `part`), ids."""
        rows = self._con.execute("SELECT at, what, ids FROM log WHERE at > ? ORDER BY at", (after,))
        return [(at, what, json.loads(ids)) for at, what, ids in rows]

    def _ring(self, name: str) -> tuple[int, str]:
        told = self._one("SELECT id FROM rings WHERE name = ?", name)
        if told is None:
            raise Problem("ring.unknown", f"Không có đường dây {name}.")
        return self._root(told)

    def _fresh(self, record_id: str) -> str:
        attempt = 0
        while self._one("SELECT 1 FROM traders WHERE name = ?", name := cluster_id(record_id, attempt)):
            attempt += 1
        return name

    def _sharing(self, key: blocking.Key, k: int) -> list[int]:
        """Records of a key, up to one more than it may have before it is hot."""
        return [row[0] for row in self._con.execute("SELECT id FROM keys WHERE k = ? LIMIT ?", (k, key.most + 1))]

    def _put_in_order(self, key: blocking.Key, k: int, rows: list[tuple[int, Row]]) -> None:
        texts = [
            (k, o, store.sorted_by(order, row), at) for o, order in self._orders[key.name] for at, row in rows if row[order[0]] is not None
        ]
        self._con.executemany("INSERT INTO ordered VALUES (?, ?, ?, ?)", texts)

    def _count(self, more: int) -> None:
        self._con.execute("UPDATE meta SET value = CAST(value AS INTEGER) + ? WHERE key = 'total'", (more,))

    def _log(self, what: str, ids: list[str]) -> None:
        self._con.execute("INSERT INTO log (what, ids) VALUES (?, ?)", (what, json.dumps(ids, ensure_ascii=False)))
