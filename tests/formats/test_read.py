"""Files of four formats give the same table; bad rows are reported, the rest go through."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from chosach.formats import listings
from tests.examples import examples

ROWS = [
    {"listing_id": "t1", "title": 'Túi da; hàng "đẹp"', "price": "1.250.000 đ", "description": "dòng một\ndòng hai, có phẩy"},
    {"listing_id": "t2", "title": "Nước hoa", "price": "350k", "description": ""},
    {"listing_id": "t3", "title": "Giày thể thao", "price": "", "description": "mới 100%\t|"},
]


def read(path: Path, **options: object) -> tuple[list[dict[str, object]], list[listings.RowProblem]]:
    file = listings.open_file(path, **options)  # type: ignore[arg-type]
    batches = list(file.batches(size=2))
    return [row for batch in batches for row in batch.table.to_pylist()], [problem for batch in batches for problem in batch.problems]


def write_csv(path: Path, rows: list[dict[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def short(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(row["listing_id"], row["title"], row["price"], row["description"]) for row in rows]


EXPECTED = [
    ("t1", 'Túi da; hàng "đẹp"', 1_250_000, "dòng một\ndòng hai, có phẩy"),
    ("t2", "Nước hoa", 350_000, None),
    ("t3", "Giày thể thao", None, "mới 100%\t|"),
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_of_any_delimiter_and_encoding_is_recognised_by_content(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = write_csv(tmp_path / "khong-co-duoi", ROWS, delimiter=delimiter, encoding=encoding)
    rows, problems = read(path)
    assert short(rows) == EXPECTED
    assert problems == []


def test_json_lines_parquet_and_xlsx_give_the_same_rows(tmp_path: Path) -> None:
    lines = tmp_path / "a.csv"  # the ending lies
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    table = tmp_path / "b.dat"
    pq.write_table(pa.Table.from_pylist(ROWS), table)
    sheet = tmp_path / "c.bin"
    book = xlsxwriter.Workbook(sheet)
    page = book.add_worksheet("Dữ liệu")
    page.write_row(0, 0, ["Báo cáo thu thập"])  # a title above the header, as offices like
    page.write_row(2, 0, list(ROWS[0]))
    for at, row in enumerate(ROWS, 3):
        page.write_row(at, 0, list(row.values()))
    book.close()
    for path in (lines, table, sheet):
        rows, problems = read(path)
        assert short(rows) == EXPECTED, path
        assert problems == []


def test_typed_columns_of_parquet_and_sheets_are_converted(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table(
            {
                "listing_id": pa.array([1, 2], pa.int64()),
                "title": pa.array(["a", "b"]).dictionary_encode(),
                "price": pa.array([350000.0, None], pa.float64()),
                "images": pa.array([["x", "y"], []], pa.list_(pa.string())),
                "captured_at": pa.array([1605231000000000000, None], pa.timestamp("ns", "UTC")),
            }
        ),
        path,
    )
    rows, problems = read(path)
    assert problems == []
    assert [(row["listing_id"], row["price"], row["images"]) for row in rows] == [("1", 350000, ["x", "y"]), ("2", None, None)]
    assert str(rows[0]["captured_at"]) == "2020-11-13 01:30:00+00:00"


ODD_TEXTS: list[dict[str, str | None]] = [
    {"listing_id": "1", "title": " Túi\0 da ", "seller_id": "\u3000shop-1\x1f", "brand": "x\ufffdy\ufffd"},
    {"listing_id": "2", "title": "\u2003\n ", "seller_id": "a", "brand": "no title"},
    {"listing_id": "3", "title": "", "seller_id": "a", "brand": "none either"},
    {"listing_id": "4", "title": "Đồ chơi gỗ ấ", "seller_id": " ", "brand": ""},
    {"listing_id": "5", "title": "ê" * 5_001, "seller_id": "é", "brand": "ê" * 2_000},
    {"listing_id": "6", "title": "\0", "seller_id": None, "brand": None},
    {"listing_id": "7", "title": "Nhẫn", "seller_id": "\ufffd\0", "brand": "\ufffd"},
    {"listing_id": "7", "title": "Nhẫn nữa", "seller_id": "b", "brand": "twice"},
]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.binary()])
def test_odd_texts_of_parquet_are_mended_and_told_as_those_of_other_formats(tmp_path: Path, kind: pa.DataType) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ODD_TEXTS))
    schema = pa.schema([("listing_id", pa.string()), ("title", kind), ("seller_id", kind), ("brand", kind)])
    pq.write_table(
        pa.table([pa.array([row[name] for row in ODD_TEXTS]).cast(schema.field(name).type) for name in schema.names], schema=schema),
        tmp_path / "a.parquet",
    )
    told, table = read(tmp_path / "a.jsonl"), read(tmp_path / "a.parquet")
    assert table == told
    assert [row["listing_id"] for row in told[0]] == ["1", "4", "5", "7"]
    assert {"text.nul", "text.undecodable", "text.too_long", "title.empty", "id.doubled"} == {problem.code for problem in told[1]}


def test_bytes_of_parquet_that_are_no_utf8_are_told_where_they_stand(tmp_path: Path) -> None:
    titles = pa.StringArray.from_buffers(2, pa.py_buffer(b"\0\0\0\0\4\0\0\0\x08\0\0\0"), pa.py_buffer(b"T\xfai dT\xc3\xba"))
    pq.write_table(pa.table({"listing_id": ["1", "2"], "title": titles}), tmp_path / "a.parquet")
    rows, problems = read(tmp_path / "a.parquet")
    assert [row["title"] for row in rows] == ["T\ufffdi ", "dTú"]
    assert [(problem.row, problem.code) for problem in problems] == [(1, "text.undecodable")]


def test_columns_can_be_mapped_and_inner_keys_of_json_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"key": 7, "item": {"name": "Túi"}, "shop": {"id": 9}}\n', encoding="utf-8")
    rows, _ = read(path, mapping={"listing_id": "key", "title": "item.name", "seller_id": "shop.id"})
    assert (rows[0]["listing_id"], rows[0]["title"], rows[0]["seller_id"]) == ("7", "Túi", "9")


BAD_CSV = (
    "id,name,price,captured_at\n"
    "a,Túi,100,\n"  # line 2
    ",Không mã,100,\n"  # 3
    "b,,100,\n"  # 4
    'c,"hai\ndòng",x y z,\n'  # 5-6
    "a,Lặp mã,1,\n"  # 7
    "d,Dư ô,1,,thừa\n"  # 8
    "e,Thiếu ô\n"  # 9
    'f,"sai "ngoặc",1,\n'  # 10
    "g,Ngày sai,1,hôm qua\n"  # 11
    "h,Âm,-5,\n"  # 12
    "\n"
    "i,Tốt,1,2020-11-13\n"  # 14
)


def test_bad_rows_are_reported_with_line_column_and_reason_and_the_rest_go_through(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(BAD_CSV, encoding="utf-8")
    rows, problems = read(path)
    assert [row["listing_id"] for row in rows] == ["a", "c", "e", "g", "h", "i"]
    assert [(problem.line, problem.column, problem.code) for problem in problems] == [
        (3, "id", "id.empty"),
        (4, "name", "title.empty"),
        (5, "price", "number.unclear"),
        (7, "id", "id.doubled"),
        (8, "", "row.columns"),
        (9, "price", "row.short"),
        (10, "", "csv.quote"),
        (11, "captured_at", "date.unclear"),
        (12, "price", "number.negative"),
    ]
    assert rows[1]["title"] == "hai\ndòng"
    assert [problem.value for problem in problems if problem.code == "number.unclear"] == ["x y z"]
    assert all(problem.reason for problem in problems)


def test_a_quote_left_open_costs_its_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,name\n1,"mở ngoặc\n2,Hai\n3,Ba\n', encoding="utf-8")
    rows, problems = read(path)
    assert [row["listing_id"] for row in rows] == ["2", "3"]
    assert [(problem.line, problem.code) for problem in problems] == [(2, "csv.quote")]


def test_bad_json_lines_are_reported_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    deep = "[" * 100_000
    path.write_text(
        f'{{"id": 1, "name": "Một"}}\n{{"id": 2, "name"\n\n[1]\n{{"id": 3, "name": "x\\ud83d"}}\n{{"id": {deep}\n', encoding="utf-8"
    )
    rows, problems = read(path)
    assert [(row["listing_id"], row["title"]) for row in rows] == [("1", "Một"), ("3", "x\ufffd")]
    assert [(problem.line, problem.code) for problem in problems] == [
        (2, "json.syntax"),
        (4, "json.not_object"),
        (5, "text.undecodable"),
        (6, "json.syntax"),
    ]


def test_an_id_doubled_in_another_file_is_rejected_when_both_are_read_together(tmp_path: Path) -> None:
    seen = listings.SeenIds()
    paths = [write_csv(tmp_path / f"{name}.csv", ROWS) for name in "ab"]
    batches = [batch for path in paths for batch in listings.open_file(path).batches(seen=seen)]
    assert [batch.table.num_rows for batch in batches] == [3, 0]
    assert {problem.code for problem in batches[1].problems} == {"id.doubled"}


def test_long_texts_and_null_characters_are_mended_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "name": "a\0b" + "x" * 6000}) + "\n", encoding="utf-8")
    rows, problems = read(path)
    assert rows[0]["title"] == "ab" + "x" * 4998
    assert [problem.code for problem in problems] == ["text.nul", "text.too_long"]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name\n1,Một\n2," + "x" * 5_000_000 + "\n3,Ba\n", encoding="utf-8")
    rows, problems = read(path)
    assert [row["listing_id"] for row in rows] == ["1", "3"]
    assert [(problem.line, problem.code) for problem in problems] == [(3, "row.too_long")]


def test_windows_1258_is_read_when_declared_and_refused_when_not(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "id,name\n" + "".join(f"{at},Đồ dùng nhà bếp rẻ đẹp bền\n" for at in range(20))
    parts = {"ồ": "ô\u0300", "ù": "u\u0300", "ẻ": "e\u0309", "ẹ": "e\u0323", "ề": "ê\u0300", "ế": "ê\u0301"}
    for whole, pair in parts.items():
        text = text.replace(whole, pair)
    path.write_bytes(text.encode("cp1258"))
    with pytest.raises(listings.Unreadable) as error:
        read(path)
    assert error.value.code == "encoding.unknown"
    rows, problems = read(path, encoding="windows-1258")
    assert len(rows) == 20 and problems == []
    assert "bếp" in unicodedata.normalize("NFC", str(rows[0]["title"]))


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufffd\ufeff"), max_size=40)


@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(TEXT.filter(lambda text: bool(text.strip())), TEXT), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_survives_a_csv_file(tmp_path: Path, texts: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    rows = [{"listing_id": f"m{at}", "title": title, "description": body} for at, (title, body) in enumerate(texts)]
    path = write_csv(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding)
    found, problems = read(path)
    assert problems == []
    assert [(row["title"], row["description"] or "") for row in found] == [(title, body) for title, body in texts]


@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=300))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    for start in (b"", b"id,name\n", b'{"id": 1, "name": "x"}\n', b"PK\x03\x04", b"PAR1"):
        path.write_bytes(start + content)
        try:
            read(path)
        except listings.Unreadable as error:
            assert error.code and error.message


def test_a_long_listing_id_that_a_spreadsheet_took_for_a_quantity_is_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "tin.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["listing_id", "title"])
    for at, number in enumerate((12345678901234567890, 1234567890123456, 123456789012345), 1):
        sheet.write_number(at, 0, number)
        sheet.write_string(at, 1, "Giày thể thao")
    book.close()
    rows, problems = read(tmp_path / "tin.xlsx")
    first, *others = (str(row["listing_id"]) for row in rows)
    assert (first.isdigit(), first[:15], others) == (True, "123456789012345", ["1234567890123456", "123456789012345"])
    assert [(one.line, one.code, one.column) for one in problems] == [(line, "number.figures", "listing_id") for line in (2, 3)]
    saved = "listing_id,title\n1.23457E+19,Giày thể thao\n1.23457E+19,Nước hoa\n12E5,Túi da\n"
    (tmp_path / "tin.csv").write_text(saved, encoding="utf-8")
    rows, problems = read(tmp_path / "tin.csv")
    assert [row["listing_id"] for row in rows] == ["1.23457E+19", "12E5"]
    assert [(one.line, one.code) for one in problems] == [(2, "id.scientific"), (3, "id.scientific"), (3, "id.doubled")]


def test_whole_numbers_that_are_no_spreadsheets_keep_all_their_figures_as_listing_ids(tmp_path: Path) -> None:
    pq.write_table(pa.table({"listing_id": [1729384756019283746], "title": ["Túi da"]}), tmp_path / "tin.parquet")
    (tmp_path / "tin.jsonl").write_text('{"listing_id": 1729384756019283746, "title": "Túi da"}\n', encoding="utf-8")
    for name in ("tin.parquet", "tin.jsonl"):
        rows, problems = read(tmp_path / name)
        assert ([row["listing_id"] for row in rows], problems) == (["1729384756019283746"], [])
