"""Without marks many an innocent word looks like a bad one. With them it does not, and must not be taken for it."""

import unicodedata
from datetime import date

import pytest
from tests.screening.reading import findings, probability

#: innocent sentence, the bad phrase that it folds to
COLLISIONS = [
    ("Hàng giá rẻ cho mọi nhà", "hàng giả"),
    ("Đồ dùng hàng gia dụng tiện lợi", "hàng giả"),
    ("Gửi bảng giá mới cho khách", "bằng giả"),
    ("Nhận tiền gia công áo sơ mi", "tiền giả"),
    ("Bán đồ gia dụng nhà bếp", "đồ giả"),
    ("Thuốc gia truyền của bà là thuốc giá tốt", "thuốc giả"),
    ("Nước ép hàng cam Vinh tươi", "hàng cấm"),
    ("Hàng lâu năm còn mới", "hàng lậu"),
    ("Rượu lâu năm trong giấm ngâm", "rượu lậu"),
    ("Nước lau sàn sạch lâu thơm mát", "sách lậu"),
    ("Phao bơi cho bé hình vịt", "pháo"),
    ("Chậu sung cảnh để bàn", "súng"),
    ("Du lịch đảo Phú Quý", "dao"),
    ("Ví da bò thật", "đá"),
    ("Tủ có kệ để đồ", "kẹo ke"),
    ("Máy thuốc là hơi nước", "thuốc lá"),
    ("Bánh quy Nga nhập khẩu", "ngà"),
    ("Cao hồ tiêu xoa bóp", "cao hổ"),
    ("Sữa rửa mặt gấu trúc", "mật gấu"),
    ("Trà hoa nhài ướp xổi", "nhái"),
    ("Bàn làm bằng gỗ sồi", "làm bằng"),
    ("Hàng mới, không cần date xa", "cận date"),
    ("Chặt cam vắt nước", "chất cấm"),
    ("Sổ tay rèn luyện bản thân", "bán thận"),
]


@pytest.mark.parametrize(("innocent", "bad"), COLLISIONS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_innocent_word_with_its_marks_is_left_alone(innocent: str, bad: str, form: str) -> None:
    found = findings(unicodedata.normalize(form, innocent))  # type: ignore[arg-type]
    assert {kind for kind, row in found.items() if row["probability"] >= 0.2} == set(), (bad, found)


@pytest.mark.parametrize(
    "plain", ["hang gia re ban buon", "bang gia moi nhat", "tien gia cong may ao", "do gia dung nha bep", "phao boi cho be", "dao bep inox"]
)
def test_text_without_marks_is_not_accused_by_a_word_that_has_two_readings(plain: str) -> None:
    assert findings(plain) == {}


def test_text_without_marks_is_still_understood_where_only_one_reading_exists() -> None:
    assert probability("banned", "ban thuoc la dien tu gia tot", as_of=date(2026, 3, 1)) > 0.5
    assert probability("unknown_origin", "ao thun khong hoa don") > 0.3


@pytest.mark.parametrize("spelling", ["hòa tan", "hoà tan"])
def test_both_ways_of_placing_a_tone_are_one_word(spelling: str) -> None:
    import pyarrow as pa

    from chosach.text.matcher import Matcher, Pattern

    hits = Matcher([Pattern("hòa tan")]).find([pa.array([f"cà phê {spelling}"])])
    assert hits.start.tolist() == [7] and hits.flags.tolist() == [0]
