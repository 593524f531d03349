"""What a pair says of two persons' names: one name, two names, or nothing."""

import csv
from collections.abc import Collection
from functools import lru_cache
from importlib import resources

import duckdb
import numpy as np

from chosach.linking.clusters import NamedPairs
from chosach.linking.comparisons import ACCOUNT, NAME, SHOP

#: Levels of the comparison of names that say a slip or part of one name, and two names where both are persons'. A name that is another
#: by a letter or two (*Lan*, *Loan*) says nothing here: one slip is copied from site to site.
ONE, TWO = ("part", "letter", "letters"), ("near", "other")
#: Tones that differ say two names where the given names have different ones (*Hà*, *Hạ*); a tone left out of one word is a slip.
TONES = "other_tones"
_TONES = -2


#: Family names that firms and shops begin with, too (*Mai*, *Thái*, *Hà*): a person's where such a middle name follows.
_RARER = (
    "bach", "cao", "chau", "chu", "dam", "diep", "ha", "ho", "hua", "khuat", "khuc", "kieu", "la", "lai", "lam", "ly", "mai", "ninh",
    "thai", "tang", "to", "ton", "tong", "vuong",
)  # fmt: skip
_MIDDLE = ("thi", "van", "xuan", "ngoc", "huu", "dinh", "duc", "quoc")

#: A record that shows one of these sells something.
_SELLS = "shop_joined IS NOT NULL OR url IS NOT NULL OR handle IS NOT NULL"


def _rows() -> list[dict[str, str]]:
    text = resources.files("chosach.linking").joinpath("data/name_words.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def family_names() -> frozenset[str]:
    """Without tones; those that hardly begin a firm's name."""
    return frozenset(row["word"] for row in _rows() if row["family"])


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """Words of persons' names, without tones."""
    return frozenset(row["word"] for row in _rows())


#: Fields by which one is found.
_NUMBERS = ("phone", "bank_account", "tax_code", "email", "handle", "url")


def _strangers(compared: Collection[str]) -> str:
    """SQL on a row of `weighed`: only place and near numbers are common; or accounts and shops differ too, whatever phone they share."""
    same = [f"level_{field} <> 0" for field in _NUMBERS if field in compared]
    nothing = f"({' AND '.join(same)})" if same else "true"
    if not {ACCOUNT.field, SHOP.field} <= set(compared):
        return nothing
    # one figure apart is a slip
    accounts = [at for at, level in enumerate(ACCOUNT.levels) if level.name in ("figures", "other")]
    shops = [at for at, level in enumerate(SHOP.levels) if level.name in TWO]
    account, shop = (f"level_{one.field} IN ({', '.join(map(str, levels))})" for one, levels in ((ACCOUNT, accounts), (SHOP, shops)))
    return f"({nothing} OR {account} AND {shop})"


def pairs(con: duckdb.DuckDBPyConnection, records: int, compared: Collection[str]) -> NamedPairs:
    """The pairs of table `weighed`. `compared`: fields. `records`: how many."""
    named = NAME.field in compared
    say = {"same": 3, "no_tones": 2} | dict.fromkeys(ONE, 1) | dict.fromkeys(TWO, -1) | {TONES: _TONES}
    cases = " ".join(f"WHEN {at} THEN {say[level.name]}" for at, level in enumerate(NAME.levels) if level.name in say)
    told = f"CASE level_name {cases} ELSE 0 END" if named else "0"
    strange = f"{told} < 0 AND {_strangers(compared)}"
    found = con.execute(f"SELECT l, r, weight, CAST({told} AS TINYINT) AS named, {strange} AS strangers FROM weighed").fetchnumpy()  # noqa: S608
    left, right, says = found["l"].astype(np.int64), found["r"].astype(np.int64), found["named"].astype(np.int8)
    clear = np.zeros(records, dtype=bool)
    if named:
        families, rarer, middle = (", ".join(f"'{name}'" for name in names) for names in (sorted(family_names()), _RARER, _MIDDLE))
        begins = f"(name_words[1] IN ({families}) OR name_words[1] IN ({rarer}) AND name_words[2] IN ({middle}) AND len(name_words) > 2)"
        # an initial may be anybody's: who writes one may be who writes the word
        asked = (
            f"SELECT id FROM records WHERE {begins} AND len(name_words) BETWEEN 2 AND 6 "  # noqa: S608
            "AND len(list_filter(name_words, lambda word: length(word) < 2)) = 0"
        )
        persons = np.zeros(records, dtype=bool)
        persons[con.execute(asked).fetchnumpy()["id"]] = True
        words = ", ".join(f"('{word}')" for word in sorted(name_words()))
        odd = (
            f"SELECT DISTINCT id FROM (SELECT id, unnest(name_words[2:]) AS word FROM records WHERE {begins}) "  # noqa: S608
            f"ANTI JOIN (VALUES {words}) AS known(word) USING (word)"
        )
        clear |= persons
        clear[con.execute(odd).fetchnumpy()["id"]] = False
        says[(says < 0) & ~(persons[left] & persons[right])] = 0
        tones = np.flatnonzero(says == _TONES)
        given = {side: f"string_split({side}.name, ' ')[-1]" for side in ("a", "b")}
        marked = " AND ".join(f"{given[side]} <> {side}.given" for side in given)
        two = con.execute(
            "SELECT l, r FROM weighed JOIN records a ON l = a.id JOIN records b ON r = b.id "  # noqa: S608
            f"WHERE level_name = {[level.name for level in NAME.levels].index(TONES)} AND {given['a']} <> {given['b']} AND {marked}"
        ).fetchnumpy()
        known = two["l"].astype(np.int64) * records + two["r"]
        says[tones] = np.where(np.isin(left[tones] * records + right[tones], known), -1, 0)
    sells, owns = np.zeros(records, dtype=bool), np.zeros(records, dtype=bool)
    sells[con.execute(f"SELECT id FROM records WHERE {_SELLS}").fetchnumpy()["id"]] = True  # noqa: S608
    owns[con.execute("SELECT id FROM records WHERE account IS NOT NULL").fetchnumpy()["id"]] = True
    return NamedPairs(left, right, found["weight"].astype(np.float64), says, found["strangers"].astype(bool), clear, sells, owns & ~sells)
