"""Names of persons, firms and shops."""

import csv
import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from itertools import permutations

import polars as pl

from chosach.linking.letters import composed, fold_one, folded, latin_one, lowered, words
from chosach.text.extract.tables import provinces

#: Districts, branches and wards by number: "quận 7", "q7", "cn 2", "cơ sở 3", "p12". Blanks are double there, see `_left`.
_NUMBERED = r" (?:quận|quan|q|chi  nhánh|chi  nhanh|cn|cơ  sở|co  so|cs|phường|phuong|p)(?:  )?\d{1,2} "

#: Legal forms of three letters that are no word in any name.
_SHORT_FORMS = frozenset(("ltd", "llc", "llp", "inc", "plc", "jsc", "bhd", "pte", "pty", "pvt"))
#: A letter that is neither Latin nor a figure.
_FOREIGN = r"[^\p{Latin}\P{L}]"

#: How a firm's name begins, and what of its trade stands there in short (*TM*, *TMDV*, *SX TM*). Only there: other words may be anything's.
#: A household's name is its owner's, and its letters are initials.
_FIRM = ("công ty", "cty", "ct tnhh", "ct cp", "ctcp", "tnhh", "doanh nghiệp", "dntn", "hợp tác xã", "htx", "cơ sở sản xuất")
_TRADES = {
    "tm": "thương mại", "dv": "dịch vụ", "sx": "sản xuất", "xnk": "xuất nhập khẩu", "đt": "đầu tư", "xd": "xây dựng",
}  # fmt: skip
_MORE_TRADES = {"xk": "xuất khẩu", "nk": "nhập khẩu", "vlxd": "vật liệu xây dựng", "bđs": "bất động sản", "tmđt": "thương mại điện tử"}


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    text = resources.files("chosach.linking").joinpath("data/words.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["sort"], []).append(row["words"])
    return found


def _spelt(phrases: list[str]) -> list[str]:
    """The phrases with and without tones, longest first, with the blanks of `_left`."""
    forms = {form for phrase in phrases for form in (phrase, fold_one(phrase))}
    return [f" {form.replace(' ', '  ')} " for form in sorted(forms, key=lambda form: (-len(form), form))]


@lru_cache(maxsize=1)
def _legal_forms() -> list[str]:
    """Vietnamese ones, and of the world's those that are no word of anybody's name."""
    text = resources.files("chosach.linking").joinpath("data/legal_forms.csv").read_text(encoding="utf-8")
    world = [row["words"] for row in csv.DictReader(text.splitlines())]
    clear = [form for form in world if len(form.replace(" ", "")) > 3 or form in _SHORT_FORMS]
    return _spelt([*_words()["firm"], *clear])


def begins_as_firm() -> str:
    """Pattern: a firm's name, in lower case, as words."""
    return rf"^(?:{'|'.join(form for phrase in _FIRM for form in (phrase, fold_one(phrase)))}) "


def and_between_trades() -> str:
    """Pattern: "thương mại và dịch vụ" is "thương mại dịch vụ", without tones too."""
    trades = "|".join(form for trade in _TRADES.values() for form in (trade, fold_one(trade)))
    return rf"\b({trades}) v[àa] ({trades})\b"


@lru_cache(maxsize=2)
def trades(*, bare: bool) -> tuple[list[str], list[str]]:
    """Short forms and what they stand for, with the blanks of `_left`. `bare`: for names without tones, or they would get some.

    *DT* is *ĐT* in both: what it says here must not hang on the tones of other words.
    """
    known = dict(_TRADES)
    for number in (2, 3):
        known |= {"".join(some): " ".join(_TRADES[one] for one in some) for some in permutations(_TRADES, number)}
    known |= _MORE_TRADES
    known |= {fold_one(short): told for short, told in known.items()}
    told = [fold_one(words) if bare else words for words in known.values()]
    return [f" {short} " for short in known], [f" {words.replace(' ', '  ')} " for words in told]


def _trades_told(column: pl.Series) -> pl.Series:
    """Names of firms with their trades in full."""
    firms = column.str.contains(begins_as_firm()).fill_null(False).arg_true()
    if not len(firms):
        return column
    name = pl.col("name")
    read = pl.DataFrame([column.gather(firms).alias("name")])
    spaced = pl.concat_str(pl.lit(" "), name.str.replace_all(" ", "  ", literal=True), pl.lit(" "))
    told, bare = (spaced.str.replace_many(*trades(bare=bare), leftmost=True) for bare in (False, True))
    read = read.select(pl.when(folded(name) == name).then(bare).otherwise(told).alias("name"))
    read = read.select(name.str.replace_all(" {2,}", " ").str.strip_chars(" ").str.replace_all(and_between_trades(), "$1 $2"))
    return column.scatter(firms, read["name"])


@lru_cache(maxsize=1)
def _titles() -> str:
    return rf"^(?:{'|'.join(form.strip() for form in _spelt(_words()['title']))}) (\S+ \S+)"


@lru_cache(maxsize=1)
def _decorations() -> list[str]:
    places = [re.sub(r"[^\w]+", " ", spelling.lower()).strip() for one in provinces() for spelling in (one.name, *one.spellings)]
    return _spelt([*_words()["shop"], *(place.removeprefix("thành phố ") for place in places if len(place) > 1)])


def _left(text: pl.Expr, phrases: list[str], numbered: str = "") -> pl.Expr:
    """What is left without the phrases, or all of it where nothing would be.

    Each word stands between blanks of its own, so that phrases side by side are found in one pass.
    """
    spaced = pl.concat_str(pl.lit(" "), text.str.replace_all(" ", "  ", literal=True), pl.lit(" "))
    left = spaced.str.replace_many(phrases, [" "] * len(phrases), leftmost=True)
    left = left.str.replace_all(numbered, " ") if numbered else left
    left = left.str.replace_all(" {2,}", " ").str.strip_chars(" ")
    return pl.when(left == "").then(text).otherwise(left)


def _each_once(column: pl.Series, read: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """What is read of a column, each distinct value read once: names recur, and finding the distinct ones takes a tenth of reading them."""
    told = column.alias("told").to_frame()
    distinct = told.unique()
    made = pl.concat([distinct, read(distinct["told"])], how="horizontal")
    return told.join(made, on="told", how="left", maintain_order="left", nulls_equal=True).drop("told")


def persons(column: pl.Series) -> pl.DataFrame:
    """`name`, `name_folded` of a column of names of persons and firms."""
    return _each_once(column, _persons)


def _persons(column: pl.Series) -> pl.DataFrame:
    name = pl.col("name")
    made = pl.DataFrame([_in_latin(composed(column.alias("name")))]).with_columns(_null_if_empty(words(lowered(name))))
    made = made.with_columns(_trades_told(made["name"]))
    made = made.with_columns(_left(name, _legal_forms())).with_columns(name.str.replace(_titles(), "$1"))
    return made.with_columns(folded(name).alias("name_folded"))


def _in_latin(column: pl.Series) -> pl.Series:
    """Names of other scripts in Latin letters. Look-alikes among Latin ones are left to what comes after."""
    foreign = column.filter(column.str.contains(_FOREIGN).fill_null(False)).unique()
    return column.replace({name: latin_one(name) for name in foreign}) if len(foreign) else column


def shops(column: pl.Series) -> pl.DataFrame:
    """`shop`, `shop_folded`, `shop_joined` of a column of names of shops."""
    return _each_once(column, _shops)


def _shops(column: pl.Series) -> pl.DataFrame:
    shop = pl.col("shop")
    made = pl.DataFrame([composed(column.alias("shop"))]).with_columns(_null_if_empty(words(lowered(shop))))
    made = made.with_columns(_left(shop, _decorations(), _NUMBERED)).with_columns(folded(shop).alias("shop_folded"))
    return made.with_columns(pl.col("shop_folded").str.replace_all(" ", "", literal=True).alias("shop_joined"))


def _null_if_empty(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
