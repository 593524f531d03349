"""How two values of a field can agree, from most to least, as SQL on the normal columns of both sides (`…_l`, `…_r`).

A level says two things apart: its *agreement* (0 to 1: how far the values are the same), set here, and its *weight of evidence* (how much
more often it is seen with one trader than with two), learnt from the records (`learning`) and, where `rare` names a column, by how common
the very value is. So a full agreement of a common name stays light, and a toneless one of a rare name heavy.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True)
class Level:
    """One way to agree. `sql`: condition, tried in order; "" for whatever is left. `rare`: column whose value the two share.

    `most`: bits above which the level never goes. Tones that differ make two names, however rarely the letters below them are met.
    """

    name: str
    sql: str
    agreement: float
    rare: str = ""
    most: float | None = None


@dataclass(frozen=True)
class Comparison:
    """`columns`: what the conditions read besides; `present`: the column without which nothing is compared.

    `measures`: name → SQL of what several conditions ask for, computed once a pair; a later one may read an earlier one. `key`: a column
    that all others are made of, where records share values so often that it is cheaper to compare each two values once; "" for none.
    """

    field: str
    present: str
    columns: tuple[str, ...]
    levels: tuple[Level, ...]
    measures: tuple[tuple[str, str], ...] = ()
    key: str = ""

    def spelt_out(self, sql: str) -> str:
        """A condition with its measures written in their places, for engines that know nothing of them."""
        for name, measure in reversed(self.measures):
            sql = re.sub(rf"\b{name}\b", lambda _, measure=measure: f"({measure})", sql)  # type: ignore[misc]
        return sql

    @property
    def frequencies(self) -> tuple[str, ...]:
        """Columns whose values' frequencies count."""
        return tuple(dict.fromkeys(level.rare for level in self.levels if level.rare))


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _apart(column: str, unless: str) -> str:
    """How many letters are put in, left out or changed; null where hardly any are the same. A measure that costs a tenth is asked first."""
    return f"CASE WHEN {unless} THEN NULL WHEN {_alike(column, 0.8)} THEN levenshtein({column}_l, {column}_r) END"


def _same_figures(column: str) -> str:
    """Two who share a name put other figures behind it (lan1985@, lan2001@): a slip of the pen changes letters."""
    return f"regexp_replace({column}_l, '[^0-9]+', '', 'g') = regexp_replace({column}_r, '[^0-9]+', '', 'g')"


def _one_slip(measure: str, column: str) -> str:
    """One letter put in, left out or changed, or two neighbours swapped. Swaps are looked for only where two letters are another's:

    the dear measure is asked last, of texts that differ in two places (`hamming` counts bytes).
    """
    sides = (f"{column}_l", f"{column}_r")
    swapped = f"damerau_levenshtein({sides[0]}, {sides[1]}) = 1"
    alike_but_two = f"CASE WHEN strlen({sides[0]}) = strlen({sides[1]}) THEN hamming({sides[0]}, {sides[1]}) = 2 ELSE false END"
    return (
        f"CASE WHEN {measure} <= 1 THEN true WHEN {measure} = 2 THEN CASE WHEN {alike_but_two} THEN {swapped} ELSE false END ELSE false END"
    )


def _agree_or_unknown(column: str) -> str:
    return f"coalesce({column}_l = {column}_r, true)"


_OTHER = Level("other", "", 0.0)
_BARE = "(not name_marked_l or not name_marked_r)"

#: One name is the other without words in between, or a stretch of it. Another word in between is another person.
_PART = (
    "CASE WHEN length(name_folded_l) = length(name_folded_r) THEN false "
    "WHEN name_ends_l = name_ends_r THEN list_has_all(string_split(name_folded_l, ' '), string_split(name_folded_r, ' ')) "
    "OR list_has_all(string_split(name_folded_r, ' '), string_split(name_folded_l, ' ')) "
    "ELSE least(length(name_folded_l), length(name_folded_r)) >= 5 AND "
    "(contains(name_folded_l, name_folded_r) OR contains(name_folded_r, name_folded_l)) END"
)


#: What one name is of the other it is with its tones too, or one side is written without: Hà is no part of Thị Hạ.
_PART_TONED = (
    f"({_BARE} or list_has_all(string_split(name_l, ' '), string_split(name_r, ' ')) "
    "or list_has_all(string_split(name_r, ' '), string_split(name_l, ' ')) or contains(name_l, name_r) or contains(name_r, name_l))"
)


@lru_cache(maxsize=1)
def _known_words() -> str:
    """SQL: the words that names are made of, each between blanks."""
    rows = csv.DictReader(resources.files("chosach.linking").joinpath("data/name_words.csv").read_text(encoding="utf-8").splitlines())
    return "' " + " ".join(row["word"] for row in rows) + " '"


def _other_word() -> str:
    """The names differ by a letter or two, and what differs is a name on both sides: Lan and Loan, Thị and Thu. Hardly a slip."""

    def known(these: str, those: str) -> str:
        # only the words that differ are looked for among the known ones: they are a long text
        apart = f"lambda word: NOT contains(concat(' ', name_folded_{those}, ' '), concat(' ', word, ' '))"
        others = f"list_filter(string_split(name_folded_{these}, ' '), {apart})"
        return f"len(list_filter({others}, lambda word: NOT contains({_known_words()}, concat(' ', word, ' ')))) = 0"

    return f"CASE WHEN name_apart <= 2 THEN CASE WHEN {known('l', 'r')} THEN {known('r', 'l')} ELSE false END ELSE false END"


NAME = Comparison(
    "name",
    "name_sorted",
    ("name", "name_folded", "name_toned", "name_ends", "name_marked"),
    (
        Level("same", _same("name_toned"), 1.0, "name_sorted"),
        Level("no_tones", f"{_same('name_sorted')} and {_BARE}", 0.95, "name_sorted"),
        Level("part", f"CASE WHEN name_part THEN {_PART_TONED} ELSE false END", 0.8, "name_ends"),
        Level("other_tones", f"{_same('name_sorted')} or name_part", 0.6, most=-3.0),
        Level("other_word", _other_word(), 0.5),
        Level("letter", _one_slip("name_apart", "name_folded"), 0.85),
        Level("letters", f"name_apart <= 2 or {_alike('name_sorted', 0.94)}", 0.7),
        Level("near", "name_like >= 0.85", 0.4),
        _OTHER,
    ),
    (
        ("name_like", f"CASE WHEN {_same('name_sorted')} THEN NULL ELSE jaro_winkler_similarity(name_folded_l, name_folded_r) END"),
        ("name_apart", "CASE WHEN name_like >= 0.8 THEN levenshtein(name_folded_l, name_folded_r) END"),
        ("name_part", _PART),
    ),
    key="name",
)  # fmt: skip

SHOP = Comparison(
    "seller_name",
    "shop_joined",
    ("shop", "shop_folded"),
    (
        Level("same", _same("shop"), 1.0, "shop_joined"),
        Level("no_tones", f"{_same('shop_joined')} and (shop_l = shop_folded_l or shop_r = shop_folded_r)", 0.95, "shop_joined"),
        Level("other_tones", _same("shop_joined"), 0.7, most=0.0),
        Level("letters", "shop_apart <= 2", 0.85),
        Level("part", "least(length(shop_folded_l), length(shop_folded_r)) >= 5 and (contains(shop_folded_l, shop_folded_r) "
              "or contains(shop_folded_r, shop_folded_l))", 0.7),
        Level("near", _alike("shop_folded", 0.88), 0.5),
        _OTHER,
    ),
    (("shop_apart", _apart("shop_joined", _same("shop_joined"))),),
    key="shop",
)  # fmt: skip


def _number(field: str, column: str) -> Comparison:
    return Comparison(
        field,
        column,
        (),
        (
            Level("same", _same(column), 1.0, column),
            Level("figure", _one_slip(f"{column}_apart", column), 0.8),
            Level("figures", f"{column}_apart <= 2", 0.6),
            _OTHER,
        ),
        ((f"{column}_apart", _apart(column, _same(column))),),
    )


PHONE = _number("phone", "phone")
TAX = _number("tax_code", "tax")
ACCOUNT = Comparison(
    "bank_account",
    "account",
    ("bank",),
    (
        Level("same", f"{_same('account')} and {_agree_or_unknown('bank')}", 1.0, "account"),
        Level("other_bank", _same("account"), 0.7, "account"),
        Level("figure", _one_slip("account_apart", "account"), 0.8),
        Level("figures", "account_apart <= 2", 0.6),
        _OTHER,
    ),
    (("account_apart", _apart("account", _same("account"))),),
)
EMAIL = Comparison(
    "email",
    "email",
    ("email_local",),
    (
        Level("same", _same("email"), 1.0, "email"),
        Level("other_host", _same("email_local"), 0.7, "email_local"),
        Level("letters", f"{_apart('email', 'false')} <= 2 and {_same_figures('email')}", 0.85),
        Level("near", f"{_alike('email', 0.9)} and {_same_figures('email')}", 0.5),
        _OTHER,
    ),
)
HANDLE = Comparison(
    "handle",
    "handle",
    (),
    (
        Level("same", _same("handle"), 1.0, "handle"),
        Level("letter", f"{_apart('handle', 'false')} <= 1 and {_same_figures('handle')}", 0.8),
        _OTHER,
    ),
)
URL = Comparison("url", "url", (), (Level("same", _same("url"), 1.0, "url"), _OTHER))

_NUMBER = _same("number")
#: Where no end of an address was read, its number and its figures may be anything's.
_UNREAD = "(province_l IS NULL AND province_r IS NULL)"
#: 12 đường số 3 and 12 đường số 5 are a letter apart, and two houses.
_FIGURES = f"({_agree_or_unknown('figures')} or {_UNREAD})"
#: So are the numbers 3 and 7 of one street.
_NO_OTHER_HOUSE = f"({_agree_or_unknown('number')} or {_UNREAD})"
_REST = "(starts_with(street_l || ' ', street_r || ' ') or starts_with(street_r || ' ', street_l || ' '))"
#: "Đồng Nai" and "Trảng Bom" alone are no address: all who live there would have it.
_HOUSE = "(street_l IS NOT NULL or number_l IS NOT NULL) and (street_r IS NOT NULL or number_r IS NOT NULL)"
_SOMEWHERE = f"{_agree_or_unknown('province')} and {_agree_or_unknown('district')}"
ADDRESS = Comparison(
    "address",
    "place",
    ("number", "street", "province", "district", "unit", "figures"),
    (
        Level("same", f"{_HOUSE} and {_same('place')} and {_agree_or_unknown('unit')} and {_agree_or_unknown('district')}", 1.0, "place"),
        Level(
            "near",
            f"{_NUMBER} and ({_REST} or ({_apart('street', 'false')} <= 2 and {_FIGURES})) and {_SOMEWHERE} "
            f"and {_agree_or_unknown('unit')}",
            0.85,
        ),
        Level("street", f"{_same('unit')} and {_same('street')}", 0.6),
        Level("letters", f"{_HOUSE} and {_NO_OTHER_HOUSE} and {_SOMEWHERE} and {_FIGURES} and {_alike('place', 0.93)}", 0.6),
        Level("unit", _same("unit"), 0.4),
        Level("province", _same("province"), 0.15),
        _OTHER,
    ),
)

COMPARISONS: tuple[Comparison, ...] = (NAME, SHOP, PHONE, ACCOUNT, TAX, EMAIL, HANDLE, URL, ADDRESS)
BY_FIELD: dict[str, Comparison] = {one.field: one for one in COMPARISONS}


def of_columns(filled: Iterable[str]) -> tuple[Comparison, ...]:
    """Those that have something to compare, given the normal columns that hold any value."""
    there = set(filled)
    return tuple(one for one in COMPARISONS if one.present in there)
