"""Names of administrative units: the table, and reading them from the end of a text without commas.

The table (`data/units.csv.gz`, made by `tools/units.py`) has wards since July 2025, wards just before, wards that had gone into others
before that (the plan is of 2020), wards by the district or spelling of before 2024, and districts that had gone.
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
PREFIX = re.compile("|".join(rf"(?P<{kind}>(?:{words})(?:[. ]+|(?=\d)))" for kind, words in _KINDS))
_KIND_WORDS = {
    "tinh": "province", "tp": "city", "quan": "district", "q": "district", "huyen": "district", "h": "district", "tx": "district",
    "phuong": "ward", "p": "ward", "f": "ward", "xa": "ward", "x": "ward", "tt": "ward",
}  # fmt: skip
_KINDS_OF_TWO = {"thanh pho": "city", "thi xa": "district", "thi tran": "ward", "dac khu": "ward"}
#: Words before a name that make it a street, a bridge, a market… of that name.
_CALLED_AFTER = frozenset(
    (
        "duong", "d", "pho", "so", "hem", "ngo", "ngach", "kiet", "lo", "cho", "cau", "song", "cang", "ben", "ga", "kcn", "kcx", "ccn",
        "nghiep", "xuat", "cn", "cu", "khu", "kp", "to", "ap", "thon", "xom", "chung", "toa", "nha", "hang", "tiem", "shop", "quan",
        "cty", "ty", "truong", "vien", "chua", "dinh", "hoi", "dai", "quoc", "tinh", "xa", "phuong",
    )
)  # fmt: skip
#: Words that tell nothing of a place: before a name they leave it the street's.
_EMPTY = frozenset(("so", "nha", "sn", "dia", "chi", "dc", "d", "duong"))
_LONGEST_NAME = 4
#: Ward or district by number, written as one word.
_SHORT_WARD = re.compile(r"(?<![^ ])([pfq])(\d{1,2})(?![^ ])")
#: Words before an industrial park's name.
PARK = re.compile(r"(?<![^\W_])(?:kc[nx]|ccn|k\.? ?c\.? ?n\.?|khu (?:cong nghiep|cn|che xuat)|cum (?:cong nghiep|cn))(?![^\W_])[. ]*")
#: Spellings of provinces without tones and blanks, besides their names.
_MORE = {"tphcm": "hochiminh", "hcmc": "hochiminh", "saigon": "hochiminh", "sg": "hochiminh", "brvt": "bariavungtau"}
_NOTHING = str.maketrans("", "", " .-'\u2019")
District = tuple[str, str]


class Tables(NamedTuple):
    """`names`: spelling → province; `now`: old province → new one; `new`, `old`: (province, [district,] ward) → unit, "" if divided.

    `in_province`: (province, ward) → (district, unit) of each ward of that name; `districts`: district → provinces; `place_of`: (district,
    ward) → (province, unit); `became`: (province, former district) → the one that it went into, "" if divided; `before`: unit of 2025 →
    its district; `parks`: industrial park → (province of 2025, district, unit).
    """

    names: dict[str, str]
    now: dict[str, str]
    new: dict[tuple[str, str], str]
    old: dict[tuple[str, str, str], str]
    in_province: dict[tuple[str, str], frozenset[tuple[District, str]]]
    districts: dict[str, frozenset[str]]
    place_of: dict[tuple[str, str], frozenset[tuple[str, str]]]
    became: dict[District, str]
    before: dict[str, District]
    parks: dict[str, tuple[str, District, str]]

    def homes(self, district: str, province: str) -> list[str]:
        """Old provinces in which a district of that name lay, given the province as told: an old one, or the one of today; "" for any."""
        there = self.districts.get(district, frozenset())
        if province in there:
            return [province]
        now = self.now.get(province, province)
        return sorted(home for home in there if not province or self.now.get(home, home) == now)


def key_of(text: str) -> str:
    """Without blanks, noughts before a number, and what stands before a province's name."""
    key = text.translate(_NOTHING).lstrip("0")
    return key.removeprefix("thanhpho").removeprefix("tinh") or key


def numbered(key: str, word: str) -> str:
    """Units that have a number for a name carry their kind in the table."""
    return word + key if key.isdigit() else key


@lru_cache(maxsize=1)
def rows() -> tuple[dict[str, str], ...]:
    """The table as it lies on disk."""
    packed = resources.files("chosach.linking").joinpath("data/units.csv.gz").read_bytes()
    return tuple(csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8"))))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The table as it is looked up in."""
    from chosach.linking.letters import fold_one

    now = {key_of(fold_one(one.name)): key_of(fold_one(one.now)) for one in provinces()}
    spelt = {key_of(fold_one(spelling)): key_of(fold_one(one.name)) for one in provinces() for spelling in (one.name, *one.spellings)}
    new: dict[tuple[str, str], str] = {}
    old: dict[tuple[str, str, str], str] = {}
    later: dict[tuple[str, str], list[str]] = defaultdict(list)
    before: dict[str, set[District]] = defaultdict(set)
    listed: set[tuple[str, str, str]] = set()
    for row in rows():
        province, district, ward, unit = row["province"], row["district"], row["ward"], row["unit"]
        if row["era"] == "2025":
            new[province, ward] = "" if (province, ward) in new else unit
        elif row["era"] == "district":
            later[province, unit].append(district)
        else:
            # two wards of one district that marks alone tell apart are known to lie in no unit if they went into two
            old[province, district, ward] = unit if old.get((province, district, ward), unit) == unit else ""
            if row["era"] == "listed":
                listed.add((province, district, ward))
            if row["era"] == "2020" and unit:
                before[unit].add((province, district))
    in_province = _in_province(old, listed)
    # Huế has one name in the table, before and since
    homes = {province for province, _, _ in old}
    spelt = {spelling: name if name in homes else now[name] for spelling, name in spelt.items()}
    for (province, district, ward), unit in list(old.items()):
        for former in later.get((province, district), ()):
            old.setdefault((province, former, ward), unit)
    districts: dict[str, set[str]] = defaultdict(set)
    place_of: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for (province, district, ward), unit in old.items():
        districts[district].add(province)
        place_of[district, ward].add((province, unit))
    return Tables(
        spelt | _MORE,
        now,
        new,
        old,
        in_province,
        {key: frozenset(found) for key, found in districts.items()},
        {key: frozenset(found) for key, found in place_of.items()},
        _became(old, listed, later),
        {unit: _common(found) for unit, found in before.items()},
        _parks(old),
    )


def _became(
    old: dict[tuple[str, str, str], str], listed: set[tuple[str, str, str]], later: dict[tuple[str, str], list[str]]
) -> dict[District, str]:
    """Former district → the one that it went into whole; "" for one whose wards went into several (*Lộc Hà*, the town of Huế)."""
    there = {(province, district) for province, district, ward in old if (province, district, ward) not in listed}
    divided = {(province, district): "" for province, district, _ in listed if (province, district) not in there}
    return divided | {(province, former): district for (province, district), formers in later.items() for former in formers}


def _in_province(
    old: dict[tuple[str, str, str], str], listed: set[tuple[str, str, str]]
) -> dict[tuple[str, str], frozenset[tuple[District, str]]]:
    """(province, ward) → (district, unit) of each ward of that name.

    A ward by its former district (`listed`) is none besides the one that it is by the later one.
    """
    found: dict[tuple[str, str], set[tuple[District, str]]] = defaultdict(set)
    for (province, district, ward), unit in sorted(old.items(), key=lambda row: row[0] in listed):
        there = found[province, ward]
        if (province, district, ward) not in listed or all(unit != other for _, other in there):
            there.add(((province, district), unit))
    return {key: frozenset(wards) for key, wards in found.items()}


def _common(districts: set[District]) -> District:
    """What several districts share: all, the province, or nothing."""
    if len(districts) == 1:
        return next(iter(districts))
    homes = {province for province, _ in districts}
    return (homes.pop(), "") if len(homes) == 1 else ("", "")


def _parks(old: dict[tuple[str, str, str], str]) -> dict[str, tuple[str, District, str]]:
    """Industrial parks of the Đồng Nai of 2025 by name; people write the numbers in Roman figures too."""
    from chosach.linking.letters import fold_one

    text = resources.files("chosach.linking").joinpath("data/parks.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        name = fold_one(row["park"])
        home = (row["province"], row["district"])
        place = ("dongnai", home, old[*home, row["ward"]] if row["ward"] else "")
        for figure, roman in (("", ""), (" 1", " i"), (" 2", " ii"), (" 3", " iii"), (" 5", " v"), (" 6", " vi")):
            if name.endswith(figure):
                found[key_of(name.removesuffix(figure) + roman)] = place
        found[key_of(name)] = place
    return found


def known(kind: str, key: str, found: dict[str, str], known_names: Tables) -> bool:
    """There is a unit of that name in what was found behind it."""
    province, district = found.get("province", ""), found.get("district", "")
    if kind == "province":
        return True
    if kind == "district":
        there = known_names.districts.get(key)
        return there is not None and (not province or province in there or bool(known_names.homes(key, province)))
    if district:
        if not province:
            return (district, key) in known_names.place_of
        if (province, district, key) in known_names.old:
            return True
        return any((home, district, key) in known_names.old for home in known_names.homes(district, province))
    return (known_names.now.get(province, province), key) in known_names.new or (province, key) in known_names.in_province


@lru_cache(maxsize=1)
def _every_name() -> frozenset[str]:
    """Keys of all units, to pass quickly over words that are none."""
    known_names = tables()
    wards = {ward for _, ward in known_names.new} | {ward for _, ward in known_names.in_province}
    return frozenset(known_names.names) | frozenset(known_names.districts) | wards


@lru_cache(maxsize=16_384)
def last_units(part: str, province: str, district: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Kinds and keys of the units at the end of a part, the last first, and the words before them.

    `province`, `district`: what stood behind the part.
    """
    known_names = tables()
    found = {kind: key for kind, key in (("province", province), ("district", district)) if key}
    words = _SHORT_WARD.sub(r"\1 \2", part.replace(".", " ")).split()
    read: dict[str, str] = {}
    shortened = _by_initials(words, known_names) if not found and len(words) > 1 else ""
    if shortened:
        read["province"] = shortened
        words.pop()
    while words and "ward" not in read:
        one = _last_unit(words, found | read, known_names, "district" in read)
        if one is None:
            break
        kind, key, start = one
        read[kind] = key
        words = words[:start]
    return tuple(read.items()), " ".join(words)


def _last_unit(words: list[str], found: dict[str, str], known_names: Tables, bare_ward: bool) -> tuple[str, str, int] | None:
    """Kind and key of the longest known name at the end, and where it starts with the word that says its kind.

    `bare_ward`: a ward may stand without such a word, because the district behind it had no comma before it either.
    """
    every = _every_name()
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        at = len(words) - size
        key = "".join(words[at:]).translate(_NOTHING).lstrip("0")
        if key not in every and not key.isdigit():
            continue
        kind, start = _kind_before(words, at)
        if kind == "ward" and "district" not in found and _is_before(key, words, at, found, known_names):
            kind, start = "", at  # "xã Ngọc Xá Quế Võ": the word belongs to the ward's name
        elif not kind and start and not _stands_alone(words[:start]):
            continue
        if "province" not in found and "district" not in found and kind in ("", "province", "city"):
            province = known_names.names.get(key)
            if province and (size > 1 or kind or len(key) >= len("hanoi")):
                return "province", province, start
        if "district" not in found and (kind in ("district", "city") or (not kind and _one_city(key, words, start, found, known_names))):
            district = numbered(key, "quan")
            if known("district", district, found, known_names):
                return "district", district, start
        if found and (kind == "ward" or (not kind and bare_ward and size > 1)):
            ward = numbered(key, "phuong")
            if known("ward", ward, found, known_names):
                return "ward", ward, start
    return None


def _is_before(district: str, words: list[str], at: int, found: dict[str, str], known_names: Tables) -> bool:
    """Of two words or more that end before a place, one is a ward of the district that follows there."""
    homes = known_names.homes(district, found.get("province", "")) if district in known_names.districts else []
    wards = ["".join(words[at - size : at]) for size in range(2, min(_LONGEST_NAME, at) + 1)]
    return any((home, district, ward) in known_names.old for home in homes for ward in wards)


def _one_city(key: str, words: list[str], start: int, found: dict[str, str], known_names: Tables) -> bool:
    """A district may stand without its kind behind a province, or where the ward before it shows that it is one.

    A ward without its kind shows it by the two words or more of both, if they are a ward and its district nowhere else.
    """
    if "province" in found:
        return not key.isdigit()
    if key not in known_names.districts:
        return False
    for size in range(1, min(_LONGEST_NAME, start - 1) + 1):
        kind, _ = _kind_before(words, start - size)
        ward = "".join(words[start - size : start])
        if kind == "ward" and (key, numbered(ward, "phuong")) in known_names.place_of:
            return True
        if size > 1 and not kind and len(words) - start > 1 and len(known_names.place_of.get((key, ward), ())) == 1:
            return start == size or _stands_alone(words[: start - size])
    return False


@lru_cache(maxsize=1)
def initials() -> dict[str, frozenset[str]]:
    """Initials of provinces, which many share (*ĐN*) → the provinces: known by the district before them alone."""
    found: dict[str, set[str]] = defaultdict(set)
    names = tables().names
    for one in provinces():
        letters = "".join(word[0] for word in _words(one.name))
        if letters not in names and letters not in _KIND_WORDS:
            found[letters].add(names[key_of("".join(_words(one.name)))])
    return {letters: frozenset(homes) for letters, homes in found.items()}


def _words(name: str) -> list[str]:
    from chosach.linking.letters import fold_one

    return re.findall(r"[a-z]+", fold_one(name))


def _by_initials(words: list[str], known_names: Tables) -> str:
    """The province whose initials stand last, if one of its districts stands before them; "" for none."""
    homes = initials().get(words[-1], frozenset())
    for size in range(min(_LONGEST_NAME, len(words) - 1), 0, -1) if homes else ():
        told = homes & known_names.districts.get("".join(words[-1 - size : -1]), frozenset())
        if len(told) == 1:
            return next(iter(told))
    return ""


def _kind_before(words: list[str], at: int) -> tuple[str, int]:
    """The kind that the word or two before a name say, and where they start; "" for none."""
    if not at:
        return "", at
    if at > 1 and words[at - 1] in ("pho", "xa", "tran", "khu"):
        kind = _KINDS_OF_TWO.get(f"{words[at - 2]} {words[at - 1]}")
        if kind:
            return kind, at - 2
    kind = _KIND_WORDS.get(words[at - 1])
    return (kind, at - 1) if kind else ("", at)


def _stands_alone(before: list[str]) -> bool:
    """What stands before a name is a place by itself, and does not make the name that of a street or a market."""
    last = before[-1]
    if last.isdigit() and len(before) > 1 and _KIND_WORDS.get(before[-2]) == "ward":
        return True
    if last in _CALLED_AFTER and not (last == "duong" and len(before) > 1 and before[-2].isalpha() and before[-2] not in _EMPTY):
        return False
    return any(len(word) > 1 and word.isalpha() and word not in _EMPTY for word in before)
