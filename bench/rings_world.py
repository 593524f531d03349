"""Made-up sellers with rings planted among them, for the bench of rings. The truth is kept apart and the linker never sees it.

    python bench/rings_world.py RECORDS.parquet TRUTH.parquet [--records 30000] [--rings 60] [--wrong 0.2] [--seed 1]

Rings of 3 to 40 traders, each a person with name, shop, address, phone and account of their own, of four structures:

* star: fronts that give the organiser's phone, account, mail or warehouse and use the organiser's pictures and texts;
* chain: each ships from the address of the one above, with the pictures and texts of the one above and now and then its account;
* warehouse: all ship from the house of one, in small groups that share a phone or an account, with pictures and texts of one pool;
* mule: buyers pay to one who sells nothing; most give the organiser's phone or mail, or use the organiser's texts.

What is no ring: markets whose traders share one address, many of them the market's phone and store too; banks' phones and hotlines that
dozens give; stores of carriers that hundreds ship from; families at one address, some with one phone or one account; makers' pictures and
texts that dozens copy; decoys, honest traders with one tie to a ring; bridges, one tie between traders of two rings. Two honest shops that
share what only they share (a copied text, a phone of old) are met too.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from bench import sellers_words as words
from bench.sellers import Trader, World

from chosach.linking.letters import fold_one

STRUCTURES = ("star", "chain", "warehouse", "mule")


@dataclass
class Seller:
    """A trader with all that its records may show. `lent`: field → values that are another's; `role`, `ring`, `group`: the truth."""

    trader: Trader
    email: str
    handle: str
    warehouse: str
    images: list[str]
    texts: list[str]
    lent: dict[str, list[str]] = field(default_factory=dict)
    ring: int | None = None
    role: str | None = None
    group: str | None = None
    sells: bool = True
    records: int = 1

    def give(self, other: "Seller", name: str) -> None:
        """This one's value of a field is used by another."""
        other.lent.setdefault(name, []).append(self.own(name))

    def own(self, name: str) -> str:
        """A value of the trader's own: one of its pictures or texts, its phone…"""
        if name in ("images", "texts"):
            return str(getattr(self, name)[0])
        of_trader = {"phone": self.trader.phone, "bank_account": self.trader.account}
        return of_trader[name] if name in of_trader else str(getattr(self, name))


class Planted(World):
    """Draws sellers, rings and what looks like rings, all from one seed."""

    def __init__(self, seed: int, wrong: float) -> None:
        super().__init__(seed, wrong)
        self.makers_images = [[self._hash() for _ in range(3)] for _ in range(60)]
        self.makers_texts = [self._said() for _ in range(60)]
        self.stores = [self._written_place(self._place()) for _ in range(12)]
        self.sellers: list[Seller] = []

    def seller(self, trader: Trader) -> Seller:
        """One with what is its own, and now and then a maker's pictures and text or a carrier's store."""
        chance, bare = self.draw.random, fold_one(trader.name).replace(" ", "")
        images = [self._hash() for _ in range(self.draw.randint(1, 5))]
        texts = [self._said() for _ in range(self.draw.randint(1, 3))]
        if chance() < 0.15:
            maker = self.draw.randrange(len(self.makers_texts))
            images += self.makers_images[maker]
            texts.append(self.makers_texts[maker])
        home = self._written_place(trader.place) if chance() < 0.6 else self._written_place(self._place())
        warehouse = self.draw.choice(self.stores) if chance() < 0.1 else home
        called = [bare if chance() < 0.3 else fold_one(trader.shop).replace(" ", "") + self._digits(2) for _ in range(2)]
        email = f"{called[0]}{self._digits(self.draw.choice((2, 4)))}@{self.draw.choice(('gmail.com', 'yahoo.com', 'outlook.com'))}"
        made = Seller(
            trader, email, f"{called[1]}.{self._digits(3)}", warehouse, images, texts, records=self.draw.choice((1, 1, 2, 2, 3, 4))
        )
        self.sellers.append(made)
        return made

    def ring(self, number: int, structure: str, size: int) -> list[Seller]:
        """Traders that know one another. Every one of them has at least two ties that are not of one kind."""
        traders = [self.seller(self._stranger()) for _ in range(size)]
        for one in traders:
            one.ring, one.records = number, self.draw.choice((1, 2, 2, 3, 4))
        getattr(self, f"_{structure}")(traders)
        return traders

    def _stranger(self) -> Trader:
        """A trader with nothing to share by chance."""
        name = self._person(self._one_of(words.SURNAMES))
        account = self._digits(self.draw.choice((10, 12, 13)))
        return Trader(name, self._shop(name), self._phone(), account, self.draw.choice(words.BANKS), self._place())

    def _some(self, giver: Seller, taker: Seller, chances: dict[str, float], least: int = 2) -> None:
        taken = [name for name, chance in chances.items() if self.draw.random() < chance]
        while len(taken) < least:
            taken = list(dict.fromkeys([*taken, self.draw.choice(list(chances))]))
        for name in taken:
            giver.give(taker, name)

    def _star(self, traders: list[Seller]) -> None:
        organiser, *fronts = traders
        organiser.role, organiser.records = "organiser", self.draw.choice((2, 3, 4))
        for front in fronts:
            front.role = "front"
            given = {"phone": 0.5, "bank_account": 0.55, "images": 0.6, "texts": 0.6, "warehouse": 0.5, "email": 0.2}
            self._some(organiser, front, given, 3)

    def _chain(self, traders: list[Seller]) -> None:
        """A tree: most hang on the one before, some on an earlier one."""
        for at, one in enumerate(traders):
            one.warehouse = self._written_place(one.trader.place)
            one.role = "member"
            if at:
                above = traders[at - 1] if self.draw.random() < 0.6 else traders[self.draw.randrange(at)]
                one.lent["warehouse"], above.role = [self._written_place(above.trader.place)], "supplier"
                self._some(above, one, {"images": 0.8, "texts": 0.8, "bank_account": 0.4, "phone": 0.25})

    def _warehouse(self, traders: list[Seller]) -> None:
        keeper = traders[0]
        keeper.role, keeper.warehouse = "supplier", self._written_place(keeper.trader.place)
        pool = traders[: max(1, len(traders) // 6)]
        at = 1
        while at < len(traders):
            group = traders[at : at + self.draw.randint(2, 4)]
            for one in group:
                one.role = "member"
                one.lent["warehouse"] = [self._written_place(keeper.trader.place)]
                source = self.draw.choice(pool)
                self._some(source if source is not one else keeper, one, {"images": 0.7, "texts": 0.7}, 1)
                if one is not group[0]:
                    group[0].give(one, self.draw.choice(("phone", "bank_account", "email")))
            at += len(group)

    def _mule(self, traders: list[Seller]) -> None:
        mule, organiser, *others = traders
        mule.role, mule.sells, mule.records = "account_holder", False, 1
        organiser.role, organiser.records = "organiser", self.draw.choice((2, 3, 4))
        mule.give(organiser, "bank_account")
        organiser.give(mule, self.draw.choice(("phone", "email")))
        for one in others:
            one.role = "front"
            mule.give(one, "bank_account")
            self._some(organiser, one, {"phone": 0.4, "email": 0.3, "texts": 0.5, "images": 0.5}, 1)

    def market(self, name: str, size: int) -> None:
        """Honest traders of one hall, half of the halls with one phone, a third with one store."""
        place, phone, store = self._place(), self._phone(), self._written_place(self._place())
        one_phone, one_store = self.draw.random() < 0.5, self.draw.random() < 0.33
        for _ in range(size):
            alone = self._stranger()
            stall = Trader(alone.name, alone.shop, alone.phone, alone.account, alone.bank, place)
            made = self.seller(stall)
            made.group = name
            if one_phone and self.draw.random() < 0.7:
                made.lent["phone"] = [phone]
            if one_store and self.draw.random() < 0.7:
                made.lent["warehouse"] = [store]

    def bank_phone(self, name: str, size: int) -> None:
        """Honest traders that give the phone of a bank or a carrier."""
        phone = self._phone()
        for _ in range(size):
            made = self.seller(self._stranger())
            made.group, made.lent["phone"] = name, [phone]

    def family(self, name: str, size: int) -> None:
        """Relatives in one house; in every third family all give one phone, in every sixth one account."""
        first, way = self._stranger(), self.draw.random()
        for at in range(size):
            person = self._person(first.name.split()[0] if self.draw.random() < 0.6 else self._one_of(words.SURNAMES))
            own = self._stranger()
            made = self.seller(Trader(person, self._shop(person), own.phone, own.account, own.bank, first.place))
            made.group = name
            if at and way < 0.5:
                made.lent["phone" if way < 0.33 else "bank_account"] = [first.phone if way < 0.33 else first.account]

    def decoy(self, member: Seller, name: str) -> None:
        """An honest trader with one tie to a ring."""
        made = self.seller(self._stranger())
        made.group = f"decoy of {member.ring}"
        made.lent[name] = [member.own(name)]

    def rows(self, seller: Seller) -> list[dict[str, object]]:
        """Its records: what is lent shows in seven of ten values, and in one at least."""
        shown = {name: self.draw.randrange(seller.records) for name in seller.lent}
        made: list[dict[str, object]] = []
        for at in range(seller.records):
            row: dict[str, object] = dict(self.record(seller.trader))
            for name in ("email", "handle", "warehouse"):
                value = str(getattr(seller, name))
                row[name] = self._text(value) if self.draw.random() < (0.9 if name == "warehouse" else 0.6) else None
            row["images"], row["texts"] = self._images(seller.images), self._texts(seller.texts)
            for name, values in seller.lent.items():
                if at == shown[name] or self.draw.random() < 0.7:
                    self._show(row, name, self.draw.choice(values))
            if not seller.sells:
                row |= {"seller_name": None, "images": None, "texts": None, "warehouse": None, "handle": None}
            made.append(row)
        return made

    def _show(self, row: dict[str, object], name: str, value: str) -> None:
        if name in ("images", "texts"):
            own = row[name] if isinstance(row[name], list) else []
            row[name] = [*own, *(self._images([value], 1) if name == "images" else self._texts([value], 1))] or None
        elif name == "phone":
            row[name] = self._number(self._written_phone(value), "phone")
        else:
            row[name] = self._number(value, "account") if name == "bank_account" else self._text(value)

    def _hash(self) -> str:
        return f"{self.draw.getrandbits(64):016x}"

    def _images(self, hashes: list[str], least: int = 0) -> list[str]:
        """Some of them, as another size leaves them (a bit or two turned) or, where wrong, as another cut does; or not at all."""
        made = []
        for one in self.draw.sample(hashes, self.draw.randint(max(least, 1), len(hashes))):
            error = self._error()
            turned = 20 if error == "corrupted" else self.draw.choice((0, 0, 1, 2))
            bits = int(one, 16)
            for at in self.draw.sample(range(64), turned):
                bits ^= 1 << at
            if error != "missing":
                made.append(f"{bits:016x}")
        return made

    def _texts(self, texts: list[str], least: int = 0) -> list[str]:
        """Some of them; where wrong, with letters changed, without tones, or not at all."""
        return [said for one in self.draw.sample(texts, self.draw.randint(max(least, 1), len(texts))) if (said := self._text(one))]

    def _said(self) -> str:
        """What a shop says of a good: thirty to sixty words, with figures of its own."""
        said = [
            self.draw.choice(words.GOODS),
            self.draw.choice(words.BY_NAMES),
            *self.draw.choices(words.SAID, k=self.draw.randint(28, 55)),
        ]
        return " ".join([*said, "giá", f"{self.draw.randint(20, 900)}k", "mã", f"{self.draw.choice('ABCDEGHK')}{self._digits(4)}"])


def plant(records: int, rings: int, *, wrong: float = 0.2, seed: int = 1) -> tuple[pa.Table, pa.Table]:
    """Records in a mixed order, and the truth: `record_id`, `trader`, `ring` (null: none), `role`, `structure`, `group` (of no ring)."""
    world = Planted(seed, wrong)
    draw = world.draw
    members: list[list[Seller]] = []
    structures: dict[int, str] = {}
    for number in range(rings):
        structures[number] = STRUCTURES[number % len(STRUCTURES)]
        size = min(40, max(3, round(3 * (40 / 3) ** draw.random())))
        members.append(world.ring(number, structures[number], size))
    for ring in members:
        for _ in range(max(1, len(ring) // 5)):
            world.decoy(draw.choice(ring), draw.choice(("phone", "bank_account", "warehouse", "images", "texts", "email")))
    for _ in range(rings // 3):
        here, there = draw.sample(members, 2)
        name = draw.choice(("phone", "bank_account", "images", "texts"))
        draw.choice(here).give(draw.choice(there), name)
    for at in range(max(4, rings // 3)):
        world.market(f"market {at}", draw.choice((4, 6, 9, 15, 30, 60, 120)))
        world.bank_phone(f"bank {at}", draw.choice((8, 15, 40, 100)))
    for at in range(rings):
        world.family(f"family {at}", draw.choice((2, 3, 3, 4, 5)))
    for trader in world.traders(max(0, int((records - sum(one.records for one in world.sellers)) / 2.17))):
        one = world.seller(trader)
        if draw.random() < 0.03:
            other = draw.choice(world.sellers)
            if other.ring is None:
                other.give(one, draw.choice(("phone", "images", "texts")))
    made = [(at, seller, row) for at, seller in enumerate(world.sellers) for row in world.rows(seller)]
    draw.shuffle(made)
    names = ("name", "seller_name", "phone", "bank_account", "bank", "address", "email", "handle", "warehouse")
    ids = [f"r{at:07d}" for at in range(len(made))]
    columns = {name: pa.array([row[name] for _, _, row in made], pa.string()) for name in names}
    lists = {name: pa.array([row[name] for _, _, row in made], pa.list_(pa.string())) for name in ("images", "texts")}
    truth = {
        "record_id": ids,
        "trader": [at for at, _, _ in made],
        "ring": pa.array([seller.ring for _, seller, _ in made], pa.int64()),
        "role": pa.array([seller.role for _, seller, _ in made], pa.string()),
        "structure": pa.array([None if seller.ring is None else structures[seller.ring] for _, seller, _ in made], pa.string()),
        "group": pa.array([seller.group for _, seller, _ in made], pa.string()),
    }
    return pa.table({"record_id": ids, **columns, **lists}), pa.table(truth)


def main() -> None:
    """Write both files."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("records_file", type=Path)
    asked.add_argument("truth_file", type=Path)
    asked.add_argument("--records", type=int, default=30_000)
    asked.add_argument("--rings", type=int, default=60)
    asked.add_argument("--wrong", type=float, default=0.2)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    made, truth = plant(told.records, told.rings, wrong=told.wrong, seed=told.seed)
    pq.write_table(made, told.records_file)
    pq.write_table(truth, told.truth_file)


if __name__ == "__main__":
    main()
