"""J29, the plan board: each obligation with its body, due date, progress and evidence; reminders; who is late; directions on obstacles."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chosach.desk.core import businessdate
from chosach.desk.ledger.models import Entry
from chosach.desk.plan.models import Note
from tests.browser import assert_accessible
from tests.people import Cast

#: The same acts go through PostgreSQL in tests/desk/plan, agencies and law.
pytestmark = pytest.mark.once

OPEN = "/ke-hoach/dong-nai-2020/A3a/"


@pytest.fixture
def plan(cast: Cast, site: object) -> None:
    """The plan of 2020, three weeks after its signature."""
    businessdate.simulate(dt.date(2020, 12, 4))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_standing_office_follows_the_plan_until_the_leaders_direct(plan: None, page_as: Callable[..., Page]) -> None:
    office = page_as("vptt.can-bo")
    office.goto("/")
    office.get_by_role("navigation", name="Điều hướng chính").get_by_role("link", name="Bảng kế hoạch").click()
    expect(office.locator("tbody tr")).to_have_count(49)
    assert_accessible(office)

    # A date is set, and the body concerned is asked.
    office.get_by_role("link", name="Cập nhật thông tin người kinh doanh trên mạng").click()
    office.get_by_label("Hạn", exact=True).fill("2020-12-15")
    office.get_by_label("Việc phải xong").fill("Danh sách người bán trên mạng")
    press(office, "Đặt hạn")
    expect(office.get_by_text("Đã đặt hạn.")).to_be_visible()
    assert_accessible(office)

    # Days later nobody has reported: the board says who is late, and a reminder goes out.
    businessdate.simulate(dt.date(2020, 12, 17))
    office.goto("/ke-hoach/?state=late")
    expect(office.locator("tbody tr")).to_have_count(1)
    expect(office.locator("tbody tr")).to_contain_text("Cục Thuế")
    office.get_by_role("link", name="Cập nhật thông tin người kinh doanh trên mạng").click()
    expect(office.get_by_label("Cục Thuế (quá hạn)")).to_be_checked()
    office.get_by_label("Nội dung nhắc").fill("Đề nghị báo cáo tiến độ.")
    press(office, "Gửi nhắc")
    expect(office.get_by_text("Đã gửi nhắc và ghi vào sổ cái.")).to_be_visible()

    # The tax body sees that it is late, tells of an obstacle, and reports the date as done.
    tax = page_as("thue.can-bo", phone=True)
    tax.goto("/")
    expect(tax.get_by_role("heading", name="Nhiệm vụ cơ quan mình quá hạn")).to_be_visible()
    tax.goto(OPEN)
    expect(tax.get_by_text("Đề nghị báo cáo tiến độ.")).to_be_visible()
    tax.get_by_label("Vướng mắc và đề nghị").fill("Hai doanh nghiệp viễn thông chưa trả lời.")
    press(tax, "Gửi lãnh đạo Ban Chỉ đạo")
    tax.get_by_label("Tiến độ", exact=True).select_option("ongoing")
    tax.get_by_label("Đã làm được gì").fill("Đã có danh sách của ba doanh nghiệp.")
    tax.get_by_label("Chứng cứ").fill("https://vi-du.vn/khong-phai-trang-he-thong")
    press(tax, "Ghi tiến độ")
    expect(tax.get_by_text("không phải địa chỉ trang vụ việc").first).to_be_visible()
    expect(tax.get_by_label("Đã làm được gì")).to_have_value("Đã có danh sách của ba doanh nghiệp.")
    assert_accessible(tax)
    tax.get_by_label("Chứng cứ").fill("")
    tax.get_by_label("Hoàn thành mốc").select_option(label="15/12/2020 Danh sách người bán trên mạng")
    press(tax, "Ghi tiến độ")
    expect(tax.get_by_text("Đã ghi tiến độ.")).to_be_visible()

    # The leaders find the obstacle on their first page and direct.
    leader = page_as("bcd.lanh-dao")
    leader.goto("/")
    leader.get_by_role("link", name="Hai doanh nghiệp viễn thông chưa trả lời.").click()
    leader.get_by_label("Trả lời vướng mắc").select_option(index=1)
    leader.get_by_label("Ý kiến chỉ đạo").fill("Sở Thông tin và Truyền thông đôn đốc.")
    press(leader, "Ghi ý kiến chỉ đạo")
    expect(leader.get_by_text("Đã ghi ý kiến chỉ đạo.")).to_be_visible()
    assert_accessible(leader)

    # On the board nobody is late any more and no obstacle waits.
    office.goto("/ke-hoach/?state=late")
    expect(office.get_by_text("Không có nhiệm vụ nào khớp bộ lọc")).to_be_visible()
    office.goto("/ke-hoach/?state=obstacle")
    expect(office.get_by_text("Không có nhiệm vụ nào khớp bộ lọc")).to_be_visible()
    events = {"obligation.due_set", "obligation.reminded", "obligation.obstacle_noted", "obligation.noted", "obligation.directed"}
    assert events <= set(Entry.objects.values_list("event", flat=True))
    assert Note.objects.count() == 3


def test_a_body_that_is_not_named_reads_but_finds_no_form(plan: None, page_as: Callable[..., Page]) -> None:
    page = page_as("yte.can-bo")
    page.goto(OPEN)
    expect(page.get_by_role("heading", level=1)).to_contain_text("A3a")
    for button in ("Ghi tiến độ", "Đặt hạn", "Gửi nhắc", "Ghi ý kiến chỉ đạo"):
        expect(page.get_by_role("button", name=button)).to_have_count(0)


def test_every_page_of_plan_bodies_and_law_is_accessible(plan: None, page_as: Callable[..., Page]) -> None:
    page = page_as("qltt.can-bo")
    for address in (
        "/ke-hoach/dong-nai-2020/van-ban/",
        "/co-quan/",
        "/co-quan/market-surveillance/",
        "/co-quan/tham-quyen/?kind=expired&territory=25993&value=5000000",
        "/phap-luat/",
        "/phap-luat/muc-phat/",
        "/phap-luat/thoi-han-luat-dinh/",
        "/phap-luat/lich/2021/",
        "/phap-luat/thoi-han/",
    ):
        page.goto(address)
        assert_accessible(page)
    page.goto("/co-quan/tham-quyen/?kind=expired&territory=25993&value=5000000")
    expect(page.get_by_role("link", name="Ban Chỉ đạo 389 thành phố Biên Hòa")).to_be_visible()


def test_the_administrator_merges_two_bodies_on_a_date_and_routing_follows(plan: None, page_as: Callable[..., Page]) -> None:
    page = page_as("quantri")
    page.goto("/co-quan/culture/")
    page.get_by_label("Cơ quan kế thừa").select_option("science-technology")
    page.get_by_label("Từ ngày").fill("2020-12-05")
    page.get_by_label("Căn cứ").fill("Quyết định thử nghiệm")
    press(page, "Ghi việc hợp nhất")
    expect(page.get_by_text("Đã ghi việc hợp nhất.")).to_be_visible()
    assert_accessible(page)
    officer = page_as("qltt.can-bo")
    officer.goto("/co-quan/tham-quyen/?kind=ip_infringing&goods_group=copyright&on=2020-12-10")
    expect(officer.get_by_role("link", name="Sở Khoa học và Công nghệ tỉnh Đồng Nai")).to_be_visible()
    expect(officer.get_by_text("kế thừa từ 05/12/2020").first).to_be_visible()
