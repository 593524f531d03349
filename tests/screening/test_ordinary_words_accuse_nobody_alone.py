"""Slang of ordinary words says what it says in company only; who asks about a fake and says no, or refuses one, offers none."""

import subprocess
import sys

import pytest
from tests.screening.reading import findings, probability

#: What honest sellers write with the words of slang.
HONEST = [
    "Son Dior hàng bay Pháp có bill", "Bánh mochi hàng bay Nhật hộp 8 cái", "Áo khoác gió hàng bay Nhật",
    "Rượu vang Pháp hàng bay về tối nay", "Bánh bay Nhật hộp 10 cái", "Kẹo bay Đài Loan vị xoài", "Hàng phê chuẩn, cà phê Đắk Lắk",
    "Thịt heo siêu nạc đông lạnh", "Cửa lưới tàng hình chống muỗi", "Rèm lưới mờ che nắng", "Kèo thơm máy tính cũ giá rẻ",
    "Ví da bò thật bao soi", "Măng khô hàng rừng Tây Bắc", "Quần tã hàng người lớn size L", "Hạt polime giữ ẩm cho cây",
    "Phôi gốc nấm bào ngư", "Webcam USB camera họp online", "Máy ép dấu nổi cầm tay", "Súng hơi bắn đinh gỗ",
    "Máy in bill hàng trong ngành nhà hàng", "Chốt đề thi vào 10 môn Văn", "Dụng cụ phòng thi compa thước kẻ",
    "Hỗ trợ mùa thi combo bút", "Bao da đựng bằng lái giả da", "Bảo hiểm xe máy giá rẻ", "bao hiem xe may gia re",
]  # fmt: skip
#: The same words in their company.
SLANG = [
    "Hàng bay phê pha, giao kín", "Kẹo bay cho dân chơi đi quẩy", "Hàng rừng nhím chồn mới về", "Bột siêu nạc tăng trọng nhanh",
    "Lưới tàng hình bắt chim", "Kèo thơm nhà cái tặng tiền", "Làm bằng đại học bao soi", "Tiền polime tờ 500k", "USB camera quay lén",
    "Hỗ trợ mùa thi tai nghe siêu nhỏ", "Đồ trong ngành công an mới tinh", "Bảo hiểm xe máy giả", "Nhận làm giấy tờ xe giả",
]  # fmt: skip


@pytest.mark.parametrize("title", HONEST)
def test_an_ordinary_word_calls_no_goods_banned(title: str) -> None:
    assert probability("banned", title) < 0.3


@pytest.mark.parametrize("title", SLANG)
def test_the_same_word_is_told_beside_its_trade(title: str) -> None:
    assert probability("banned", title) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Hàng nhái? Không! Cam kết hàng hãng, ví Pedro",
        "Hàng fake? Không nhé, ví Pedro mua tại store",
        "Ví Pedro, hàng nhái shop không nhận",
        "Phụ tùng xe Honda hàng loại 1",
        "Bố thắng hàng loại 1 dùng cho Yamaha",
    ],
)
def test_who_asks_and_says_no_or_grades_a_part_offers_no_copy(title: str) -> None:
    assert probability("counterfeit", title, price=900_000) < 0.3


@pytest.mark.parametrize(
    "title", ["Ví Pedro hàng nhái không nhận đổi trả", "Ví Pedro hàng nhái? Không sao, đẹp là được", "Tai nghe Sony hàng loại 1"]
)
def test_who_takes_nothing_back_or_does_not_mind_has_said_what_it_is(title: str) -> None:
    assert probability("counterfeit", title, price=900_000) >= 0.5


def test_a_forged_paper_is_refused_or_told_with_its_name() -> None:
    assert probability("banned", "Cho thuê xe máy, bằng lái giả không nhận") < 0.3
    (reason,) = findings("Bán bằng lái giả không nhận cọc")["banned"]["reasons"]
    assert reason["text"] == "bằng lái giả"


def test_no_invoice_asked_about_is_still_none() -> None:
    assert probability("unknown_origin", "Máy khoan không hóa đơn? Không! Thành vấn đề gì") >= 0.5


def test_the_command_line_is_there_for_who_calls_the_package() -> None:
    said = subprocess.run([sys.executable, "-m", "chosach", "--help"], capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0 and "screen" in said.stdout
