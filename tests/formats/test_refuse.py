"""Files that can't or mustn't be read are refused with a code and a sentence."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from chosach.formats import listings


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(listings.Unreadable) as error:
        for _ in listings.open_file(path, **options).batches():  # type: ignore[arg-type]
            pass
    assert error.value.message.endswith((".", "}"))
    return error.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\r\n", "file.empty"),
        (b'[{"id": 1}]', "json.array"),
        (b"{\n", "json.syntax"),
        (b"<html><table></table></html>", "file.markup"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls.old"),
        (b"\x1f\x8b\x08\x00", "file.compressed"),
        (b"%PDF-1.7", "file.unknown"),
        (bytes(range(256)) * 20, "file.unknown"),
        (b"PAR1 and no more", "parquet.damaged"),
        (b"PK\x03\x04 and no more", "xlsx.damaged"),
        ("mã,tên\n1,x\n".encode(), "columns.missing"),
        (b'id,name,"open\n', "csv.header"),
        (b"id,name," + b"x," * 1200 + b"\n1,2\n", "columns.too_many"),
    ],
)
def test_what_is_no_listing_file_is_refused_with_its_code(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == "file.not_found"
    assert refusal(tmp_path) == "file.unreadable"


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name\n1,x\n")
    assert refusal(path, encoding="koi8-r") == "encoding.unsupported"


def sheet(path: Path, rows: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return path


def rewrite(path: Path, name: str, change: "object") -> Path:
    """The same spreadsheet with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])  # type: ignore[operator]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def test_a_spreadsheet_with_an_external_entity_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("bí mật")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    for part in (
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    ):
        path = sheet(tmp_path / "a.xlsx", [["id", "name"], ["1", "x"]])
        rewrite(path, part, lambda xml: xml.replace(b"?>", b"?>" + declared, 1))
        assert refusal(path) == "xlsx.entity", part


def test_an_entity_hidden_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["id", "name"], ["1", "x"]])

    def recode(xml: bytes) -> bytes:
        text = xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("?>", '?><!DOCTYPE x [<!ENTITY e "boom">]>', 1)
        return text.encode("utf-16")

    rewrite(path, "xl/worksheets/sheet1.xml", recode)
    assert refusal(path) == "xlsx.entity"


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["id", "name"], ["1", "x"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/image1.png", "w", force_zip64=True) as part:
        for _ in range(60):
            part.write(b"\0" * (1 << 20))
    assert path.stat().st_size < 200_000
    assert refusal(path) == "xlsx.bomb"


def test_a_sheet_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    assert refusal(sheet(tmp_path / "a.xlsx", [["id", "name", *["x"] * 1200], ["1", "x"]])) == "columns.too_many"


def test_a_sheet_that_is_not_there_is_said_with_the_ones_that_are(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["id", "name"], ["1", "x"]])
    assert refusal(path, sheet="Trang 9") == "xlsx.no_sheet"


def test_an_empty_spreadsheet_is_refused(tmp_path: Path) -> None:
    assert refusal(sheet(tmp_path / "a.xlsx", [])) == "file.empty"


def test_a_spreadsheet_cut_short_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["id", "name"], *[[str(at), "x" * 50] for at in range(500)]])
    path.write_bytes(path.read_bytes()[:-400])
    assert refusal(path) == "xlsx.damaged"
