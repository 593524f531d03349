"""The building blocks in a real browser: accessible, nothing wider than the screen, by keyboard alone, on paper."""

import pytest

from tests.browser import assert_accessible, cut

#: What is seen and pressed here is the same whatever database lies below.
pytestmark = pytest.mark.once
PAGES = ["/mau/", "/mau/?errors=1", "/", "/tai-khoan/hai-lop/", "/tai-khoan/phien/", "/tai-khoan/mat-khau/", "/khong-co/"]


@pytest.fixture(autouse=True)
def with_gallery(settings) -> None:
    settings.ROOT_URLCONF = "tests.desk.look.gallery"


def too_wide(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_pages_are_accessible_and_fit_the_screen(page_as, phone: bool) -> None:
    page = page_as("qltt.can-bo", phone=phone)
    for address in PAGES:
        page.goto(address)
        assert_accessible(page)
        assert not cut(page), address
        assert page.locator("h1").count() == 1, address


def test_the_sign_in_page_is_accessible_and_fits_a_phone(visitor) -> None:
    page = visitor(phone=True)
    page.goto("/dang-nhap/")
    assert_accessible(page)
    assert too_wide(page) <= 0


def test_letters_are_those_of_be_vietnam_pro(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Đường dây hàng giả ở Biên Hòa ế ữ ậ')")
    assert page.evaluate("[...document.fonts].some(f => f.family.includes('Be Vietnam Pro') && f.status === 'loaded')")


def test_a_list_is_worked_by_keys_alone(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.querySelector('a').hash") == "#smuggled"
    page.keyboard.press("k")
    page.keyboard.press("a")
    assert page.evaluate("location.hash") == "#a-banned"
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#smuggled"


def test_keys_are_letters_while_one_writes(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.locator("#id_name").focus()
    page.keyboard.type("jak?")
    assert page.locator("#id_name").input_value() == "jak?"
    assert page.evaluate("location.hash") == ""
    assert page.locator("dialog").count() == 0


def test_the_help_lists_the_keys_and_can_turn_them_off(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.keyboard.press("?")
    dialog = page.locator("dialog.keys-help")
    assert "Nhận đầu mối" in dialog.inner_text()
    assert_accessible(page)
    dialog.get_by_label("Dùng phím tắt một chữ cái").uncheck()
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_first_stop_of_the_tab_key_leads_to_the_content(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#noi-dung:focus").wait_for()


@pytest.fixture
def unwatched(browser, site, cast):
    """A page whose console may complain: what is tested is a failure, or a browser without scripts."""
    contexts = []

    def open_page(**options):
        context = browser.new_context(base_url=site.url, **options)
        contexts.append(context)
        cookie = cast["qltt.can-bo"].client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_the_menu_of_a_phone_opens_without_javascript(unwatched) -> None:
    page = unwatched(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/mau/")
    assert not page.locator(".menu-phone nav").is_visible()
    page.locator(".menu-phone summary").click()
    assert page.locator(".menu-phone nav").get_by_text("Bàn làm việc").is_visible()
    assert not page.locator("[data-print]").is_visible()


def test_a_choice_in_the_filter_is_sent_by_itself(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.locator("#loc_name").fill("x")
    page.locator("#loc_kind").select_option("banned")
    page.wait_for_url("**/mau/?*kind=banned*")


def test_paper_shows_the_content_alone(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.emulate_media(media="print")
    for hidden in (".side", ".menu-me", ".filters", ".page-acts", ".confirm"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".table-data").first.is_visible()
    assert page.locator("h1").is_visible()


def test_a_part_is_asked_for_with_the_seal_of_the_page(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.locator("#part").click()
    page.get_by_text("chỉ cho người đã đăng nhập").wait_for()


def test_a_session_that_has_ended_leads_to_the_sign_in_page_not_into_a_part_of_the_page(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    page.context.clear_cookies(name="sessionid")
    page.locator("#part").click()
    page.locator(".top-sign-in").wait_for()
    assert page.locator("#came").inner_text() == ""


def test_a_part_that_does_not_come_is_said(unwatched) -> None:
    page = unwatched()
    page.goto("/mau/")
    page.locator("#lost").click()
    page.get_by_text("Không tìm thấy").wait_for()
    page.context.set_offline(True)
    page.locator("#part").click()
    page.get_by_text("Mất kết nối").wait_for()


def test_the_heading_of_a_table_covers_none_of_its_rows(page_as) -> None:
    page = page_as("qltt.can-bo")
    page.goto("/mau/")
    for table in page.locator(".table-data").all():
        head, first = table.locator("thead th").first.bounding_box(), table.locator("tbody tr").first.bounding_box()
        assert head["y"] + head["height"] <= first["y"] + 1
