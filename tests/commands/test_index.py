"""`chosach index`: built of a run, changed whole or not at all, and what is wrong is said with a code."""

import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chosach.linking.living.index import Index
from tests.commands.indexes import NEW, run, trader


def test_results_of_an_insert_stand_only_when_the_index_holds_them(index: Path, new: Path, tmp_path: Path) -> None:
    """A disk that is full at the end of the change leaves neither."""
    out = tmp_path / "out.parquet"
    program = (
        "import contextlib, sqlite3, sys\n"
        "from chosach.linking.living.index import Index\n"
        "changing = Index.changing\n"
        "@contextlib.contextmanager\n"
        "def full(self):\n"
        "    with changing(self):\n"
        "        yield\n"
        "        raise sqlite3.OperationalError('database or disk is full')\n"
        "Index.changing = full\n"
        "from chosach.cli import app\n"
        "app(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "index", "insert", str(index), str(new), "--out", str(out)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ)
    assert (ended.returncode, "index.unwritable" in ended.stderr) == (4, True), ended.stderr
    assert not out.exists()
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def stopped(file: Path, target: Path) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def full(file: Path, target: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("happens", "ends", "says"), [(stopped, 130, "Đã dừng theo yêu cầu."), (full, 4, "[out.unwritable]")])
def test_who_is_stopped_when_the_index_holds_the_records_is_told_so(
    index: Path, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path, Path], None], ends: int, says: str
) -> None:
    """Between the end of the change and that of the results' file."""
    out = tmp_path / "out.parquet"
    monkeypatch.setattr(Path, "replace", happens)
    code, told = run("index", "insert", index, new, "--out", out)
    assert (code, says in told) == (ends, True), told
    assert "Chỉ mục đã giữ các hồ sơ mới." in told and "Chỉ mục vẫn như trước" not in told
    assert "chosach index delete" in told
    with Index(index) as kept:
        assert len(kept) == 6
    assert not out.exists() and [path.name for path in tmp_path.glob(".*.part")] == []
    monkeypatch.undo()
    assert run("index", "delete", index, "n1", "n2", "n3", "-q")[0] == 0  # what the message says helps
    assert run("index", "insert", index, new, "--out", out, "--strict")[0] == 0
    assert pq.read_table(out).num_rows == 3


@pytest.mark.parametrize("command", [["place", "{new}", "--index", "{index}"], ["index", "build", "{records}", "--clusters", "{traders}"]])
def test_a_disk_that_is_full_at_the_very_end_is_told_with_its_code(
    made: Path, index: Path, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    places = {"index": index, "new": new, "records": made / "ho-so.csv", "traders": made / "traders.parquet"}
    monkeypatch.setattr(Path, "replace", full)
    code, told = run(*(part.format(**places) for part in command), "--out", tmp_path / "out", "--rejects", tmp_path / "rejects.csv")
    assert (code, "[out.unwritable]: Không ghi được tệp kết quả: hết chỗ trên đĩa." in told) == (4, True), told
    assert "Chỉ mục đã giữ" not in told


def test_records_put_in_are_there_for_those_that_follow_and_can_be_taken_out(made: Path, index: Path, new: Path, tmp_path: Path) -> None:
    code, told = run("index", "insert", index, new, "--out", tmp_path / "out.parquet")
    assert code == 0
    assert "thêm 3 hồ sơ" in told
    assert "2 hồ sơ vào thương nhân đã biết, 1 thành thương nhân mới" in told
    assert "Chỉ mục nay có 6 hồ sơ" in told
    rows = {row["record_id"]: row for row in pq.read_table(tmp_path / "out.parquet").to_pylist()}
    assert rows["n2"]["cluster_id"] == rows["n3"]["cluster_id"] != rows["n1"]["cluster_id"] == trader(made, "a")
    assert [rows[name]["known"] for name in ("n1", "n2", "n3")] == [True, False, True]
    (tmp_path / "bo.txt").write_text("\ufeffn2\n\nn3\n", encoding="utf-8")
    code, told = run("index", "delete", index, "n1", "zz", "--ids", tmp_path / "bo.txt")
    assert code == 0
    assert "Không có hồ sơ zz trong chỉ mục. [record.unknown]" in told
    assert "Đã bỏ 3 hồ sơ. Chỉ mục nay có 3 hồ sơ." in told
    assert run("index", "delete", index, "a", "zz", "--strict")[0] == 1
    with Index(index) as kept:
        assert [kept.trader_of(name) is None for name in ("n1", "n2", "n3", "a")] == [True, True, True, False]
        assert [ids for _, what, ids in kept.log() if what == "delete"] == [["n1"], ["n2"], ["n3"]], "in the order asked"


def test_a_record_that_is_there_already_is_a_reject_with_its_line(index: Path, new: Path, tmp_path: Path) -> None:
    new.write_text(NEW + "\na,Nguyễn Thị Quỳnh Lan,0912345678\n,Không Mã,1\n", encoding="utf-8")
    rejects = tmp_path / "rejects.jsonl"
    for command in (["place", new, "--index", index, "--out", tmp_path / "o.parquet"], ["index", "insert", index, new]):
        code, told = run(*command, "--rejects", rejects, "--strict")
        assert code == 1
        assert "2 dòng bị loại" in told
        problems = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
        assert sorted((row["line"], row["code"]) for row in problems) == [(6, "record.known"), (7, "record.id_empty")]


def test_an_insert_that_ends_half_way_leaves_the_index_as_it_was(index: Path, tmp_path: Path) -> None:
    many = tmp_path / "nhieu.jsonl"
    many.write_text("".join(json.dumps({"id": f"m{at}", "phone": f"09{at:08d}"}) + "\n" for at in range(3_000)), encoding="utf-8")
    program = (
        "import os, signal, sys\n"
        "from chosach.linking.living.index import Index\n"
        "put, seen = Index.insert, []\n"
        "def insert(self, record, *how):\n"
        "    seen.append(record)\n"
        "    if len(seen) == 200: os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return put(self, record, *how)\n"
        "Index.insert = insert\n"
        "from chosach.cli import app\n"
        "app(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "index", "insert", str(index), str(many)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ)
    assert ended.returncode == 128 + signal.SIGTERM
    assert "Đã dừng theo yêu cầu. Chỉ mục vẫn như trước." in ended.stderr
    with Index(index) as kept:
        assert (len(kept), kept.log()) == (3, [])


def test_judgements_go_into_the_index(made: Path, tmp_path: Path) -> None:
    judged = tmp_path / "ket-luan.csv"
    judged.write_text("record_id_l,record_id_r,verdict\nn1,a,different\nn2,c,same\n", encoding="utf-8")
    arguments = ["--clusters", made / "traders.parquet", "--out", tmp_path / "i", "--judgements", judged]
    assert run("index", "build", made / "ho-so.csv", *arguments)[0] == 0
    told = run("place", "--index", tmp_path / "i", "--record", "record_id=n1", "--record", "phone=0912345678")[1]
    assert "cán bộ đã kết luận không phải" in told
    out = tmp_path / "out.csv"
    run("place", "--index", tmp_path / "i", "--record", "record_id=n1", "--record", "phone=0912345678", "--out", out)
    (row,) = csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))
    assert row["candidates"].startswith(f"{trader(made, 'a')} – ")
    likely = re.search(r"xác suất ([0-9]+,[0-9]|dưới 0,1) %", told)
    assert likely and f" ({likely[0]}; cán bộ đã kết luận không phải; nguyen thi" in row["candidates"]
    told = run("place", "--index", tmp_path / "i", "--record", "record_id=n2", "--record", "name=Ai Đó")[1]
    assert f"có thể là thương nhân {trader(made, 'c')} (theo kết luận của cán bộ)" in told


def test_an_index_can_be_made_after_many_runs(made: Path, tmp_path: Path) -> None:
    """The table of traders carries the memory of earlier runs."""
    out = tmp_path / "2.parquet"
    run("link", made / "ho-so.csv", "--out", out, "--previous", made / "traders.parquet", "-q")
    assert run("index", "build", made / "ho-so.csv", "--clusters", out, "--out", tmp_path / "i", "-q") == (0, "")
    assert (tmp_path / "i").stat().st_mode & 0o077 == 0


def test_an_index_is_made_of_traders_in_csv_with_the_model_of_their_run(made: Path, index: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    run("link", made / "ho-so.csv", "--out", out, "-q")
    code, told = run("index", "build", made / "ho-so.csv", "--clusters", out, "--out", tmp_path / "i", "-q")
    assert (code, f"{out}: không mang theo mô hình, đang học lại từ hồ sơ." in told) == (0, True), told
    with Index(tmp_path / "i") as ours, Index(index) as theirs:
        assert ours._model == theirs._model
        assert ours.trader_of("a") == theirs.trader_of("a") == ours.trader_of("b") != ours.trader_of("c")


@pytest.mark.parametrize("form", ["csv", "placed", "parquet", "xlsx"])
def test_ids_to_take_out_are_read_from_a_table_too(made: Path, index: Path, new: Path, tmp_path: Path, form: str) -> None:
    import polars as pl

    run("index", "insert", index, new, "--out", tmp_path / "placed.csv", "-q")
    ids = tmp_path / ("placed.csv" if form == "placed" else f"bo.{form}")
    frame = pl.read_csv(new, infer_schema=False)[:, :1].with_columns(pl.lit("x").alias("Ghi chú"))
    if form == "csv":
        frame.write_csv(ids)
    if form == "parquet":
        frame.write_parquet(ids)
    if form == "xlsx":
        frame.write_excel(ids)
    assert run("index", "delete", index, "--ids", ids, "--strict")[0] == 0
    with Index(index) as kept:
        assert (len(kept), kept.trader_of("a")) == (3, trader(made, "a"))


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_the_file_that_was_put_in_is_no_list_of_what_to_take_out(made: Path, index: Path, new: Path, tmp_path: Path, form: str) -> None:
    """It names a record that was there before, and stays there whatever is undone."""
    import polars as pl

    new.write_text(NEW + "\na,Người Khác Hẳn,0911111111\n", encoding="utf-8")
    code, told = run("index", "insert", index, new, "--out", tmp_path / "placed.parquet")
    assert (code, "chosach index delete … --inserted" in told) == (0, True), told
    file = tmp_path / f"moi.{form}"
    frame = pl.read_csv(new, infer_schema=False)
    {"csv": frame.write_csv, "parquet": frame.write_parquet, "xlsx": frame.write_excel}[form](file)
    code, told = run("index", "delete", index, "--ids", file)
    assert (code, "[ids.records]" in told, "--inserted" in told) == (3, True, True), told
    with Index(index) as kept:
        assert len(kept) == 6
    assert run("index", "delete", index, "--ids", tmp_path / "placed.parquet", "--strict")[0] == 0
    with Index(index) as kept:
        assert (len(kept), kept.trader_of("a")) == (3, trader(made, "a"))


def test_what_was_put_in_the_last_time_is_taken_out_without_a_list(made: Path, index: Path, new: Path, tmp_path: Path) -> None:
    assert run("index", "delete", index, "--inserted")[0] == 3
    assert "[index.none_inserted]" in run("index", "delete", index, "--inserted")[1]
    assert "[in.both]" in run("index", "delete", index, "a", "--inserted")[1]
    (tmp_path / "truoc.csv").write_text("Mã hồ sơ,Họ tên,SĐT\nm1,Phan Thị Mơ,0933444555\n", encoding="utf-8")
    new.write_text(NEW + "\na,Người Khác Hẳn,0911111111\nm1,Người Khác Nữa,0922222222\n", encoding="utf-8")
    run("index", "insert", index, tmp_path / "truoc.csv", "-q")
    run("index", "insert", index, new, "-q")
    run("index", "delete", index, "n1", "-q")
    with Index(index) as kept:
        assert kept.inserted() == ["n2", "n3"]
        kept.insert({"record_id": "n1", "name": "Lê Văn Khác", "phone": "0966777888"})
        kept.insert({"record_id": "n9", "name": "Lê Văn Chín", "phone": "0966777999"})
    code, told = run("index", "delete", index, "--inserted", "--strict")
    assert (code, "Đã bỏ 2 hồ sơ. Chỉ mục nay có 6 hồ sơ." in told) == (0, True), told
    with Index(index) as kept:
        assert all(kept.trader_of(name) for name in ("a", "b", "c", "m1", "n1", "n9"))
    assert "Đã bỏ 0 hồ sơ." in run("index", "delete", index, "--inserted")[1]


def test_an_insert_that_adds_nothing_leaves_the_one_before_to_be_undone(index: Path, new: Path) -> None:
    for added in (3, 0):
        code, told = run("index", "insert", index, new)
        assert (code, f"thêm {added} hồ sơ, {3 - added} dòng bị loại" in told) == (0, True), told
    assert "Đã bỏ 3 hồ sơ. Chỉ mục nay có 3 hồ sơ." in run("index", "delete", index, "--inserted")[1]


def test_a_file_that_holds_no_ids_is_not_poured_out_in_the_message(index: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "".join(f"Nguyễn Thị Quỳnh Lan, 0912345678, 12/3 Lê Lợi, P. Tân Mai, số {at}\n" for at in range(50)), encoding="utf-8"
    )
    code, told = run("index", "delete", index, "--ids", tmp_path / "a.txt")
    assert (code, "Không có 50 hồ sơ " in told, len(told) < 500) == (0, True, True), told
    assert "số 1" not in told


def test_two_runs_are_told_apart_by_what_is_in_one_alone(made: Path, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("Mã hồ sơ,Họ tên\na,Lan\nz,Nam\n", encoding="utf-8")
    told = run("index", "build", tmp_path / "m.csv", "--clusters", made / "traders.parquet", "--out", tmp_path / "i")[1]
    assert "1 hồ sơ không có trong kết quả (z); 2 hồ sơ chỉ có trong kết quả (b, c)." in told


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (["place", "--index", "{index}"], 2, "in.none"),
        (["place", "{new}", "--index", "{index}"], 2, "out.none"),
        (["place", "{new}", "--index", "{index}", "--out", "{index}"], 2, "out.is_input"),
        (["place", "{new}", "--index", "{index}", "--record", "phone=1", "--out", "{out}"], 2, "in.both"),
        (["place", "--index", "{index}", "--record", "phone"], 2, "record.form"),
        (["place", "--index", "{index}", "--record", "age=3"], 2, "record.unknown_field"),
        (["place", "--index", "{index}", "--record", "phone=1", "--record", "phone=2"], 2, "record.twice"),
        (["place", "--index", "{index}", "--record", "record_id=x"], 2, "record.empty"),
        (["place", "--index", "{index}", "--record", "name=không có", "--record", "phone=N/A"], 2, "record.empty"),
        (["place", "--index", "{index}", "--record", "phone=abc"], 2, "record.empty"),
        (["place", "--index", "{index}", "--record", "bank=Vietcombank"], 2, "record.empty"),
        (["place", "--index", "{index}", "--record", "record_id=a", "--record", "phone=0977000111"], 3, "record.known"),
        (["place", "--index", "{new}", "--record", "phone=1"], 3, "index.form"),
        (["place", "{new}.none", "--index", "{index}", "--out", "{out}"], 3, "file.not_found"),
        (["place", "{new}", "--index", "{index}", "--out", "/nowhere/out.parquet"], 4, "out.unwritable"),
        (["index", "insert", "{index}.none", "{new}"], 3, "index.form"),
        (["index", "delete", "{index}"], 2, "in.none"),
        (["index", "delete", "{index}", "--ids", "{new}.none"], 3, "file.unreadable"),
        (["index", "build", "{new}", "--clusters", "{traders}", "--out", "{out}"], 3, "index.other_run"),
        (["index", "build", "{records}", "--clusters", "{bare}", "--out", "{out}"], 3, "model.missing"),
        (["index", "build", "{records}", "--clusters", "{new}", "--out", "{out}"], 3, "previous.column_missing"),
        (["index", "build", "{records}", "--clusters", "{traders}", "--out", "{traders}"], 2, "out.is_input"),
        (["index", "build", "{records}", "--clusters", "{traders}", "--out", "/nowhere/index"], 4, "out.unwritable"),
    ],
)
def test_what_is_wrong_is_said_with_a_code(
    made: Path, index: Path, new: Path, tmp_path: Path, arguments: list[str], code: int, name: str
) -> None:
    pq.write_table(pq.read_table(made / "traders.parquet").replace_schema_metadata(None), tmp_path / "bare.parquet")
    before = index.read_bytes()
    places = {
        "index": index, "new": new, "out": tmp_path / "out.parquet", "records": made / "ho-so.csv", "traders": made / "traders.parquet",
        "bare": tmp_path / "bare.parquet",
    }  # fmt: skip
    ended, told = run(*(argument.format(**places) for argument in arguments))
    assert (ended, f"[{name}]" in told) == (code, True), told
    assert not (tmp_path / "out.parquet").exists()
    assert index.read_bytes() == before


@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_a_phone_in_a_file_that_cannot_be_read_is_told_and_its_record_kept(index: Path, tmp_path: Path, quiet: list[str]) -> None:
    (tmp_path / "m.csv").write_text("Mã hồ sơ,Họ tên,SĐT\nn1,Đỗ Xuân Kỳ,abc\nn2,Nguyễn Thị Quỳnh Lan,0912345678\n", encoding="utf-8")
    warned = "1 hồ sơ có điện thoại không đọc được (n1): vẫn được giữ, chỉ so các cột còn lại. [record.unread]"
    code, told = run("place", tmp_path / "m.csv", "--index", index, "--out", tmp_path / "o.parquet", *quiet)
    assert (code, warned in told) == (0, True), told
    assert pq.read_table(tmp_path / "o.parquet")["known"].to_pylist() == [False, True]
    code, told = run("index", "insert", index, tmp_path / "m.csv", *quiet)
    assert (code, warned in told) == (0, True), told
    with Index(index) as kept:
        assert kept.trader_of("n1") not in (None, kept.trader_of("n2"))


@pytest.mark.parametrize("command", ["insert", "place"])
def test_what_cannot_be_read_in_a_row_that_is_left_out_is_not_told(index: Path, new: Path, tmp_path: Path, command: str) -> None:
    new.write_text("Mã hồ sơ,Họ tên,SĐT\na,Nguyễn Thị Quỳnh Lan,abc\nn1,Đỗ Xuân Kỳ,xyz\n", encoding="utf-8")
    asked = ("index", "insert", index, new) if command == "insert" else ("place", new, "--index", index, "--out", tmp_path / "o.parquet")
    code, told = run(*asked, "--rejects", tmp_path / "r.csv")
    assert (code, "1 hồ sơ có điện thoại không đọc được (n1): vẫn được giữ" in told) == (0, True), told
    problems = csv.DictReader(io.StringIO((tmp_path / "r.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert [(row["value"], row["code"]) for row in problems] == [("xyz", "record.unread"), ("a", "record.known")]
