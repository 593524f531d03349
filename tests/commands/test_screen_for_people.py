"""What `chosach screen` gives to people: findings for a spreadsheet, a model of one's own, messages that name the option, a prompt stop."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from chosach.cli import app
from chosach.commands.findings_csv import COLUMNS
from chosach.screening import Model, PriceTable

REPLICA = "Túi xách nữ hàng super fake loại 1 giống auth 99%"
LIST = (
    "Mã tin,Tên sản phẩm,Giá,Người bán,Ngày ghi nhận\n"
    f'a1,"={REPLICA}",350k,Cửa hàng A,13/11/2020\n'
    "a2,Bàn học gỗ cho bé,12/05,B,\n"
    f'a3,"{REPLICA}, ""mới""",giá rẻ,B,\n'
)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["screen", *map(str, words)])


@pytest.fixture
def listings(tmp_path: Path) -> Path:
    path = tmp_path / "tin.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_findings_as_csv_say_in_words_what_the_parquet_file_says(tmp_path: Path, listings: Path) -> None:
    table, sheet = tmp_path / "f.parquet", tmp_path / "f.CSV"
    for out in (table, sheet):
        assert run(listings, "--out", out, "--as-of", "2026-12-01").exit_code == 0
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    findings = pq.read_table(table).to_pylist()
    assert tuple(rows[0]) == COLUMNS
    assert [(row["Mã tin"], row["Mã loại"]) for row in rows] == [(one["listing_id"], one["kind"]) for one in findings]
    first, finding = rows[0], findings[0]
    assert first["Tên hàng"] == f"'={REPLICA}", "no formula"
    assert (first["Người bán"], first["Giá (đồng)"], first["Dấu hiệu"]) == ("Cửa hàng A", "350000", "Hàng giả")
    assert first["Xác suất (%)"] == str(round(100 * finding["probability"]))
    assert all(reason["text"] in first["Từ ngữ"] for reason in finding["reasons"] if reason["text"])
    assert first["Giải thích"].startswith("Tin bán dùng từ ngữ")
    assert finding["law"][0]["instrument"] in first["Căn cứ pháp luật"] and first["Xét luật tại ngày"] == "13/11/2020"
    assert first["Điều có thể làm rõ"].splitlines() == finding["clears"]
    assert next(row for row in rows if row["Mã tin"] == "a3")["Tên hàng"] == f'{REPLICA}, "mới"'


def test_a_result_of_another_form_is_refused(tmp_path: Path, listings: Path) -> None:
    result = run(listings, "--out", tmp_path / "f.xlsx")
    assert (result.exit_code, "[out.form]" in result.output, (tmp_path / "f.xlsx").exists()) == (2, True, False)


@pytest.mark.parametrize("workers", [0, 1])
def test_a_model_of_ones_own_is_used_and_named(tmp_path: Path, listings: Path, workers: int) -> None:
    model, out = tmp_path / "none.bin", tmp_path / "f.parquet"
    model.write_bytes(Model.none().to_bytes())
    assert run(listings, "--out", out, "--model", model, "--workers", workers).exit_code == 0
    named = set(pq.read_table(out)["screener"].to_pylist())
    assert len(named) == 1 and named.pop().endswith(Model.none().id)


def headed(header: bytes) -> bytes:
    """A model file with this header."""
    magic = Model.none().to_bytes().partition(b"{")[0][:-4]
    return magic + len(header).to_bytes(4, "little") + header


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        Model.none().to_bytes().replace(b'"lines":{}', b'"lines":{"counterfeit":{"shift":"x","slope":1}}'),
        headed(b"[" * 100_000),
        headed(b'{"buckets": Infinity, "card": {}, "lines": {}, "sha256": "", "words": []}'),
        headed(b'{"buckets": 1, "card": {}, "lines": {}, "sha256": "", "words": [["counterfeit", 1%s, 0]]}' % (b"0" * 400)),
    ],
)
def test_what_is_no_model_is_refused_with_its_name(tmp_path: Path, listings: Path, content: bytes) -> None:
    model = tmp_path / "lạ.bin"
    model.write_bytes(content)
    result = run(listings, "--out", tmp_path / "f.parquet", "--model", model)
    assert (result.exit_code, "[model.form]" in result.output, "lạ.bin" in result.output) == (3, True, True), result.output
    assert run(listings, "--out", model, "--model", model).exit_code != 0 and model.read_bytes() == content


@pytest.mark.parametrize("cell", ["x" * 200_000, "1" + "0" * 5_000])
def test_a_price_table_made_to_break_the_reader_is_refused(tmp_path: Path, listings: Path, cell: str) -> None:
    table = tmp_path / "giá.csv"
    PriceTable().save(table)
    header = table.read_text(encoding="utf-8").splitlines()[0]
    table.write_text(f"{header}\n" + ",".join([cell] * (header.count(",") + 1)) + "\n", encoding="utf-8")
    result = run(listings, "--out", tmp_path / "f.parquet", "--prices", table)
    assert (result.exit_code, "[prices.form]" in result.output) == (3, True), result.output


def test_the_summary_says_where_the_first_value_stands_that_was_not_read(tmp_path: Path, listings: Path) -> None:
    told = run(listings, "--out", tmp_path / "f.parquet").output
    assert "2  Không đọc được số" in told and "(đầu tiên: dòng 3, cột Giá: “12/05”)" in told


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("Số,Gì đó\n1,Bàn\n".encode(), "columns.missing", "--map title="),
        (LIST.encode("windows-1258", "ignore") * 3, "encoding.unknown", "--encoding windows-1258"),
        (
            LIST.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode(),
            "encoding.doubled",
            "“MÃ£ tin” lẽ ra là “Mã tin”",
        ),
        ("id,title,GiÃ¡\n1,TÃºi,5\n".encode(), "encoding.doubled", "“GiÃ¡” lẽ ra là “Giá”"),
    ],
)
def test_a_file_that_is_refused_is_named_with_what_helps(tmp_path: Path, content: bytes, code: str, says: str) -> None:
    path = tmp_path / "tin.csv"
    path.write_bytes(content)
    for command in (["screen", str(path)], ["prices", str(path)]):
        result = CliRunner().invoke(app, [*command, "--out", str(tmp_path / "f.parquet")])
        assert (result.exit_code, f"[{code}]" in result.output) == (3, True), result.output
        assert says in result.output and "tin.csv" in result.output


def test_ctrl_c_on_a_terminal_ends_all_processes_soon_and_says_so(tmp_path: Path) -> None:
    """The terminal sends it to every process of the run, wherever they are."""
    path, out = tmp_path / "lon.csv", tmp_path / "f.parquet"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,name,description\n")
        file.writelines(f"{at},{REPLICA},{'mô tả dài ' * 20}\n" for at in range(120_000))
    words = [sys.executable, "-m", "chosach.cli", "screen", str(path), "--out", str(out), "--workers", "2", "--quiet"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not any(part.stat().st_size for part in tmp_path.glob(".f.parquet.*.part")) and time.monotonic() < until:
            time.sleep(0.05)
        sent = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=60)[1]
        took = time.monotonic() - sent
    finally:
        if process.poll() is None:
            process.kill()
    assert process.returncode == 130
    assert told == "Đang dừng…\nĐã dừng theo yêu cầu. Không ghi tệp kết quả nào.\n"
    assert took < 10, "what is queued takes longer than a minute"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["lon.csv"]
    with pytest.raises(ProcessLookupError):
        until = time.monotonic() + 15
        while time.monotonic() < until:
            os.killpg(process.pid, 0)
            time.sleep(0.1)
