"""The frozen report: rebuilt from the ledger it says what it said, in the same bytes; corrections go to the next period."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from chosach.desk.agencies.models import Body
from chosach.desk.evidence import store
from chosach.desk.reports import document, services
from tests.desk.cases.making import a_case
from tests.desk.reports.making import FROM, TO, a_frozen_report, a_round, an_entry, set_up
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_rebuilt_later_it_gives_the_same_figures_and_the_same_bytes(cast: Cast) -> None:
    an_entry(day=dt.date(2021, 1, 11), subjects=1, fine=4_000_000, collected=4_000_000, collected_on="2021-01-30")
    frozen = a_frozen_report(cast)
    set_up(dt.date(2022, 5, 20))
    an_entry(day=dt.date(2022, 5, 20), subjects=2, fine=9_000_000)
    result = services.rebuild(actor=cast["mttq.can-bo"].actor, frozen=frozen)
    assert result.same_figures
    assert result.same_bytes


def test_a_correction_after_the_freeze_leaves_the_report_alone(cast: Cast) -> None:
    first = an_entry(day=dt.date(2021, 1, 11), subjects=1, kind="counterfeit")
    frozen = a_frozen_report(cast)
    set_up(dt.date(2021, 6, 1))
    an_entry(day=dt.date(2021, 6, 1), kind="banned", corrects=str(first.pk))
    result = services.rebuild(actor=cast["vptt.can-bo"].actor, frozen=frozen)
    assert result.same_figures
    assert frozen.figures["tax"]["handled_counterfeit"] == 1


def test_the_document_carries_figures_missing_bodies_and_the_place_in_the_ledger(cast: Cast) -> None:
    an_entry(
        day=dt.date(2021, 1, 11), body="market-surveillance", subjects=1, fine=1_250_000, collected=1_250_000, collected_on="2021-02-01"
    )
    frozen = a_frozen_report(cast)
    data = store.open_checked(frozen.docx_sha256)
    assert data is not None
    document = Document(io.BytesIO(data.read()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "1.250.000 đồng" in text
    assert "Chưa có báo cáo của:" in text
    assert frozen.ledger_hash in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "BAN CHỈ ĐẠO 389/ĐP" in "\n".join(cells)
    assert "1.250.000" in cells


def test_the_workbook_holds_numbers_that_add_up(cast: Cast) -> None:
    an_entry(day=dt.date(2021, 1, 11), body="market-surveillance", subjects=1)
    an_entry(day=dt.date(2021, 1, 12), body="police", outcome="prosecuted", prosecuted_cases=1, prosecuted_persons=2)
    frozen = a_frozen_report(cast)
    data = store.open_checked(frozen.xlsx_sha256)
    assert data is not None
    book = load_workbook(io.BytesIO(data.read()))
    whole = {str(row[0]): row[3] for row in book["Kết quả chung"].iter_rows(min_row=4, values_only=True) if row[0]}
    assert (whole["2"], whole["3"], whole["3p"], whole["4"]) == (2, 1, 2, 1)
    assert whole["2"] == whole["2a"] + whole["2b"] + whole["2c"]
    rows = list(book["Theo đơn vị"].iter_rows(min_row=4, values_only=True))
    column = [cell.value for cell in book["Theo đơn vị"][3]].index("2. Số vụ phát hiện, bắt giữ, xử lý (vụ)")
    last = next(row for row in rows if row[0] == "Tổng cộng")
    assert last[column] == sum(row[column] for row in rows if row[0] and row[column] is not None and row[0] != "Tổng cộng")


def test_a_figure_opens_to_its_cases_as_far_as_the_reader_may_know_them(cast: Cast) -> None:
    set_up()
    case = a_case(cast, "thue.can-bo")
    an_entry(case, day=dt.date(2021, 1, 11), body="tax", subjects=1)
    report = a_round(cast)
    address = f"/bao-cao/{report.pk}/so-lieu/tax/2/"
    own = cast["thue.can-bo"].client.get(address).content.decode()
    assert case.number in own
    assert str(case.pk) in own
    office = cast["vptt.can-bo"].client.get(address).content.decode()
    assert case.number in office
    assert reverse("cases:case", args=[case.pk]) not in office, "the office is led to the case's figures alone"
    assert cast["congan.can-bo"].client.get(address).status_code == 404
    assert cast["mttq.can-bo"].client.get(address).status_code == 404


def test_a_download_is_the_kept_file_and_stands_in_the_ledger(cast: Cast) -> None:
    from chosach.desk.ledger.selectors import entries_of

    frozen = a_frozen_report(cast)
    answer = cast["hoi.can-bo"].client.get(f"/bao-cao/{frozen.round_id}/tep/docx/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    kept = store.open_checked(frozen.docx_sha256)
    assert kept is not None
    assert b"".join(answer.streaming_content) == kept.read()
    assert entries_of("report", frozen.round_id).filter(event="report.downloaded").exists()


def test_the_report_stands_beside_the_period_before_and_the_same_days_of_the_year_before(cast: Cast) -> None:
    set_up()
    for day, fine in ((dt.date(2020, 12, 1), 3_000_000), (dt.date(2021, 5, 13), 1_000_000), (dt.date(2021, 6, 1), 2_000_000)):
        an_entry(day=day, subjects=1, fine=fine, collected=fine, collected_on=day.isoformat())
    an_entry(day=dt.date(2021, 12, 1), subjects=1, fine=6_000_000, collected=6_000_000, collected_on="2021-12-02")
    set_up(dt.date(2022, 5, 13))
    opened = services.open_round(
        actor=cast["vptt.can-bo"].actor,
        form="six-month",
        period_from=dt.date(2021, 11, 14),
        period_to=dt.date(2022, 5, 13),
        due_on=dt.date(2022, 5, 13),
    )
    page = cast["bcd.lanh-dao"].client.get(f"/bao-cao/{opened.pk}/").content.decode()
    assert "14/05/2021–13/11/2021" in page and "14/11/2020–13/05/2021" in page
    frozen = a_frozen_report(cast, opened)
    others = {other["id"]: other["figures"].get("collected", 0) for other in frozen.frame["comparisons"]}
    assert others == {"previous": 2_000_000, "same-period": 4_000_000}, "each case of the other period, its first and last day included"
    data, book = store.open_checked(frozen.docx_sha256), store.open_checked(frozen.xlsx_sha256)
    assert data is not None and book is not None
    tables = Document(io.BytesIO(data.read())).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows if row.cells[0].text == "5"]
    assert rows[0][3:] == ["6.000.000", "+200,0%", "+50,0%"]
    assert rows[1][2:] == ["2.000.000", "4.000.000"]
    line = next(row for row in load_workbook(io.BytesIO(book.read()))["Kết quả chung"].iter_rows(values_only=True) if row[0] == "5")
    assert line[3:] == (6_000_000, 2_000_000, 2.0, 4_000_000, 0.5), "a change is a number, not a text with a sign"


def test_a_figure_that_did_not_change_has_no_sign() -> None:
    assert [document.share(now, 4) for now in (3, 4, 5)] == ["-25,0%", "0,0%", "+25,0%"]
    assert document.share(4, 0) == "–"


def test_names_that_a_spreadsheet_would_run_are_harmless_texts(cast: Cast) -> None:
    set_up()
    hostile = {"tax": '=HYPERLINK("http://x")', "police": "+1+1", "customs": "-2+3", "health": "@SUM(1)"}
    for code, name in hostile.items():
        Body.objects.filter(code=code).update(name=name)
    opened = services.open_round(
        actor=cast["vptt.can-bo"].actor, form="six-month", period_from=FROM, period_to=TO, due_on=TO, title="=1+1 báo cáo"
    )
    data = store.open_checked(a_frozen_report(cast, opened).xlsx_sha256)
    assert data is not None
    content = data.read()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/"))
    cells = {cell.value for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {f"'{name}" for name in hostile.values()} <= cells and "'=1+1 báo cáo" in cells
    assert not [value for value in cells if isinstance(value, str) and value.startswith(("=", "+", "-", "@"))]
