"""J16: market surveillance opens a case from a lead, fills the file, puts evidence in; every view and download is in its record."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from chosach.desk.agencies.models import Body
from chosach.desk.cases.models import Case
from chosach.desk.evidence.models import Evidence
from chosach.desk.leads.models import Lead, LeadKind
from tests.browser import assert_accessible
from tests.desk.cases.making import DAY, a_case, a_trader, set_the_day


@pytest.fixture
def lead(cast: Any) -> Lead:
    set_the_day()
    trader = a_trader("Shop Hoa Mai", place="inside", place_source="warehouse", place_text="Biên Hòa, Đồng Nai")
    body = Body.objects.get(code="market-surveillance")
    lead = Lead.objects.create(trader=trader, body=body, kind="counterfeit", opened_on=DAY, listings=12, findings=15, rank=1, score=3.0)
    LeadKind.objects.bulk_create([LeadKind(lead=lead, kind=kind, findings=5, score=1) for kind in ("counterfeit", "unknown_origin")])
    return lead


def test_a_case_is_opened_from_a_lead_filled_and_read_back(lead: Lead, page_as: Any, tmp_path: Path) -> None:
    page = page_as("qltt.can-bo")
    page.goto(f"/vu-viec/mo/?dau-moi={lead.id}")
    assert_accessible(page)
    assert page.get_by_label("Hàng giả", exact=True).is_checked()
    page.get_by_label("Tên vụ việc").fill("Gian hàng bán son môi nghi giả nhãn hiệu")
    page.get_by_role("button", name="Mở vụ việc").click()
    case = Case.objects.get()
    assert page.url.endswith(f"/vu-viec/{case.id}/")
    assert "Hoa" not in page.url
    assert page.get_by_text("12 tin").first.is_visible()

    page.get_by_role("link", name="Thêm bên liên quan").click()
    assert_accessible(page)
    page.get_by_label("Họ tên hoặc tên tổ chức").fill("Nguyễn Văn Lâm")
    page.get_by_label("Điện thoại").fill("0900 000 001")
    page.get_by_role("button", name="Thêm").click()

    page.get_by_role("link", name="Ghi hàng hóa").click()
    assert_accessible(page)
    page.get_by_label("Tên hàng").fill("Son môi")
    page.get_by_label("Số lượng").fill("1.250,5")
    page.get_by_label("Đơn vị tính").fill("hộp")
    page.get_by_label("Đơn giá (đồng)").fill("120.000")
    page.get_by_role("button", name="Ghi", exact=True).click()
    assert page.get_by_text("150.060.000 đồng").first.is_visible()

    photo = tmp_path / "anh chup.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"gian hang" * 50)
    page.get_by_role("link", name="Đưa chứng cứ vào").click()
    assert_accessible(page)
    page.get_by_label("Tệp").set_input_files(photo)
    page.get_by_label("Mô tả").fill("Ảnh chụp gian hàng")
    page.get_by_label("Nguồn").fill("Chụp từ trang bán hàng")
    page.get_by_role("button", name="Đưa vào hồ sơ").click()
    assert page.get_by_text("Đã đưa chứng cứ vào hồ sơ.").is_visible()
    piece = Evidence.objects.get()
    assert (piece.media_type, piece.sha256) == ("image/jpeg", hashlib.sha256(photo.read_bytes()).hexdigest())
    assert_accessible(page)

    head = page_as("qltt.lanh-dao", phone=True)
    head.goto(f"/vu-viec/{case.id}/")
    assert_accessible(head)
    head.get_by_role("link", name="Bút lục 1").click()
    with head.expect_download() as download:
        head.get_by_role("link", name="Tải tệp").click()
    assert Path(download.value.path()).read_bytes() == photo.read_bytes()
    assert download.value.suggested_filename == "anh chup.jpg"
    head.get_by_role("link", name="Ghi bàn giao").click()
    head.get_by_label("Người hoặc cơ quan nhận").fill("Trung tâm giám định")
    head.get_by_label("Lý do, căn cứ").fill("Giám định nhãn hiệu")
    head.get_by_role("button", name="Ghi bàn giao").click()
    assert_accessible(head)
    custody = head.get_by_role("table", name="Sổ theo dõi chứng cứ")
    for words in ("Đưa chứng cứ vào hồ sơ", "Xem thông tin chứng cứ", "Tải chứng cứ", "Bàn giao chứng cứ", "Trung tâm giám định"):
        assert custody.get_by_text(words).first.is_visible()

    page.goto(f"/vu-viec/{case.id}/in/")
    assert_accessible(page)
    assert page.get_by_text(piece.sha256).first.is_visible()


@pytest.mark.once
def test_a_program_is_refused_with_words_that_say_what_to_do(cast: Any, page_as: Any, tmp_path: Path) -> None:
    set_the_day()
    case = a_case(cast)
    program = tmp_path / "hoa-don.pdf"
    program.write_bytes(b"MZ" + b"\0" * 100)
    page = page_as("qltt.can-bo")
    page.goto(f"/vu-viec/{case.id}/chung-cu/them/")
    page.get_by_label("Tệp").set_input_files(program)
    page.get_by_label("Mô tả").fill("x")
    page.get_by_label("Nguồn").fill("x")
    page.get_by_role("button", name="Đưa vào hồ sơ").click()
    assert page.get_by_text("Không nhận tệp chương trình hoặc tập lệnh").first.is_visible()
    assert_accessible(page)


@pytest.mark.once
def test_opening_on_a_trader_of_another_body_warns_and_offers_to_join(cast: Any, page_as: Any) -> None:
    set_the_day()
    trader = a_trader("Kho Gas Biên Hòa")
    Body.objects.filter(code="police").update(contact="02513 899 999")
    secret = a_case(cast, "congan.can-bo", title="Chuyên án 5", trader_ids=[trader.id])
    body = Body.objects.get(code="market-surveillance")
    lead = Lead.objects.create(trader=trader, body=body, kind="smuggled", opened_on=DAY, rank=1)
    page = page_as("qltt.can-bo")
    page.goto(f"/vu-viec/mo/?dau-moi={lead.id}")
    assert page.get_by_text("Cơ quan khác đang có hồ sơ mở").is_visible()
    assert page.get_by_text("02513 899 999").is_visible()
    assert "Chuyên án" not in page.content()
    assert secret.number not in page.content()
    page.get_by_role("link", name="Kho Gas Biên Hòa").click()
    assert_accessible(page)
    page.get_by_label("Lý do").fill("Cùng đối tượng, đề nghị phối hợp")
    page.get_by_role("button", name="Gửi đề nghị").click()
    assert page.get_by_text("Đã gửi đề nghị cùng tham gia").is_visible()

    owner = page_as("congan.can-bo")
    owner.goto("/")
    owner.get_by_role("link", name="Trả lời đề nghị cùng tham gia").click()
    owner.get_by_label("Đọc hồ sơ").check()
    owner.get_by_label("Lý do").fill("Đồng ý phối hợp")
    owner.get_by_role("button", name="Gửi trả lời").click()
    page.goto("/vu-viec/")
    assert_accessible(page)
    page.get_by_role("link", name=secret.number).click()
    assert page.get_by_role("heading", name="Chuyên án 5").is_visible()
