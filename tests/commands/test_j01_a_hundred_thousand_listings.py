"""J01: an analyst screens a file of 100,000 listings, in any of the four formats, with columns of her own names.

The default run takes a small market through all four formats; `pytest --slow` takes 100,000 listings and measures the memory.
"""

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from chosach.cli import app
from chosach.demo.market import make_market
from chosach.screening import KINDS
from tests.conftest import ROOT

#: The analyst's own names of the columns; the other columns are recognised by themselves.
COLUMNS = {"listing_id": "khoá", "title": "dòng chữ lớn", "description": "dòng chữ nhỏ", "price": "số tiền", "captured_at": "lúc thấy"}
MAPS = [word for field, column in COLUMNS.items() for word in ("--map", f"{field}={column}")]
MOST_MEMORY = 1_500_000_000
VIETNAM = dt.timedelta(hours=7)


def renamed(table: pa.Table) -> pa.Table:
    return table.rename_columns([COLUMNS.get(name, name) for name in table.column_names])


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a text format holds it."""
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else " ".join(value) if isinstance(value, list) else value
        for name, value in row.items()
    }


def as_csv(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-16", newline="") as file:
        writer = csv.DictWriter(file, table.column_names, delimiter=";")
        writer.writeheader()
        writer.writerows(plain(row) for row in table.to_pylist())
        writer.writerow({COLUMNS["listing_id"]: "", COLUMNS["title"]: "Tin không mã"})


def as_jsonl(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(plain(row), ensure_ascii=False) + "\n" for row in table.to_pylist())
        file.write(json.dumps({COLUMNS["title"]: "Tin không mã"}, ensure_ascii=False) + "\n")


def as_parquet(table: pa.Table, path: Path) -> None:
    nameless = {name: [None] for name in table.column_names} | {COLUMNS["title"]: ["Tin không mã"]}
    pq.write_table(pa.concat_tables([table, pa.table(nameless, schema=table.schema)]), path)


def as_xlsx(table: pa.Table, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, table.column_names)
        for line, row in enumerate(table.to_pylist(), 1):
            page.write_row(line, 0, list(plain(row).values()))
        page.write(table.num_rows + 1, table.column_names.index(COLUMNS["title"]), "Tin không mã")


FORMATS: dict[str, Callable[[pa.Table, Path], None]] = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet, "xlsx": as_xlsx}


def screen_here(source: Path, out: Path, *more: str) -> str:
    """Run the command in this process; what it said."""
    result = CliRunner().invoke(app, ["screen", str(source), "--out", str(out), *MAPS, *more])
    assert result.exit_code == 0, result.output
    return result.output


def screen(source: Path, out: Path, *more: str) -> tuple[str, int]:
    """Run the command in a process tree of its own; what it said, and the most memory that the tree held at a time."""
    command = [sys.executable, "-m", "chosach.cli", "screen", str(source), "--out", str(out), *MAPS, *more]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    most = 0
    while process.poll() is None:
        most = max(most, memory_of(process.pid))
        time.sleep(0.1)
    assert process.stdout is not None
    said = process.stdout.read()
    assert process.returncode == 0, said
    return said, most


def memory_of(session: int) -> int:
    """Bytes held by all processes of a session; what they share counts once for each (PSS), so that the sum is true."""
    listed = subprocess.run(["ps", "-o", "pid=", "-s", str(session)], capture_output=True, text=True, check=False).stdout
    total = 0
    for pid in listed.split():
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has ended
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def check(findings: pa.Table, listings: dict[str, dict[str, Any]], truth: dict[str, str]) -> None:
    """Every finding says kind, probability, words that stand where it says, law and what would clear; what was planted is found."""
    found: dict[str, set[str]] = {}
    for row in findings.to_pylist():
        listing = listings[row["listing_id"]]
        found.setdefault(row["listing_id"], set()).add(row["kind"])
        assert row["kind"] in KINDS
        assert 0 < row["probability"] <= 1
        assert row["reasons"] and row["clears"] and row["screener"]
        for reason in row["reasons"]:
            if reason["end"]:
                assert str(listing[reason["field"]])[reason["start"] : reason["end"]] == reason["text"], (row, listing)
        for law in row["law"]:
            assert law["instrument"] and law["as_of"] == (listing["captured_at"] + VIETNAM).date(), (
                "the law of the day on which it was seen"
            )
        assert row["law"]
    caught = sum(kind in found.get(listing, ()) for listing, kind in truth.items())
    assert caught >= 0.8 * len(truth), f"{caught} of {len(truth)} planted violations were found"
    wrong = len(found.keys() - truth.keys())
    assert wrong <= 0.1 * (len(listings) - len(truth)), f"{wrong} honest offers were suspected"
    assert {kind for kinds in found.values() for kind in kinds} == set(KINDS), "every one of the ten kinds"


@pytest.fixture(scope="module")
def market() -> tuple[pa.Table, dict[str, str]]:
    made = make_market(sellers=200, listings=4000)
    return made.listings, made.truth


@pytest.fixture(scope="module")
def expected(market: tuple[pa.Table, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    """The findings on the Parquet file, by the command with as many workers as there are cores, against which the other formats are set."""
    return _findings(lambda *words: screen(*words)[0], market[0], "parquet", tmp_path_factory.mktemp("parquet"))


def _findings(command: Callable[..., str], table: pa.Table, ending: str, folder: Path, *more: str) -> pa.Table:
    source, out, rejects = folder / "tin.dat", folder / "dau-hieu.parquet", folder / "loai.csv"
    FORMATS[ending](renamed(table), source)  # the ending tells nothing: content is looked at
    said = command(source, out, "--rejects", str(rejects), "--as-of", "2020-11-13", *more)
    assert f"{table.num_rows:,}".replace(",", ".") in said.replace("\u202f", "."), said
    rows = list(csv.DictReader(io.StringIO(rejects.read_text(encoding="utf-8-sig"))))
    assert [row["code"] for row in rows if row["severity"] == "reject"] == ["id.empty"]
    assert rows[-1]["column"] == COLUMNS["listing_id"]
    assert sorted(path.name for path in folder.iterdir()) == ["dau-hieu.parquet", "loai.csv", "tin.dat"]
    return pq.read_table(out)


def test_j01_findings_say_what_showed_them_and_what_would_clear(market: tuple[pa.Table, dict[str, str]], expected: pa.Table) -> None:
    table, truth = market
    check(expected, {row["listing_id"]: row for row in table.to_pylist()}, truth)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_j01_every_format_gives_the_same_findings(
    market: tuple[pa.Table, dict[str, str]], expected: pa.Table, ending: str, tmp_path: Path
) -> None:
    assert _findings(screen_here, market[0], ending, tmp_path, "--workers", "0").equals(expected)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_j01_a_hundred_thousand_listings_within_the_memory(ending: str, tmp_path: Path, capsys: Any) -> None:
    made = make_market(listings=100_000)
    table = renamed(made.listings)
    source, out = tmp_path / f"tin.{ending}", tmp_path / "dau-hieu.parquet"
    FORMATS[ending](table, source)
    began = time.monotonic()
    _, most = screen(source, out, "--rejects", str(tmp_path / "loai.csv"))
    seconds = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(f"\n{ending}: {source.stat().st_size / 1e6:.0f} MB, {seconds:.1f} s, at most {most / 1e6:.0f} MB of memory\n")
    assert most < MOST_MEMORY
    findings = pq.read_table(out)
    check(findings, {row["listing_id"]: row for row in made.listings.to_pylist()}, made.truth)
    assert Counter(findings["kind"].to_pylist()).total() > 5000
