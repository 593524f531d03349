"""J24: nobody closes a case alone; the reason stays for ever; the outsider and the wrong body get nothing."""

from typing import Any

import pytest

from chosach.desk.cases.models import Case
from tests.browser import assert_accessible
from tests.desk.cases.making import a_case, set_the_day

#: The same acts go through PostgreSQL in tests/desk/cases.
pytestmark = pytest.mark.once


def test_an_outcome_and_the_end_of_a_case_take_two_people(cast: Any, page_as: Any) -> None:
    set_the_day()
    case = a_case(cast, title="Gian hàng bán giày")
    officer, head = page_as("qltt.can-bo"), page_as("qltt.lanh-dao", phone=True)
    officer.goto(f"/vu-viec/{case.id}/ket-thuc/")
    officer.get_by_label("Lý do").fill("Muốn kết thúc ngay")
    officer.get_by_role("button", name="Gửi đề xuất").click()
    assert officer.get_by_text("Chưa có kết quả được duyệt").first.is_visible()
    assert_accessible(officer)

    officer.goto(f"/vu-viec/{case.id}/ket-qua/")
    officer.get_by_role("link", name="Xử phạt vi phạm hành chính").click()
    officer.get_by_label("Ngày kiểm tra hoặc ngày quyết định").fill("2021-03-10")
    officer.get_by_label("Nội dung, lý do").fill("Bán hàng giả mạo nhãn hiệu")
    officer.get_by_label("Số đối tượng bị xử phạt").fill("1")
    officer.get_by_label("Tiền phạt (đồng)").fill("30.000.000")
    officer.get_by_label("Đã thu nộp ngân sách (đồng)").fill("40.000.000")
    officer.get_by_label("Ngày thu nộp").fill("2021-03-10")
    officer.get_by_role("button", name="Gửi đề xuất").click()
    assert officer.get_by_text("Số đã thu nộp lớn hơn tổng số phải nộp.").first.is_visible()
    assert_accessible(officer)
    officer.get_by_label("Đã thu nộp ngân sách (đồng)").fill("30.000.000")
    officer.get_by_role("button", name="Gửi đề xuất").click()
    assert officer.get_by_text("Đã gửi đề xuất; chờ lãnh đạo đơn vị duyệt.").is_visible()
    assert not officer.get_by_role("link", name="Xem và quyết định").count()

    head.goto("/vu-viec/cho-xu-ly/")
    assert_accessible(head)
    head.get_by_role("link", name="Duyệt kết quả").click()
    assert head.get_by_text("30.000.000 đồng").first.is_visible()
    head.get_by_label("Trả lại người đề xuất").check()
    head.get_by_role("button", name="Ghi quyết định").click()
    assert head.get_by_text("Hãy ghi lý do trả lại.").first.is_visible()
    head.get_by_label("Duyệt", exact=True).check()
    head.get_by_role("button", name="Ghi quyết định").click()

    officer.goto(f"/vu-viec/{case.id}/ket-thuc/")
    officer.get_by_label("Lý do").fill("Đã nộp phạt xong")
    officer.get_by_role("button", name="Gửi đề xuất").click()
    head.goto(f"/vu-viec/{case.id}/")
    head.get_by_role("link", name="Xem và quyết định").click()
    head.get_by_label("Duyệt", exact=True).check()
    head.get_by_role("button", name="Ghi quyết định").click()
    assert Case.objects.get(pk=case.pk).stage == "closed"

    head.get_by_role("link", name="Mở lại").click()
    head.get_by_label("Lý do").fill("Có tin báo mới")
    head.get_by_role("button", name="Mở lại").click()
    assert head.get_by_text("Đã nộp phạt xong").first.is_visible(), "the reason of the first end stays"
    assert head.get_by_text("Có tin báo mới").first.is_visible()
    assert_accessible(head)


def test_the_wrong_body_and_the_outsider_get_nothing(cast: Any, page_as: Any, visitor: Any) -> None:
    set_the_day()
    case = a_case(cast, title="Gian hàng bí mật")
    for key in ("thue.can-bo", "mttq.can-bo", "san.lien-he", "quantri", "kiemtoan"):
        page = page_as(key)
        answer = page.goto(f"/vu-viec/{case.id}/")
        assert answer is not None
        assert answer.status == 404
        assert "bí mật" not in page.content()
    nobody = visitor()
    nobody.goto(f"/vu-viec/{case.id}/")
    assert "/dang-nhap/" in nobody.url


def test_a_refused_move_says_why_and_what_to_do(cast: Any, page_as: Any) -> None:
    set_the_day()
    case = a_case(cast)
    page = page_as("qltt.can-bo")
    page.goto(f"/vu-viec/{case.id}/giai-doan/")
    assert_accessible(page)
    page.get_by_label("Chuyển sang").select_option("closed")
    page.get_by_label("Lý do").fill("Xong")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    assert page.get_by_text("hãy dùng việc “Kết thúc vụ việc (hai người)”").first.is_visible()
    page.get_by_label("Chuyển sang").select_option("verifying")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    assert page.get_by_text("Đang xác minh").first.is_visible()


def test_the_standing_office_finds_figures_without_content(cast: Any, page_as: Any) -> None:
    set_the_day()
    case = a_case(cast, title="Gian hàng bí mật")
    page = page_as("vptt.can-bo")
    page.goto("/vu-viec/so-lieu/")
    assert_accessible(page)
    page.get_by_role("link", name=case.number).click()
    assert_accessible(page)
    assert "bí mật" not in page.content()
