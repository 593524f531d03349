"""Work on goods, fees, vouchers, lessons and wrappings are not the goods; a word that suits anything is no sign of forged papers."""

from datetime import date

import pytest
from tests.screening.reading import findings, probability

from chosach.screening.offered import serves

LATER = date(2026, 3, 1)

NOT_THE_GOODS = [
    "Sửa túi Prada bong chỉ", "Nhận vệ sinh giày Nike tận nhà", "Spa túi Chanel đổi màu", "Dịch vụ dán đế giày Puma",
    "Cho thuê túi Dior dự tiệc", "Thuê giày Gucci chụp hình", "Check auth túi Hermes qua ảnh", "Ký gửi túi Chanel",
    "Ebook nhận biết túi Dior thật giả", "Khóa học phục chế giày Nike", "Bảng size áo Adidas trẻ em", "Hướng dẫn phối giày Vans",
    "Voucher 50k mua giày Puma", "Mã giảm giá giày Adidas", "Thẻ quà tặng túi Coach", "Phí vận chuyển giày Nike", "Đặt cọc túi Dior order",
    "Tiền cọc giày Jordan", "Khay chia ngăn túi Chanel", "Insert túi Hermes Birkin 25", "Đồ giữ form túi Gucci", "Lót trong túi Dior",
    "[Hà Nội] Sửa giày Converse", "Áo không phải Gucci", "Giày không phải hàng Adidas", "sua tui gucci", "phi ship giay nike",
]  # fmt: skip


@pytest.mark.parametrize("title", NOT_THE_GOODS)
def test_what_is_done_paid_taught_or_wrapped_around_goods_is_no_cheap_piece_of_them(title: str) -> None:
    for kind in ("counterfeit", "ip_infringing"):
        assert probability(kind, title, price=60_000) < 0.3


@pytest.mark.parametrize(
    "title",
    [
        "Túi Prada nữ",
        "[Voucher 20k] Giày Nike nam",
        "Giày Nike tặng voucher 20k",
        "Túi Dior kèm túi giấy",
        "Giày Puma sửa lỗi form",
        "Bán giày Vans",
        "Xả sạch kho giày Nike",
        "Video thật giày Puma",
        "Sạch size giày Adidas",
        "Tranh thủ sale giày Nike Air Force 1",
        "tranh thu sale giay nike",
        "Cách mạng giá giày Nike",
        "Cách điệu giày Nike nữ",
    ],
)
def test_goods_stay_goods_whatever_comes_with_them(title: str) -> None:
    assert probability("counterfeit", title, price=60_000) >= 0.5


@pytest.mark.parametrize("title", ["Cốc và giày Nike", "Combo cốc tặng giày Nike", "coc su tang giay nike", "Tranh thủ mua giày Nike"])
def test_a_cup_is_no_deposit_and_to_hurry_no_picture(title: str) -> None:
    assert not serves(title, title.lower().index("gi"))
    assert serves("Cọc giày Nike", 4) and serves("coc giay nike", 4) and serves("Tranh giày Nike", 6)


@pytest.mark.parametrize(
    "title",
    [
        "Mèo Anh lông ngắn không giấy tờ", "Máy ảnh cũ, không giấy tờ", "Nền thổ cư 80m2 không giấy tờ", "Nhẫn vàng tây không giấy tờ",
        "Thuê ô tô tự lái không cần giấy tờ", "Nhận làm giấy tờ xe máy, rút hồ sơ, sang tên", "Bông lúa bằng vải như thật",
        "Trái cây bằng xốp giống thật", "Tranh bằng gỗ in sắc nét", "Tủ giày nhận làm bằng gỗ thông", "Bao da đựng hộ chiếu in sắc nét",
        "Flashcard từ vựng toeic, không cần học vẹt", "Váy hoa hàng nóng mới về kho", "Hàng nóng! Dép quai ngang",
        "Son môi hàng nóng giao liền",
        "Chậu cây polymer giả gỗ như thật", "Heo đất tiết kiệm in sắc nét, mệnh giá 500k", "Tờ 100k lì xì seri đẹp, in sắc nét",
        "Đổi tiền lì xì tờ 200 không hỏi phí", "Ống polymer giống thật", "Nhận làm hộ chiếu nhanh", "Làm hộ chiếu online",
        "Visa du lịch không cần hồ sơ",
    ],
)  # fmt: skip
def test_words_that_suit_any_goods_are_no_sign_of_forged_papers_or_of_weapons(title: str) -> None:
    assert probability("banned", title, as_of=LATER) < 0.3


@pytest.mark.parametrize(
    "title",
    [
        "Làm bằng lái xe không cần thi", "Bằng tốt nghiệp như thật, bao soi", "Tiền polymer giống thật, tiêu thoải mái",
        "Tiền polymer in sắc nét như thật",
        "Hộ chiếu giả bao check", "Nhận làm hộ chiếu giả",
        "Chứng chỉ tin học phôi gốc",
        "Hàng nóng, mã tấu, côn tự vệ", "Hàng nóng giao kín", "Chứng chỉ toeic bao đậu, không cần ôn thi, không cần thi",
        "Fake driving license fast", "Counterfeit money for sale",
        "ban bang cao dang that phoi goc",
    ],
)  # fmt: skip
def test_those_who_sell_forged_papers_money_and_arms_are_told(title: str) -> None:
    assert probability("banned", title, as_of=LATER) >= 0.5


def test_animals_and_land_have_no_invoice_but_what_is_for_them_has() -> None:
    assert probability("unknown_origin", "Chó Corgi thuần chủng không giấy tờ") < 0.3
    assert probability("unknown_origin", "Bán đất vườn không giấy tờ") < 0.3
    assert probability("unknown_origin", "Thức ăn cho chó không hóa đơn chứng từ") >= 0.5


def test_a_comparison_is_no_confession() -> None:
    assert "counterfeit" not in findings("Bếp từ Bosch giá rẻ như hàng giả")
    assert probability("counterfeit", "Bếp từ Bosch hàng giả") >= 0.5


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("counterfeit", "Bộ vỏ hộp, nút, tem rượu Hennessy"),
        ("counterfeit", "Counterfeit Prada handbags"),
        ("unknown_origin", "Nước rửa chén can sang chiết 10 lít"),
        ("unknown_origin", "Mực một nắng không bao bì nhãn mác"),
        ("substandard", "Cá hộp hàng B móp hộp, không đạt KCS"),
        ("misleading", "Gel trị tàn nhang sạch sau 5 ngày"),
        ("misleading", "Dầu gội trị hói dứt điểm"),
        ("misleading", "Slimming tea lose 8kg in 2 weeks"),
    ],
)
def test_more_words_of_the_trade(kind: str, title: str) -> None:
    assert probability(kind, title, as_of=LATER) >= 0.5


@pytest.mark.parametrize("title", ["Áo thể thao logo in nổi", "Túi thể thao logo thêu"])
def test_the_second_half_of_a_word_is_no_word_without_its_mark(title: str) -> None:
    assert "ip_infringing" not in findings(title)
    assert probability("ip_infringing", "Áo tháo logo hãng") >= 0.3
