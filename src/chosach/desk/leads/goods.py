"""The group of goods that may decide which body is competent, from category and found terms. No word, no group: nothing is guessed."""

import csv
import functools
import re
from collections.abc import Iterable
from importlib.resources import files


@functools.cache
def _rules() -> list[tuple[str, frozenset[str], re.Pattern[str]]]:
    text = files("chosach.desk.leads").joinpath("data/goods_groups.csv").read_text(encoding="utf-8")
    return [
        (
            row["group"],
            frozenset(row["kinds"].split("|")),
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, row['words'].split('|')))})(?!\w)"),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def goods_group(kind: str, words: Iterable[str]) -> str:
    """The first group in the table whose words stand among these (marks count), for this kind of violation; "" if none does."""
    text = " · ".join(words).lower()
    return next((group for group, kinds, pattern in _rules() if kind in kinds and pattern.search(text)), "")
