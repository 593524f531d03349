"""Make the linker's table of administrative units from the three tables of the package vietnamadminunits (MIT).

    python tools/units.py FOLDER

FOLDER holds `admin_units.csv.gz` (wards since July 2025), `admin_units_legacy.csv.gz` (before) and `admin_units_legacy_to_2025.json.gz`
(old to new). Written: `src/chosach/linking/data/units.csv.gz`, the same bytes each time.
"""

import csv
import gzip
import io
import json
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/chosach/linking/data/units.csv.gz"
COLUMNS = ("era", "province", "district", "ward", "unit", "ward_name", "province_name")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))))


def _successors(folder: Path, code: dict[tuple[str, str], str]) -> dict[str, str]:
    """Old unit (province_district_ward) → code of the unit it went into. Units that were divided go nowhere: nobody can tell which part."""
    told = json.loads(gzip.decompress((folder / "admin_units_legacy_to_2025.json.gz").read_bytes()))
    found: dict[str, str] = {}
    for province, wards in told["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            found |= {old: code.get((province, ward), "") for old in olds}
    return found


def table(folder: Path) -> list[tuple[str, ...]]:
    """All rows, sorted."""
    new = _rows(folder / "admin_units.csv.gz")
    old = _rows(folder / "admin_units_legacy.csv.gz")
    successors = _successors(folder, {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new})
    rows = {("2025", row["provinceShortKey"], "", row["wardShortKey"], row["wardCode"], row["ward"], row["provinceShort"]) for row in new}
    for row in old:
        unit = successors.get(f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}", "")
        rows.add(("2020", row["provinceShortKey"], row["districtShortKey"], row["wardShortKey"], unit, row["ward"], row["provinceShort"]))
    return sorted(rows)


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(table(Path(sys.argv[1])))
    TARGET.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
