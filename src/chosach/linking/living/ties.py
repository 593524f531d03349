"""Whether a full run would call it a tie that a new record and a known trader show one place: `rings.ties` and `rings.near` for one record.

What these decide of all pairs at once, in SQL, is asked here of the few traders around one record, and only as far as the answer hangs on
it: whether a place that many show is borne out by what else they share is read only where it is neither rare nor everybody's. Pictures and
texts are not in an index, so they bear out nothing here. A test holds the two to each other.
"""

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from chosach.linking.living import places, store
from chosach.linking.living.places import Place
from chosach.linking.living.sql import Function, Row, compiled
from chosach.linking.normal import addresses
from chosach.linking.rings.carried import CONTACT, KINDS, PLACE, PLACES
from chosach.linking.rings.ties import _BORNE_OUT, _BY_CHANCE, _HOUSE, _OF_HOUSE, _SLIP, SAYS

_AT = PLACES["warehouse"]
#: A trader of its own that the record would be.
_NEW = -1
#: Records of a value from which on nobody counts its traders any more, for each trader that may carry it.
_MANY = 20
#: Bits of a tie that says anything.
_LEAST = 0.001
#: Kinds of numbers: the key under which an index finds their records.
_KEYS = {"phone": "phone", "account": "account", "tax_code": "tax", "email": "email", "handle": "handle", "url": "url"}
_READ = ("phone", "account", "tax", "email", "handle", "url", *addresses.COLUMNS)
#: A kind and a value of it.
_Value = tuple[int, str]


class Tie(NamedTuple):
    """A trader (its number) with whom a place is shared. `record_id`: its first record that shows it; `written`: whether there as its
    `address` or `warehouse`; `lives`: one of the two lives there; `near`: but for a slip; `shared_by`: traders that show it, those of the
    index alone; with the other spelling's and the record's own where `near`."""

    trader: int
    record_id: str
    written: str
    lives: bool
    near: bool
    shared_by: int


@dataclass
class _Trader:
    numbers: set[_Value] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)


@lru_cache(maxsize=1)
def _numbers() -> dict[int, Function]:
    return {PLACES[name]: compiled(KINDS[PLACES[name]].sql) for name in _KEYS}


class Ties:
    """What one record would be tied to. `trader`: the one that it goes to, None for one of its own. What was read is kept."""

    def __init__(self, con: sqlite3.Connection, record: Mapping[str, Any], columns: Row, trader: int | None) -> None:
        self._con = con
        self._id = str(columns["record_id"])
        self._me = _NEW if trader is None else trader
        self._shown = places.shown(record, columns)
        self._columns, self._own = columns, _Trader(places=self._shown)
        self._traders: dict[int, _Trader] = {}
        self._streets: dict[str, dict[str, int]] = {}
        self._mended: dict[str, str] = {}
        self._carrying: dict[_Value, set[int] | None] = {}
        self._shares: dict[_Value, float] = {}
        self._cut: set[frozenset[int]] | None = None

    def found(self) -> tuple[list[Tie], int]:
        """The ties of the record's places, each trader once, in the order of records; and how many traders show a place of it that so many
        do, and who share so little else, that it is no tie."""
        if all(one.lives for one in self._shown) and not places.any_store(self._con):
            return [], 0
        self._own.numbers |= {(kind, told) for kind, read in _numbers().items() if (told := read(self._columns)) is not None}
        ties: dict[int, Tie] = {}
        public: set[int] = set()
        for one in self._shown:
            if one.value is not None:
                self._same(one, ties, public)
        for trader in sorted(self._tied_otherwise() - set(ties)):
            if (near := self._near(trader)) is not None:
                ties[trader] = near
        return sorted(ties.values(), key=lambda tie: tie.record_id), len(public - set(ties) - {self._me})

    # one place

    def _same(self, mine: Place, ties: dict[int, Tie], public: set[int]) -> None:
        value = self._mend(str(mine.value))
        if mine.lives and not self._is_a_store(value):
            return  # as most addresses: who lives there is seen when the two are compared
        rows, many = self._rows(value)
        known = {trader for trader, _, _ in rows}
        if many or not known - {self._me}:
            public |= known
            return
        self._read(known | {self._me})
        lives_there = any(one.lives and one.value is not None and self._mend(one.value) == value for one in self._shown)
        home = {trader for trader in known | {self._me} if self._at_home(trader, value)}
        # two who live in one house share the house
        with_me = known - {self._me} - (home if self._me in home else set())
        if not self._weighs((_AT, value), len(home), _LEAST):
            public |= with_me
            return
        for trader in with_me - set(ties) - self._cut_from_me():
            shows = [(lives, record_id) for at, record_id, lives in rows if at == trader]
            lives, record_id = min(shows)
            house = lives_there or any(at_home for at_home, _ in shows)
            ties[trader] = Tie(trader, record_id, "address" if lives else "warehouse", house, near=False, shared_by=len(known))

    def _rows(self, value: str) -> tuple[list[tuple[int, str, int]], bool]:
        """Trader, record and whether it lives there, of all records of a place; and whether they are too many to be looked at."""
        found: list[tuple[int, str, int]] = []
        most = KINDS[_AT].most
        for raw in self._spellings(value):
            asked = "SELECT trader, record_id, lives FROM places JOIN records USING (id) WHERE v = ? LIMIT ?"
            found += self._con.execute(asked, (places.number(raw), _MANY * most)).fetchall()
        return found, len(found) >= _MANY * most or len({trader for trader, _, _ in found} | {self._me}) > most

    def _is_a_store(self, value: str) -> bool:
        asked = "SELECT 1 FROM places WHERE v = ? AND lives = 0 LIMIT 1"
        return any(self._con.execute(asked, (places.number(raw),)).fetchone() for raw in self._spellings(value))

    def _weighs(self, value: _Value, lived: int, least: float, off: int = 0) -> bool:
        """Does the value, `off` letters from another, say so many bits?"""
        carriers = self._carriers(value)
        if carriers is None or len(carriers) > KINDS[value[0]].most:
            return False
        n = len(carriers) + (1 if off else 0)
        if _bits(value[0], n, lived, off, 0.0) >= least:
            return True
        return _bits(value[0], n, lived, off, 1.0) >= least and _bits(value[0], n, lived, off, self._share(value)) >= least

    # places but for a slip

    def _tied_otherwise(self) -> set[int]:
        """Traders whom a number ties to the record's: of them alone is a slip looked for."""
        mine = [one for one in self._shown if one.parts[0] is not None]
        if not mine:
            return set()
        found: set[int] = set()
        for value in sorted(self._of(self._me).numbers):
            others = (self._carriers(value) or set()) - {self._me}
            if all(one.lives for one in mine):
                others = self._shipping(others)
            if others and self._weighs(value, 0, SAYS) and self._group(value) != PLACE:
                found |= others
        return found - self._cut_from_me() if found else found

    def _shipping(self, traders: set[int]) -> set[int]:
        """Those of them that show a warehouse."""
        asked = "SELECT DISTINCT trader FROM records WHERE trader IN ({}) AND instr(raw, '\"warehouse\"')"
        return {row[0] for some in _parts(traders) for row in self._con.execute(asked.format(some))}

    def _near(self, trader: int) -> Tie | None:
        found = []
        for mine in self._shown:
            for theirs in self._of(trader).places:
                off = None if mine.lives and theirs.lives else _slips(mine, theirs)
                a, b = (None if one.value is None else self._mend(one.value) for one in (mine, theirs))
                if off is None or a == b:
                    continue
                counts = {one: self._carriers((_AT, one)) for one in (a, b) if one is not None}
                if None in counts.values():
                    continue  # everybody's
                sizes = {one: len(carriers or ()) for one, carriers in counts.items()}
                value = max(sizes, key=lambda one: (sizes[one], one))
                found.append((off, -sizes[value], value, theirs.record_id, mine.lives, theirs.lives, [*sizes]))
        if not found:
            return None
        off, less, value, record_id, mine_lives, lives, both = min(found)
        if not self._weighs((_AT, value), max(map(self._lived, both)), _LEAST, max(off, 1)):  # the same street in a ward left out: a slip
            return None
        written = "address" if lives else "warehouse"
        return Tie(trader, record_id, written, lives or mine_lives, near=True, shared_by=1 - less)

    def _lived(self, value: str) -> int:
        """How many live in a place, as far as it matters."""
        carriers = self._carriers((_AT, value)) or set()
        return sum(self._at_home(trader, value) for trader in carriers) if len(carriers) > _HOUSE else 0

    # who carries what

    def _of(self, trader: int) -> _Trader:
        self._read([trader])
        return self._traders[trader]

    def _read(self, traders: Iterable[int]) -> None:
        wanted = set(traders) - set(self._traders)
        self._traders |= {trader: _Trader() for trader in wanted}
        if self._me in wanted:
            self._traders[self._me] = _Trader(set(self._own.numbers), list(self._own.places))
        asked = f"SELECT trader, record_id, raw, {', '.join(_READ)} FROM records WHERE trader IN ({{}}) ORDER BY record_id"  # noqa: S608
        for some in _parts(wanted - {_NEW}):
            for trader, record_id, raw, *read in self._con.execute(asked.format(some)):
                columns = dict(zip(_READ, read, strict=True)) | {"record_id": record_id}
                told = json.loads(raw) if '"warehouse"' in raw else {}
                self._traders[trader].places += places.shown(told, columns)
                self._traders[trader].numbers |= {(kind, value) for kind, of in _numbers().items() if (value := of(columns)) is not None}

    def _carriers(self, value: _Value) -> set[int] | None:
        """Traders that carry a value (a place: with all its spellings), the record's among them; None: too many to count."""
        if value not in self._carrying:
            self._carrying[value] = self._carriers_of_place(value[1]) if value[0] == _AT else self._carriers_of_number(value)
        return self._carrying[value]

    def _carriers_of_place(self, value: str) -> set[int] | None:
        rows, many = self._rows(value)
        mine = {self._me} if any(one.value is not None and self._mend(one.value) == value for one in self._shown) else set()
        return None if many else {trader for trader, _, _ in rows} | mine

    def _carriers_of_number(self, value: _Value) -> set[int] | None:
        kind = KINDS[value[0]]
        asked = "SELECT trader FROM keys JOIN records USING (id) WHERE k = ? LIMIT ?"
        key = store.number(_KEYS[kind.name], value[1])
        rows = self._con.execute(asked, (key, _MANY * kind.most)).fetchall()
        mine = {self._me} if value in self._own.numbers else set()
        return None if len(rows) >= _MANY * kind.most else {row[0] for row in rows} | mine

    def _homes(self, trader: int) -> set[str]:
        lives = [one for one in self._of(trader).places if one.lives]
        found = {self._mend(one.value) for one in lives if one.value is not None}
        return found | {told for one in lives if (told := places.hall(*one.parts)) is not None}

    def _at_home(self, trader: int, value: str) -> bool:
        return value in self._homes(trader)

    def _group(self, value: _Value) -> int:
        """The group of evidence: a number that half of its carriers have in one house is the house's."""
        kind = KINDS[value[0]]
        carriers = self._carriers(value) or set()
        if kind.group != CONTACT or len(carriers) < 2:
            return kind.group
        self._read(carriers)
        together: dict[str, int] = defaultdict(int)
        for home in (home for trader in carriers for home in self._homes(trader)):
            together[home] += 1
        most = max(together.values(), default=0)
        return PLACE if most > 1 and most >= _OF_HOUSE * len(carriers) else kind.group

    def _share(self, value: _Value) -> float:
        """Of those who carry a value, the share of them that share something of another group with another of them."""
        if value not in self._shares:
            self._shares[value] = self._borne_out(value)
        return self._shares[value]

    def _borne_out(self, value: _Value) -> float:
        carriers = self._carriers(value) or set()
        self._read(carriers)
        carried: dict[_Value, set[int]] = defaultdict(set)
        for trader in carriers:
            told = self._traders[trader]
            for one in told.numbers | {(_AT, self._mend(place.value)) for place in told.places if place.value is not None}:
                carried[one].add(trader)
        own = self._group(value)
        borne: set[int] = set()
        for other, both in carried.items():
            counted = self._carriers(other) if other != value and len(both) > 1 else None
            if counted is None or len(counted) > KINDS[other[0]].most or self._group(other) == own:
                continue
            for at in both - borne:
                if any(self._shares_it(at, to, value) and self._shares_it(at, to, other) for to in both - {at}):
                    borne.add(at)
        return len(borne) / len(carriers) if carriers else 0.0

    def _shares_it(self, one: int, two: int, value: _Value) -> bool:
        """Not where a person cut the two, or both live in the place."""
        home = value[0] == _AT and self._at_home(one, value[1]) and self._at_home(two, value[1])
        return not home and frozenset((one, two)) not in self._cuts()

    def _cuts(self) -> set[frozenset[int]]:
        """Traders whose ties a person cut."""
        if self._cut is None:
            rows = self._con.execute("SELECT record_id_l, record_id_r FROM judged WHERE verdict = 'cut'").fetchall()
            of = {record_id: self._trader_of(record_id) for pair in rows for record_id in pair}
            pairs = ((of[left], of[right]) for left, right in rows)
            self._cut = {frozenset((left, right)) for left, right in pairs if left is not None and right is not None}
        return self._cut

    def _trader_of(self, record_id: str) -> int | None:
        if record_id == self._id:
            return self._me
        row = self._con.execute("SELECT trader FROM records WHERE record_id = ?", (record_id,)).fetchone()
        return None if row is None else int(row[0])

    def _cut_from_me(self) -> set[int]:
        return {trader for pair in self._cuts() if self._me in pair for trader in pair}

    # streets with a slip

    def _mend(self, value: str) -> str:
        """The place as the commoner of two spellings of its street has it."""
        if value not in self._mended:
            found, shown = value, (0, "")
            near = self._beside(value, of=True)
            if near:
                shown = self._count(value), value
                told = max((self._count(other), other) for other in near)
                found = told[1] if told > shown else value
            self._mended[value] = found
        return self._mended[value]

    def _spellings(self, value: str) -> list[str]:
        """All that are read as this place."""
        return [one for one in (value, *self._beside(value, of=False)) if self._mend(one) == value]

    def _beside(self, value: str, *, of: bool) -> list[str]:
        """Places with the same number and ward whose street is a slip away. How far, the longer of the two does not say but the one that is
        mended: this one (`of`), or the other."""
        number, street, ward = value.split("|")
        if not number:
            return []
        found = []
        for other in self._houses(value):
            off = Levenshtein.distance(street, other, score_cutoff=2) if other != street else 3
            if off <= _most(street if of else other):
                found.append(f"{number}|{other}|{ward}")
        return found

    def _houses(self, value: str) -> dict[str, int]:
        """The streets that are shown with the number and ward of a place."""
        number, _, ward = value.split("|")
        house = f"{number}|{ward}"
        if house not in self._streets:
            told = places.house(value)
            rows = self._con.execute("SELECT street, v FROM houses WHERE h = ?", (told[0],)) if told else ()
            self._streets[house] = dict(rows)
            for one in self._shown:
                if one.value is not None and (mine := one.value.split("|"))[0] == number and mine[2] == ward:
                    self._streets[house].setdefault(mine[1], places.number(one.value))
        return self._streets[house]

    def _count(self, value: str) -> int:
        """How often a place is shown as it is written, the record's own counted in."""
        known = self._con.execute("SELECT count(*) FROM places WHERE v = ?", (places.number(value),)).fetchone()[0]
        return int(known) + sum(one.value == value for one in self._shown)


def _most(street: str) -> int:
    """Letters that one may write wrongly in the name of a street."""
    return 2 if len(street) >= 10 else 1


def _bits(kind: int, n: int, lived: int, off: int, share: float) -> float:
    """What a value says that `n` traders carry (`rings.ties`, column `w`)."""
    bits = KINDS[PLACES["address"]].bits if kind == _AT and lived > _HOUSE else KINDS[kind].bits
    few = KINDS[kind].few * (1 + _BORNE_OUT * max(0.0, share - _BY_CHANCE) / (1 - _BY_CHANCE))
    return round(1000 * (bits - _SLIP * off - math.log2(1 + (n / few) ** 3))) / 1000


def _slips(mine: Place, theirs: Place) -> int | None:
    """Letters between the streets of two houses of one number; None where nothing says that they may be one."""
    (number, street, *rest), (number_b, street_b, *rest_b) = mine.parts, theirs.parts
    if number is None or number != number_b or (mine.value is None and theirs.value is None) or street is None or street_b is None:
        return None
    if any(a is not None and b is not None and a != b for a, b in zip(rest, rest_b, strict=True)):
        return None
    short = min(len(street), len(street_b))
    longer = mine if len(street) > len(street_b) else theirs if len(street_b) > len(street) else None
    unread = longer is not None and longer.parts[2] is None  # its ward stands behind the street
    off = DamerauLevenshtein.distance(street[:short], street_b[:short]) if unread else DamerauLevenshtein.distance(street, street_b)
    return off if off <= (2 if short >= 10 else 1) else None


def _parts(ids: Iterable[int]) -> list[str]:
    told = sorted(ids)
    return [", ".join(map(str, told[at : at + 500])) for at in range(0, len(told), 500)]
