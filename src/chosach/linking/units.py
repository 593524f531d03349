"""Administrative units at the end of an address, in the forms of 2020 (ward, district, province) and since July 2025 (ward, province).

Both are brought to the unit of 2025, so that *P. Tân Mai, Biên Hòa, Đồng Nai* and *phường Tam Hiệp, Đồng Nai* can meet. A unit that was
divided between several goes to none: its addresses agree by street and province alone.

Parts stand between commas. Where commas are left out (*12 Phan Trung P Tân Tiến Biên Hòa Đồng Nai*) a part is read from its end by
the names that are known (`unit_names`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from chosach.linking.unit_names import PARK, PREFIX, Tables, initials, key_of, known, last_units, numbered, rows, tables

__all__ = ["NOWHERE", "Place", "district_of", "names", "resolve", "rows"]

_MOST_PARTS = 3
_LONGEST_PARK = 4
#: Units as maps in English write them: *Tan Mai Ward*, *District 1*.
_KIND_IN_ENGLISH = {
    "ward": "phuong ", "commune": "xa ", "city": "thanh pho ", "town": "thi xa ", "district": "quan ", "dist": "quan ", "province": "tinh ",
}  # fmt: skip
_KINDS_IN_ENGLISH = tuple(_KIND_IN_ENGLISH)
_ENGLISH = re.compile(r"^(?:(.+) (ward|commune|city|town|district|province)|(ward|district|dist)\.? ?(\d{1,2}))$")
#: District before July 2025 that is not known.
NOWHERE = ("", "")


class Place(NamedTuple):
    """`used`: how many of the last parts named units; `province`: the one since 2025, "" unknown; `unit`: ward of 2025, "" unknown.

    `left`: of the first part that was used, what stands before the units. `district`: province and district before July 2025, as keys
    without blanks and tones, "" where not known.
    """

    used: int
    province: str
    unit: str
    left: str = ""
    district: tuple[str, str] = NOWHERE


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Unit of 2025 → its name with the province, for sentences."""
    return {row["unit"]: f"{row['ward_name']}, {row['province_name']}" for row in rows() if row["era"] == "2025"}


@lru_cache(maxsize=131_072)
def resolve(end: str) -> Place:
    """The unit that the last parts of an address name. `end`: lower case, without tones, commas between the parts.

    Ends of addresses recur, within a batch and from batch to batch.
    """
    known_names = tables()
    parts = end.split(",")
    found: dict[str, str] = {}
    used, left = 0, ""
    for part in reversed(parts[-_MOST_PARTS:]):
        read, left = _units(part.strip(), found, known_names)
        if read is None:
            break
        found |= read
        used += 1
        if left or "ward" in found:
            break
    province, unit, district = _look_up(found, known_names)
    if not unit and _may_be_park(end):
        province, unit, district = _in_a_park(parts, province, district, known_names)
    return Place(used, province, unit, left if used else "", district)


def district_of(unit: str) -> tuple[str, str]:
    """Where all of a ward of 2025 lay before: province and district; the province alone where it lay in several districts."""
    return tables().before.get(unit, NOWHERE)


def _units(part: str, found: dict[str, str], known_names: Tables) -> tuple[dict[str, str] | None, str]:
    """What a part names, and what stands before that. None: no unit."""
    read = _part(part, found, known_names)
    if read is not None:
        kind, key = next(iter(read.items()), ("", ""))
        if kind in ("", "province") or known(kind, key, found, known_names):
            return read, ""
    park = PARK.search(part) if _may_be_park(part) else None
    name = _park_in(part[park.end() :], known_names) if park else ""
    if park and name:
        # what stands behind a park that is known is nothing but units
        before, behind = part[: park.end() + len(name)].strip(), part[park.end() + len(name) :].strip(" .")
        told = _units(behind, found, known_names)[0] if behind else None
        return (told, before) if told else (read, "")
    if " " in part:
        last, left = last_units(part, found.get("province", ""), found.get("district", ""))
        if last:
            return dict(last), left
    return read, ""


def _part(part: str, found: dict[str, str], known_names: Tables) -> dict[str, str] | None:
    """What kind of unit a part names as a whole, given what stood behind it. {} for a word that names none but belongs there."""
    if part in ("viet nam", "vietnam", "vn", "") or (not found and part in initials()):
        return {}  # which province of several the initials mean the district tells
    if part.endswith(_KINDS_IN_ENGLISH) or part.startswith(("ward", "dist")):
        part = _ENGLISH.sub(lambda word: _KIND_IN_ENGLISH[word[2] or word[3]] + (word[1] or word[4]), part)
    match = PREFIX.match(part)
    kind, bare = (match.lastgroup or "", part[match.end() :]) if match else ("", part)
    key = key_of(bare)
    if kind in ("province", "city", "") and "province" not in found and "district" not in found:
        province = known_names.names.get(key) or known_names.names.get(key_of(part))
        if province:
            return {"province": province}
    if kind in ("district", "city") or (kind == "" and key in known_names.districts and "district" not in found):
        return {"district": numbered(key, "quan")} if "district" not in found else None
    if kind == "ward" and key[:1].isdigit() and (len(key) > 2 or not key.isdigit()):
        return None  # "P.1205 tòa A" is a room
    if kind == "ward" or (kind == "" and found and known("ward", key, found, known_names)):
        return {"ward": numbered(key, "phuong")}
    return None


def _look_up(found: dict[str, str], known_names: Tables) -> tuple[str, str, tuple[str, str]]:
    """Province of 2025, ward of 2025, district before."""
    province, district, ward = found.get("province", ""), found.get("district", ""), found.get("ward", "")
    now = known_names.now.get(province, province)
    if district:
        homes = known_names.homes(district, province)
        if not province and ward:
            places = known_names.place_of.get((district, ward), frozenset())
            if len(places) == 1:
                home, unit = next(iter(places))
                return known_names.now.get(home, home), unit, (home, district)
        if not province:
            nows = {known_names.now.get(home, home) for home in homes}
            return (nows.pop() if len(nows) == 1 else ""), "", (homes[0], district) if len(homes) == 1 else NOWHERE
        if len(homes) == 1:
            older_unit = known_names.old.get((homes[0], district, ward)) if ward else ""
            if older_unit is not None:
                return now, older_unit, (homes[0], district)
    if not ward:
        return now, "", NOWHERE
    newer = known_names.new.get((now, ward))
    own = known_names.in_province.get((province, ward), frozenset())
    if newer is not None and not district:
        before = known_names.before.get(newer, NOWHERE)
        # one that came from another province may bear the name of an own one of then: which is meant the province of then says, or nobody
        came = bool(own) and before[0] not in ("", province)
        if not came or province == now:
            return (now, "", NOWHERE) if came else (now, newer, before)
    older = own or known_names.in_province.get((now, ward)) or frozenset()
    units = {unit for _, unit in older}
    districts = {home for home, _ in older}
    return now, (units.pop() if len(units) == 1 else ""), districts.pop() if len(districts) == 1 and not district else NOWHERE


def _in_a_park(parts: list[str], province: str, district: tuple[str, str], known_names: Tables) -> tuple[str, str, tuple[str, str]]:
    """The same, by the industrial park that a part names, if nothing else that was read speaks against it."""
    for part in parts:
        for there in PARK.finditer(part):
            name = _park_in(part[there.end() :], known_names)
            if not name:
                continue
            now, home, unit = known_names.parks[key_of(name)]
            if province in ("", now) and (district in (NOWHERE, home) or not home[1]):
                return now, unit, home if home[1] or district == NOWHERE else district
    return province, "", district


def _may_be_park(text: str) -> bool:
    """Has it letters that all words for a park have? Most texts have none, and this is quickly seen."""
    return "kc" in text or "ccn" in text or "u c" in text or "m c" in text or "k c" in text or "k." in text


def _park_in(text: str, known_names: Tables) -> str:
    """The longest name of a park that stands at the beginning, "" for none that is known."""
    words = text.split(" ")
    for size in range(min(_LONGEST_PARK, len(words)), 0, -1):
        name = " ".join(words[:size])
        if key_of(name.strip(".")) in known_names.parks:
            return name
    return ""
