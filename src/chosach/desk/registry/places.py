"""Where a trader is, from the words of a listing: province and district by name, never guessed.

A place is `inside` the home province, `outside` it, or `unknown`. A name decides only when it is a whole part of the address
("Biên Hòa" in "TP. Biên Hòa, Đồng Nai") and means one province only: "Tân Phú" alone is a district of two provinces and decides
nothing. Marks count when they are written: they are dropped only for text that has none at all.

Units count as before July 2025. What names no district of those (*phường Tam Hiệp, Đồng Nai*, an address without commas, an industrial
park) goes through the reader of linking (`linking.units`), which knows the wards of then and of now: to the district in which the whole
ward lay, or out of the province where the ward came to it with another one (*phường Đồng Xoài, Đồng Nai* lay in Bình Phước).

Data: `data/units-2020.csv`, the 63 provinces and their districts before July 2025 (see NOTICE).
"""

import csv
import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from chosach.desk.registry.folding import fold
from chosach.text.extract.tables import provinces

INSIDE, OUTSIDE, UNKNOWN = "inside", "outside", "unknown"

#: General Statistics Office code of the province whose committee uses this desk (Đồng Nai).
HOME_PROVINCE = "75"

_PREFIX = re.compile(
    r"^(?:thành phố|thanh pho|tỉnh|tinh|quận|quan|huyện|huyen|thị xã|thi xa|tp|tx|h|q|t)\s*(?:\.\s*|\s+)|^(?:tp\.?)(?=\w)",
    re.IGNORECASE,
)
_KIND = {
    "tp": "Thành phố", "thành phố": "Thành phố", "thanh pho": "Thành phố", "quận": "Quận", "quan": "Quận", "q": "Quận",
    "huyện": "Huyện", "huyen": "Huyện", "h": "Huyện", "thị xã": "Thị xã", "thi xa": "Thị xã", "tx": "Thị xã",
}  # fmt: skip
#: The number of a house, at the beginning of a street's part.
_HOUSE = re.compile(r"^(?:(?:số nhà|so nha|số|so|sn|nhà|nha)\.?\s*)?[a-zđ]{0,2}\d[\w/.-]*\s+")
_WARD = re.compile(r"^(?:(?:phường|phuong|xã|xa(?! lo\b)|thị trấn|thi tran)\s|(?:p|x|tt)\s*\.|(?:p|tt)\s|p\d)")
_SPLIT = re.compile(r"\s*(?:[,;|/\n]|\s[-–]\s)\s*")
#: Old and new ways to place the tone mark: "Hoà" and "Hòa" are one name.
_OLD_TONES = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
]
_ALIASES = {
    "hcm": "79", "tphcm": "79", "tp.hcm": "79", "tp hcm": "79", "tp. hcm": "79", "sài gòn": "79", "sai gon": "79", "saigon": "79",
    "hn": "01", "hanoi": "01", "thừa thiên huế": "46", "thua thien hue": "46", "bà rịa vũng tàu": "77", "ba ria vung tau": "77",
    "br-vt": "77", "brvt": "77", "đăk lăk": "66", "đắc lắc": "66", "đăk nông": "67", "dongnai": "75", "bienhoa": "75",
}  # fmt: skip
#: Words before a province's name that make it the name of something else.
_CALLED_AFTER = frozenset(
    "xã phường đường xa phuong duong sông song lộ lo phố pho chợ cho cầu cau kcn nghiệp nghiep".split()  # noqa: SIM905
)
_ABROAD = {
    "nước ngoài",
    "nuoc ngoai",
    "quốc tế",
    "quoc te",
    "overseas",
    "trung quốc",
    "trung quoc",
    "mainland china",
    "hàn quốc",
    "nhật bản",
}

#: What decides how places are read: package and file.
READERS = (
    ("chosach.desk.registry", "data/units-2020.csv"),
    ("chosach.desk.registry", "places.py"),
    ("chosach.desk.registry", "folding.py"),
    ("chosach.desk.registry", "services/locate.py"),
    ("chosach.linking", "data/units.csv.gz"),
    ("chosach.linking", "data/parks.csv"),
    ("chosach.linking", "units.py"),
    ("chosach.linking", "unit_names.py"),
    ("chosach.linking", "letters.py"),
    ("chosach.text", "lookalikes.py"),
    ("chosach.text.extract", "tables.py"),
    ("chosach.text.extract", "data/provinces.csv"),
)

if TYPE_CHECKING:
    from chosach.linking.units import Place as Read


@dataclass(frozen=True)
class Place:
    """`state` inside, outside or unknown; `province` and `district` are unit codes ("" when not known)."""

    state: str = UNKNOWN
    province: str = ""
    district: str = ""


@dataclass(frozen=True)
class Unit:
    level: str
    code: str
    name: str
    short: str
    province: str


def _key(name: str) -> str:
    text = unicodedata.normalize("NFC", name).lower().strip(" .")
    for old, new in _OLD_TONES:
        text = text.replace(old, new)
    return " ".join(text.replace(" - ", " ").split())


@functools.cache
def units() -> dict[str, Unit]:
    """Every unit by its code: two digits a province, three digits a district."""
    text = files("chosach.desk.registry").joinpath("data/units-2020.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Unit(row["level"], row["code"], row["name"], row["short"], row["parent"] or row["code"])
        for row in csv.DictReader(text.splitlines())
    }


@functools.cache
def reading() -> str:
    """Changes whenever places may be read otherwise than before: the SHA-256 of the units and parks that are known, and of what reads."""
    told = hashlib.sha256()
    for package, name in READERS:
        told.update(hashlib.sha256(files(package).joinpath(name).read_bytes()).digest())
    return told.hexdigest()


@functools.cache
def _index() -> dict[str, list[Unit]]:
    """Name with marks and without → units of that name. A folded name stands beside the real one under a mark of its own."""
    index: dict[str, list[Unit]] = {}
    for unit in units().values():
        for key in {_key(unit.short), "=" + fold(_key(unit.short))}:
            index.setdefault(key, []).append(unit)
    return index


def unit_name(code: str) -> str:
    """The unit's full name; "" for a code that is not known."""
    unit = units().get(code)
    return unit.name if unit else ""


def _named(part: str) -> list[Unit]:
    """Units that this part of an address names, narrowed by its kind word ("huyện Tân Phú")."""
    key = _key(part)
    prefix = _PREFIX.match(key)
    bare = key[prefix.end() :].strip() if prefix else key
    plain = key.isascii()
    for text in dict.fromkeys((bare, key)):
        found = _index().get("=" + text if plain else text, [])
        kind = _KIND.get(prefix.group(0).strip(" .")) if prefix and text == bare else None
        narrowed = [unit for unit in found if kind is None or unit.name.startswith(kind)]
        if narrowed:
            return narrowed
        if kind in {"Thành phố", "Thị xã"} and found:  # towns become cities: "TX. Long Khánh" is still the one Long Khánh
            return [unit for unit in found if not unit.name.startswith(("Huyện", "Quận"))]
    return []


def _province(part: str) -> str:
    """The province that this part names, also at its end ("Biên Hòa Đồng Nai")."""
    key = _key(part)
    if key in _ALIASES:
        return _ALIASES[key]
    provinces = [unit for unit in _named(part) if unit.level == "province"]
    if provinces:
        return provinces[0].code
    words = key.split()
    for start in range(1, len(words)):
        tail = " ".join(words[start:])
        for unit in _index().get("=" + tail if key.isascii() else tail, []):
            if unit.level == "province" and words[start - 1] not in _CALLED_AFTER:
                return unit.code
    return ""


def _is_street(part: str, later: list[str]) -> bool:
    """A house number and a province's name alone, and a district or ward behind it: a street so called (*12 Đồng Nai, phường 15*)."""
    key = _key(part)
    name = _HOUSE.sub("", key)
    if name == key or not (name in _ALIASES or any(unit.level == "province" for unit in _named(name))):
        return False
    return any(_WARD.match(_key(one)) or any(unit.level == "district" for unit in _named(one)) for one in later)


@functools.lru_cache(maxsize=50_000)
def locate(text: str, home: str = HOME_PROVINCE) -> Place:
    """Read a place from a location or an address. `home` is the code of the province that counts as inside."""
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    if any(_key(part) in _ABROAD for part in parts):
        return Place(OUTSIDE)
    named = (_province(part) for at, part in reversed(list(enumerate(parts))) if not _is_street(part, parts[at + 1 :]))
    province = next(filter(None, named), "")
    districts = [unit for part in reversed(parts) for unit in _named(part) if unit.level == "district"]
    if province:
        own = {unit.code for unit in districts if unit.province == province}
    else:
        candidates = {unit.province for unit in districts}
        if len(candidates) != 1:
            return _by_ward(parts, "", home)
        province, own = candidates.pop(), {unit.code for unit in districts}
    if len(own) == 1:
        return Place(INSIDE if province == home else OUTSIDE, province, own.pop())
    return _by_ward(parts, province, home)


def _by_ward(parts: list[str], province: str, home: str) -> Place:
    """The place that a ward, a park or the words of an address without commas tell; `province` as it was read by its name.

    A name that a ward of then and one that came from another province both bear (*Tân Tiến* of Biên Hòa and of Bù Đốp) tells no more than
    the province does."""
    read = _read(parts)
    named = _codes().get((read.district[0], "")) or province
    in_a_park = re.search(r"\b(?:kcn|khu cong nghiep|khu cn)\b", fold(" ".join(parts))) is not None
    told = any(read.district) and bool(province or read.unit or read.left or in_a_park)
    # a province of today took in others under its name: what is read of one of them is believed against that name, nothing else is
    if not told or (province and named != province and _now(named) != _now(province)):
        return Place(INSIDE if province == home else OUTSIDE, province) if province else Place()
    district = _codes().get(read.district, "") if read.district[1] else ""
    return Place(INSIDE if named == home else OUTSIDE, named, district)


def _read(parts: list[str]) -> "Read":
    """What the reader of linking makes of the last two parts, or of three where two tell no ward."""
    from chosach.linking.units import resolve  # brings the engine with it: most commands of the desk need no place

    folded = [fold(part).strip(" .") for part in parts]
    read = resolve(",".join(folded[-2:]))
    return read if read.unit or len(folded) < 3 else resolve(",".join(folded[-3:]))


@functools.cache
def _codes() -> dict[tuple[str, str], str]:
    """Province and district as linking knows them (the province alone with "") → code."""
    codes = {(_joined(unit.short), ""): unit.code for unit in units().values() if unit.level == "province"}
    key = {code: name for (name, _), code in codes.items()}
    return codes | {(key[unit.province], _joined(unit.short)): unit.code for unit in units().values() if unit.level == "district"}


@functools.cache
def _now(code: str) -> str:
    """The province of today in which one of before lies, in words."""
    unit = units().get(code)
    return {one.name: one.now for one in provinces()}.get(unit.short, unit.short) if unit else ""


def _joined(name: str) -> str:
    key = re.sub(r"[^a-z0-9]", "", fold(name))
    return {"thuathienhue": "hue", "thanhphohochiminh": "hochiminh"}.get(key, key)
