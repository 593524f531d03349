"""J21: market surveillance hands a sealed file to the police, who return it, then accept it; the result comes back to the case."""

from typing import Any

from chosach.desk.cases.models import Case
from chosach.desk.evidence import services as evidence
from tests.browser import assert_accessible
from tests.desk.cases.making import a_case, set_the_day


def propose_and_send(case: Case, officer: Any, head: Any) -> None:
    officer.goto(f"/vu-viec/{case.id}/")
    officer.get_by_role("link", name="Chuyển giao", exact=True).click()
    assert_accessible(officer)
    officer.get_by_label("Cơ quan nhận").select_option("police")
    officer.get_by_label("Lý do chuyển giao").fill("Trị giá hàng giả vượt ngưỡng")
    officer.get_by_label("Căn cứ pháp luật").fill("Điều 62 Luật Xử lý vi phạm hành chính")
    officer.get_by_role("button", name="Gửi đề xuất").click()
    assert not officer.get_by_role("link", name="Xem và quyết định").count(), "an officer may not send"

    head.goto("/")
    head.get_by_role("link", name=f"Duyệt gửi chuyển giao: {case.number}").click()
    assert_accessible(head)
    head.get_by_label("Duyệt", exact=True).check()
    head.get_by_role("button", name="Ghi quyết định").click()
    assert head.get_by_text("Hồ sơ đang niêm phong").is_visible()


def test_a_sealed_file_is_returned_then_accepted_and_its_result_comes_back(cast: Any, page_as: Any) -> None:
    set_the_day()
    case = a_case(cast, title="Xưởng sang chiết dầu nhớt giả")
    given = {"name": "bien-ban.pdf", "description": "Biên bản", "source": "QLTT", "actor": cast["qltt.can-bo"].actor}
    evidence.add("case", case.id, chunks=[b"%PDF-1.4 bien ban"], **given)
    officer, head, police, chief = (page_as(key) for key in ("qltt.can-bo", "qltt.lanh-dao", "congan.can-bo", "congan.lanh-dao"))
    police.goto(f"/vu-viec/{case.id}/")
    assert police.get_by_role("heading", name="Không tìm thấy").count() or "404" in police.content()

    propose_and_send(case, officer, head)
    police.goto("/")
    police.get_by_role("link", name=f"Trả lời chuyển giao: {case.number}").click()
    assert_accessible(police)
    police.get_by_label("Trả lại cơ quan gửi").check()
    police.get_by_role("button", name="Gửi trả lời").click()
    assert police.get_by_text("Hãy ghi lý do trả lại.").first.is_visible()
    police.get_by_label("Ý kiến").fill("Thiếu kết luận giám định")
    police.get_by_role("button", name="Gửi trả lời").click()
    assert police.get_by_text("Đã trả lời cơ quan gửi.").is_visible()
    officer.goto(f"/vu-viec/{case.id}/")
    assert officer.get_by_text("Thiếu kết luận giám định").first.is_visible()

    propose_and_send(case, officer, head)
    police.goto(f"/vu-viec/{case.id}/")
    police.get_by_role("button", name="Đối chiếu niêm phong").last.click()
    assert police.get_by_text("Hồ sơ khớp với niêm phong").is_visible()
    police.get_by_role("link", name="Danh mục").last.click()
    assert_accessible(police)
    police.go_back()
    police.get_by_role("link", name="Tiếp nhận hoặc trả lại").click()
    police.get_by_label("Tiếp nhận vụ việc").check()
    police.get_by_role("button", name="Gửi trả lời").click()
    assert police.get_by_text("Đã tiếp nhận chuyển giao").first.is_visible()

    police.get_by_role("link", name="Đề xuất kết quả").click()
    assert_accessible(police)
    police.get_by_role("link", name="Khởi tố hình sự").click()
    police.get_by_label("Ngày kiểm tra hoặc ngày quyết định").fill("2021-03-10")
    police.get_by_label("Nội dung, lý do").fill("Khởi tố vụ án sản xuất hàng giả")
    police.get_by_label("Số vụ khởi tố").fill("1")
    police.get_by_label("Số bị can").fill("3")
    police.get_by_role("button", name="Gửi đề xuất").click()
    chief.goto("/")
    chief.get_by_role("link", name=f"Duyệt kết quả: {case.number}").click()
    chief.get_by_label("Duyệt", exact=True).check()
    chief.get_by_role("button", name="Ghi quyết định").click()

    officer.goto(f"/vu-viec/{case.id}/")
    assert officer.get_by_text("Kết quả của vụ việc đã chuyển giao").first.is_visible()
    assert officer.get_by_role("heading", name="Khởi tố hình sự").is_visible()
    assert not officer.get_by_role("link", name="Đề xuất kết quả").count(), "the sender only reads now"
    assert_accessible(officer)
