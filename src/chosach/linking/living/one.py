"""Normal columns of one record: what `normal` makes of a batch, in a thousandth of a second instead of fifty.

Polars builds its tables of letters anew at every call, which a million rows do not notice and one does. The tables are the same; tests
hold the two to the same columns.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from chosach.linking import letters, tables
from chosach.linking.living.sql import Function, compiled
from chosach.linking.normal import COLUMNS, addresses, identifiers, names, streets
from chosach.linking.units import resolve
from chosach.text.extract.placeholders import PLACEHOLDERS
from chosach.text.extract.tables import prefixes

Columns = dict[str, Any]


def columns(record: Mapping[str, str | None]) -> Columns:
    """All columns of table `records` but `id`: the normal ones and those that SQL adds to them."""
    made: Columns = dict.fromkeys(COLUMNS)
    made["record_id"] = record.get("record_id")
    made["name"], made["name_folded"] = _person(record.get("name"))
    made["shop"], made["shop_folded"], made["shop_joined"] = _shop(record.get("seller_name"))
    for name, read in _IDENTIFIERS.items():
        source, column = name
        text = record.get(source)
        made[column] = None if text is None else read(text) or None
    made |= zip(addresses.COLUMNS, address_parts(record.get("address")), strict=True)
    for step in _derived():
        made |= {name: compute(made) for name, compute in step.items()}
    return made


#: Field as read → normal columns that it becomes, any of which says something.
_BECOMES: dict[str, tuple[str, ...]] = {
    "name": ("name",), "seller_name": ("shop",), "phone": ("phone",), "bank_account": ("account",), "bank": ("bank",), "tax_code": ("tax",),
    "email": ("email",), "handle": ("handle",), "url": ("url",), "address": addresses.COLUMNS,
}  # fmt: skip


def unread(record: Mapping[str, str | None]) -> list[str]:
    """Fields that the record has and in which nothing to compare can be read: a phone without figures, a name without letters."""
    made = columns(record)
    found = [field for field, names in _BECOMES.items() if record.get(field) and all(made[name] is None for name in names)]
    if record.get("warehouse"):
        from chosach.linking.living.places import value

        found += [] if value(record["warehouse"]) else ["warehouse"]
    return found


@lru_cache(maxsize=1)
def _derived() -> tuple[dict[str, Function], dict[str, Function]]:
    first, second = ({name: compiled(sql) for name, sql in step.items()} for step in (tables.DERIVED, tables.DERIVED_AFTER))
    return first, second


@lru_cache(maxsize=1)
def _in_words() -> str:
    """What Rust takes for a part of a word besides what Python does: marks, connectors, joiners."""
    codes = [
        code for code in range(0x80, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me", "Pc") or code in (0x200C, 0x200D)
    ]
    return "".join(map(chr, codes))


def _rust(pattern: str) -> re.Pattern[str]:
    """A pattern as Rust reads it: `$` is the end of the text, not a line feed before it, and marks are parts of words."""
    inside, outside = rf"[\w{_in_words()}]", rf"[^\w{_in_words()}]"
    inside_before, inside_after = f"(?<={inside})", f"(?={inside})"
    border = f"(?:{inside_before}(?!{inside})|(?<!{inside}){inside_after})"
    return re.compile(pattern.replace("$", r"\Z").replace(r"\b", border).replace(r"\W", outside))


@lru_cache(maxsize=1)
def _lowering() -> tuple[re.Pattern[str], dict[str, str]]:
    table = letters._latin() | letters._TONE_PLACES
    pairs = "|".join(re.escape(key) for key in table if len(key) > 1)
    singles = "".join(re.escape(key) for key in table if len(key) == 1)
    return re.compile(f"{pairs}|[{singles}]"), table


@lru_cache(maxsize=1)
def _folding() -> dict[int, str]:
    return str.maketrans(letters._bare())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text) if re.search(letters._COMBINING, text) else text


def _lowered(text: str) -> str:
    pattern, table = _lowering()
    return pattern.sub(lambda found: table[found[0]], text.lower())


def _folded(text: str) -> str:
    return text.translate(_folding())


def _words(text: str) -> str:
    kept = "".join(char if unicodedata.category(char)[0] in "LN" else " " for char in text)
    return re.sub(" {2,}", " ", kept).strip(" ")


@lru_cache(maxsize=4)
def _phrases(which: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(form) for form in (names._legal_forms() if which == "firm" else names._decorations())))


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile(names._titles())


def _left(text: str, which: str, numbered: str = "") -> str:
    left = _phrases(which).sub(" ", f" {text.replace(' ', '  ')} ")
    left = re.sub(numbered, " ", left) if numbered else left
    return re.sub(" {2,}", " ", left).strip(" ") or text


@lru_cache(maxsize=2)
def _trades(*, bare: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    short, told = names.trades(bare=bare)
    return re.compile("|".join(map(re.escape, short))), dict(zip(short, told, strict=True))


@lru_cache(maxsize=1)
def _firm() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _rust(names.begins_as_firm()), _rust(names.and_between_trades())


def _trades_told(name: str) -> str:
    """A firm's name with its trades in full."""
    begins, between = _firm()
    if not begins.search(name):
        return name
    pattern, meant = _trades(bare=_folded(name) == name)
    told = pattern.sub(lambda found: meant[found[0]], f" {name.replace(' ', '  ')} ")
    return between.sub(r"\1 \2", re.sub(" {2,}", " ", told).strip(" "))


def _in_latin(text: str) -> str:
    """Which letters are Latin ones Polars knows and Python does not."""
    foreign = not text.isascii() and pl.Series([text]).str.contains(names._FOREIGN).any()
    return letters.latin_one(text) if foreign else text


def _person(text: str | None) -> tuple[str | None, str | None]:
    name = _words(_lowered(_in_latin(_composed(text)))) if text is not None else ""
    if not name:
        return None, None
    name = _titles().sub(r"\1", _left(_trades_told(name), "firm"), count=1)
    return name, _folded(name)


def _shop(text: str | None) -> tuple[str | None, str | None, str | None]:
    shop = _words(_lowered(_composed(text))) if text is not None else ""
    if not shop:
        return None, None, None
    shop = _left(shop, "shop", names._NUMBERED)
    folded = _folded(shop)
    return shop, folded, folded.replace(" ", "")


_DISGUISED = {ord(char): plain for char, plain in identifiers._DISGUISED.items()}
_SECOND = _rust(rf"(?:{identifiers._SECOND_NUMBER}).*$")
_ABROAD, _BARE_MOBILE, _MOBILE = (
    re.compile(pattern) for pattern in (r"\A(?:00840?|840?)(\d{9,10})\Z", r"\A([35789]\d{8})\Z", r"\A0[35789]\d{8}\Z")
)


_EXTENSION, _FIRST_OF_TWO = _rust(identifiers._EXTENSION), _rust(identifiers._FIRST_OF_TWO)
_LETTERS, _AS_FIGURES = re.compile(f"[^{identifiers._NO_LETTERS}]+"), frozenset(identifiers._FIGURES)


def _no_word(letters: re.Match[str]) -> str:
    """A blank for a word (`identifiers._WORD`, told letter by letter: of many that may be figures the pattern would try all)."""
    return letters[0] if _AS_FIGURES.issuperset(letters[0]) else " "


def _phone(text: str) -> str | None:
    first = _SECOND.sub("", text, count=1) or text
    bare = _LETTERS.sub(_no_word, _EXTENSION.sub("", first, count=1) or first)
    digits = re.sub(r"\D", "", _FIRST_OF_TWO.sub(r"\1", bare.translate(_DISGUISED), count=1))
    digits = _BARE_MOBILE.sub(r"0\1", _ABROAD.sub(r"0\1", digits))
    one = prefixes().get(digits[:4])
    if len(digits) == 11 and one is not None and one.now:
        digits = one.now + digits[4:]
    return _told(digits if not digits or _MOBILE.match(digits) else identifiers._landline(digits))


def _told(number: str | None) -> str | None:
    return None if number in PLACEHOLDERS else number


def _account(text: str) -> str | None:
    return _told(re.sub(r"[^0-9A-Z]", "", text.upper()))


def _tax(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    code = digits[:10] if len(digits) == 13 else digits
    return _told(code) if len(code) >= 6 else None


_LOCAL, _HOST = re.compile(r"^([^@\s]+)@"), re.compile(r"@([^@\s]+)\Z")
_DOTLESS = _rust(identifiers._DOTLESS)


def _email(text: str) -> str | None:
    lower = _composed(text).lower().strip()
    local, host = _LOCAL.search(lower), _HOST.search(lower)
    if not local or not host:
        return None
    bare = re.sub(r"\+.*\Z", "", local[1], count=1)
    if _DOTLESS.search(host[1]):
        bare = bare.replace(".", "")
    return f"{bare}@{host[1].replace('googlemail.com', 'gmail.com', 1)}"


_SITES = re.compile(identifiers._SITES)


def _handle(text: str) -> str:
    lower = re.sub(r"[/?#].*\Z", "", _SITES.sub("", _composed(text).lower().strip(), count=1), count=1)
    return "".join(char for char in lower if char in "_." or unicodedata.category(char)[0] in "LN").strip("._")


def _url(text: str) -> str:
    lower = re.sub(r"^(?:www|m)\.", "", re.sub(r"^[a-z]+://", "", text.lower().strip(), count=1), count=1)
    return re.sub(r"[?#].*\Z", "", lower, count=1).rstrip("/")


#: (column as read, normal column) → how it is read.
_IDENTIFIERS: dict[tuple[str, str], Callable[[str], str | None]] = {
    ("phone", "phone"): _phone,
    ("bank_account", "account"): _account,
    ("bank", "bank"): identifiers._bank_code,
    ("tax_code", "tax"): _tax,
    ("email", "email"): _email,
    ("handle", "handle"): _handle,
    ("url", "url"): _url,
}


def _rules(rules: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], str]]:
    return [(_rust(pattern), re.sub(r"\$\{(\d)\}", r"\\g<\1>", joined)) for pattern, joined in rules]


_BEFORE, _RULES = _rules(addresses.BEFORE), _rules((*streets.NUMBERED, *streets.PLAIN))
(_TONED,) = _rules((addresses.TONED,))
_NUMBER, _PARTS = _rust(streets.NUMBER), re.compile(addresses._PARTS)


@lru_cache(maxsize=1)
def _street_phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    told, meant = streets.phrases()
    return re.compile("|".join(map(re.escape, told))), dict(zip(told, meant, strict=True))


def _letters_and(text: str, more: str) -> str:
    """Letters, figures and `more`, everything else one blank."""
    kept = "".join(char if char in more or unicodedata.category(char)[0] in "LN" else " " for char in text)
    return re.sub(" {2,}", " ", kept).strip(" ")


def _street(text: str) -> tuple[str, str]:
    street = streets.in_figures(_letters_and(text, "/-"))
    pattern, meant = _street_phrases()
    street = re.sub(" +", " ", pattern.sub(lambda found: meant[found[0]], f" {street.replace(' ', '  ')} "))
    for rule, joined in _RULES:
        street = rule.sub(joined, street)
    found = _NUMBER.search(street)
    return found[1] if found else "", _letters_and(_NUMBER.sub("", street, count=1), "")


def address_parts(text: str | None) -> tuple[str | None, ...]:
    """`normal.addresses.COLUMNS` of an address: house number, street, province, district and ward."""
    if text is None:
        return (None,) * len(addresses.COLUMNS)
    rule, joined = _TONED
    read = _folded(rule.sub(joined, _lowered(_composed(text)), count=1)).strip(" .,")
    for rule, joined in _BEFORE:
        read = rule.sub(joined, read)
    parts = _PARTS.sub(",", read).strip(",").split(",")
    place = resolve(",".join(parts[-2:]))
    if place.used == 2 and place.unit == "" and place.left == "":
        place = resolve(",".join(parts[-3:]))
    number, street = _street(" ".join((*parts[: max(len(parts) - place.used, 0)], *([place.left] if place.left else []))))
    return tuple(told or None for told in (number, street, place.province, addresses.district(place), place.unit))
