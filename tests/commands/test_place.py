"""`chosach index` and `chosach place`: new records find their traders without a run over all."""

import csv
import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from chosach.cli import app
from chosach.linking.living.index import Index
from chosach.linking.schema import PLACED
from tests.commands.test_link import ROWS

NEW = "Mã hồ sơ,Họ tên,SĐT\nn1,NGUYEN THI QUYNH LAN,+84 912 345 678\nn2,Đỗ Xuân Kỳ,0977000111\nn3,Đỗ Xuân Kỳ,0977000111\n"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "ho-so.csv").write_text(ROWS, encoding="utf-8")
    run("link", folder / "ho-so.csv", "--out", folder / "traders.parquet", "-q")
    assert run("index", "build", folder / "ho-so.csv", "--clusters", folder / "traders.parquet", "--out", folder / "index", "-q") == (0, "")
    return folder


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    (tmp_path / "index").write_bytes((made / "index").read_bytes())
    return tmp_path / "index"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "moi.csv").write_text(NEW, encoding="utf-8")
    return tmp_path / "moi.csv"


def trader(made: Path, record_id: str) -> str:
    told = pq.read_table(made / "traders.parquet").to_pylist()
    return next(row["cluster_id"] for row in told if row["record_id"] == record_id)


def test_new_records_are_placed_with_reasons_and_the_index_stays_as_it_is(made: Path, index: Path, new: Path, tmp_path: Path) -> None:
    code, told = run("place", new, "--index", index, "--out", tmp_path / "out.parquet")
    assert code == 0
    assert "3 hồ sơ mới, 0 dòng bị loại" in told
    assert "1 hồ sơ có thể là của thương nhân đã biết, 2 chưa thấy của ai" in told
    placed = pq.read_table(tmp_path / "out.parquet")
    assert placed.schema.equals(PLACED)
    rows = {row["record_id"]: row for row in placed.to_pylist()}
    assert rows["n1"]["cluster_id"] == rows["n1"]["candidates"][0]["cluster_id"] == trader(made, "a")
    assert rows["n1"]["known"] and rows["n1"]["probability"] > 0.9
    assert "Cùng số điện thoại" in " ".join(reason["sentence"] for reason in rows["n1"]["candidates"][0]["reasons"])
    assert [(rows[name]["cluster_id"], rows[name]["known"]) for name in ("n2", "n3")] == [(None, False)] * 2
    with Index(index) as kept:
        assert (len(kept), kept.log()) == (3, [])


def test_one_record_is_told_on_the_command_line_and_answered_in_sentences(made: Path, index: Path) -> None:
    code, told = run("place", "--index", index, "--record", "name=Nguyễn Thị Quỳnh Lan", "--record", "phone=0912345678")
    assert code == 0
    assert f"có thể là thương nhân {trader(made, 'a')} (xác suất 99,9 %)" in told
    assert "  - Cùng số điện thoại" in told
    assert told.endswith("Kết quả là dấu hiệu để cán bộ kiểm tra, không phải kết luận.\n")
    code, told = run("place", "--index", index, "--record", "phone=0999888777")
    assert (code, "chưa thấy thương nhân nào" in told) == (0, True)


@pytest.fixture(scope="module")
def made_of_a_ring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ring")
    from tests.linking.rings.making import pool, table, trader

    shared = {"bank_account": "19036666777888", "warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"}
    alike = [trader(60 + at, name="Nguyễn Thị Quỳnh Lan", seller_name=None) for at in range(7)]
    pq.write_table(table([*pool(0, 9, **shared), *alike, *(trader(100 + at) for at in range(20))]), folder / "ho-so.parquet")
    run("link", folder / "ho-so.parquet", "--out", folder / "t.parquet", "-q")
    arguments = ["--clusters", folder / "t.parquet", "--out", folder / "i", "-q"]
    assert run("index", "build", folder / "ho-so.parquet", *arguments) == (0, "")
    return folder


@pytest.fixture
def ringed(made_of_a_ring: Path, tmp_path: Path) -> Path:
    """Nine traders with an account and a warehouse, a ring, and one of them with seven name-alikes."""
    shutil.copytree(made_of_a_ring, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_who_is_asked_about_is_told_with_names_shops_and_rings(ringed: Path) -> None:
    told = run("place", "--index", ringed / "i", "--record", "bank_account=19036666777888", "--record", "name=Trần Văn Bình")[1]
    ring = {row["record_id"]: row["ring_id"] for row in pq.read_table(ringed / "t.parquet").to_pylist()}["t0000"]
    assert ring and f", Trần Văn Bình, gian hàng “Giày dép Bình 0”, thuộc đường dây {ring}." in told, told


def test_traders_that_are_not_listed_are_counted_and_listed_when_asked_for(ringed: Path) -> None:
    asked = ["place", "--index", ringed / "i", "--record", "bank_account=19036666777888"]
    assert "Còn 4 thương nhân khác nên xem, không nêu ở đây (--candidates để nêu thêm)." in run(*asked)[1]
    told = run(*asked, "--candidates", "9", "--out", ringed / "o.parquet")[1]
    assert "thương nhân khác" not in told and told.count("So với hồ sơ") == 9
    (row,) = pq.read_table(ringed / "o.parquet").to_pylist()
    assert (len(row["candidates"]), row["more"]) == (9, 0)


def test_a_warehouse_is_asked_for_and_its_traders_are_told_with_their_ring(ringed: Path) -> None:
    asked = ["place", "--index", ringed / "i", "--record", "warehouse=45/6 Bùi Văn Hòa, P. Long Bình, Biên Hòa, Đồng Nai"]
    code, told = run(*asked, "--out", ringed / "o.csv")
    assert (code, told.count("Cùng nơi gửi hàng: thương nhân ")) == (0, 5), told
    assert "Còn 4 thương nhân khác cùng nơi gửi hàng" in told and "Kho này có ở 9 thương nhân." in told
    assert "gian hàng “Giày dép Bình 0”, thuộc đường dây R" in told and "là cùng một người" not in told
    (row,) = csv.DictReader(io.StringIO((ringed / "o.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert row["sharing"].count("; đường dây R") == 5 and row["more_sharing"] == "4"
    assert "Trần Văn Bình; gian hàng “Giày dép Bình 0”; đường dây R" in row["sharing"]
    (ringed / "m.csv").write_text('Mã hồ sơ,Kho\nx,"45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"\ny,kho\n', encoding="utf-8")
    told = run("place", ringed / "m.csv", "--index", ringed / "i", "--out", ringed / "o.csv")[1]
    assert "1 hồ sơ cùng nơi gửi hàng với thương nhân khác (cột sharing)." in told
    told = run("place", "--index", ringed / "i", "--record", "warehouse=3 Lê Lợi, phường Tam Hiệp, Đồng Nai")[1]
    assert "Chưa thấy thương nhân nào khác dùng nơi gửi hàng này." in told
    code, told = run("place", "--index", ringed / "i", "--record", "warehouse=kho")
    assert (code, "warehouse “kho” (cần nơi gửi hàng, như" in told) == (2, True), told


def test_a_field_that_cannot_be_asked_for_is_refused_with_those_that_can(index: Path) -> None:
    for field in ("images=ff00", "texts=a", "age=3"):
        code, told = run("place", "--index", index, "--record", field)
        assert code == 2
        for name in (
            "name",
            "seller_name",
            "phone",
            "bank_account",
            "tax_code",
            "email",
            "address",
            "warehouse",
            "url",
            "handle",
            "record_id",
        ):
            assert name in told


def test_the_probability_is_that_of_the_trader_that_was_chosen_and_empty_without_one(made: Path, index: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    (tmp_path / "m.csv").write_text(
        "Mã hồ sơ,Họ tên,SĐT\nn1,Nguyễn Thị Quỳnh Lan,0912345678\nn2,Nguyễn Thị Quỳnh Lan,0988\n", encoding="utf-8"
    )
    run("place", tmp_path / "m.csv", "--index", index, "--out", out)
    rows = {row["record_id"]: row for row in csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))}
    assert float(rows["n1"]["probability"]) > 0.9 and rows["n1"]["known"] == "true"
    assert (rows["n2"]["probability"], rows["n2"]["cluster_id"], rows["n2"]["known"]) == ("", "", "false")
    assert "xác suất" in rows["n2"]["candidates"], "each candidate has its own"


def test_a_value_is_told_with_the_records_that_carry_it_and_not_the_one_asked_about(index: Path) -> None:
    told = run("place", "--index", index, "--record", "name=Trần Văn Bình", "--record", "phone=0987654321")[1]
    assert "Cùng số điện thoại 0987654321. Số này có ở 1 hồ sơ." in told
    assert "Số này có ở 2 hồ sơ" in run("place", "--index", index, "--record", "phone=0912345678")[1]


def test_what_cannot_be_read_in_a_record_is_said_and_not_taken_for_nobody(made: Path, index: Path) -> None:
    code, told = run("place", "--index", index, "--record", "phone=abc", "--record", "tax_code=12")
    assert (code, "phone “abc” (cần số điện thoại, như 0912345678)" in told, "tax_code “12”" in told) == (2, True, True), told
    code, told = run("place", "--index", index, "--record", "phone=abc", "--record", "name=Nguyễn Thị Quỳnh Lan")
    assert (code, "[record.unread]" in told) == (0, True)
    assert "So với hồ sơ a của thương nhân này" in told or "chưa thấy thương nhân nào" in told


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


def test_results_are_a_csv_file_where_the_name_says_so(made: Path, index: Path, new: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("place", new, "--index", index, "--out", out)[0] == 0
    text = out.read_bytes().decode("utf-8-sig")
    rows = {row["record_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert rows["n1"]["cluster_id"] == trader(made, "a")
    assert rows["n1"]["candidates"].startswith(
        f"{trader(made, 'a')} – b (xác suất 99,9 %; nguyen thi quynh lan; gian hàng “HOA HƯỚNG DƯƠNG official”): "
    )
    assert "Cùng số điện thoại" in rows["n1"]["candidates"]
    assert rows["n2"] == {**rows["n2"], "cluster_id": "", "known": "false"}


def test_a_record_whose_letters_are_broken_is_read_as_far_as_it_can_be(made: Path, index: Path) -> None:
    """A terminal that does not speak UTF-8 hands over half letters."""
    code, told = run("place", "--index", index, "--record", "name=Nguy\udcffn Th\udcff Qu\udcffnh Lan", "--record", "phone=0912345678")
    assert code == 0
    assert f"thương nhân {trader(made, 'a')}" in told


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


def test_an_index_is_made_of_traders_in_csv_with_the_model_of_their_run(made: Path, index: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    run("link", made / "ho-so.csv", "--out", out, "-q")
    code, told = run("index", "build", made / "ho-so.csv", "--clusters", out, "--out", tmp_path / "i", "-q")
    assert (code, f"{out}: không mang theo mô hình, đang học lại từ hồ sơ." in told) == (0, True), told
    with Index(tmp_path / "i") as ours, Index(index) as theirs:
        assert ours._model == theirs._model
        assert ours.trader_of("a") == theirs.trader_of("a") == ours.trader_of("b") != ours.trader_of("c")


def test_a_field_is_asked_for_as_people_call_it(made: Path, index: Path) -> None:
    told = run("place", "--index", index, "--record", "SĐT=0912345678", "--record", "Họ và tên=Nguyễn Thị Quỳnh Lan")[1]
    assert f"có thể là thương nhân {trader(made, 'a')}" in told
    assert "[record.twice]" in run("place", "--index", index, "--record", "SĐT=0912345678", "--record", "phone=0912345678")[1]


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


@pytest.mark.parametrize("command", ["insert", "place"])
def test_what_cannot_be_read_in_a_row_that_is_left_out_is_not_told(index: Path, new: Path, tmp_path: Path, command: str) -> None:
    new.write_text("Mã hồ sơ,Họ tên,SĐT\na,Nguyễn Thị Quỳnh Lan,abc\nn1,Đỗ Xuân Kỳ,xyz\n", encoding="utf-8")
    asked = ("index", "insert", index, new) if command == "insert" else ("place", new, "--index", index, "--out", tmp_path / "o.parquet")
    code, told = run(*asked, "--rejects", tmp_path / "r.csv")
    assert (code, "1 hồ sơ có điện thoại không đọc được (n1): vẫn được giữ" in told) == (0, True), told
    problems = csv.DictReader(io.StringIO((tmp_path / "r.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert [(row["value"], row["code"]) for row in problems] == [("xyz", "record.unread"), ("a", "record.known")]


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
