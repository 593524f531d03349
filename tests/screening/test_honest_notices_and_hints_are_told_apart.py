"""What a shop honestly denies or asks for, beside the hints that look like it. Rows are made up for the project."""

import pytest
from tests.screening.reading import probability


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Tinh dầu khuynh diệp không chữa dứt điểm viêm mũi", ""),
        ("Thực phẩm lá dâu không phải là thuốc, không trị dứt điểm bệnh tiểu đường", ""),
        ("Trà hoa cúc", "Trà không chữa dứt điểm được viêm xoang, chỉ làm ấm cổ."),
        ("Trà hoa cúc", "Không thể chữa khỏi hoàn toàn ung thư, xin hỏi bác sĩ."),
    ],
)
def test_who_says_that_nothing_is_healed_for_good_promises_nothing(title: str, description: str) -> None:
    assert probability("misleading", title, description) < 0.3


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Xịt mũi: viêm xoang không điều trị dứt điểm sẽ biến chứng, hãy chữa khỏi viêm xoang", ""),
        ("Trà hoa cúc", "Nhiều người uống thuốc tây không trị dứt điểm viêm xoang. Uống trà là khỏi hẳn."),
        ("Trà hoa cúc", "Dùng kháng sinh mãi không chữa khỏi viêm xoang, trà này thì khỏi viêm xoang."),
        ("Không phải thuốc mà chữa khỏi viêm xoang", ""),
    ],
)
def test_what_other_medicine_does_not_heal_is_a_claim_of_these_goods(title: str, description: str) -> None:
    assert probability("misleading", title, description) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Làm visa không cần hồ sơ, bao check",
        "Chứng chỉ tin học, không cần thi, bao tra cứu",
        "Polymer 200k y thật",
        "Tiền giấy 500k như thật, không hỏi nhiều",
        "Tờ 200k như thật qua mặt máy đếm",
    ],
)
def test_what_is_not_needed_denies_nothing_else_and_notes_are_known_by_their_value(title: str) -> None:
    assert probability("banned", title) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Làm visa không cần hồ sơ phức tạp, nộp tại đại sứ quán",
        "Cho thuê máy ảnh bao check, không cần giấy tờ",
        "Bao da hộ chiếu Gucci bao check",
        "Đất sét polymer 500k, nặn bánh như thật",
        "Khăn tắm in hình tiền polymer như thật",
        "Tiền giấy 500k đồ chơi cho bé tập đếm",
        "Tiền âm phủ polymer 500k như thật",
        "Bộ sưu tập tờ polymer 500k seri đẹp",
        "Máy đếm tiền polymer 500k, đếm nhanh",
    ],
)
def test_papers_and_notes_of_honest_trade(title: str) -> None:
    assert probability("banned", title) < 0.3


def test_a_deposit_is_honest_and_one_that_is_never_given_back_a_sign() -> None:
    for title in ("Cọc trước túi Gucci order", "Bánh kem đặt làm, cọc trước 50%", "Sofa đóng theo số đo cọc trước mới giao"):
        assert probability("misleading", title) < 0.3
    assert probability("misleading", "Điện thoại giá rẻ cọc trước không hoàn") >= 0.5


def test_where_goods_come_from_is_no_lead_by_itself() -> None:
    for title in ("Son kem nội địa Trung", "Bánh kẹo nội địa Trung"):
        assert 0.1 <= probability("unknown_origin", title) < 0.5
    assert probability("unknown_origin", "Son kem nội địa Trung không hóa đơn") >= 0.5


def test_a_long_phrase_without_marks_is_hardly_there_by_chance() -> None:
    assert probability("banned", "phao hoa no dan") >= 0.5
    for title in ("ao phao hoa no dan len", "phao boi hoa no dan nhua", "mu len hoa no dan tay"):
        assert probability("banned", title) < 0.3


def test_a_cut_of_swimwear_or_a_shops_name_is_nobodys_figure() -> None:
    for title in ("Đồ bơi nữ Women One-Piece Swimwear", "Áo tắm one piece kín đáo cho mẹ", "Quần jeans MINION CLOTHING ống rộng"):
        assert probability("ip_infringing", title) < 0.5
    for title in ("Áo bơi trẻ em hình One Piece Luffy", "Túi đeo chéo Minion dễ thương", "Áo thun Optimus Prime"):
        assert probability("ip_infringing", title) >= 0.5
    assert probability("ip_infringing", "Giày sandal Vento Optimus đi bộ") < 0.3


def test_a_metal_stays_white_and_glue_is_no_medical_device() -> None:
    assert probability("misleading", "Dây chuyền inox", "Màu trắng vĩnh viễn không mất màu.") < 0.3
    assert probability("misleading", "Kem dưỡng da trắng vĩnh viễn") >= 0.5
    for title in ("Keo dán giày cao su trong suốt kèm kim tiêm", "Bơm mực máy in kim tiêm 10ml"):
        assert probability("conditional", title) < 0.3
    for title in ("Kim tiêm insulin hộp 100 cây", "Keo dán da phẫu thuật kim tiêm vô trùng"):
        assert probability("conditional", title) >= 0.5
