"""J04: officers dismiss false alarms; the standing office retrains, sees the figures before and after, a second person puts the version in
force; the same words on an honest listing rank no more, and the older screener can be put back."""

import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chosach.desk.leads.services.dismiss import drawn
from chosach.desk.learning.models import Label, Version
from tests.browser import assert_accessible
from tests.desk.learning.market import SHOE, TOY, background, false_alarm, lead_of, leads
from tests.journeys.test_j02_import import work_in_another_thread
from tests.people import Cast

#: The same acts go through PostgreSQL in tests/desk/learning.
pytestmark = pytest.mark.once

PageAs = Callable[..., Page]


@pytest.fixture
def decided(cast: Cast, page_as: PageAs, guard_once: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Twenty toy shops dismissed by four people, two more that nobody has decided on, two shops with fake shoes."""
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)
    background()
    toys = leads(TOY, 22, prefix="choi")
    leads(SHOE, 2, prefix="giay")
    people = ("qltt.can-bo", "qltt.kiem-tra", "qltt.phan-tich", "qltt.lanh-dao")
    for at, lead in enumerate(toys[:20]):
        false_alarm(lead, cast[people[at % 4]].actor)
    return cast


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def sound(page: Page) -> None:
    assert_accessible(page)
    assert fits(page), page.url


def find(page: Page, name: str) -> None:
    """The queue, searched for a name."""
    page.goto("/dau-moi/")
    page.get_by_label("Tìm theo tên").fill(name)
    page.get_by_role("button", name="Tìm", exact=True).click()


def test_j04(decided: Cast, page_as: PageAs) -> None:
    # The officer dismisses one more as false alarm.
    officer = page_as("qltt.can-bo")
    officer.goto(f"/dau-moi/{lead_of('choi20').id}/")
    officer.locator("summary", has_text="Bỏ qua").click()
    officer.get_by_label("Lý do bỏ qua").select_option("innocent")
    officer.get_by_label("Diễn giải").fill("Mô hình đồ chơi, rep 1:1 là tỷ lệ.")
    officer.locator("form[action$='/bo-qua/'] button").click()
    officer.goto("/hoc-tu-quyet-dinh/nhan/")
    expect(officer.locator("tbody tr")).to_have_count(21)
    sound(officer)
    officer.get_by_role("link", name="Mô hình lắp ráp").first.click()
    expect(officer.get_by_text("Bút toán", exact=True)).to_be_visible()
    expect(officer.get_by_role("button", name="Rút nhãn")).to_have_count(0)
    sound(officer)

    # The standing office retrains; the listing's title is not told to it.
    office = page_as("vptt.can-bo")
    office.goto("/hoc-tu-quyet-dinh/nhan/")
    expect(office.get_by_text("Mô hình lắp ráp")).to_have_count(0)
    office.goto("/")
    office.get_by_role("navigation", name="Điều hướng chính").get_by_role("link", name="Học từ quyết định").click()
    expect(office.get_by_text("Chưa có bản học nào")).to_be_visible()
    sound(office)
    office.get_by_role("button", name="Cho học lại").click()
    expect(office.get_by_text("Bản này đang học")).to_be_visible()
    work_in_another_thread()
    office.reload()
    expect(office.get_by_text("Người cho học không được tự đưa vào dùng")).to_be_visible()
    row = office.get_by_role("table", name="Số liệu trước và sau").get_by_role("row", name="Hàng giả")
    expect(row).to_contain_text("21")
    sound(office)

    # What would change is told, listing by listing, before anybody decides.
    office.get_by_role("link", name="Xem từng tin sẽ thay đổi").click()
    expect(office.get_by_role("row", name="Shop choi21")).to_contain_text("Hàng giả")
    sound(office)

    # A second person, on a phone, puts it in force.
    head = page_as("vptt.lanh-dao", phone=True)
    head.goto(f"/hoc-tu-quyet-dinh/ban/{Version.objects.get().id}/")
    sound(head)
    head.get_by_label("Lý do").fill("Báo nhầm giảm, không bỏ lọt.")
    head.get_by_role("button", name="Đưa vào dùng").click()
    expect(head.get_by_text("Đã đưa bản này vào dùng")).to_be_visible()
    # The run that reads everything again: it waits, it can be stopped and goes on, and in the end it says what changed.
    head.get_by_role("link", name="Xem, dừng, chạy tiếp").click()
    expect(head.get_by_role("heading", name="Tiến độ")).to_be_visible()
    sound(head)
    head.get_by_role("link", name="Mở việc này để dừng hoặc chạy tiếp").click()
    head.get_by_role("button", name="Dừng").click()
    expect(head.get_by_text("Đã dừng việc này.")).to_be_visible()
    head.get_by_role("button", name="Chạy tiếp").click()
    work_in_another_thread()
    officer.goto("/sang-loc/")
    sound(officer)
    officer.get_by_role("link", name="Sàng lọc lại: Bản học số 1").click()
    sound(officer)
    officer.get_by_role("link", name="Dấu hiệu tụt xuống dưới 50%").click()
    expect(officer.get_by_role("row", name="Shop choi21")).to_contain_text("Hàng giả")
    sound(officer)
    head.goto(f"/hoc-tu-quyet-dinh/ban/{Version.objects.get().id}/")
    head.get_by_role("link", name="Xem từng thay đổi").click()
    expect(head.get_by_text("Đầu mối hết dấu hiệu")).to_be_visible()
    sound(head)
    find(officer, "choi21")
    expect(officer.get_by_role("link", name="Shop choi21")).to_have_count(0)
    find(officer, "giay1")
    expect(officer.get_by_role("link", name="Shop giay1")).to_be_visible()

    # And the screener as it ships is put back.
    head.goto("/hoc-tu-quyet-dinh/")
    sound(head)
    head.get_by_label("Lý do").fill("Xem lại đã")
    head.get_by_role("button", name="Đặt lại bộ gốc").click()
    expect(head.get_by_text("Đã đặt lại bộ sàng lọc gốc")).to_be_visible()
    work_in_another_thread()
    find(officer, "choi21")
    expect(officer.get_by_role("link", name="Shop choi21")).to_be_visible()


def test_an_error_is_corrected_by_the_head_and_a_mass_is_looked_at(decided: Cast, page_as: PageAs) -> None:
    head = page_as("qltt.lanh-dao", phone=True)
    label = Label.objects.first()
    assert label is not None
    head.goto(f"/hoc-tu-quyet-dinh/nhan/{label.id}/")
    head.get_by_label("Lý do").fill("Tin này bán hàng nhái thật")
    head.get_by_role("button", name="Đảo nhãn").click()
    expect(head.get_by_text("Tin này bán hàng nhái thật")).to_be_visible()
    sound(head)
    Label.objects.filter(by=decided["qltt.kiem-tra"].user).update(state="held")
    office = page_as("vptt.can-bo")
    office.goto("/hoc-tu-quyet-dinh/don-dap/")
    expect(office.get_by_role("heading", name="Võ Thành Long")).to_be_visible()
    sound(office)
    office.get_by_role("link", name="Đọc từng tin của đợt này").click()
    expect(office.get_by_role("link", name="Mô hình lắp ráp").first).to_be_visible()
    sound(office)
    office.get_by_label("Lý do").fill("Đã xem từng tin")
    office.get_by_role("button", name="Cho tính").click()
    expect(office.get_by_text("Không có đợt nào chờ xem")).to_be_visible()
    sound(office)


def test_a_lead_that_was_dismissed_wrongly_is_opened_again(decided: Cast, page_as: PageAs) -> None:
    head = page_as("qltt.lanh-dao", phone=True)
    head.goto(f"/dau-moi/{lead_of('choi1').id}/")
    sound(head)
    head.get_by_label("Lý do").fill("Ảnh cho thấy hàng nhái thật")
    head.get_by_role("button", name="Mở lại đầu mối").click()
    expect(head.get_by_text("Đầu mối đã được mở lại").first).to_be_visible()
    expect(head.get_by_text("Ảnh cho thấy hàng nhái thật").first).to_be_visible()
    sound(head)
    assert Label.objects.get(lead=lead_of("choi1")).state == "withdrawn"
