"""What the screener finds on the frozen tiers must not fall: floors a little under what was measured, means that fall from tier to tier."""

import csv
import datetime as dt
from functools import lru_cache
from statistics import fmean

import pyarrow as pa
import pytest

from chosach import sets
from chosach.screening import KINDS, screen

TIERS = ("strong", "medium", "weak", "innocent")
#: Share of all cases of a tier in which the named kind is said at 0.5; and at most so many innocent listings with any kind at 0.5.
FOUND = {"strong": 0.91, "medium": 0.61}
#: Per kind: the named kind among the strong and among the medium cases.
FOUND_BY_KIND = {
    "banned": (0.95, 0.75),
    "smuggled": (0.95, 0.57),
    "counterfeit": (0.82, 0.6),
    "ip_infringing": (0.95, 0.45),
    "substandard": (0.82, 0.4),
    "restricted": (0.82, 0.75),
    "conditional": (0.95, 0.65),
    "expired": (0.95, 0.65),
    "unknown_origin": (0.9, 0.68),
    "misleading": (0.82, 0.45),
}
FALSE_ALARMS = 0.015


@lru_cache(maxsize=1)
def told() -> list[tuple[dict[str, str], dict[str, float]]]:
    """Each row of the tiers with its findings by kind."""
    with sets.TIERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {name: [row[name] or None for row in rows] for name in ("title", "description", "brand", "category")}
    table = pa.table(
        {
            "listing_id": [row["id"] for row in rows],
            **columns,
            "price": pa.array([int(row["price"]) if row["price"] else None for row in rows], pa.int64()),
            "captured_at": pa.array([dt.datetime.fromisoformat(row["captured_at"]).replace(tzinfo=dt.UTC) for row in rows]),
        }
    )
    found: dict[str, dict[str, float]] = {row["id"]: {} for row in rows}
    for finding in screen(table).select(["listing_id", "kind", "probability"]).to_pylist():
        found[finding["listing_id"]][finding["kind"]] = finding["probability"]
    return [(row, found[row["id"]]) for row in rows]


def of(tier: str, kind: str) -> list[float]:
    """What is said of this kind in the cases of a tier; every innocent listing counts for every kind."""
    return [found.get(kind, 0.0) for row, found in told() if row["tier"] == tier and kind in (row["kind"], row["kind"] or kind)]


@pytest.mark.parametrize("tier", FOUND)
def test_a_share_of_the_cases_is_found(tier: str) -> None:
    assert fmean(value >= 0.5 for kind in KINDS for value in of(tier, kind)) >= FOUND[tier]


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_is_left_behind(kind: str) -> None:
    for tier, floor in zip(FOUND, FOUND_BY_KIND[kind], strict=True):
        assert fmean(value >= 0.5 for value in of(tier, kind)) >= floor, tier


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_plainer_scores_higher(kind: str) -> None:
    means = [fmean(of(tier, kind)) for tier in TIERS]
    assert means[0] > means[1] > means[2] >= means[3], means


def test_innocent_listings_are_left_alone() -> None:
    tops = [max(found.values(), default=0.0) for row, found in told() if row["tier"] == "innocent"]
    assert fmean(top >= 0.5 for top in tops) <= FALSE_ALARMS
