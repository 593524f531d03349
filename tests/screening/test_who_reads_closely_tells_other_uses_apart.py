"""What a shop says in passing, of other goods or of its terms, is not said of the goods. Rows are made up for the project."""

import pytest
from tests.screening.reading import findings, probability

from chosach.screening.data import laid_out


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("smuggled", "Kem dưỡng Rosana", "Trước đây bạn chỉ có thể mua hàng “xách tay”, nay hãng đã có mặt tại Việt Nam."),
        ("smuggled", "Nồi cơm Kita chính hãng", "Ngoài chợ có nhiều sản phẩm hàng xách tay, hàng kém chất lượng."),
        ("unknown_origin", "Quần vải cỡ lớn", "Không nhận đổi: sản phẩm đã giặt, sản phẩm đã bị cắt tag."),
        ("expired", "Sữa tươi hộp nhỏ", "Thời hạn sử dụng ngắn nên cần bảo quản lạnh."),
        ("banned", "Ví da nam", "Ngăn thẻ cách điệu hình tượng quân hàm."),
        ("ip_infringing", "Bộ bài tiếng Anh 44 lá", "Quét mã để xem ebook sách hướng dẫn."),
        ("ip_infringing", "Đồ chơi xe cứu hộ Paw Patrol 6099123", ""),
    ],
)
def test_said_in_passing(kind: str, title: str, description: str) -> None:
    assert probability(kind, title, description) < 0.3


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("smuggled", "Kem dưỡng Rosana", "Hàng xách tay Nhật, về mỗi tuần."),
        ("smuggled", "Kem dưỡng Rosana", "Shop có nhiều mẫu hàng xách tay Nhật."),
        ("smuggled", "Các dòng hàng xách tay Nhật kem dưỡng da", ""),
        ("unknown_origin", "Quần vải cỡ lớn", "Hàng xuất dư cắt tag."),
        ("expired", "Sữa tươi hộp nhỏ", "Hạn sử dụng ngắn nên xả kho."),
        ("banned", "Quân hàm đủ cấp bậc", ""),
        ("ip_infringing", "Ebook lậu trọn bộ", ""),
        ("ip_infringing", "Áo phông trẻ em in hình Paw Patrol", ""),
    ],
)
def test_the_same_words_of_the_goods_themselves(kind: str, title: str, description: str) -> None:
    assert probability(kind, title, description) >= 0.3


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Đèn sưởi nhà tắm hai bóng", "Đèn còn giúp chữa các bệnh về xương khớp rất hữu hiệu."),
        ("Dung dịch vệ sinh phụ nữ", "Hỗ trợ điều trị các bệnh phụ khoa."),
        ("Vòng tay đá núi lửa", "Đá chữa bệnh liên quan đến khớp."),
        ("Mật ong rừng", "Trị bệnh dạ dày, đường ruột."),
        ("Miếng dán chân thải độc ngải cứu", ""),
    ],
)
def test_who_heals_the_illnesses_of_a_part_of_the_body_is_told(title: str, description: str) -> None:
    assert probability("misleading", title, description) >= 0.5


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Máy xông mũi họng gia đình", "Dùng trong điều trị các bệnh về đường hô hấp."),
        ("Thực phẩm bảo vệ sức khỏe viên khớp hộp 60 viên", "Hỗ trợ điều trị các bệnh về xương khớp."),
        ("Cao atiso hũ 450g", "Hỏi bác sĩ nếu bạn đang điều trị bệnh gan."),
        ("Gối tựa lưng", "Gối không chữa các bệnh về khớp."),
        ("Mật ong rừng", "Xuyến chi là cây thuốc nam chữa các bệnh về tiêu hóa."),
        ("Sữa rửa mặt thải độc da", ""),
    ],
)
def test_devices_registered_food_warnings_and_remedies_of_old_are_no_such_promise(title: str, description: str) -> None:
    assert probability("misleading", title, description) < 0.5


def test_the_place_of_a_claim_holds_the_claim() -> None:
    description = "Đèn sưởi còn hỗ trợ chữa bệnh xương, khớp."
    (reason,) = findings("Đèn sưởi nhà tắm", description)["misleading"]["reasons"]
    assert reason["text"] == description[reason["start"] : reason["end"]] == "hỗ trợ chữa bệnh xương, khớp"


def test_letters_that_name_a_model_grade_no_copy_where_the_title_names_the_article() -> None:
    numbered, plain = (f"Giày Nike Court sf{article}" for article in (" 171860C", ""))
    for kind in ("counterfeit", "ip_infringing"):
        assert probability(kind, numbered, price=2_000_000) < 0.5 <= probability(kind, plain, price=2_000_000)


def test_a_bracket_that_closes_parts_words_and_one_that_opens_does_not() -> None:
    assert probability("misleading", "Kem ủ mặt 10g (loại trắng) da đẹp sau 3 ngày") < 0.3
    assert probability("smuggled", "Đầu đĩa nội địa Nhật (100V)") >= 0.5
    assert probability("counterfeit", "Giày Nike [siêu cấp]", price=600_000) >= 0.5


def test_supplements_known_by_their_brand_or_bottles() -> None:
    assert probability("conditional", "Tràng Phục Linh Plus") >= 0.5
    assert probability("conditional", "Collagen Hanami, hộp 10 chai") >= 0.5
    assert probability("conditional", "Hộp 10 chai thủy tinh đựng serum") < 0.3


def test_a_row_may_stand_for_several_terms() -> None:
    assert list(laid_out("(hộp|lọ) (30|60)( viên|v)")) == [
        *("hộp 30 viên", "hộp 30v", "hộp 60 viên", "hộp 60v", "lọ 30 viên", "lọ 30v", "lọ 60 viên", "lọ 60v")
    ]
    assert list(laid_out("bệnh (|về) khớp")) == ["bệnh khớp", "bệnh về khớp"]
    assert list(laid_out("hàng xách tay")) == ["hàng xách tay"]
