"""Counts, uniqueness, encoding and hashes of the frozen sets."""

import ast
import csv
import datetime as dt
import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tools import make_disguises
from tools.disguise_ways import WAYS, WHOLE

from chosach import sets
from chosach.desk.core.kinds import ViolationKind

KINDS = {kind.value for kind in ViolationKind} - {"tax_evasion", "unregistered_site"}  # those two are found from records, not in a text
FILES = [sets.TIERS, sets.DISGUISE, sets.DISGUISE_CLEAN]
ROOT = Path(__file__).resolve().parents[2]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_file_is_the_one_that_was_frozen(path):
    frozen = tomllib.loads(sets.FROZEN.read_text(encoding="utf-8"))["sha256"]
    assert set(frozen) == {file.name for file in FILES}
    assert sha256(path) == frozen[path.name], "a frozen set was changed: see docs/sets.md"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_ids_are_unique_and_no_title_is_there_twice_up_to_case(path):
    rows = read(path)
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert all(row["title"].strip() for row in rows)
    assert all(None not in row and None not in row.values() for row in rows), "a row with too many or too few fields"
    assert [key for key, count in Counter(row["id"] for row in rows).items() if count > 1] == []
    assert [key for key, count in Counter(row["title"].casefold() for row in rows).items() if count > 1] == []


def test_every_kind_has_forty_cases_in_three_tiers_and_there_are_four_hundred_innocent_ones():
    rows = read(sets.TIERS)
    per_tier = Counter((row["kind"], row["tier"]) for row in rows)
    assert per_tier.pop(("", "innocent")) >= 400
    assert {kind for kind, _ in per_tier} == KINDS
    for kind in KINDS:
        assert sum(per_tier[kind, tier] for tier in ("strong", "medium", "weak")) >= 40
        assert min(per_tier[kind, tier] for tier in ("strong", "medium", "weak")) >= 13
    assert {row["tier"] for row in rows} == {"strong", "medium", "weak", "innocent"}


def test_innocent_cases_name_the_word_that_they_use_honestly_and_prices_and_days_are_read():
    for row in read(sets.TIERS):
        assert bool(row["note"]) == (row["tier"] == "innocent")
        assert not row["price"] or int(row["price"]) > 0
        dt.date.fromisoformat(row["captured_at"])


def test_the_disguises_are_thirty_ways_by_twenty_five_terms_in_two_halves():
    rows = read(sets.DISGUISE)
    assert len(rows) >= 600
    assert len({row["term"] for row in rows}) >= 25
    assert {row["kind"] for row in rows} <= KINDS
    assert len({row["kind"] for row in rows}) == 9
    per_way = Counter(row["way"] for row in rows)
    assert set(per_way) == {*WAYS, *WHOLE}
    assert sum(count >= 20 for count in per_way.values()) >= 30
    assert min(Counter(row["half"] for row in rows)["A"], Counter(row["half"] for row in rows)["B"]) >= 450
    assert all(row["half"] == make_disguises.half_of(row["term"], row["way"]) for row in rows)


def test_a_disguised_title_does_not_show_its_term_as_it_is_written():
    seen_in_plain = {"alternated", "broken-line", "no-diacritics", "nfd"}  # case, a line break, and terms that have no marks to take off
    for row in read(sets.DISGUISE):
        if row["way"] not in seen_in_plain:
            assert not re.search(rf"\b{re.escape(row['term'])}\b", row["title"], re.IGNORECASE), row


def test_the_script_makes_the_frozen_file_again():
    made = [dict(zip(make_disguises.HEAD, row, strict=True)) for row in make_disguises.rows()]
    assert made == read(sets.DISGUISE)


def test_there_are_two_hundred_clean_titles():
    assert len(read(sets.DISGUISE_CLEAN)) >= 200


@pytest.mark.parametrize("path", ["tools/make_disguises.py", "tools/disguise_ways.py"])
def test_the_hand_that_hides_knows_nothing_of_the_eye_that_looks(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in names if name.split(".")[0] == "chosach"]
