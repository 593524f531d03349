"""`chosach train`: the screener learns from the made-up marketplace, whose truth is known, and says the same each time."""

import csv
import os
import signal
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


def test_a_label_that_is_no_kind_is_told_with_its_row_and_what_there_is(files: tuple[Path, Path], tmp_path: Path) -> None:
    wrong = tmp_path / "labels.csv"
    wrong.write_text("listing_id,kinds\na,counterfeit|banned\nb,counterfeit/ip_infringing\n", encoding="utf-8")
    result = train(files[0], wrong, tmp_path / "model.bin")
    assert (result.exit_code, "[labels.unknown_kind]" in result.output) == (3, True)
    for said in ("labels.csv, dòng 3, cột kinds", "“counterfeit/ip_infringing”", "misleading", "dấu |"):
        assert said in result.output


def test_labels_of_other_listings_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "labels.csv"
    other.write_text("listing_id,kinds\nnowhere,counterfeit\n", encoding="utf-8")
    result = train(files[0], other, tmp_path / "model.bin")
    assert (result.exit_code, "[labels.no_listing]" in result.output) == (3, True)


@pytest.mark.parametrize("command", ["train", "prices"])
def test_of_a_folder_the_damaged_file_is_named(files: tuple[Path, Path], tmp_path: Path, command: str) -> None:
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "a.parquet").write_bytes(files[0].read_bytes())
    (tmp_path / "kho" / "hong.parquet").write_bytes(files[0].read_bytes()[:5000])
    words = [command, str(tmp_path / "kho"), "--out", str(tmp_path / "out"), *(["--labels", str(files[1])] if command == "train" else [])]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, "[parquet.damaged]" in result.output, "hong.parquet" in result.output) == (3, True, True), result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["train", "prices"])
def test_a_stop_says_that_nothing_was_written(
    files: tuple[Path, Path], tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chosach.formats.listings import ListingFile

    monkeypatch.setattr(ListingFile, "batches", lambda *_, **__: os.kill(os.getpid(), signal.SIGINT))
    out = tmp_path / "out"
    result = CliRunner().invoke(
        app, [command, str(files[0]), "--out", str(out), *(["--labels", str(files[1])] if command == "train" else [])]
    )
    assert (result.exit_code, "Đã dừng theo yêu cầu. Không ghi tệp kết quả nào." in result.output) == (130, True)
    assert not out.exists()
