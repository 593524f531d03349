"""The frozen sets through the current screener: `python bench/sets.py [--final]`. Run by hand; what the sets are: docs/sets.md.

Prints the mean of each listing's highest probability by tier and kind, how often the named kind is the one found, recall at 0.5 for
every way of disguising on half A, and the false alarms on innocent and on decorated clean listings. `--final` adds half B, which is
looked at once, at the end: whoever has seen it may not tune on this set any more.
"""

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from chosach import sets  # noqa: E402 - the script runs from anywhere

THRESHOLD = 0.5
TIERS = ("strong", "medium", "weak")
DAY = "2026-10-01"
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def screened(rows: list[Row]) -> dict[str, dict[str, float]]:
    """listing → kind → probability."""
    import pyarrow as pa

    from chosach.screening import screen

    strings = ("platform", "url", "seller_id", "seller_name", "title", "description", "brand", "category", "origin", "location")
    columns: dict[str, pa.Array] = {"listing_id": pa.array([row["id"] for row in rows], pa.string())}
    for name in strings:
        columns[name] = pa.array([row.get(name) or None for row in rows], pa.string())
    columns["price"] = pa.array([int(row["price"]) if row.get("price") else None for row in rows], pa.int64())
    columns["original_price"] = columns["sold"] = pa.nulls(len(rows), pa.int64())
    columns["images"] = pa.nulls(len(rows), pa.list_(pa.string()))
    captured = [dt.datetime.fromisoformat(row.get("captured_at") or DAY).replace(tzinfo=dt.UTC) for row in rows]
    columns["captured_at"] = pa.array(captured, pa.timestamp("us", "UTC"))
    found: dict[str, dict[str, float]] = {row["id"]: {} for row in rows}
    for finding in screen(pa.table(columns)).select(["listing_id", "kind", "probability"]).to_pylist():
        kinds = found[finding["listing_id"]]
        kinds[finding["kind"]] = max(kinds.get(finding["kind"], 0.0), finding["probability"])
    return found


def top(kinds: dict[str, float]) -> float:
    return max(kinds.values(), default=0.0)


def share(values: Iterable[bool]) -> str:
    told = list(values)
    return f"{100 * sum(told) / len(told):6.1f} % ({sum(told)} of {len(told)})" if told else "     -"


def tiers() -> None:
    rows = read(sets.TIERS)
    found = screened(rows)
    print(f"{'mean highest probability':<26}" + "".join(f"{tier:>9}" for tier in TIERS) + f"{'named kind at 0.5: ' + '/'.join(TIERS):>46}")
    for kind in [*dict.fromkeys(row["kind"] for row in rows if row["kind"]), ""]:
        of = [row for row in rows if row["tier"] != "innocent" and kind in ("", row["kind"])]
        line, named = "", ""
        for tier in TIERS:
            here = [row for row in of if row["tier"] == tier]
            line += f"{fmean(top(found[row['id']]) for row in here):9.3f}"
            named += f"{fmean(found[row['id']].get(row['kind'], 0.0) >= THRESHOLD for row in here):8.2f}"
        print(f"{kind or 'all kinds':<26}{line}{named:>46}")
    innocent = [row for row in rows if row["tier"] == "innocent"]
    print(f"{'innocent':<26}{fmean(top(found[row['id']]) for row in innocent):9.3f}")
    print(f"false alarms, innocent    {share(top(found[row['id']]) >= THRESHOLD for row in innocent)}")
    for row in innocent:
        if top(found[row["id"]]) >= THRESHOLD:
            kinds = ", ".join(f"{kind} {value:.2f}" for kind, value in found[row["id"]].items() if value >= THRESHOLD)
            print(f"    {row['id']}  {row['title'][:80]}  [{kinds}]")


def clean() -> None:
    rows = read(sets.DISGUISE_CLEAN)
    found = screened(rows)
    print(f"false alarms, decorated   {share(top(found[row['id']]) >= THRESHOLD for row in rows)}")
    for row in rows:
        if top(found[row["id"]]) >= THRESHOLD:
            print(f"    {row['id']}  {row['title'][:80]}")


def disguises(half: str) -> None:
    rows = [row for row in read(sets.DISGUISE) if row["half"] == half]
    found = screened(rows)
    print(f"recall at {THRESHOLD} on the disguises, half {half}: any kind, and the named kind")
    for way in [*dict.fromkeys(row["way"] for row in rows), ""]:
        of = [row for row in rows if way in ("", row["way"])]
        any_kind = share(top(found[row["id"]]) >= THRESHOLD for row in of)
        named = share(found[row["id"]].get(row["kind"], 0.0) >= THRESHOLD for row in of)
        print(f"    {way or 'all ways':<22}{any_kind:<24}{named}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--final", action="store_true", help="look at half B, once")
    final = arguments.parse_args().final
    tiers()
    clean()
    disguises("A")
    if final:
        print("\nHALF B IS LOOKED AT ONCE. Write the figures down with the commit; nothing is tuned on this set from here on.")
        disguises("B")


if __name__ == "__main__":
    main()
