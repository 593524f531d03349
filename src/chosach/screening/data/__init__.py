"""The screener's knowledge as data: words, rules, names, price floors, law. Everything here counts into the version."""

import csv
import hashlib
from functools import lru_cache
from importlib import resources

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
    return list(csv.DictReader(read(name).splitlines()))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hex digits that change with any of the data files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode())
        digest.update(read_bytes(name))
    return digest.hexdigest()[:12]
