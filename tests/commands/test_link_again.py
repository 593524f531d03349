"""`chosach link` run after run: what officers judged holds, and traders keep their ids."""

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chosach.linking.model import shipped
from tests.commands.test_link import ROWS, run


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "ho-so.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def traders(path: Path) -> dict[str, str]:
    table = pq.read_table(path)
    return dict(zip(table["record_id"].to_pylist(), table["cluster_id"].to_pylist(), strict=True))


def test_a_judgement_holds_is_told_of_and_leaves_no_trace_when_it_is_taken_out(records: Path, tmp_path: Path) -> None:
    out, events, judged = tmp_path / "out.parquet", tmp_path / "events.parquet", tmp_path / "ket-luan.csv"
    run(records, "--out", out)
    first = traders(out)
    judged.write_text("record_id_l,record_id_r,verdict,decided\nb,c,same,2021-03-01\na,c,different,2021-02-01\n", encoding="utf-8")
    code, told = run(records, "--out", out, "--previous", out, "--judgements", judged, "--events", events)
    assert code == 0
    assert traders(out)["b"] == traders(out)["c"] != traders(out)["a"]
    assert "So với lần trước, thương nhân: " in told
    assert "b và c" in " ".join(pq.read_table(events)["sentence"].to_pylist())
    code, told = run(records, "--out", out, "--previous", out, "--events", events)
    assert traders(out) == first


def test_a_judgement_that_a_newer_one_contradicts_is_told(records: Path, tmp_path: Path) -> None:
    judged = tmp_path / "ket-luan.csv"
    judged.write_text("record_id_l,record_id_r,verdict,decided\na,b,same,2021-03-02\na,b,different,2021-02-01\n", encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "out.parquet", "--judgements", judged)
    assert code == 0
    assert "[judgement.overruled]" in told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_judgements_are_read_as_a_spreadsheet_saves_them(records: Path, tmp_path: Path, encoding: str, delimiter: str) -> None:
    out, judged = tmp_path / "out.parquet", tmp_path / "ket-luan.csv"
    rows = ["record_id_l,record_id_r,verdict,decided", "b , c,same ,01/03/2021", "b,c,different,28/02/2021 17:30", "a,b,different,"]
    judged.write_text("\r\n".join(rows).replace(",", delimiter), encoding=encoding)
    code, told = run(records, "--out", out, "--judgements", judged)
    assert code == 0, told
    assert "Kết luận “hai thương nhân khác nhau” về b và c không được áp dụng" in told  # the 28th of February is before the 1st of March
    assert traders(out)["b"] == traders(out)["c"] != traders(out)["a"]


def test_judgements_are_read_from_the_first_sheet_that_has_them(records: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Ghi chú"])
    sheet = book.create_sheet("Kết luận")
    sheet.append(["Kết luận của tổ"])
    sheet.append(["Record_ID_L", "record_id_r", "verdict", "decided", "người ghi"])
    sheet.append(["b", "c", "same", dt.datetime(2021, 3, 1), "x"])
    sheet.append(["b", "c", "different", dt.datetime(2021, 2, 28, 17, 30)])
    sheet.append(["a", "b", "different"])
    out, judged = tmp_path / "out.parquet", tmp_path / "ket-luan.xlsx"
    book.save(judged)
    code, told = run(records, "--out", out, "--judgements", judged)
    assert code == 0, told
    assert "Kết luận “hai thương nhân khác nhau” về b và c không được áp dụng" in told
    assert traders(out)["b"] == traders(out)["c"] != traders(out)["a"]
    sheet.append(["a", "b", "maybe"])
    book.save(judged)
    assert "Kết luận ở dòng 6 là “maybe”" in run(records, "--out", out, "--judgements", judged)[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("record_id_l,record_id_r,verdict\na,b,same\n\na,b,maybe\n", "Kết luận ở dòng 4 là “maybe”"),
        ("sep=;\nrecord_id_l;record_id_r;verdict\n;b;same\n", "Kết luận ở dòng 3 thiếu mã hồ sơ"),
        ("record_id_l,record_id_r,verdict,decided\na,b,same,2021-01-01\na,b,same,hôm qua\n", "kết luận ở dòng 3 có thời điểm"),
        ('record_id_l,record_id_r,verdict,note\na,b,same,"hai\ndòng"\na,b,maybe,\n', "Kết luận ở dòng 4 là “maybe”"),
        ("record_id_l,record_id_r,verdict\na,b,same,thừa\n", "dòng 2: "),
        ("record_id_l,record_id_r,verdict,note,decided\na,b,same,,\na,b,different\n", "dòng 3: dòng bị cụt, thiếu từ cột “note”"),
    ],
)
def test_the_line_of_a_judgement_is_that_of_the_file(records: Path, tmp_path: Path, content: str, said: str) -> None:
    judged = tmp_path / "ket-luan.csv"
    judged.write_text(content, encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "out.parquet", "--judgements", judged)
    assert (code, said in told) == (3, True), told


def test_a_judgement_that_lacks_only_what_is_not_asked_for_is_taken(records: Path, tmp_path: Path) -> None:
    judged = tmp_path / "ket-luan.csv"
    judged.write_text("record_id_l,record_id_r,verdict,decided,note\na,b,different,2021-01-01\n", encoding="utf-8")
    out = tmp_path / "out.parquet"
    assert run(records, "--out", out, "--judgements", judged)[0] == 0
    assert traders(out)["a"] != traders(out)["b"]


def test_ids_that_a_spreadsheet_has_changed_are_told_of(tmp_path: Path) -> None:
    records, out, judged = tmp_path / "ho-so.csv", tmp_path / "out.csv", tmp_path / "ket-luan.csv"
    records.write_text("id,name,phone\n00123,Nguyễn Thị Quỳnh Lan,0912345678\n00124,Trần Văn Bình,0987654321\n", encoding="utf-8")
    judged.write_text("record_id_l,record_id_r,verdict\n00123,00124,same\n", encoding="utf-8")
    run(records, "--out", out)
    told = run(records, "--out", tmp_path / "2.csv", "--previous", out, "--judgements", judged)[1]
    assert "no_record" not in told
    assert "Dùng làm --previous vẫn giữ được mã đang có." in told
    for file in (out, judged):
        file.write_text(file.read_text(encoding="utf-8").replace("00", ""), encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "2.csv", "--previous", out, "--judgements", judged)
    assert code == 0
    assert "Không mã hồ sơ nào trong --previous có trong danh sách lần này" in told and "[previous.no_record]" in told
    assert "Không mã hồ sơ nào trong --judgements có trong danh sách lần này" in told and "[judgement.no_record]" in told


@pytest.mark.parametrize(
    ("read", "written"), [("--judgements", "--out"), ("--judgements", "--events"), ("--model", "--out"), ("--previous", "--edges")]
)
def test_what_is_read_is_not_written_over(records: Path, tmp_path: Path, read: str, written: str) -> None:
    file, model = tmp_path / "tep", tmp_path / "mo-hinh.json"
    model.write_text(shipped().to_json(), encoding="utf-8")
    content = {
        "--judgements": "record_id_l,record_id_r,verdict\na,b,same\n",
        "--previous": "record_id,cluster_id\na,T1\n",
        "--model": model.read_text(encoding="utf-8"),
    }[read]
    file.write_text(content, encoding="utf-8")
    other = [] if written == "--out" else ["--out", tmp_path / "out.parquet"]
    status, told = run(records, read, file, written, file, *other)
    assert status == 2
    assert "out.is_input" in told
    assert file.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    ("option", "content", "code"),
    [
        ("--judgements", "record_id_l,record_id_r,verdict\na,b,maybe\n", "judgement.verdict"),
        ("--judgements", "record_id_l,record_id_r\na,b\n", "judgement.column_missing"),
        ("--judgements", "a và b là khác nhau\n", "judgement.column_missing"),
        ("--previous", "record_id\na\n", "previous.column_missing"),
        ("--judgements", "record_id_l,record_id_r,verdict,decided\na,b,same,hôm qua\n", "judgement.decided"),
        ("--previous", "", "file.empty"),
        ("--previous", '{"record_id": "a"}', "file.form"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_read(
    records: Path, tmp_path: Path, option: str, content: str, code: str
) -> None:
    file = tmp_path / "tep.csv"
    file.write_text(content, encoding="utf-8")
    status, told = run(records, "--out", tmp_path / "out.parquet", option, file)
    assert status != 0
    assert code in told
    assert not (tmp_path / "out.parquet").exists()
    status, told = run(records, "--out", tmp_path / "out.parquet", option, tmp_path / "none.csv")
    assert status != 0


@pytest.mark.parametrize(
    "rows",
    [
        ["Mã hồ sơ 1;Mã hồ sơ 2;Kết luận", "b;c;Cùng một người", "a;b;khác nhau"],
        [
            "STT;Hồ sơ A;Hồ sơ B;Nhận định;Ngày kết luận;Ghi chú",
            "1;b;c;CUNG MOT NGUOI;01/03/2021;",
            "2;b;c;Khác nhau;28/02/2021;x",
            "3;a;b;Khác người;;",
        ],
        ["record_id_l;record_id_r;verdict", "b;c;Same", "a;b;khác nhau"],
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_judgements_are_read_in_the_words_of_those_who_judge(records: Path, tmp_path: Path, rows: list[str], ending: str) -> None:
    import openpyxl
    import polars as pl

    out, judged = tmp_path / "out.parquet", tmp_path / f"ket-luan.{ending}"
    cells = [row.split(";") for row in rows]
    if ending == "csv":
        judged.write_text("\r\n".join(rows), encoding="utf-8-sig")
    elif ending == "xlsx":
        book = openpyxl.Workbook()
        for row in (["BẢNG KẾT LUẬN"], *cells):
            book.active.append([cell or None for cell in row])
        book.save(judged)
    else:
        pl.DataFrame({name: [row[at] or None for row in cells[1:]] for at, name in enumerate(cells[0])}).write_parquet(judged)
    code, told = run(records, "--out", out, "--judgements", judged)
    assert code == 0, told
    assert traders(out)["b"] == traders(out)["c"] != traders(out)["a"]
    assert ("[judgement.overruled]" in told) == (len(rows) == 4)


def test_earlier_traders_are_read_under_vietnamese_headings(records: Path, tmp_path: Path) -> None:
    earlier, out = tmp_path / "truoc.csv", tmp_path / "out.parquet"
    earlier.write_text("Mã hồ sơ;Mã thương nhân\na;TA\nb;TA\nc;TC\n", encoding="utf-8")
    assert run(records, "--out", out, "--previous", earlier)[0] == 0
    assert traders(out) == {"a": "TA", "b": "TA", "c": "TC"}


def test_messages_about_a_file_name_it_and_what_would_do(records: Path, tmp_path: Path) -> None:
    judged, earlier = tmp_path / "ket-luan.csv", tmp_path / "truoc.csv"
    for content, said in (
        (
            "Mã hồ sơ 1;Mã hồ sơ 2;Kết luận\na;b;chắc là\n",
            "Kết luận ở dòng 2 là “chắc là”. Chỉ nhận: different (hai thương nhân khác nhau), same (",
        ),
        ("Mã hồ sơ 1;Mã hồ sơ 2;Kết luận\na;b;\n", "Kết luận ở dòng 2 là “”. Chỉ nhận: "),
        (
            "Mã hồ sơ 1;Kết luận\na;khác nhau\n",
            "thiếu cột “record_id_r”. Cần các cột: record_id_l (mã hồ sơ 1), record_id_r (mã hồ sơ 2), ",
        ),
        ("Mã hồ sơ 1;Mã hồ sơ 2;Kết luận\na;;khác nhau\n", "Kết luận ở dòng 2 thiếu mã hồ sơ."),
    ):
        judged.write_text(content, encoding="utf-8")
        code, told = run(records, "--out", tmp_path / "o.parquet", "--judgements", judged)
        assert (code, f"{judged}: " in told, said in told) == (3, True, True), told
    earlier.write_text("record_id,cluster_id\na,T\na,T\n", encoding="utf-8")
    assert f"[previous.doubled]: {earlier}: " in run(records, "--out", tmp_path / "o.parquet", "--previous", earlier)[1]


def test_who_wants_quiet_is_told_of_judgements_without_effect_all_the_same(records: Path, tmp_path: Path) -> None:
    judged, out = tmp_path / "ket-luan.csv", tmp_path / "out.parquet"
    judged.write_text(
        "record_id_l,record_id_r,verdict,decided\na,y,same,3\nx,y,different,2\na,b,same,9\na,b,different,8\n", encoding="utf-8"
    )
    told = run(records, "--out", out, "--judgements", judged, "-q")[1]
    assert "Kết luận “cùng một thương nhân” về a và y chưa được áp dụng: hồ sơ y không có trong danh sách lần này." in told
    assert "về x và y chưa được áp dụng: hồ sơ x và y không có trong danh sách lần này. Kết luận được giữ lại. [judgement.unknown]" in told
    assert "[judgement.overruled]" in told and "hồ sơ," not in told
    judged.write_text("record_id_l,record_id_r,verdict\nx,y,same\n", encoding="utf-8")
    assert "[judgement.no_record]" in run(records, "--out", out, "--judgements", judged, "-q")[1]
    assert run(records, "--out", out, "-q") == (0, "")


def test_events_begin_with_what_changed_and_end_with_what_was_kept(tmp_path: Path) -> None:
    from tests.linking.rings.making import pool, table, trader

    shared = {"bank_account": "19036666777888", "warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"}
    ring = pool(0, 4, **shared)
    others = [trader(100 + at) for at in range(20)]
    first, second, out, events = (tmp_path / name for name in ("1.parquet", "2.parquet", "out.parquet", "events.parquet"))
    pq.write_table(table([*ring, *others]), first)
    pq.write_table(table([*ring[:3], trader(4, **shared), *others]), second)
    run(first, "--out", out, "-q")
    code, said = run(second, "--out", out, "--previous", out, "--events", events)
    assert code == 0
    assert "; đường dây: 1 thêm hồ sơ, 1 bớt hồ sơ" in said
    told = [(row["level"], row["event"]) for row in pq.read_table(events).to_pylist()]
    changed = [one for one in told if one[1] != "kept"]
    assert {level for level, _ in changed} == {"trader", "ring"} and told[: len(changed)] == changed
    assert told.count(("trader", "kept")) == 23
