"""J30: the standing office opens the six-month report, bodies hand in, one is sent back, two people freeze it; figures open to cases."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import load_workbook

from chosach.desk.reports.models import Frozen, Round
from tests.browser import assert_accessible
from tests.desk.cases.making import a_case
from tests.desk.reports.making import an_entry, set_up
from tests.people import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The same acts go through PostgreSQL in tests/desk/reports.
pytestmark = pytest.mark.once

Open = Callable[..., "Page"]


@pytest.fixture
def outcomes(cast: Cast) -> str:
    """Two handled cases, one of market surveillance and one of the police; the number of the first."""
    set_up(dt.date(2021, 1, 11))
    first = a_case(cast, "qltt.can-bo")
    second = a_case(cast, "congan.can-bo")
    day = dt.date(2021, 1, 20)
    an_entry(first, day=day, body="market-surveillance", subjects=1, fine=12_500_000, collected=12_500_000, collected_on="2021-01-25")
    an_entry(second, day=day, body="police", outcome="prosecuted", kind="banned", prosecuted_cases=1, prosecuted_persons=2)
    set_up()
    return str(first.number)


def test_from_opening_to_the_frozen_report_and_back_to_the_cases(outcomes: str, cast: Cast, page_as: Open, tmp_path: Path) -> None:
    office = page_as("vptt.can-bo")
    office.goto("/bao-cao/mo/")
    assert_accessible(office)
    office.get_by_role("button", name="Mở đợt báo cáo").click()
    report = Round.objects.get()
    assert (report.form, report.period_from, report.period_to) == ("six-month", dt.date(2020, 11, 13), dt.date(2021, 5, 13))
    assert_accessible(office)

    _hand_in(page_as, report, "qltt.lanh-dao", "market-surveillance")
    office.goto(f"/bao-cao/don-vi/{report.returns.get(body__code='market-surveillance').pk}/")
    office.get_by_label("Lý do").fill("Bổ sung phần tồn tại, nguyên nhân")
    office.get_by_role("button", name="Trả lại", exact=True).click()
    head = page_as("qltt.lanh-dao")
    head.goto("/")
    head.get_by_role("link", name=report.title).first.click()
    assert head.get_by_text("Bổ sung phần tồn tại, nguyên nhân").is_visible()
    assert_accessible(head)
    head.get_by_role("button", name="Nộp báo cáo").click()
    _hand_in(page_as, report, "congan.lanh-dao", "police")

    for body in ("market-surveillance", "police"):
        office.goto(f"/bao-cao/don-vi/{report.returns.get(body__code=body).pk}/")
        office.get_by_role("button", name="Tiếp nhận").click()
    office.goto(f"/bao-cao/{report.pk}/")
    office.get_by_label("I. TÌNH HÌNH").fill("Hàng giả bán qua mạng xã hội tăng.")
    office.get_by_role("button", name="Lưu nội dung").click()
    office.get_by_label("Lý do chốt khi còn thiếu báo cáo").fill("Các đơn vị còn lại không phát sinh")
    office.get_by_role("button", name="Trình duyệt").click()
    assert office.get_by_role("button", name="Duyệt và chốt").count() == 0, "nobody approves what that person proposed"

    leader = page_as("bcd.lanh-dao")
    leader.goto(f"/bao-cao/{report.pk}/")
    assert_accessible(leader)
    leader.get_by_role("button", name="Duyệt và chốt").click()
    frozen = Frozen.objects.get()
    _read_back(leader, outcomes, tmp_path)
    leader.goto(f"/bao-cao/{report.pk}/")
    leader.get_by_role("link", name="Dựng lại và đối chiếu").click()
    assert leader.get_by_text("Số liệu khớp").is_visible()
    assert leader.get_by_text("trùng từng byte").is_visible()
    assert_accessible(leader)
    assert frozen.proposed_by_id != frozen.approved_by_id

    front = page_as("mttq.can-bo", phone=True)
    front.goto(f"/bao-cao/{report.pk}/")
    assert_accessible(front)
    assert front.get_by_text("12.500.000").first.is_visible()
    assert front.locator("a[href*='so-lieu']").count() == 0, "the Front reads figures, not cases"


def _hand_in(page_as: Open, report: Round, key: str, body: str) -> None:
    page = page_as(key)
    page.goto(f"/bao-cao/don-vi/{report.returns.get(body__code=body).pk}/")
    page.get_by_label("Tình hình trên địa bàn, lĩnh vực").fill("Ổn định")
    page.get_by_role("button", name="Lưu nội dung").click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    assert page.get_by_text("Đã nộp báo cáo của đơn vị.").is_visible()


def _read_back(page: "Page", number: str, folder: Path) -> None:
    """Both files, and a figure opened to its case."""
    for name, ending in (("Tải văn bản (.docx)", "docx"), ("Tải số liệu (.xlsx)", "xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        download.value.save_as(folder / f"bao-cao.{ending}")
    assert any("12.500.000 đồng" in paragraph.text for paragraph in Document(str(folder / "bao-cao.docx")).paragraphs)
    whole = {row[0]: row[3] for row in load_workbook(folder / "bao-cao.xlsx")["Kết quả chung"].iter_rows(values_only=True)}
    assert (whole["2"], whole["2a"], whole["2c"], whole["3"], whole["5"]) == (2, 1, 1, 1, 12_500_000)
    page.get_by_role("link", name="12.500.000").first.click()
    assert page.get_by_text(number).is_visible()
    assert_accessible(page)
