"""J36, people: an administrator adds a person, who signs in with a second factor; and what the administrator does later."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect

from chosach.desk.accounts.models import Membership, User
from chosach.desk.core.kinds import Role
from tests.browser import assert_accessible, sign_in
from tests.people import PASSWORD, Cast

#: The same acts go through PostgreSQL in tests/desk/accounts.
pytestmark = pytest.mark.once

NEW_PASSWORD = "Cầu Hóa An bắc qua sông"


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def a_second_administrator(cast: Cast) -> None:
    other = User.objects.create_user("quantri.hai", PASSWORD, full_name="Lê Thị Hai")
    Membership.objects.create(user=other, body=cast["quantri"].body, role=Role.ADMINISTRATOR)


def test_a_new_head_is_added_by_two_signs_in_and_sets_up_the_second_factor(cast: Cast, visitor: Callable[..., Page]) -> None:
    a_second_administrator(cast)
    administrator = visitor()
    sign_in(administrator, "quantri")
    administrator.get_by_role("navigation", name="Điều hướng chính").get_by_role("link", name="Quy định xác thực hai lớp").click()
    assert_accessible(administrator)
    administrator.get_by_label("Vai trò").select_option("head")
    press(administrator, "Thêm quy định")
    expect(administrator.get_by_role("row", name="Lãnh đạo đơn vị")).to_be_visible()

    administrator.goto("/nguoi-dung/")
    assert_accessible(administrator)
    administrator.get_by_role("link", name="Thêm người").click()
    assert_accessible(administrator)
    administrator.get_by_label("Họ và tên").fill("Vương Thị Xuân")
    administrator.get_by_label("Tên đăng nhập").fill("Xuân")
    administrator.get_by_label("Cơ quan").select_option(label=cast["thue.can-bo"].body.name)
    administrator.get_by_label("Vai trò").select_option("head")
    press(administrator, "Tạo tài khoản")
    expect(administrator.get_by_text("chữ thường không dấu").last).to_be_visible()
    administrator.get_by_label("Tên đăng nhập").fill("thue.xuan")
    press(administrator, "Tạo tài khoản")
    expect(administrator.get_by_text("Giao vai trò: chờ quản trị viên thứ hai")).to_be_visible()
    assert_accessible(administrator)
    second = visitor()
    sign_in(second, "quantri.hai")
    second.get_by_role("link", name="Vương Thị Xuân").click()
    press(second, "Đồng ý và làm ngay")
    first = second.locator("#first-password").inner_text()
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", first)
    assert_accessible(second)

    person = visitor(phone=True)
    sign_in(person, "thue.xuan", first)
    expect(person.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")
    expect(person.get_by_text("mật khẩu do quản trị viên cấp")).to_be_visible()
    assert_accessible(person)
    person.goto("/")
    expect(person).to_have_url(re.compile("/tai-khoan/mat-khau/$"))
    person.locator("input[name=oldpassword]").fill(first)
    person.locator("input[name=password1]").fill(NEW_PASSWORD)
    person.locator("input[name=password2]").fill(NEW_PASSWORD)
    press(person, "Đổi mật khẩu")
    person.goto("/")
    expect(person.get_by_text("phải có xác thực hai lớp")).to_be_visible()
    person.locator("input[name=password]").fill(NEW_PASSWORD)
    press(person, "Xác nhận")
    assert_accessible(person)
    secret = person.locator("#authenticator_secret").input_value()
    person.locator("input[name=code]").fill(code_of(secret))
    press(person, "Bật")
    expect(person.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    assert_accessible(person)
    person.goto("/")
    expect(person).to_have_url(re.compile(r":\d+/$"))

    cache.clear()  # a code is good once; the next half minute is not waited for
    again = visitor()
    sign_in(again, "thue.xuan", NEW_PASSWORD)
    assert_accessible(again)
    again.locator("input[name=code]").fill(code_of(secret))
    again.locator("form:has(input[name=code]) button[type=submit]").first.click()
    expect(again).to_have_url(re.compile(r":\d+/$"))


def test_a_person_moves_to_another_body_and_later_leaves(cast: Cast, page_as: Callable[..., Page]) -> None:
    officer, administrator = page_as("qltt.can-bo"), page_as("quantri")
    officer.goto("/")
    administrator.goto("/nguoi-dung/")
    administrator.get_by_label("Tên hoặc tên đăng nhập").fill("thu hà")
    press(administrator, "Tìm")
    administrator.get_by_role("link", name="Nguyễn Thu Hà").click()
    assert_accessible(administrator)
    administrator.get_by_role("link", name="Giao vai trò").click()
    administrator.get_by_label("Cơ quan").select_option(label=cast["thue.can-bo"].body.name)
    administrator.get_by_label("Vai trò").select_option("officer")
    assert_accessible(administrator)
    press(administrator, "Giao vai trò")
    roles = administrator.get_by_role("table", name="Vai trò, mới nhất trước")
    expect(roles.get_by_role("row")).to_have_count(3)

    administrator.get_by_role("link", name="Ngừng tài khoản").click()
    assert_accessible(administrator)
    administrator.get_by_label("Lý do").fill("Nghỉ hưu")
    press(administrator, "Ngừng tài khoản")
    expect(administrator.get_by_text("Đã ngừng", exact=True)).to_be_visible()
    officer.goto("/")
    expect(officer).to_have_url(re.compile("/dang-nhap/"))


def test_a_locked_person_is_let_in_again(cast: Cast, visitor: Callable[..., Page], page_as: Callable[..., Page]) -> None:
    person = visitor()
    for _ in range(5):
        sign_in(person, "qltt.can-bo", "không nhớ nữa")
    expect(person.get_by_role("heading", level=1)).to_have_text("Tạm khóa đăng nhập")
    assert_accessible(person)
    administrator = page_as("quantri")
    administrator.goto("/nguoi-dung/tam-khoa/")
    assert_accessible(administrator)
    administrator.get_by_role("link", name="Gỡ tạm khóa cho Nguyễn Thu Hà").click()
    administrator.get_by_label("Lý do").fill("Đã gọi điện xác nhận")
    press(administrator, "Gỡ tạm khóa đăng nhập")
    sign_in(person, "qltt.can-bo", PASSWORD)
    expect(person).to_have_url(re.compile(r":\d+/$"))


def test_a_head_who_lost_the_password_gets_a_new_one_from_two_administrators(
    cast: Cast, visitor: Callable[..., Page], page_as: Callable[..., Page]
) -> None:
    a_second_administrator(cast)
    head = cast["qltt.lanh-dao"].user
    first = page_as("quantri")
    first.goto(f"/nguoi-dung/{head.pk}/")
    first.get_by_role("link", name="Cấp lại mật khẩu").click()
    expect(first.get_by_text("một quản trị viên khác phải đồng ý")).to_be_visible()
    assert_accessible(first)
    first.get_by_label("Lý do").fill("Quên mật khẩu, đã gặp trực tiếp")
    press(first, "Cấp lại mật khẩu")
    expect(first.get_by_text("Cấp lại mật khẩu: chờ quản trị viên thứ hai")).to_be_visible()
    expect(first.get_by_role("button", name="Đồng ý và làm ngay")).to_have_count(0)
    assert_accessible(first)

    second = visitor(phone=True)
    sign_in(second, "quantri.hai")
    expect(second.get_by_role("heading", name="Chờ quản trị viên thứ hai")).to_be_visible()
    second.get_by_role("link", name=head.full_name).click()
    assert_accessible(second)
    press(second, "Đồng ý và làm ngay")
    given = second.locator("#first-password").inner_text()
    person = visitor()
    sign_in(person, "qltt.lanh-dao", given)
    expect(person.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")


def test_a_person_ends_the_session_of_a_lost_machine(page_as: Callable[..., Page], visitor: Callable[..., Page]) -> None:
    lost = visitor(phone=True)
    sign_in(lost, "qltt.can-bo")
    own = page_as("qltt.can-bo")
    own.goto("/tai-khoan/phien/")
    assert_accessible(own)
    own.get_by_role("button", name=re.compile("^Kết thúc phiên bắt đầu")).click()
    lost.goto("/")
    expect(lost).to_have_url(re.compile("/dang-nhap/"))


def test_a_head_sees_the_people_of_the_own_body(page_as: Callable[..., Page]) -> None:
    page = page_as("qltt.lanh-dao", phone=True)
    page.goto("/nguoi-dung/co-quan-toi/")
    expect(page.get_by_text("Nguyễn Thu Hà")).to_be_visible()
    expect(page.get_by_text("Ngô Thị Lan")).to_have_count(0)
    assert_accessible(page)
