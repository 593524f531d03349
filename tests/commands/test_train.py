"""`chosach train`: the screener learns from the made-up marketplace, whose truth is known, and says the same each time."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from chosach.cli import app
from chosach.demo.market import Market, make_market
from chosach.screening import Model, screen


@pytest.fixture(scope="module")
def market() -> Market:
    return make_market(11, sellers=500, listings=1_200)


@pytest.fixture(scope="module")
def files(market: Market, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The listings, and labels with each shop as a group."""
    folder = tmp_path_factory.mktemp("market")
    listings, labels = folder / "listings.parquet", folder / "labels.csv"
    pq.write_table(market.listings, listings)
    with labels.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["listing_id", "kinds", "kinds_borderline", "group"])
        for listing, shop in zip(market.listings["listing_id"].to_pylist(), market.listings["seller_id"].to_pylist(), strict=True):
            writer.writerow([listing, market.truth.get(listing, ""), "", shop])
    return listings, labels


def train(listings: Path, labels: Path, out: Path) -> Result:
    return CliRunner().invoke(app, ["train", str(listings), "--labels", str(labels), "--out", str(out), "--quiet"])


def precision(market: Market, model: Model) -> tuple[float, int]:
    """Of what is said at 0.5 or more, the share that is so, and how many are."""
    said = [(row["listing_id"], row["kind"]) for row in screen(market.listings, model=model).to_pylist() if row["probability"] >= 0.5]
    right = sum(market.truth.get(listing) == kind for listing, kind in said)
    return right / len(said), right


def test_the_same_market_teaches_the_same_and_no_worse_than_the_rules(market: Market, files: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = tmp_path / "first.bin", tmp_path / "second.bin"
    for out in (first, second):
        assert train(*files, out).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    learnt = Model.load(first.read_bytes())
    assert learnt.lines
    other = make_market(12, sellers=300, listings=3_000)  # shops that it has not seen
    share, right = precision(other, learnt)
    share_of_rules, right_of_rules = precision(other, Model.none())
    assert share >= share_of_rules - 0.02
    assert right >= 0.9 * right_of_rules


def test_labels_of_too_few_shops_are_refused_and_nothing_is_written(files: tuple[Path, Path], tmp_path: Path) -> None:
    few, out = tmp_path / "few.csv", tmp_path / "model.bin"
    few.write_text("\n".join(files[1].read_text(encoding="utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    result = train(files[0], few, out)
    assert result.exit_code != 0
    assert "labels.too_few" in result.output
    assert not out.exists()
