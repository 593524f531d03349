"""Phones, accounts, tax codes, e-mail addresses, handles and web addresses: figures and letters that are the same or not."""

import re
from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from chosach.linking.letters import composed, fold_one
from chosach.text.extract import phones
from chosach.text.extract.placeholders import PLACEHOLDERS
from chosach.text.extract.tables import areas, banks, prefixes

#: Columns of a record that `identifiers` takes.
SOURCES: tuple[str, ...] = ("phone", "bank_account", "bank", "tax_code", "email", "handle", "url")

_SECOND_NUMBER = r"[,;/|]|\s-\s|\shoặc\s|\bhoac\b"
#: Behind a switchboard's number: which desk of it.
_EXTENSION = r"(?i)\b(?:ext|máy lẻ|may le|số lẻ|so le|máy nhánh|may nhanh|nhánh|nhanh)\b.*$"
#: What no word is made of; letters that stand for figures in a number ("O9l2…").
_NO_LETTERS, _FIGURES = r"\d\s\x00-/:-@\[-\x60{-~\u2000-\u206f", "oOlIi"
#: A word besides the number: "Zalo: 0912345678 (giờ hành chính)".
_WORD = rf"[^{_NO_LETTERS}]*[^{_NO_LETTERS}{_FIGURES}][^{_NO_LETTERS}]*"
#: Two numbers that only a blank or a word parts.
_FIRST_OF_TWO = r"^[^\d+]*((?:\+?84|0)(?:[ .\-]?\d){8,10})[\s():]+(?:\+?84|0)\d{8,}.*$"
_FROM_ABROAD = ("84", "084", "0084")
_DISGUISED = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1"}
#: Providers for whom dots in the name are nothing.
_DOTLESS = r"^(?:gmail\.com|googlemail\.com)$"
_SITES = r"^(?:https?://)?(?:www\.|m\.)?(?:facebook|fb|tiktok|instagram|shopee|zalo|youtube|lazada|tiki|sendo)\.[a-z.]+/(?:shop/|@)?"


def identifiers(columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    """`phone`, `account`, `bank`, `tax`, `email`, `handle`, `url` of the columns of `SOURCES`."""
    made = (_phones, _accounts, _banks, _tax_codes, _emails, _handles, _urls)
    return pl.DataFrame([read(columns[name]) for read, name in zip(made, SOURCES, strict=True)])


def _expression(column: pl.Series, name: str, expression: pl.Expr) -> pl.Series:
    """The expression on `x`, nothing where it is empty."""
    if column.null_count() == len(column):
        return column.cast(pl.String).alias(name)
    made = pl.DataFrame([column.alias("x")]).select(expression.alias(name)).to_series()
    return made.set(made == "", None)


def _phones(column: pl.Series) -> pl.Series:
    if column.null_count() == len(column):
        return column.alias("phone")
    x = pl.col("x")
    first = pl.coalesce(x.str.replace(rf"(?:{_SECOND_NUMBER}).*$", "").replace("", None), x)
    bare = pl.coalesce(x.str.replace(_EXTENSION, "").replace("", None), x).str.replace_all(_WORD, " ")
    figures = bare.str.replace_many(list(_DISGUISED), list(_DISGUISED.values())).str.replace(_FIRST_OF_TWO, "${1}")
    firsts = pl.DataFrame([column.alias("x")]).select(first.alias("x")).to_series()
    # most are one number and no word, and need not be looked through
    odd = firsts.filter((firsts.str.contains(r"[^0-9 .+-]") | (firsts.str.len_bytes() > 16)).fill_null(False)).unique()
    if len(odd):
        told = pl.DataFrame([odd.alias("x")]).select(figures.alias("x")).to_series()
        firsts = pl.DataFrame([firsts.alias("x")]).select(x.replace(odd, told)).to_series()
    column, digits = firsts, x.str.replace_all(r"\D", "")
    digits = digits.str.replace(r"^(?:00840?|840?)(\d{9,10})$", "0$1").str.replace(r"^([35789]\d{8})$", "0$1")
    old = {prefix: one.now for prefix, one in prefixes().items() if one.now}
    head = digits.str.slice(0, 4)
    moved = pl.when((digits.str.len_chars() == 11) & head.is_in(list(old))).then(
        pl.concat_str(head.replace(old), digits.str.slice(4))
    )  # fmt: skip
    number = _expression(column, "phone", moved.otherwise(digits))
    mobile = number.str.contains(r"^0[35789]\d{8}$")
    others = number.filter(~mobile.fill_null(True)).unique()
    landlines = {value: _landline(value) for value in others}
    return _told(number.replace(landlines) if landlines else number)


def _told(numbers: pl.Series) -> pl.Series:
    """Without those that stand for none."""
    return numbers.set(numbers.is_in(PLACEHOLDERS).fill_null(False), None)


@lru_cache(maxsize=1)
def _begins() -> dict[int, tuple[str, ...]]:
    """How a number of the numbering plan begins that is no mobile one, by its length: hotlines, old and new landlines, old mobile ones."""
    hotlines = ("1800", "1900")
    old_areas = tuple(sorted({one.area_was for one in areas().values() if one.area_was}))
    new_areas = tuple(sorted({one.area for one in areas().values()}))
    old_mobile = tuple(prefix for prefix, one in prefixes().items() if one.now)
    return {8: hotlines, 10: (*hotlines, *old_areas), 11: (*old_mobile, *new_areas)}


@lru_cache(maxsize=65_536)
def _landline(digits: str) -> str | None:
    """A number that is no mobile one, as it is today. None for what is too short to be a number at all."""
    # most are slips, and begin like no number there is; reading one as text takes a tenth of a millisecond
    if digits.startswith((*_begins().get(len(digits), ()), *_FROM_ABROAD)) or not digits.isascii():
        found = phones(f"đt {digits}")
        if found and found[0].valid:
            return found[0].value
    return digits if len(digits) >= 8 else None


def _accounts(column: pl.Series) -> pl.Series:
    return _told(_expression(column, "account", pl.col("x").str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "")))


@lru_cache(maxsize=1)
def _bank_codes() -> dict[str, str]:
    found = dict(_BANK_INITIALS)
    for one in banks():
        name = _without_form(_words(one.name.partition("(")[0]))
        for words in (
            _words(one.code),
            _without_form(_words(one.name)),
            name,
            name[:-2] if name[-2:] == ["viet", "nam"] else name,
            *map(_words, one.spellings),
        ):
            found.setdefault("".join(words), one.code)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_one(text))


def _without_form(words: list[str]) -> list[str]:
    """A bank's name without what all banks are called: *Ngân hàng TMCP*, *NH*."""
    while words:
        form = next((form for form in _BANK_FORMS if words[: len(form)] == form), None)
        if form is None:
            break
        words = words[len(form) :]
    return words


#: Words before a bank's own name.
_BANK_FORMS = [
    form.split() for form in ("ngan hang", "thuong mai co phan", "nh", "nhtmcp", "nhtm", "tmcp", "tm", "cp", "tnhh", "mtv", "so")
]
#: Names in half, without a blank.
_BANK_INITIALS = {
    "nnptnt": "AGRIBANK", "nongnghiepptnt": "AGRIBANK", "nongnghiepvaptnt": "AGRIBANK", "nnvaptnt": "AGRIBANK",
    "dtpt": "BIDV", "dtvapt": "BIDV",
}  # fmt: skip
#: Words behind it, after which a branch is named.
_BRANCH = frozenset({"cn", "chi", "pgd", "phong", "tinh", "tp", "hoi", "viet", "vn"})


def _banks(column: pl.Series) -> pl.Series:
    told = column.drop_nulls().unique()
    codes = {value: _bank_code(value) for value in told}
    return (column.replace(codes) if codes else column).alias("bank")


@lru_cache(maxsize=65_536)
def _bank_code(text: str) -> str | None:
    """A bank's code, however it is named (*NH TMCP Ngoại thương VN, CN Đồng Nai*): the longest name that it begins with, if nothing but a
    branch follows, or whatever follows one word that is a bank's (*VCB Biên Hòa*); else what stands there."""
    words = _words(text)
    named = _without_form(words)
    for size in range(len(named), 0, -1):
        code = _bank_codes().get("".join(named[:size]))
        if code and (size in {1, len(named)} or named[size] in _BRANCH):
            return code
    return "".join(words).upper() or None


def _tax_codes(column: pl.Series) -> pl.Series:
    digits = pl.col("x").str.replace_all(r"\D", "")
    code = pl.when(digits.str.len_chars() == 13).then(digits.str.slice(0, 10)).otherwise(digits)
    return _told(_expression(column, "tax", pl.when(code.str.len_chars() >= 6).then(code)))


def _emails(column: pl.Series) -> pl.Series:
    x = composed(column).alias("x")
    lower = pl.col("x").str.to_lowercase().str.strip_chars()
    local, host = lower.str.extract(r"^([^@\s]+)@", 1), lower.str.extract(r"@([^@\s]+)$", 1)
    bare = local.str.replace(r"\+.*$", "")
    local = pl.when(host.str.contains(_DOTLESS)).then(bare.str.replace_all(".", "", literal=True)).otherwise(bare)
    return _expression(x, "email", pl.concat_str(local, pl.lit("@"), host.str.replace("googlemail.com", "gmail.com", literal=True)))


def _handles(column: pl.Series) -> pl.Series:
    x = composed(column).alias("x")
    lower = pl.col("x").str.to_lowercase().str.strip_chars().str.replace(_SITES, "").str.replace(r"[/?#].*$", "")
    return _expression(x, "handle", lower.str.replace_all(r"[^\pL\pN_.]", "").str.strip_chars("._"))


def _urls(column: pl.Series) -> pl.Series:
    lower = pl.col("x").str.to_lowercase().str.strip_chars().str.replace(r"^[a-z]+://", "").str.replace(r"^(?:www|m)\.", "")
    return _expression(column, "url", lower.str.replace(r"[?#].*$", "").str.strip_chars_end("/"))
