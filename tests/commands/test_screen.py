"""J01: `chosach screen` from a file of listings to a file of findings."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from chosach.cli import app

REPLICA = "Túi xách nữ hàng super fake loại 1 giống auth 99%"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["screen", *map(str, words)])


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def listings(tmp_path: Path) -> Path:
    return write(
        tmp_path / "tin.csv",
        [
            {"Mã tin": "a1", "Tên sản phẩm": REPLICA, "Giá": "350k", "Ngày ghi nhận": "13/11/2020"},
            {"Mã tin": "a2", "Tên sản phẩm": "Bàn học gỗ cho bé", "Giá": "1tr2", "Ngày ghi nhận": ""},
            {"Mã tin": "", "Tên sản phẩm": "Không mã", "Giá": "1", "Ngày ghi nhận": ""},
            {"Mã tin": "a1", "Tên sản phẩm": "Lặp mã", "Giá": "1", "Ngày ghi nhận": ""},
            {"Mã tin": "a3", "Tên sản phẩm": "Ghế", "Giá": "rẻ lắm", "Ngày ghi nhận": ""},
        ],
    )


def test_j01_findings_hold_kind_words_law_and_what_would_clear(tmp_path: Path, listings: Path) -> None:
    out = tmp_path / "f.parquet"
    result = run(listings, "--out", out, "--rejects", tmp_path / "r.csv", "--as-of", "2020-12-01")
    assert result.exit_code == 0, result.output
    rows = pq.read_table(out).to_pylist()
    assert {row["listing_id"] for row in rows} == {"a1"}
    finding = rows[0]
    reason = finding["reasons"][0]
    assert REPLICA[reason["start"] : reason["end"]] == reason["text"]
    assert finding["law"] and finding["law"][0]["as_of"].isoformat() == "2020-11-13"
    assert finding["clears"]
    assert 0 < finding["probability"] <= 1
    assert pq.read_schema(out).metadata[b"chosach.as_of"] == b"2020-12-01"


def test_the_output_says_what_was_recognised_counted_and_which_day_rules(tmp_path: Path, listings: Path) -> None:
    result = run(listings, "--out", tmp_path / "f.parquet", "--as-of", "01/12/2020")
    assert "listing_id ← “Mã tin”" in result.output
    assert "Đã đọc 5 dòng: 3 tin được sàng lọc, 2 dòng bị loại." in result.output
    assert "1 ô có giá trị không đọc được" in result.output
    assert "ngày 01/12/2020" in result.output


def test_bad_rows_go_to_the_rejects_file_and_the_rest_through(tmp_path: Path, listings: Path) -> None:
    rejects = tmp_path / "r.csv"
    assert run(listings, "--out", tmp_path / "f.parquet", "--rejects", rejects).exit_code == 0
    rows = list(csv.DictReader(rejects.open(encoding="utf-8-sig")))
    assert [(row["line"], row["column"], row["severity"], row["code"]) for row in rows] == [
        ("4", "Mã tin", "reject", "id.empty"),
        ("5", "Mã tin", "reject", "id.doubled"),
        ("6", "Giá", "warning", "number.unclear"),
    ]
    assert rows[2]["value"] == "rẻ lắm" and rows[2]["file"] == str(listings)


def test_several_files_of_several_formats_are_one_run(tmp_path: Path, listings: Path) -> None:
    second = tmp_path / "b.jsonl"
    second.write_text(json.dumps({"id": "b1", "name": REPLICA}) + "\n" + json.dumps({"id": "a1", "name": "lặp"}) + "\n", encoding="utf-8")
    out = tmp_path / "f.parquet"
    result = run(listings, second, "--out", out, "--rejects", tmp_path / "r.jsonl")
    assert result.exit_code == 0
    assert set(pq.read_table(out)["listing_id"].to_pylist()) == {"a1", "b1"}
    rejects = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["file"], row["code"]) for row in rejects if row["file"] == str(second)] == [(str(second), "id.doubled")]


def test_columns_can_be_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [{"khóa": "1", "chữ": REPLICA, "chú thích": "x"}])
    out = tmp_path / "f.parquet"
    assert run(path, "--out", out, "--map", "listing_id=khóa", "--map", "title=chữ").exit_code == 0
    assert pq.read_table(out).num_rows >= 1


@pytest.mark.parametrize("workers", [0, 2])
def test_the_findings_do_not_depend_on_the_number_of_workers(tmp_path: Path, workers: int) -> None:
    path = write(tmp_path / "a.csv", [{"id": str(at), "name": REPLICA if at % 7 == 0 else "Bàn gỗ"} for at in range(20_000)])
    out = tmp_path / "f.parquet"
    assert run(path, "--out", out, "--workers", workers).exit_code == 0
    ids = pq.read_table(out)["listing_id"].to_pylist()
    assert list(dict.fromkeys(ids)) == [str(at) for at in range(0, 20_000, 7)]


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (["{none}", "--out", "{out}"], 3, "file.not_found"),
        (["{in}", "--out", "{out}", "--map", "title"], 2, "map.form"),
        (["{in}", "--out", "{out}", "--map", "tên=Tên"], 2, "map.unknown_field"),
        (["{in}", "--out", "{out}", "--map", "title=a", "--map", "title=b"], 2, "map.twice"),
        (["{in}", "--out", "{out}", "--map", "title=không có"], 3, "columns.not_there"),
        (["{in}", "--out", "{out}", "--as-of", "hôm nay"], 2, "as_of.form"),
        (["{in}", "--out", "{in}"], 2, "out.is_input"),
        (["{in}", "--out", "{out}", "--rejects", "{out}"], 2, "out.is_rejects"),
        (["{in}", "--out", "{none}/f.parquet"], 4, "out.unwritable"),
    ],
)
def test_what_can_not_be_done_ends_with_its_code_and_writes_nothing(
    tmp_path: Path, listings: Path, words: list[str], code: int, name: str
) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    places = {"in": listings, "out": tmp_path / "f.parquet", "none": tmp_path / "none"}
    result = run(*[word.format(**places) for word in words])
    assert (result.exit_code, f"[{name}]" in result.output) == (code, True), result.output
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_file_without_one_good_row_is_an_error_and_an_older_result_stays(tmp_path: Path) -> None:
    out = tmp_path / "f.parquet"
    out.write_text("cũ")
    result = run(write(tmp_path / "a.csv", [{"id": "", "name": "x"}]), "--out", out)
    assert (result.exit_code, "[rows.none]" in result.output) == (3, True)
    assert out.read_text() == "cũ"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "f.parquet"]


def test_strict_ends_with_1_when_rows_were_rejected(tmp_path: Path, listings: Path) -> None:
    assert run(listings, "--out", tmp_path / "f.parquet", "--strict", "--quiet").exit_code == 1
    assert (tmp_path / "f.parquet").exists()


def test_of_two_columns_of_one_name_in_a_parquet_file_the_first_counts(tmp_path: Path) -> None:
    path, out = tmp_path / "a.parquet", tmp_path / "f.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array(["1"]), pa.array([REPLICA]), pa.array(["Bàn gỗ"])], ["id", "name", "name"]), path)
    assert run(path, "--out", out).exit_code == 0
    assert pq.read_table(out).num_rows >= 1


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [("id,name\n1,Bàn\n".encode("utf-32"), "encoding.unknown", "UTF-32"), (None, "file.unreadable", "thư mục")],
)
def test_a_folder_and_a_rare_encoding_are_refused_in_words_that_help(tmp_path: Path, content: bytes | None, name: str, says: str) -> None:
    path = tmp_path / "a.csv"
    path.mkdir() if content is None else path.write_bytes(content)
    result = run(path, "--out", tmp_path / "f.parquet")
    assert (result.exit_code, f"[{name}]" in result.output, says in result.output) == (3, True, True), result.output


# In a process of its own ---------------------------------------------------------------------------------------------------


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "chosach.cli", "screen", *map(str, words)]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An input that takes long enough to be interrupted."""
    path = tmp_path / "lon.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,name,description\n")
        for at in range(120_000):
            file.write(f"{at},{REPLICA},{'mô tả dài ' * 20}\n")
    return path


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


def _parts(folder: Path) -> list[Path]:
    """Results being written."""
    return [path for path in folder.glob(".f.parquet.*.part") if path.stat().st_size]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_interrupted_it_leaves_no_half_file(tmp_path: Path, large: Path, sent: signal.Signals, code: int) -> None:
    out = tmp_path / "f.parquet"
    process = subprocess.Popen(command(large, "--out", out, "--workers", 2), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        wait_for(lambda: _parts(tmp_path))
        below = children(process.pid)
        process.send_signal(sent)
        process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == code
    assert not out.exists()
    wait_for(lambda: not [pid for pid in below if Path(f"/proc/{pid}").exists()], 15)
    if sent != signal.SIGKILL:
        assert not _parts(tmp_path)
        return
    # What a killed run leaves stands beside the target under another name, and the next run clears it away.
    small = write(tmp_path / "nho.csv", [{"id": "1", "name": REPLICA}])
    assert subprocess.run(command(small, "--out", out), check=False, capture_output=True).returncode == 0
    assert out.exists() and not list(tmp_path.glob(".f.parquet.*"))


def test_it_is_quiet_on_a_pipe_and_shows_a_bar_with_rate_and_time_left_on_a_terminal(tmp_path: Path, listings: Path) -> None:
    piped = subprocess.run(command(listings, "--out", tmp_path / "f.parquet"), capture_output=True, text=True, check=True)
    assert "tin/giây" not in piped.stderr + piped.stdout
    main, other = os.openpty()
    shown = subprocess.Popen(
        command(listings, "--out", tmp_path / "f.parquet"), stderr=other, stdout=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "140"}
    )
    os.close(other)
    text = b""
    while True:
        try:
            text += os.read(main, 4096)
        except OSError:
            break
    assert shown.wait(30) == 0
    assert re.search(r"Sàng lọc.*tin/giây.*còn", text.decode("utf-8", "replace"), re.DOTALL)


def test_a_full_disk_ends_with_its_code_and_leaves_the_older_result(tmp_path: Path, listings: Path) -> None:
    rows: list[dict[str, object]] = [{"id": str(at), "name": f"{REPLICA} {at}"} for at in range(3_000)]
    path, out = write(tmp_path / "a.csv", rows), tmp_path / "f.parquet"
    out.write_text("cũ")
    full = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); sys.argv = {command(path, '--out', out)[2:]!r}; "
    )
    ended = subprocess.run(
        [sys.executable, "-c", full + "from chosach.cli import main; main()"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, "[out.unwritable]" in ended.stderr) == (4, True), ended.stderr
    assert out.read_text() == "cũ" and not list(tmp_path.glob(".f.parquet.*"))
