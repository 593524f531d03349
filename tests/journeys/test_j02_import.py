"""J02: market surveillance uploads a file in the browser, watches progress, sees bad rows row by row; again adds nothing."""

import csv
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chosach.desk.jobs import run
from chosach.desk.registry.models import Listing
from tests.browser import assert_accessible
from tests.people import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPLICA = "Túi xách nữ hàng super fake loại 1 giống auth 99%"


def listing_file(path: Path) -> Path:
    """Ninety good rows, one without an id, one with a price that nobody can read, one with too many cells."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Mã tin", "Tên sản phẩm", "Giá bán", "Mô tả", "Người bán", "Số nội bộ"])
        for at in range(90):
            title = REPLICA if at % 5 == 0 else "Bàn học gỗ cho bé"
            writer.writerow([f"t{at}", title, "350k", "Hàng có sẵn\nGiao nhanh", f"Shop {at % 7}", at])
        writer.writerow(["", "Không có mã", "1", "", "", ""])
        writer.writerow(["x1", "Giá lạ", "rẻ lắm nha", "", "", ""])
        writer.writerow(["x2", "Dư ô", "1", "", "", "", "thừa"])
    return path


def work_in_another_thread() -> None:
    """What a worker does. (This thread belongs to the browser.)"""

    def work() -> None:
        from django.db import connections

        try:
            while run.run_next():
                pass
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(120)


def test_j02(cast: Cast, page_as: "Callable[..., Page]", tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    path = listing_file(tmp_path / "tin bán tháng 11.csv")
    page = page_as("qltt.can-bo")
    page.goto("/nhap-du-lieu/")
    assert_accessible(page)
    page.get_by_role("link", name="Nhập tệp đầu tiên").click()
    assert_accessible(page)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Gửi lên và xem thử").click()

    # The dry run: what was recognised, the first rows, every row with a problem.
    page.get_by_text("91 tin sẽ được nhận").wait_for()
    assert_accessible(page)
    assert page.get_by_label("Tên hàng, tiêu đề").input_value() == "Tên sản phẩm"
    assert page.get_by_text("Thiếu mã tin").is_visible() and page.get_by_text("rẻ lắm nha").is_visible()
    page.get_by_label("Ngành hàng").select_option("Số nội bộ")
    page.get_by_role("button", name="Xem thử lại").click()
    page.get_by_role("columnheader", name="Ngành hàng").wait_for()
    page.get_by_label("Ngành hàng").select_option("")
    page.get_by_role("button", name="Xác nhận nhập").click()

    # Progress without doing anything: the page looks by itself.
    page.get_by_text("Đang chờ").wait_for()
    assert_accessible(page)
    work_in_another_thread()
    page.get_by_text("Đã xong").wait_for(timeout=20_000)
    assert_accessible(page)
    address = page.url
    assert re.search(r"Tin mới\s*91", page.locator(".stats").inner_text().replace("\n", " "))

    # Bad rows, row by row, and as a file.
    page.get_by_role("link", name="Mở việc nhập").click()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tất cả (CSV)").first.click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["Kết quả"], row["Mã"]) for row in rows] == [
        ("Bị loại", "id.empty"),
        ("Vẫn nhận", "number.unclear"),
        ("Bị loại", "row.columns"),
    ]
    page.goto(page.url + "dong-loi/")
    assert_accessible(page)

    # The same file again: nothing is added, and the first import is shown.
    listings = Listing.objects.count
    page.goto("/nhap-du-lieu/tep-moi/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Gửi lên và xem thử").click()
    page.get_by_text("Không có gì được nhập thêm").wait_for()
    assert page.url == address
    assert listings() == 91

    # The leads that came of it are one click away.
    page.get_by_role("link", name="Xem đầu mối").click()
    page.get_by_role("heading", level=1, name="Đầu mối").wait_for()


@pytest.mark.once
def test_j02_on_a_phone(cast: Cast, page_as: "Callable[..., Page]", tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    page = page_as("qltt.can-bo", phone=True)
    page.goto("/nhap-du-lieu/tep-moi/")
    page.set_input_files("input[type=file]", listing_file(tmp_path / "tin.csv"))
    page.get_by_role("button", name="Gửi lên và xem thử").click()
    page.get_by_text("91 tin sẽ được nhận").wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
