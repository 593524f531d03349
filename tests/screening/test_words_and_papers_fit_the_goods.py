"""Claims and repacked goods that were missed, papers and law that fit what is sold, and a sentence that does not gainsay its figure."""

import pytest
from tests.screening.reading import findings, probability

from chosach.screening import explain


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("misleading", "Mật ong rừng", "Chữa ho rất tốt."),
        ("misleading", "Mật ong hoa nhãn chữa ho rất tốt", None),
        ("misleading", "Viên khớp", "Khuyên dùng bởi Bộ Y tế cho người thoái hóa, tiểu đường."),
        ("expired", "Sữa bột date mới dán lại", None),
        ("expired", "Bánh quy, hạn sử dụng đã dập lại", None),
        ("substandard", "Lon gas mini bơm lại", None),
        ("counterfeit", "Dầu ăn Neptune chiết từ phuy ra can cũ", None),
    ],
)
def test_what_was_missed_is_told(kind: str, title: str, description: str | None) -> None:
    assert probability(kind, title, description) >= 0.5


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("misleading", "Trà gừng không chữa ho", None),
        ("misleading", "Thuốc chữa ho hộp 10 gói", None),
        ("misleading", "Khẩu trang y tế", "Sản phẩm được Bộ Y tế khuyên dùng."),
        ("misleading", "Thuốc kháng sinh Amoxicillin 500mg trị viêm họng", None),
        ("expired", "Bánh quy date mới, in rõ trên vỏ", None),
        ("substandard", "Bật lửa gas mini bơm lại được", None),
        ("counterfeit", "Nước giặt Omo, rót vào chai cũ của bạn", None),
        ("unknown_origin", "Vay khong hoa don gian", None),
        ("unknown_origin", "Phần mềm hóa đơn điện tử", None),
    ],
)
def test_what_honest_sellers_say_is_not(kind: str, title: str, description: str | None) -> None:
    assert probability(kind, title, description) < 0.3


def test_trade_in_invoices_has_its_own_law_and_proof() -> None:
    found = findings("Bán hóa đơn VAT")["unknown_origin"]
    assert "Nghị định 98/2020/NĐ-CP" not in {law["instrument"] for law in found["law"]}
    assert "Bộ luật Hình sự 100/2015/QH13" in {law["instrument"] for law in found["law"]}
    assert "Hóa đơn, chứng từ mua hàng" not in found["clears"]
    both = findings("Bán hóa đơn VAT, hàng không rõ nguồn gốc")["unknown_origin"]
    assert "Nghị định 98/2020/NĐ-CP" in {law["instrument"] for law in both["law"]}


def test_fertiliser_is_asked_for_its_own_paper() -> None:
    (paper, licence) = findings("Phân bón NPK bao 50kg")["conditional"]["clears"]
    assert "công nhận phân bón lưu hành" in paper and "phân bón" in licence


def test_a_price_alone_says_why_its_figure_is_high_and_speaks_of_itself_only() -> None:
    found = findings("Áo Adidas cắt mác", price=90_000)
    said = explain(found["counterfeit"])
    assert found["counterfeit"]["probability"] >= 0.8 and "Xác suất cao vì" in said
    assert "trong mục này" in said and "chưa có dấu hiệu nào khác" not in said
    low = {**found["counterfeit"], "probability": 0.2}
    assert "Xác suất cao" not in explain(low)


def test_one_reason_of_several_is_not_called_the_only_one() -> None:
    reasons = findings("Áo Adidas cắt mác", price=90_000)["counterfeit"]["reasons"]
    assert "Chỉ dựa vào" not in explain({"reasons": reasons[:1]})
