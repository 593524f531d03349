"""Administrative units at the end of an address, in the forms of 2020 (ward, district, province) and since July 2025 (ward, province).

Both are brought to the unit of 2025, so that *P. Tân Mai, Biên Hòa, Đồng Nai* and *phường Tam Hiệp, Đồng Nai* can meet. A unit that was
divided between several goes to none: its addresses agree by street and province alone.
"""

import csv
import gzip
import io
import re
from collections import defaultdict
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from chosach.text.extract.tables import provinces

_KINDS = (
    ("province", r"tinh|t\."),
    ("city", r"thanh pho|tp"),
    ("district", r"quan|q|huyen|h|thi xa|tx"),
    ("ward", r"phuong|p|f|xa(?! lo\b)|x|thi tran|tt|dac khu"),
)
_PREFIX = re.compile("|".join(rf"(?P<{kind}>(?:{words})(?:[. ]+|(?=\d)))" for kind, words in _KINDS))
#: Spellings of provinces without tones and blanks, besides their names.
_MORE = {"tphcm": "hochiminh", "hcmc": "hochiminh", "saigon": "hochiminh", "sg": "hochiminh", "brvt": "bariavungtau"}
_MOST_PARTS = 3
_NOTHING = str.maketrans("", "", " .-")


class Place(NamedTuple):
    """`used`: how many of the last parts named units; `province`: the one since 2025, "" unknown; `unit`: ward of 2025, "" unknown."""

    used: int
    province: str
    unit: str


class _Tables(NamedTuple):
    """`old`, `new`: (province, [district,] ward) → unit; `old_in_province`: (province, ward) → units; `now`: old province → new one."""

    names: dict[str, str]
    now: dict[str, str]
    new: dict[tuple[str, str], str]
    old: dict[tuple[str, str, str], str]
    old_in_province: dict[tuple[str, str], frozenset[str]]
    districts: dict[str, frozenset[str]]
    place_of: dict[tuple[str, str], frozenset[tuple[str, str]]]


def _key(text: str) -> str:
    """Without blanks, noughts before a number, and what stands before a province's name."""
    key = text.translate(_NOTHING).lstrip("0")
    return key.removeprefix("thanhpho").removeprefix("tinh") or key


def _numbered(key: str, word: str) -> str:
    """Units that have a number for a name carry their kind in the table."""
    return word + key if key.isdigit() else key


@lru_cache(maxsize=1)
def rows() -> tuple[dict[str, str], ...]:
    """The table as it lies on disk."""
    packed = resources.files("chosach.linking").joinpath("data/units.csv.gz").read_bytes()
    return tuple(csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8"))))


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Unit of 2025 → its name with the province, for sentences."""
    return {row["unit"]: f"{row['ward_name']}, {row['province_name']}" for row in rows() if row["era"] == "2025"}


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    from chosach.linking.letters import fold_one

    now = {_key(fold_one(one.name)): _key(fold_one(one.now)) for one in provinces()}
    spelt = {_key(fold_one(spelling)): _key(fold_one(one.name)) for one in provinces() for spelling in (one.name, *one.spellings)}
    new, old = {}, {}
    in_province: dict[tuple[str, str], set[str]] = defaultdict(set)
    districts: dict[str, set[str]] = defaultdict(set)
    place_of: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in rows():
        province, district, ward = row["province"], row["district"], row["ward"]
        if row["era"] == "2025":
            new[province, ward] = "" if (province, ward) in new else row["unit"]
            continue
        old[province, district, ward] = row["unit"]
        in_province[province, ward].add(row["unit"])
        districts[district].add(province)
        place_of[district, ward].add((now.get(province, province), row["unit"]))
    return _Tables(
        spelt | _MORE,
        now,
        new,
        old,
        {key: frozenset(units) for key, units in in_province.items()},
        {key: frozenset(found) for key, found in districts.items()},
        {key: frozenset(found) for key, found in place_of.items()},
    )


@lru_cache(maxsize=131_072)
def resolve(end: str) -> Place:
    """The unit that the last parts of an address name. `end`: lower case, without tones, commas between the parts.

    Ends of addresses recur, within a batch and from batch to batch.
    """
    tables = _tables()
    parts = end.split(",")
    found: dict[str, str] = {}
    used = 0
    for part in reversed(parts[-_MOST_PARTS:]):
        read = _part(part.strip(), found, tables)
        if read is None:
            break
        found |= read
        used += 1
        if "ward" in found:
            break
    return Place(used, *_look_up(found, tables))


def _part(part: str, found: dict[str, str], tables: _Tables) -> dict[str, str] | None:
    """What kind of unit a part names, given what stood behind it. {} for a word that names none but belongs there."""
    if part in ("viet nam", "vietnam", "vn", ""):
        return {}
    match = _PREFIX.match(part)
    kind, bare = (match.lastgroup or "", part[match.end() :]) if match else ("", part)
    key = _key(bare)
    if kind in ("province", "city", "") and "province" not in found and "district" not in found:
        province = tables.names.get(key) or tables.names.get(_key(part))
        if province:
            return {"province": province}
    if kind in ("district", "city") or (kind == "" and key in tables.districts and "district" not in found):
        return {"district": _numbered(key, "quan")} if "district" not in found else None
    if kind == "ward" or (kind == "" and found and _known_ward(key, found, tables)):
        return {"ward": _numbered(key, "phuong")}
    return None


def _known_ward(key: str, found: dict[str, str], tables: _Tables) -> bool:
    province, district = found.get("province", ""), found.get("district", "")
    if district:
        return (province, district, key) in tables.old if province else (district, key) in tables.place_of
    return (province, key) in tables.new or (province, key) in tables.old_in_province


def _look_up(found: dict[str, str], tables: _Tables) -> tuple[str, str]:
    province, district, ward = found.get("province", ""), found.get("district", ""), found.get("ward", "")
    now = tables.now.get(province, province)
    if not province and district:
        places = tables.place_of.get((district, ward), frozenset()) if ward else frozenset()
        if len(places) == 1:
            return next(iter(places))
        homes = {tables.now.get(one, one) for one in tables.districts.get(district, ())}
        return (homes.pop() if len(homes) == 1 else ""), ""
    if not ward:
        return now, ""
    if district:
        unit = tables.old.get((province, district, ward))
        if unit is not None:
            return now, unit
    newer = tables.new.get((now, ward), "")
    older = tables.old_in_province.get((province, ward), frozenset())
    if newer and not district:
        return now, newer
    return now, (next(iter(older)) if len(older) == 1 else "")
