"""Documents and spreadsheets that go out: laid out as the decree says, the same bytes each time, nothing that runs."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.shared import Pt
from openpyxl import load_workbook

from chosach.formats.official import NATION, OfficialDocument, Part, Table, render
from chosach.formats.sheet import Sheet, neutral, workbook

WHEN = dt.datetime(2021, 5, 13)


def report(**changes: object) -> OfficialDocument:
    fields: dict[str, object] = {
        "parent": "UBND TỈNH ĐỒNG NAI",
        "issuer": "BAN CHỈ ĐẠO 389/ĐP",
        "symbol": "BC-BCĐ389",
        "place": "Đồng Nai",
        "kind": "Báo cáo",
        "subject": "Kết quả 06 tháng",
        "parts": [Part("I. KẾT QUẢ", ["Hàng <giả> & hàng nhái", Table([["TT", "Số vụ"], ["1", "1.250"]], (20, 40))])],
        "recipients": ["Lưu: VT."],
        "signature": ["TM. BAN CHỈ ĐẠO"],
    }
    return OfficialDocument(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_same_report_gives_the_same_bytes_and_another_report_others() -> None:
    assert render(report(), created=WHEN) == render(report(), created=WHEN)
    assert render(report(), created=WHEN) != render(report(subject="Kết quả 01 năm"), created=WHEN)


def test_the_page_is_laid_out_as_decree_30_says() -> None:
    document = Document(io.BytesIO(render(report(), created=WHEN)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer, "the first page shows no page number"
    head = document.tables[0]
    assert head.cell(0, 1).paragraphs[0].text == NATION
    assert head.cell(0, 1).paragraphs[1].text == "Độc lập - Tự do - Hạnh phúc"
    assert head.cell(0, 1).paragraphs[0].runs[0].font.size == Pt(12)
    assert all(run.font.name == "Times New Roman" for paragraph in document.paragraphs for run in paragraph.runs)


def test_number_and_date_stay_open_unless_they_are_given() -> None:
    draft = Document(io.BytesIO(render(report(), created=WHEN))).tables[0]
    assert draft.cell(1, 0).text == "Số:       /BC-BCĐ389"
    issued = Document(io.BytesIO(render(report(number="07", date=dt.date(2021, 2, 3)), created=WHEN))).tables[0]
    assert issued.cell(1, 0).text == "Số: 07/BC-BCĐ389"
    assert issued.cell(1, 1).text == "Đồng Nai, ngày 03 tháng 02 năm 2021"


def test_signs_of_the_markup_language_stay_text() -> None:
    document = Document(io.BytesIO(render(report(), created=WHEN)))
    assert any(paragraph.text == "Hàng <giả> & hàng nhái" for paragraph in document.paragraphs)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5%", "@lệnh", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_neutral(text: str) -> None:
    assert neutral(text) == "'" + text
    data = workbook([Sheet("Bảng", "Tiêu đề", ["Cột"], [[text], [5]])], created=WHEN)
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet["A4"].data_type == "s"
    assert str(sheet["A4"].value).startswith("'")
    assert sheet["A5"].value == 5
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = [Sheet("Bảng", "Tiêu đề", ["Cột", "Số"], [["a", 1], ["b", None]])]
    assert workbook(sheets, created=WHEN) == workbook(sheets, created=WHEN)
    assert workbook(sheets, created=WHEN) != workbook(sheets, created=dt.datetime(2021, 5, 14))
