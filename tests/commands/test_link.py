"""`chosach link`: files in, traders out."""

import csv
import errno
import io
import json
import os
import signal
import unicodedata
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from chosach.cli import app
from chosach.commands import writing
from chosach.formats.records.nothing import DITTO, NOTHING, silent
from chosach.linking import CLUSTERS, EDGES

ROWS = (
    "Mã hồ sơ,Họ tên,Tên shop,SĐT,Địa chỉ\n"
    "a,Nguyễn Thị Quỳnh Lan,Hoa Hướng Dương,0912345678,\"12/3 Lê Lợi, P. Tân Mai, Biên Hòa, Đồng Nai\"\n"
    "b,nguyen thi quynh lan,HOA HƯỚNG DƯƠNG official,0912.345.678,\"12/3 Lê Lợi, Tam Hiệp, Đồng Nai\"\n"
    "c,Trần Văn Bình,Giày Bình,0987654321,\n"
)  # fmt: skip


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["link", *map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "ho-so.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_records_become_traders_with_reasons(records: Path, tmp_path: Path) -> None:
    out, edges = tmp_path / "out.parquet", tmp_path / "edges.parquet"
    code, told = run(records, "--out", out, "--edges", edges)
    assert code == 0
    assert "3 hồ sơ" in told
    assert "2 thương nhân" in told
    clusters = pq.read_table(out)
    assert clusters.schema.remove_metadata().equals(CLUSTERS)
    first, second, third = clusters["cluster_id"].to_pylist()
    assert first == second != third
    pairs = pq.read_table(edges)
    assert pairs.schema.remove_metadata().equals(EDGES)
    assert [(row["record_id_l"], row["record_id_r"]) for row in pairs.to_pylist()] == [("a", "b")]


@pytest.mark.parametrize("ending", ["jsonl", "parquet", "xlsx"])
def test_all_four_formats_say_the_same(records: Path, tmp_path: Path, ending: str) -> None:
    import polars as pl

    other = tmp_path / f"ho-so.{ending}"
    frame = pl.read_csv(records, infer_schema=False)
    if ending == "jsonl":
        frame.write_ndjson(other)
    elif ending == "parquet":
        frame.write_parquet(other)
    else:
        frame.write_excel(other)
    run(records, "--out", tmp_path / "1.parquet", "-q")
    assert run(other, "--out", tmp_path / "2.parquet", "-q") == (0, "")
    assert pq.read_table(tmp_path / "1.parquet").equals(pq.read_table(tmp_path / "2.parquet"))


def rows_of(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "spreadsheets read Vietnamese by this mark"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_result_is_a_csv_file_where_its_name_says_so(records: Path, tmp_path: Path) -> None:
    """The same rows as in Parquet; of the reasons the sentences, a line each."""
    options = ("out", "edges", "rings", "ties", "events")
    lines = [f"r{at},Người {name},Shop {at},09{at:08d},0{at}0012345678,Kho 9 đường số 5" for at, name in enumerate("ABCDEF")]
    shared = [
        f"s{at},Đinh Văn {name},Quán {at},0988777666,9990001112223,12 Phan Đình Phùng"
        for at, name in enumerate(("Tý", "Sửu", "Dần", "Mão"))
    ]
    records.write_text(ROWS.replace("\n", ",\n").replace("Địa chỉ,", "STK,Địa chỉ") + "\n".join([*lines, *shared]) + "\n", encoding="utf-8")
    for ending in ("parquet", "csv"):
        told = [part for option in options for part in (f"--{option}", tmp_path / f"{option}.{ending}")]
        code, said = run(records, *told, "--previous", tmp_path / "out.parquet") if ending == "csv" else run(records, *told)
        assert code == 0, said
    assert "CSV không mang theo mô hình" in said
    for option in options[:-1]:
        table, rows = pq.read_table(tmp_path / f"{option}.parquet").to_pylist(), rows_of(tmp_path / f"{option}.csv")
        assert len(rows) == len(table)
        for row, other in zip(rows, table, strict=True):
            assert [name for name in row if name not in {"name", "seller_name"}] == list(other)
            for name, value in other.items():
                if name == "reasons":
                    assert row[name] == "\n".join(reason["sentence"] for reason in value)
                elif isinstance(value, float):
                    assert float(row[name]) == pytest.approx(value, rel=1e-5)
                else:
                    assert row[name] == ("" if value is None else str(value))
    assert rows_of(tmp_path / "edges.csv")
    read = {row["Mã hồ sơ"]: row["Họ tên"] for row in csv.DictReader(io.StringIO(records.read_text(encoding="utf-8")))}
    named = {row["record_id"]: row["name"] for row in rows_of(tmp_path / "out.csv")}
    assert named == read, "who a trader is stands beside its id"
    assert {row["event"] for row in rows_of(tmp_path / "events.csv")} == {"kept"}


def test_pairs_on_their_way_to_a_csv_file_lie_beside_it(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are many times the records: the disk that was chosen for them has the room. Nothing is left, however the run ends."""
    folder = tmp_path / "ket-qua"
    folder.mkdir()
    (folder / ".edges.csv.passing.999999999.part").write_bytes(b"of a run that was killed")
    seen, rewrite = [], writing.rewrite
    monkeypatch.setattr(writing, "rewrite", lambda pairs, part: (seen.append(pairs), rewrite(pairs, part)))
    assert run(records, "--out", tmp_path / "out.csv", "--edges", folder / "edges.csv")[0] == 0
    assert [path.parent for path in seen] == [folder]
    assert [path.name for path in folder.iterdir()] == ["edges.csv"]

    def stopped(pairs: Path, part: Path) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(writing, "rewrite", stopped)
    assert run(records, "--out", tmp_path / "out.csv", "--edges", folder / "edges.csv")[0] == 128 + signal.SIGTERM
    assert [path.name for path in folder.iterdir()] == ["edges.csv"]


def test_a_disk_that_is_full_at_the_very_end_is_told_with_its_code(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, told = run(records, "--out", tmp_path / "out.csv")
    assert (code, "[out.unwritable]: Không ghi được tệp kết quả: hết chỗ trên đĩa." in told) == (4, True), told


@pytest.mark.parametrize("ends", ["stop", "full"])
@pytest.mark.parametrize("before", [False, True])
def test_who_is_stopped_between_two_files_is_told_which_are_there(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: str, before: bool
) -> None:
    out, edges, ties = (tmp_path / f"{name}.csv" for name in ("out", "edges", "ties"))
    given = ("--out", out, "--edges", edges, "--ties", ties)
    if before:
        run(records, *given)
    replace, written = Path.replace, []

    def last(file: Path, target: Path) -> Path:
        if len(written) < 2:
            written.append(target)
            return replace(file, target)
        if ends == "full":
            raise OSError(errno.ENOSPC, "No space left on device")
        os.kill(os.getpid(), signal.SIGTERM)
        raise AssertionError("the signal comes first")

    monkeypatch.setattr(Path, "replace", last)
    code, told = run(records, *given)
    assert code == (4 if ends == "full" else 128 + signal.SIGTERM)
    assert f"Đã ghi xong: {edges}, {ties}. Chưa ghi: {out};" in told and "Không ghi tệp kết quả nào" not in told
    assert set(written) == {edges, ties}


def test_a_ring_of_a_csv_file_names_its_traders_and_columns_that_the_list_has_not_are_empty(records: Path, tmp_path: Path) -> None:
    people = ("Đinh Văn Hùng", "Lê Thị Thu Hoa", "Trần Quốc Nam", "Phạm Ngọc Ánh")
    rows = [f"s{at},{name},0988777666,19036625517018" for at, name in enumerate(people)]
    records.write_text("\n".join(["id,Họ tên,SĐT,STK", *rows, "s9,Đinh Văn Hùng,0988777666,", ""]), encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "out.csv", "--rings", tmp_path / "rings.csv")
    assert code == 0, told
    assert sorted(row["name"] for row in rows_of(tmp_path / "rings.csv")) == sorted(people)
    assert {row["seller_name"] for row in rows_of(tmp_path / "out.csv")} == {""}


def test_no_cell_of_a_csv_result_is_a_formula_and_its_ids_come_back(records: Path, tmp_path: Path) -> None:
    records.write_text(
        "id,name,phone\n=1+1,Nguyễn Thị Quỳnh Lan,0912345678\n@b,nguyen thi quynh lan,0912345678\nc,Bình,0987654321\n", encoding="utf-8"
    )
    out = tmp_path / "out.csv"
    assert run(records, "--out", out, "--edges", tmp_path / "edges.csv")[0] == 0
    cells = [
        cell
        for path in (out, tmp_path / "edges.csv")
        for row in rows_of(path)
        for cell in (row.get("record_id"), row.get("record_id_l"))
        if cell
    ]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    code, told = run(records, "--out", tmp_path / "2.csv", "--previous", out)
    assert (code, "So với lần trước, thương nhân: 2 giữ nguyên; đường dây: không có." in told) == (0, True), told


def test_a_record_of_nothing_but_words_for_nothing_is_empty(records: Path, tmp_path: Path) -> None:
    words = ROWS + "d,không có,N/A,-,x\ne,KHONG CO,Chưa rõ,,\nf,Na,,,\ng,X,không có,,\n"
    records.write_text(words, encoding="utf-8")
    rejects, out = tmp_path / "rejects.csv", tmp_path / "out.parquet"
    code, told = run(records, "--out", out, "--rejects", rejects)
    assert (code, "2 dòng: Hồ sơ không có gì để so" in told) == (0, True), told
    assert [row["value"] for row in rows_of(rejects) if row["code"] == "record.empty"] == ["d", "e"]
    assert pq.read_table(out)["record_id"].to_pylist() == ["a", "b", "c", "f", "g"], "Na and X are names"


@pytest.mark.parametrize(("word", "told_of"), [("khong co", 0), ("Chưa rõ", 0), ("-nt-", 8), ("Như trên", 8)])
def test_two_who_write_the_same_word_for_nothing_share_nothing(tmp_path: Path, word: str, told_of: int) -> None:
    """Officers write *không có* where there is nothing and *nt* where it is as above; no account, place or bank is called so."""
    records, rejects = tmp_path / "in.csv", tmp_path / "rejects.csv"
    rows = f"a,Lê Thị Cúc,0918222302,{word},{word},{word},{word}\nb,Bùi Quang Dũng,0367443203,{word},{word},{word},{word}\n"
    records.write_text(f"Mã hồ sơ,Họ tên,SĐT,STK,Ngân hàng,Địa chỉ,Kho hàng\n{rows}", encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "out.csv", "--ties", tmp_path / "ties.csv", "--rejects", rejects)
    assert (code, "2 thương nhân, trong đó 0 có từ hai hồ sơ" in told) == (0, True), told
    assert rows_of(tmp_path / "ties.csv") == []
    assert [row["code"] for row in rows_of(rejects)] == ["record.unread"] * told_of, "what points at another row is lost, and is told"


def test_a_closer_look_is_had_at_every_word_for_nothing() -> None:
    """What spares the look at all other cells lets none of the words through, however they are written."""
    words = [word for word in (*NOTHING, *DITTO) if word]
    forms = [form for word in words for form in (word, word.upper(), f"- {word} -", unicodedata.normalize("NFD", word))]
    assert silent("phone", forms) == list(range(len(forms)))
    assert silent("name", ["Na", "X", "NT", "Trong", "Nguyễn Như Trên", "Không Tên"]) == [], "these are called so"


def test_rows_that_cannot_be_linked_are_told(records: Path, tmp_path: Path) -> None:
    records.write_text(ROWS + ",Lê Văn A,,,\na,Lê Văn B,,,\nd,,,,\n", encoding="utf-8")
    rejects = tmp_path / "rejects.jsonl"
    code, _ = run(records, "--out", tmp_path / "out.parquet", "--rejects", rejects, "--strict")
    assert code == 1
    codes = [json.loads(line)["code"] for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert codes == ["record.id_empty", "record.id_doubled", "record.empty"]


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (["{in}", "--out", "{in}"], 2, "out.is_input"),
        (["{in}", "--out", "{out}", "--edges", "{out}"], 2, "out.is_edges"),
        (["{in}", "--out", "{out}", "--map", "phone"], 2, "map.form"),
        (["{in}", "--out", "{out}", "--map", "age=SĐT"], 2, "map.unknown_field"),
        (["{in}", "--out", "{out}", "--map", "phone=Tuổi"], 3, "columns.not_there"),
        (["{in}.none", "--out", "{out}"], 3, "file.not_found"),
        (["{in}", "--out", "{out}", "--model", "{in}"], 3, "model.form"),
        (["{in}", "--out", "/nowhere/out.parquet"], 4, "out.unwritable"),
    ],
)
def test_what_is_wrong_is_said_with_a_code(records: Path, tmp_path: Path, arguments: list[str], code: int, name: str) -> None:
    filled = [argument.format(**{"in": records, "out": tmp_path / "out.parquet"}) for argument in arguments]
    ended, told = run(*filled)
    assert (ended, f"[{name}]" in told) == (code, True)
    assert not (tmp_path / "out.parquet").exists()


def test_a_file_without_an_id_or_anything_to_compare_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Tuổi,Cao\n1,2\n", encoding="utf-8")
    assert run(path, "--out", tmp_path / "out.parquet")[0] == 3
    path.write_text("id,phone\n1,\n2,\n", encoding="utf-8")
    code, told = run(path, "--out", tmp_path / "out.parquet")
    assert code == 3
    assert "[rows.none]" in told


def test_a_model_that_was_learnt_once_can_be_used_again(records: Path, tmp_path: Path) -> None:
    run(records, "--out", tmp_path / "1.parquet", "-q")
    model = tmp_path / "model.json"
    model.write_bytes(pq.read_schema(tmp_path / "1.parquet").metadata[b"chosach.model"])
    run(records, "--out", tmp_path / "2.parquet", "--model", model, "-q")
    assert pq.read_table(tmp_path / "1.parquet").equals(pq.read_table(tmp_path / "2.parquet"))


def test_a_model_serves_for_columns_that_it_was_not_learnt_on(records: Path, tmp_path: Path) -> None:
    run(records, "--out", tmp_path / "1.parquet", "-q")
    model = tmp_path / "model.json"
    model.write_bytes(pq.read_schema(tmp_path / "1.parquet").metadata[b"chosach.model"])
    records.write_text("id,name,email\na,Nguyễn Thị Lan,lan.a@x.vn\nb,Nguyễn Thị Lan,lan.a@x.vn\n", encoding="utf-8")
    assert run(records, "--out", tmp_path / "2.parquet", "--model", model)[0] == 0
    assert len(set(pq.read_table(tmp_path / "2.parquet")["cluster_id"].to_pylist())) == 1


def test_a_model_without_all_levels_of_a_field_is_refused(records: Path, tmp_path: Path) -> None:
    from chosach.linking.model import shipped

    model = tmp_path / "model.json"
    for text in (
        '{"prior": 0.1, "m": {"name": {"same": 0.5}}, "u": {}}',
        '{"prior": 2, "m": {}, "u": {}}',
        "[]",
        '{"prior": 0.1, "m": 3, "u": 1}',
        "[" * 100_000,
        f'{{"prior": 1{"0" * 400}, "m": {{}}, "u": {{}}}}',
    ):
        model.write_text(text, encoding="utf-8")
        code, told = run(records, "--out", tmp_path / "2.parquet", "--model", model)
        assert (code, "[model.form]" in told) == (3, True), text
    model.write_text(shipped().to_json(), encoding="utf-8")
    assert run(records, "--out", tmp_path / "2.parquet", "--model", model)[0] == 0


def test_rings_and_what_ties_them_are_written_with_reasons(tmp_path: Path) -> None:
    from tests.linking.rings.making import pool, table, trader

    shared = {"bank_account": "19036666777888", "warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"}
    records = tmp_path / "ho-so.parquet"
    pq.write_table(table([*pool(0, 4, **shared), *(trader(100 + at) for at in range(20))]), records)
    out, rings, ties = (tmp_path / f"{name}.parquet" for name in ("out", "rings", "ties"))
    code, told = run(records, "--out", out, "--rings", rings, "--ties", ties)
    assert code == 0
    assert "1 nhóm có dấu hiệu liên kết, gồm 4 thương nhân" in told
    members = pq.read_table(rings).to_pylist()
    assert [row["traders"] for row in members] == [4] * 4
    assert {row["ring_id"] for row in members} == {name for name in pq.read_table(out)["ring_id"].to_pylist() if name}
    assert all(row["ring_sentence"] and row["sentence"] for row in members)
    assert {tie["kind"] for tie in pq.read_table(ties).to_pylist()} == {"account", "warehouse"}


def test_ties_that_an_officer_cut_are_in_the_file_marked_and_count_in_no_sentence(tmp_path: Path) -> None:
    from chosach.linking.schema import MARKED, TIES
    from tests.linking.rings.making import pool, table, trader

    shared = {"bank_account": "19036666777888", "warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"}
    records, judged, rings = tmp_path / "ho-so.parquet", tmp_path / "ket-luan.csv", tmp_path / "rings.csv"
    pq.write_table(table([*pool(0, 4, **shared), *(trader(100 + at) for at in range(20))]), records)
    judged.write_text("record_id_l,record_id_r,verdict\nt0003,t0001,cut\n", encoding="utf-8")
    out, ties = tmp_path / "out.parquet", tmp_path / "ties.parquet"
    code, told = run(records, "--out", out, "--rings", rings, "--ties", ties, "--judgements", judged)
    assert (code, "10 mối liên hệ giữa các thương nhân, và 2 mối cán bộ đã cắt" in told) == (0, True), told
    found = pq.read_table(ties)
    assert found.schema.equals(MARKED) and found.column_names[:-1] == TIES.names, "columns stay where they were"
    assert found.to_pylist() == sorted(found.to_pylist(), key=lambda row: (row["cluster_id_l"], row["cluster_id_r"], row["kind"]))
    cut = [row for row in found.to_pylist() if row["cut"]]
    assert {(row["record_id_l"], row["record_id_r"]) for row in cut} <= {("t0001", "t0003"), ("t0003", "t0001")}
    assert all(row["sentence"].endswith("Cán bộ đã kết luận mối này không tính.") for row in cut)
    assert not [row for row in found.to_pylist() if not row["cut"] and "Cán bộ" in row["sentence"]]
    with rings.open(encoding="utf-8-sig", newline="") as file:
        why = [row["sentence"] for row in csv.DictReader(file)]
    assert [sentence.startswith("Có liên hệ với 2 trong 3 ") for sentence in why].count(True) == 2, why


def test_phones_that_cannot_be_read_are_told_and_their_records_kept(tmp_path: Path) -> None:
    records, rejects, out = tmp_path / "ho-so.csv", tmp_path / "rejects.jsonl", tmp_path / "out.csv"
    rows = "".join(f"x{at},Người Bán {at},09x{at},a{at}\n" for at in range(7))
    records.write_text(f"Mã hồ sơ,Họ tên,SĐT,Email\n{rows}y,Trần Văn Bình,0987654321,b@c.vn\nz,Lê Nam,không có,\n", encoding="utf-8")
    for quiet in ([], ["-q"]):
        code, told = run(records, "--out", out, "--rejects", rejects, "--strict", *quiet)
        assert code == 0, "nothing is rejected"
        assert "7 hồ sơ có điện thoại không đọc được (x0, x1, x2, x3, x4…): vẫn được giữ, chỉ so các cột còn lại. [record.unread]" in told
        assert "7 hồ sơ có thư điện tử không đọc được" in told
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 9
    problems = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert [(row["line"], row["column"], row["value"]) for row in problems[:2]] == [(2, "SĐT", "09x0"), (2, "Email", "a0")]
    assert {(row["code"], row["severity"]) for row in problems} == {("record.unread", "warning")}


def test_why_rows_were_left_out_is_said_without_a_file_of_rejects(tmp_path: Path) -> None:
    records = tmp_path / "ho-so.csv"
    records.write_text("Mã hồ sơ,Họ tên\na,Lan Anh\na,Nam\na,Bình\nb,\n", encoding="utf-8")
    told = run(records, "--out", tmp_path / "o.parquet")[1]
    assert "  2 dòng: Mã hồ sơ này đã có ở một dòng trước." in told and "  1 dòng: Hồ sơ không có gì để so" in told
    records.write_text("Mã hồ sơ,Họ tên\n,Lan Anh\nb,\n", encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "o.parquet")
    assert (code, "  1 dòng: Thiếu mã hồ sơ." in told) == (3, True), told
    records.write_text("Mã hồ sơ,Họ tên\n", encoding="utf-8")
    assert "[rows.none]: Không có dòng dữ liệu nào, chỉ có dòng tiêu đề." in run(records, "--out", tmp_path / "o.parquet")[1]


def test_what_was_found_in_cells_is_said_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Mã hồ sơ,Họ tên\na,Nguyễn Lan\nb,Tr".encode() + b"\xff Nam\n")
    told = run(tmp_path / "a.csv", "--out", tmp_path / "o.parquet")[1]
    assert "  1 ô: Ô có ký tự không giải mã được, hiện thành �." in told and "từng ô có vấn đề" in told


def test_who_has_no_column_of_ids_is_told_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Họ tên,SĐT\nLan,0912345678\n", encoding="utf-8")
    told = run(tmp_path / "a.csv", "--out", tmp_path / "o.parquet")[1]
    assert "Hãy chỉ ra bằng --map record_id=…; nếu tệp chưa có mã, hãy thêm một cột mã" in told


def test_fields_are_called_as_people_call_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\na,0912345678\nb,0912345678\n", encoding="utf-8")
    code, told = run(tmp_path / "a.csv", "--map", "Mã hồ sơ=x", "--map", "SĐT=y", "--out", tmp_path / "o.parquet")
    assert (code, "record_id ← “x”, phone ← “y”" in told) == (0, True), told
    assert "map.twice" in run(tmp_path / "a.csv", "--map", "phone=x", "--map", "SĐT=y", "--out", tmp_path / "o.parquet")[1]


@pytest.mark.parametrize("option", ["--out", "--edges", "--rings", "--ties", "--events"])
def test_a_name_that_promises_another_form_is_refused(records: Path, tmp_path: Path, option: str) -> None:
    given = {"--out": tmp_path / "o.parquet", option: tmp_path / "ket-qua.XLSX"}
    code, told = run(records, *(part for pair in given.items() for part in pair))
    assert (code, "[out.form]" in told, ".csv" in told) == (2, True, True), told
    assert not list(tmp_path.glob("*.XLSX"))


def test_an_id_that_a_spreadsheet_has_changed_is_kept_and_told_what_may_come_of_it(tmp_path: Path) -> None:
    records, rejects, out = tmp_path / "ho-so.csv", tmp_path / "rejects.jsonl", tmp_path / "o.parquet"
    records.write_text("Mã hồ sơ;SĐT\n1.9E+16;0912345678\n1.9E+16;0987654321\n", encoding="utf-8")
    code, told = run(records, "--out", out, "--rejects", rejects, "-q")
    assert (code, "[id.scientific]" in told, pq.read_table(out)["record_id"].to_pylist()) == (0, True, ["1.9E+16"]), told
    problems = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert [(one["line"], one["code"]) for one in problems] == [(2, "id.scientific"), (3, "id.scientific"), (3, "record.id_doubled")]
    assert "Mã giữ nguyên" in problems[0]["reason"] and "không dùng để so" not in problems[0]["reason"]


def test_long_numbers_that_a_spreadsheet_has_changed_tie_nobody_and_are_told(tmp_path: Path) -> None:
    import openpyxl

    rows = [("a", "Nguyễn Văn An", "1.90367E+16"), ("b", "Trần Thị Bình", "1,90367E+16"), ("c", "Lê Hoàng Nam", "1.90367e+16")]
    records, rejects, ties = tmp_path / "ho-so.csv", tmp_path / "rejects.jsonl", tmp_path / "ties.parquet"
    records.write_text("Mã hồ sơ;Họ tên;STK\n" + "".join(f"{';'.join(row)}\n" for row in rows), encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "o.parquet", "--ties", ties, "--rejects", rejects, "-q")
    assert (code, "3 ô có số dài bị bảng tính đổi các chữ số cuối." in told, "[number.scientific]" in told) == (0, True, True), told
    assert pq.read_table(ties).num_rows == 0
    assert [json.loads(line)["line"] for line in rejects.read_text(encoding="utf-8").splitlines()] == [2, 3, 4]
    book = openpyxl.Workbook()
    for row in (
        ("Mã hồ sơ", "Họ tên", "STK"),
        ("a", "Nguyễn Văn An", 19036666777888100),
        ("b", "Trần Thị Bình", 1.90366667778881e16),
        ("c", "Lê Nam", 123456),
    ):
        book.active.append(row)
    book.save(tmp_path / "ho-so.xlsx")
    code, told = run(tmp_path / "ho-so.xlsx", "--out", tmp_path / "o.parquet", "--ties", ties, "-q")
    assert (code, "2 ô có số dài" in told, "[number.figures]" in told) == (0, True, True), told
    assert {row["value"] for row in pq.read_table(ties).to_pylist() if row["kind"] == "account"} == {"19036666777888100"}
    (tmp_path / "ho-so.jsonl").write_text(
        '{"id": 1, "bank_account": 19036666777888123}\n{"id": 2, "bank_account": 19036666777888123}\n', encoding="utf-8"
    )
    assert run(tmp_path / "ho-so.jsonl", "--out", tmp_path / "o.parquet", "-q") == (0, ""), "JSON keeps every figure"
