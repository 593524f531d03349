"""The screener's knowledge as data: words, rules, names, price floors, law. Everything here counts into the version."""

import csv
import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import product

FILES = (
    "rules.csv",
    "terms.csv",
    "words.csv",
    "brands.csv",
    "floors.csv",
    "law.csv",
    "channels.csv",
    "senses.csv",
    "readings.csv",
    "tones.bin",
)


def read(name: str) -> str:
    return read_bytes(name).decode()


def read_bytes(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file. A ``term`` may stand for several, "(hộp|lọ) (30|60) viên": a row for each of them."""
    return [{**row, "term": term} if "term" in row else row for row in _read_rows(name) for term in laid_out(row.get("term", ""))]


def _read_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read(name).splitlines()))


def laid_out(term: str) -> Iterator[str]:
    """The terms that one of the form "(hộp|lọ) (30|60) viên" stands for, in their order; an alternative may be empty."""
    parts = re.split(r"\(([^()]*)\)", term)  # every second one is a choice
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return (" ".join("".join(chosen).split()) for chosen in product(*choices))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hex digits that change with any of the data files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode())
        digest.update(read_bytes(name))
    return digest.hexdigest()[:12]
