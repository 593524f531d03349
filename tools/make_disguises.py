"""Make `src/chosach/sets/disguise.csv` from the titles in `tools/disguise_titles.csv`: every term in every way, seeded.

    python tools/make_disguises.py

The set is frozen: a change here is a new set with new hashes (docs/sets.md). Imports neither the normal form nor the screener.
"""

import csv
import hashlib
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.disguise_ways import WAYS, WHOLE  # noqa: E402

TITLES = ROOT / "tools" / "disguise_titles.csv"
TARGET = ROOT / "src" / "chosach" / "sets" / "disguise.csv"
HEAD = ["id", "half", "kind", "term", "way", "title"]


def titles() -> dict[tuple[str, str], list[str]]:
    """(kind, term) → its titles, in the order of the file."""
    found: dict[tuple[str, str], list[str]] = {}
    with TITLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["kind"], row["term"]), []).append(row["title"])
    return found


def half_of(term: str, way: str) -> str:
    return "AB"[hashlib.sha256(f"{term}|{way}".encode()).digest()[0] % 2]


def hidden(title: str, term: str, way: str) -> str:
    """The title with the term hidden in this way; the same title where the way changes nothing."""
    if way in WHOLE:
        return WHOLE[way](title)
    start = title.lower().index(term.lower())
    end = start + len(term)
    return title[:start] + WAYS[way](title[start:end], random.Random(f"{term}|{way}")) + title[end:]  # noqa: S311


def rows() -> list[list[str]]:
    """All rows. A way that leaves the term as it is (no tone to move, nothing to fold) gives none."""
    made: list[list[str]] = []
    for number, ((kind, term), choices) in enumerate(titles().items()):
        for place, way in enumerate([*WAYS, *WHOLE]):
            title = choices[(number + place) % len(choices)]
            changed = hidden(title, term, way)
            if changed != title:
                made.append([f"disguise-{len(made) + 1:04d}", half_of(term, way), kind, term, way, changed])
    return made


def main() -> None:
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows())


if __name__ == "__main__":
    main()
