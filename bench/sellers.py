"""Made-up records of sellers, with the truth kept apart, for the benches of linking.

    python bench/sellers.py RECORDS.parquet TRUTH.parquet [--records 300000] [--wrong 0.2] [--seed 1] [--hard]

A trader has one to eight records. In each record each of phone, account, name, shop and address is wrong with the probability `--wrong`:
half of the wrong ones corrupted (one or two letters or figures), a quarter without tones (numbers: left as they are), a quarter missing.
Besides errors, records differ as sellers write: decorations of shops, abbreviations of addresses, units of 2020 and of 2025, numbers
with dots and +84. Made hard on purpose: names as common as they are (homonyms), families at one address with one family name, trade
centres where dozens share an address, hotlines that dozens give as their phone. All words and names are this file's own.

`--hard` makes more of all that (`HARD`), and a part of the wrong phones and accounts another trader's, not a slip.
"""

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from bench import sellers_words as words

from chosach.linking.letters import fold_one
from chosach.linking.units import rows

COLUMNS = ("record_id", "name", "seller_name", "phone", "bank_account", "bank", "address")
CORRUPTED, TONELESS, MISSING = "corrupted", "toneless", "missing"


@dataclass(frozen=True)
class Mix:
    """Shares of traders: `homonyms` bear the very name of another; `families` live with the one before and bear their family name;
    `centres` sit in one of 400 trade centres; `hotlines` give one of 150 shared numbers.

    `borrowed`: share of wrong phones and accounts that are another trader's. `couples` share phone, account and house with the one before,
    each under an own name and shop. `reworded`: share of records in which a person's name has its words in another order, lacks the middle
    name or the family name, or has initials.
    """

    homonyms: float = 0.0
    families: float = 0.1
    centres: float = 0.08
    hotlines: float = 0.05
    borrowed: float = 0.0
    couples: float = 0.0
    reworded: float = 0.0


PLAIN = Mix()
HARD = Mix(homonyms=0.15, families=0.25, centres=0.25, hotlines=0.15, borrowed=0.3)
COUPLES, REWORDED = replace(HARD, couples=0.05), replace(HARD, reworded=0.3)


@dataclass(frozen=True)
class Trader:
    """The truth about one."""

    name: str
    shop: str
    phone: str
    account: str
    bank: str
    place: tuple[str, dict[str, str]]


class World:
    """Draws traders and the records they leave, all from one seed."""

    def __init__(self, seed: int, wrong: float, mix: Mix = PLAIN) -> None:
        self.draw = random.Random(seed)
        self.wrong = wrong
        self.mix = mix
        self.made: list[Trader] = []
        self.units = [row for row in rows() if row["era"] == "2020" and row["unit"] and row["ward_name"]]
        self.now = {row["unit"]: row for row in rows() if row["era"] == "2025"}
        self.centres = [self._place() for _ in range(400)]
        self.hotlines = [self._phone() for _ in range(150)]

    def traders(self, number: int) -> list[Trader]:
        """As many; they can be borrowed from afterwards."""
        made, mix = self.made, self.mix
        while len(made) < number:
            relative = made[-1] if made and self.draw.random() < mix.families else None
            surname = relative.name.split()[0] if relative else self._one_of(words.SURNAMES)
            firm = relative is None and self.draw.random() < 0.12
            name = (
                f"{self.draw.choice(('Công ty TNHH', 'Cty TNHH MTV', 'Hộ kinh doanh'))} {self._firm()}" if firm else self._person(surname)
            )
            if mix.homonyms and relative is None and made and self.draw.random() < mix.homonyms:
                name = self.draw.choice(made).name
            centre = relative is None and self.draw.random() < mix.centres
            place = relative.place if relative else self.draw.choice(self.centres) if centre else self._place()
            phone = self.draw.choice(self.hotlines) if self.draw.random() < mix.hotlines else self._phone()
            one = Trader(name, self._shop(name), phone, self._digits(self.draw.choice((10, 12, 13))), self.draw.choice(words.BANKS), place)
            if mix.couples and made and self.draw.random() < mix.couples:
                one = replace(made[-1], name=one.name, shop=one.shop)
            made.append(one)
        return made

    def record(self, trader: Trader) -> dict[str, str | None]:
        """One record of a trader, with its own errors."""
        pick, chance = self.draw.choice, self.draw.random
        shop = pick(words.DECORATIONS).format(trader.shop, place=pick(words.PLACES), n=self.draw.randint(1, 5))
        name = trader.name if chance() < 0.85 else trader.name.upper()
        if self.mix.reworded and chance() < self.mix.reworded:
            name = self._reworded(name)
        phone = self._written_phone(trader.phone)
        account = trader.account if chance() < 0.8 else " ".join(trader.account[at : at + 4] for at in range(0, len(trader.account), 4))
        made = {
            "name": self._text(name),
            "seller_name": self._text(shop),
            "phone": self._number(phone, "phone"),
            "bank_account": self._number(account, "account"),
            "bank": trader.bank if chance() < 0.8 else None,
            "address": self._text(self._written_place(trader.place)),
        }
        return made

    def _reworded(self, name: str) -> str:
        """A person's name as others write it; a firm's stays."""
        family, *middle, given = name.split()
        if not middle or family.title() not in words.SURNAMES:
            return name
        initials = [word[0] + "." for word in middle]
        return " ".join(self.draw.choice(([given, family, *middle], [family, given], [*middle[-1:], given], [family, *initials, given])))

    def _error(self) -> str:
        if self.draw.random() >= self.wrong:
            return ""
        return self.draw.choices((CORRUPTED, TONELESS, MISSING), (2, 1, 1))[0]

    def _text(self, text: str) -> str | None:
        error = self._error()
        if error == MISSING:
            return None
        if error == TONELESS:
            return fold_one(text)
        return self._corrupt(text, words.LETTERS) if error == CORRUPTED else text

    def _number(self, text: str, field: str) -> str | None:
        error = self._error()
        if error == MISSING:
            return None
        if error and self.mix.borrowed and self.draw.random() < self.mix.borrowed:
            return str(getattr(self.draw.choice(self.made), field))
        return self._corrupt(text, "0123456789") if error == CORRUPTED else text

    def _corrupt(self, text: str, letters: str) -> str:
        """One or two of: a letter put in, left out, changed, two swapped."""
        for _ in range(self.draw.choice((1, 1, 2))):
            places = [at for at, char in enumerate(text) if char.isalnum()]
            if len(places) < 3:
                return text
            at = self.draw.choice(places[:-1])
            way = self.draw.randrange(4)
            new = self.draw.choice(letters)
            text = (
                text[:at] + new + text[at:] if way == 0 else text[:at] + text[at + 1 :] if way == 1 else
                text[:at] + new + text[at + 1 :] if way == 2 else text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            )  # fmt: skip
        return text

    def _one_of(self, weighted: dict[str, float]) -> str:
        return self.draw.choices(list(weighted), list(weighted.values()))[0]

    def _person(self, surname: str) -> str:
        woman = self.draw.random() < 0.6
        given, middle = (words.GIVEN_F, words.MIDDLE_F) if woman else (words.GIVEN_M, words.MIDDLE_M)
        place = min(int(self.draw.expovariate(1 / 18)), len(given) - 1)
        return " ".join(f"{surname} {self._one_of(middle)} {given[place]}".split())

    def _firm(self) -> str:
        return (
            f"{self.draw.choice(words.BY_NAMES)} {self.draw.choice(words.GOODS)}"
            if self.draw.random() < 0.5
            else f"{self.draw.choice(words.BY_NAMES)} {self.draw.choice(words.BY_NAMES)}"
        )

    def _shop(self, name: str) -> str:
        way, word = self.draw.random(), self.draw.choice(words.BY_NAMES)
        if way < 0.4:
            return f"{self.draw.choice(words.GOODS)} {' '.join(name.split()[-2:])}"
        return (
            f"{self.draw.choice(words.GOODS)} {word}"
            if way < 0.7
            else f"{word} {self.draw.choice(words.BY_NAMES)}{self.draw.choice(('', '', ' 88', ' 79', ' 68'))}"
        )

    def _digits(self, number: int) -> str:
        return "".join(self.draw.choices("0123456789", k=number))

    def _phone(self) -> str:
        return self.draw.choice(words.MOBILE) + self._digits(7)

    def _place(self) -> tuple[str, dict[str, str]]:
        number = f"{self.draw.randint(1, 400)}" + (f"/{self.draw.randint(1, 60)}" if self.draw.random() < 0.3 else "")
        return f"{number} {self.draw.choice(words.STREETS)}", self.draw.choice(self.units)

    def _written_phone(self, phone: str) -> str:
        way = self.draw.random()
        if way < 0.1 and phone[:3] in words.OLD_MOBILE:
            return words.OLD_MOBILE[phone[:3]] + phone[3:]
        if way < 0.2:
            return f"+84{phone[1:]}"
        return f"{phone[:4]}.{phone[4:7]}.{phone[7:]}" if way < 0.35 else phone

    def _written_place(self, place: tuple[str, dict[str, str]]) -> str:
        street, unit = place
        kind, _, bare = unit["ward_name"].partition(" ")
        now = self.now[unit["unit"]]
        lead = self.draw.choice(("", "", "Số ", "số nhà ")) + street.replace(" ", self.draw.choice((" ", " ", " đường ", " đ. ")), 1)
        if self.draw.random() < 0.35:
            return f"{lead}, {now['ward_name']}, {self.draw.choice(('', 'tỉnh ', 'TP. '))}{now['province_name']}"
        short = {"Phường": "P.", "Xã": "xã ", "Thị": "TT "}.get(kind, "")
        bare = bare.removeprefix("trấn ")
        ward = self.draw.choice((unit["ward_name"], short + bare))
        # the table holds districts without blanks and tones, as hurried people type them
        return f"{lead}, {ward}, {unit['district']}, {unit['province_name']}"


def make(records: int, *, wrong: float = 0.2, seed: int = 1, mix: Mix = PLAIN) -> tuple[pa.Table, pa.Table]:
    """Records (`COLUMNS`) in a mixed order, and the truth (`record_id`, `trader`)."""
    world = World(seed, wrong, mix)
    sizes: list[int] = []
    while sum(sizes) < records:
        sizes.append(world.draw.randint(1, 8))
    sizes[-1] -= sum(sizes) - records
    made = [
        (at, world.record(trader))
        for at, (trader, size) in enumerate(zip(world.traders(len(sizes)), sizes, strict=True))
        for _ in range(size)
    ]
    world.draw.shuffle(made)
    columns = {name: [record[name] for _, record in made] for name in COLUMNS[1:]}
    ids = [f"r{at:07d}" for at in range(len(made))]
    return pa.table({"record_id": ids, **columns}), pa.table({"record_id": ids, "trader": [at for at, _ in made]})


def main() -> None:
    """Write both files."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("records_file", type=Path)
    asked.add_argument("truth_file", type=Path)
    asked.add_argument("--records", type=int, default=300_000)
    asked.add_argument("--wrong", type=float, default=0.2)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--hard", action="store_true")
    told = asked.parse_args()
    made, truth = make(told.records, wrong=told.wrong, seed=told.seed, mix=HARD if told.hard else PLAIN)
    pq.write_table(made, told.records_file)
    pq.write_table(truth, told.truth_file)


if __name__ == "__main__":
    main()
