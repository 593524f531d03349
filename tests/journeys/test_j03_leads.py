"""J03: an officer of the market surveillance works the lead queue: filters, opens, sees marked words and law, accepts, dismisses with
a second person, watches; a price stands beside its reference; other channels lead to their listings; a dismissal as false alarm
becomes a label; with the keyboard alone; the standing office sees counts and the drawn dismissal only."""

import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import open_leads
from chosach.desk.leads.services.dismiss import drawn
from tests.browser import assert_accessible
from tests.desk.cases.making import set_the_day
from tests.desk.leads.market import Market
from tests.desk.learning.market import LOADER, background, sell
from tests.people import Cast

PageAs = Callable[..., Page]


@pytest.fixture
def full(cast: Cast, page_as: PageAs) -> Market:
    """Thirty shops with fakes in the province, one beyond it, one whose place nobody knows."""
    market = Market()
    market.many(30)
    market.sell("cam", kind="banned", seller_name="Tạp hóa Cầu Hang", sold=3, category="Khác", description="Giao tận nơi, gọi 0951234567")
    market.sell("hanoi", seller_name="Shop Hà Thành", location="Hà Nội")
    market.sell("khongro", seller_name="Shop Không Rõ", location=None)
    market.open()
    return market


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.once
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_of_leads_is_accessible_and_fits(full: Market, page_as: PageAs, phone: bool) -> None:
    lead = full.of("cam")
    officer, head = page_as("qltt.can-bo", phone=phone), page_as("vptt.lanh-dao", phone=phone)
    listing = lead.trader.channels.get().listings.get()
    for page, addresses in (
        (
            officer,
            [
                "/dau-moi/",
                "/dau-moi/?kind=expired",
                f"/dau-moi/{lead.id}/",
                "/dau-moi/cho-nguoi-thu-hai/",
                "/dau-moi/trong-so/",
                "/so-dang-ky/",
                "/so-dang-ky/tra-cuu/",
                f"/so-dang-ky/thuong-nhan/{lead.trader_id}/",
                f"/so-dang-ky/tin-ban/{listing.id}/",
                "/sang-loc/",
            ],
        ),
        (head, ["/dau-moi/so-luong/", "/dau-moi/xem-lai/", "/dau-moi/trong-so/"]),
    ):
        for address in addresses:
            page.goto(address)
            assert_accessible(page)
            assert fits(page), address
            assert page.locator("h1").count() == 1, address


def test_the_officer_filters_opens_and_sees_why(full: Market, page_as: PageAs) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/")
    page.get_by_role("navigation", name="Điều hướng chính").get_by_role("link", name="Đầu mối", exact=True).click()
    expect(page.get_by_role("link", name="Chưa rõ địa bàn 1")).to_be_visible()
    expect(page.get_by_text("Shop Hà Thành")).to_have_count(0)
    page.get_by_label("Loại vi phạm").select_option(label="Hàng cấm (1)")
    expect(page.get_by_role("link", name="Tạp hóa Cầu Hang")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Loại vi phạm").select_option("")
    page.get_by_label("Tìm theo tên").fill("cau hang")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "cau" not in page.url, "a name stands in no address"
    page.get_by_role("link", name="Tạp hóa Cầu Hang").click()
    expect(page.locator("mark.mark-word").first).to_have_text("siêu cấp")
    expect(page.get_by_text("Gần như chắc chắn").or_(page.get_by_text("Khả năng cao")).first).to_be_visible()
    page.get_by_text("Căn cứ pháp luật và điều kiện loại trừ").first.click()
    expect(page.get_by_text("Điểm a, khoản 1, Điều 9, Nghị định 98/2020/NĐ-CP")).to_be_visible()
    expect(page.get_by_text("Hóa đơn mua hàng của nhà phân phối chính thức")).to_be_visible()
    expect(page.get_by_text("nơi bán ghi trên tin: Biên Hòa, Đồng Nai")).to_be_visible()
    expect(page.get_by_role("table", name="Các phần của mức hại")).to_contain_text("Hàng cấm")
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_text("Đã tiếp nhận đầu mối.")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("Nguyễn Thu Hà")
    page.get_by_role("link", name="Mở vụ việc").click()
    expect(page.get_by_text("Tạp hóa Cầu Hang").first).to_be_visible()
    assert "dau-moi=" in page.url


@pytest.fixture
def shoes(cast: Cast, page_as: PageAs, monkeypatch: pytest.MonkeyPatch) -> Lead:
    """A trader on two channels that share a phone, read by the screener itself: a shoe of a known brand far too cheap in the shop, a
    harmless thing and another shoe on the account."""
    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 2**60)
    background()
    phone = "Gọi 0912345678"
    sell("giay", "Giày Converse Chuck 70 rep 1:1", price=99_000, category="Giày dép", description=phone)
    account = {"platform": "facebook.com", "seller_id": "giay-fb", "seller_name": "Kho giày Hố Nai", "description": phone}
    sell("giay-fb", "Giày Adidas Ultraboost rep 1:1", price=220_000, category="Giày dép", **account)
    sell("giay-ke", "Kệ để giày gỗ thông", price=250_000, category="Nội thất", **account)
    open_leads(actor=LOADER)
    return Lead.objects.get(trader__channels__seller_key="id:giay")


@pytest.mark.once
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_price_stands_beside_its_reference_and_a_channel_leads_to_its_listings(shoes: Lead, page_as: PageAs, phone: bool) -> None:
    page = page_as("qltt.can-bo", phone=phone)
    page.goto(f"/dau-moi/{shoes.id}/")
    drawing = page.get_by_role("img", name="Giá tin này 99.000 đồng").first
    expect(drawing).to_be_visible()
    here, floor = drawing.locator(".price-here").bounding_box(), drawing.locator(".price-floor").bounding_box()
    asked = drawing.locator(".price-ask").bounding_box()
    assert here and floor and asked
    assert here["x"] + here["width"] < floor["x"], "a price below the floor stands left of it"
    assert here["x"] + here["width"] / 2 < asked["x"], "a price below what is asked stands left of the bar"
    expect(page.get_by_text("Tin này: 99.000 đồng").first).to_be_visible()
    assert_accessible(page)
    assert fits(page)

    channels = page.locator("section.panel", has=page.get_by_role("heading", name="Kênh bán"))
    expect(channels.get_by_text("Cùng điện thoại 0912345678 với").first).to_be_visible()
    expect(channels.get_by_text("2 tin, 1 tin có dấu hiệu")).to_be_visible()
    channels.get_by_role("link", name="Kho giày Hố Nai").click()
    expect(page.get_by_role("link", name="Giày Adidas Ultraboost")).to_be_visible()
    expect(page.get_by_text("Giày Converse Chuck")).to_have_count(0)
    page.get_by_role("link", name="Tất cả 2").click()
    expect(page.get_by_role("link", name="Kệ để giày gỗ thông")).to_be_visible()
    expect(page.get_by_text("Giày Converse Chuck")).to_have_count(0)
    assert_accessible(page)
    assert fits(page)
    page.get_by_role("link", name="Xem mọi kênh").click()
    expect(page.get_by_role("link", name="Giày Converse Chuck")).to_be_visible()
    page.get_by_role("link", name="Giày Converse Chuck").click()
    expect(page.get_by_role("img", name="Giá tin này 99.000 đồng").first).to_be_visible()
    assert_accessible(page)
    assert fits(page)


def test_a_dismissal_as_false_alarm_becomes_a_label(shoes: Lead, page_as: PageAs) -> None:
    page = page_as("qltt.can-bo")
    page.goto(f"/dau-moi/{shoes.id}/")
    page.locator("summary", has_text="Bỏ qua").click()
    page.get_by_label("Lý do bỏ qua").select_option("innocent")
    page.get_by_label("Diễn giải").fill("Bán kệ giày, hai đôi cũ của chủ nhà.")
    page.locator("form[action$='/bo-qua/'] button").click()
    expect(page.get_by_text("Cần người thứ hai đồng ý")).to_be_visible()
    page.goto("/hoc-tu-quyet-dinh/nhan/")
    expect(page.get_by_text("Chưa có nhãn nào")).to_be_visible()

    head = page_as("qltt.lanh-dao", phone=True)
    head.goto(f"/dau-moi/{shoes.id}/")
    head.get_by_role("button", name="Đồng ý bỏ qua").click()
    expect(head.get_by_text("Đã đồng ý bỏ qua đầu mối.")).to_be_visible()
    page.get_by_role("navigation", name="Điều hướng chính").get_by_role("link", name="Học từ quyết định").click()
    page.get_by_role("link", name="Xem các nhãn").click()
    label = page.locator("tbody tr", has_text="Giày Converse Chuck").first
    expect(label).to_contain_text("Báo nhầm")
    expect(label).to_contain_text("rep 1:1")
    label.get_by_role("link").click()
    page.get_by_role("link", name="Bỏ qua đầu mối").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đầu mối: Shop giay")


@pytest.mark.once
def test_the_queue_is_worked_with_the_keyboard_alone(full: Market, page_as: PageAs) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/dau-moi/")
    names = page.locator("tbody tr a[data-keys-open]").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("tbody input:checked")).to_have_count(2)
    page.keyboard.press("t")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Theo dõi đến ngày")).to_be_focused()
    page.get_by_label("Theo dõi đến ngày").fill("2099-01-01")  # a date field takes typed digits in the order of the reader's language
    page.get_by_role("button", name="Theo dõi", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chỉ theo dõi tối đa một năm")).to_be_visible()
    page.wait_for_load_state()  # keys are listened to once the page's scripts have run, which may be after its text is seen

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Đầu mối: {names[0]}")
    page.keyboard.press("a")
    expect(page.get_by_text("Đã tiếp nhận đầu mối.")).to_be_visible()


def test_dismissing_the_gravest_takes_two_people(full: Market, page_as: PageAs) -> None:
    gravest = Lead.objects.filter(body__code="market-surveillance").order_by("rank").first()
    officer, head = page_as("qltt.can-bo"), page_as("qltt.lanh-dao", phone=True)
    officer.goto(f"/dau-moi/{gravest.id}/")
    officer.locator("summary", has_text="Bỏ qua").click()
    officer.get_by_label("Lý do bỏ qua").select_option("innocent")
    officer.get_by_label("Diễn giải").fill("Chữ “rep 1:1” nói về tỷ lệ mô hình.")
    officer.locator("form[action$='/bo-qua/'] button").click()
    expect(officer.get_by_text("Cần người thứ hai đồng ý")).to_be_visible()
    expect(officer.get_by_role("button", name="Đồng ý bỏ qua")).to_have_count(0)
    assert_accessible(officer)

    head.goto("/")
    expect(head.get_by_role("heading", name="Chờ anh/chị là người thứ hai")).to_be_visible()
    head.goto(f"/dau-moi/{gravest.id}/")
    assert_accessible(head)
    head.locator("summary", has_text="Không đồng ý").click()
    head.get_by_label("Lý do", exact=True).fill("Mô tả nói rõ là giày.")
    head.get_by_role("button", name="Không đồng ý, mở lại đầu mối").click()
    expect(head.get_by_text("đầu mối mở lại")).to_be_visible()
    officer.reload()
    expect(officer.get_by_text("Mô tả nói rõ là giày.").first).to_be_visible()


def test_a_lead_is_passed_to_another_body_which_returns_it_and_then_takes_it(full: Market, page_as: PageAs) -> None:
    set_the_day()
    lead = full.of("cam")
    officer, police = page_as("qltt.can-bo"), page_as("congan.can-bo", phone=True)
    for answer in ("Chưa có dấu hiệu hình sự", ""):
        officer.goto(f"/dau-moi/{lead.id}/")
        officer.locator("summary", has_text="Chuyển cơ quan khác").click()
        officer.get_by_label("Cơ quan nhận").select_option(label="Công an tỉnh Đồng Nai")
        officer.get_by_label("Lý do chuyển").fill("Hàng cấm, có dấu hiệu tội phạm")
        officer.locator("form[action$='/chuyen-co-quan/'] button").click()
        expect(officer.get_by_text("Đang chờ cơ quan nhận trả lời")).to_be_visible()
        assert_accessible(officer)
        police.goto("/")
        expect(police.get_by_role("heading", name="Đầu mối chuyển đến, chờ trả lời")).to_be_visible()
        police.goto("/dau-moi/chuyen-den/")
        assert_accessible(police)
        police.get_by_role("link", name="Tạp hóa Cầu Hang").click()
        expect(police.get_by_text("Hàng cấm, có dấu hiệu tội phạm")).to_be_visible()
        assert_accessible(police)
        assert fits(police)
        if answer:
            police.get_by_label("Lý do", exact=True).fill(answer)
            police.get_by_role("button", name="Trả lại cho cơ quan chuyển").click()
            officer.reload()
            expect(officer.get_by_text(answer).first).to_be_visible()
        else:
            police.get_by_role("button", name="Nhận đầu mối").click()
            expect(police.get_by_text("Đã nhận đầu mối")).to_be_visible()
            expect(police.locator(".timeline")).to_contain_text("Nhận đầu mối chuyển đến")
            assert_accessible(police)


@pytest.mark.once
def test_many_are_dismissed_at_once_and_what_needs_a_second_person_is_said(full: Market, page_as: PageAs) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/dau-moi/")
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(20).check()
    boxes.nth(21).check()
    assert_accessible(page)
    page.locator(".bulk-acts summary", has_text="Bỏ qua").click()
    page.get_by_label("Lý do bỏ qua").select_option("innocent")
    page.get_by_label("Diễn giải").fill("Đồ chơi")
    page.get_by_role("button", name="Bỏ qua", exact=True).click()
    expect(page.get_by_text("Đã xong 2 đầu mối.")).to_be_visible()
    expect(page.get_by_text("1 đầu mối chờ người thứ hai")).to_be_visible()


def test_a_view_is_saved_and_found_again(full: Market, page_as: PageAs) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/dau-moi/?kind=banned")
    page.get_by_text("Lưu bộ lọc này").click()
    page.get_by_label("Tên bộ lọc").fill("Hàng cấm của tôi")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto("/dau-moi/")
    page.get_by_role("link", name="Hàng cấm của tôi").click()
    expect(page.locator("tbody tr")).to_have_count(1)


@pytest.mark.once
def test_a_name_that_is_looked_for_stays_with_filters_pages_and_saved_views_and_out_of_addresses(full: Market, page_as: PageAs) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/dau-moi/")
    page.get_by_label("Tìm theo tên").fill("nhieu01")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(10)
    assert_accessible(page)
    assert fits(page)
    page.get_by_label("Loại vi phạm").select_option(label="Hàng giả (10)")
    expect(page.locator("tbody tr")).to_have_count(10)
    expect(page.get_by_label("Tìm theo tên")).to_have_value("nhieu01")
    page.get_by_text("Lưu bộ lọc này").click()
    page.get_by_label("Tên bộ lọc").fill("Mười shop")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "nhieu" not in page.url
    page.get_by_role("link", name="Bỏ tìm").click()
    expect(page.locator("tbody tr")).to_have_count(25)
    page.get_by_role("link", name="Mười shop").click()
    expect(page.locator("tbody tr")).to_have_count(10)
    assert "nhieu" not in page.url
    other = page_as("qltt.kiem-tra")
    other.goto(page.url)
    expect(other.get_by_label("Tìm theo tên")).to_have_value("")

    page.goto("/so-dang-ky/")
    page.get_by_label("Tên thương nhân, kênh bán").fill("cau hang")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Địa bàn").select_option("inside")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "cau" not in page.url
    assert_accessible(page)
    assert fits(page)


def test_the_standing_office_sees_the_drawn_dismissal_and_sends_it_back(
    full: Market, cast: Cast, page_as: PageAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chosach.desk.leads.services import dismiss

    monkeypatch.setattr(sys.modules[drawn.__module__], "ONE_IN", 1)
    last = Lead.objects.filter(body__code="market-surveillance").order_by("-rank").first()
    dismiss(last.id, reason="innocent", text="Đồ chơi trẻ em", actor=cast["qltt.can-bo"].actor)
    page = page_as("vptt.can-bo")
    page.goto("/dau-moi/so-luong/")
    expect(page.get_by_role("row", name="Quản lý thị trường")).to_be_visible()
    page.goto("/dau-moi/xem-lai/")
    assert_accessible(page)
    page.get_by_role("link", name=last.trader.name).click()
    expect(page.get_by_text("Đồ chơi trẻ em")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Lý do", exact=True).fill("Chưa xem kênh thứ hai")
    page.get_by_role("button", name="Trả lại cho cơ quan").click()
    expect(page.get_by_text("Đã trả lại đầu mối cho cơ quan.")).to_be_visible()
    page.goto(f"/dau-moi/{last.id}/")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text(last.trader.name)


def test_a_trader_is_looked_up_by_phone_and_the_phone_is_in_no_address(full: Market, page_as: PageAs) -> None:
    page = page_as("congan.can-bo")
    page.goto("/so-dang-ky/tra-cuu/")
    page.get_by_label("Loại định danh").select_option("phone")
    page.get_by_label("Giá trị").fill("+84 951 234 567")
    page.get_by_role("button", name="Tra cứu").click()
    page.get_by_role("link", name="Tạp hóa Cầu Hang").click()
    assert "951" not in page.url
    expect(page.get_by_text("0951234567").first).to_be_visible()


@pytest.mark.once
def test_pages_work_without_javascript(full: Market, page_as: PageAs, browser, site, cast: Cast) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="vi-VN")
    cookie = cast["qltt.can-bo"].client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
    page = context.new_page()
    page.goto("/dau-moi/?kind=banned")
    page.locator("tbody a").first.click()
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_text("Đã tiếp nhận đầu mối.")).to_be_visible()
    context.close()


@pytest.mark.once
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_what_can_be_done_with_a_lead_is_seen_without_passing_its_listings(full: Market, page_as: PageAs, phone: bool) -> None:
    page = page_as("qltt.can-bo", phone=phone)
    page.goto(f"/dau-moi/{full.of('cam').id}/")
    acts, listings, trader = (
        page.get_by_role("heading", name=name).bounding_box() for name in ("Việc cần làm", "Tin bán có dấu hiệu", "Thương nhân")
    )
    assert acts and listings and trader
    if phone:
        assert acts["y"] < listings["y"] < trader["y"]
    else:
        assert acts["x"] == trader["x"] > listings["x"]
        assert abs(acts["y"] - listings["y"]) < 2 and acts["y"] < trader["y"]
