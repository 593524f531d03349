"""Who says that goods heal is told; who speaks of help, of a warning or of a clinic is told less or not."""

import pytest

from chosach.screening import screen


def said(title: str, description: str = "") -> dict[str, float]:
    import pyarrow as pa

    found = screen(pa.table({"listing_id": ["1"], "title": [title], "description": [description]}))
    return dict(zip(found["kind"].to_pylist(), found["probability"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Mật ong hoa nhãn 500ml", "Mật ong dùng hằng ngày chữa đau dạ dày."),
        ("Vòng tay thạch anh tím", "Đá giúp điều trị mất ngủ, cân bằng năng lượng."),
        ("Chậu ngâm chân", "Công dụng: trị thấp khớp."),
        ("Rượu ngâm 500ml", "Uống đều giúp chống đột quỵ."),
    ],
)
def test_ordinary_goods_that_heal_are_told(title: str, description: str) -> None:
    assert said(title, description).get("misleading", 0.0) >= 0.3


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Thực phẩm bảo vệ sức khỏe viên khớp hộp 60 viên", "Hỗ trợ điều trị viêm khớp."),
        ("Nước hồng sâm 70ml", "Không dùng cho người đang điều trị tiểu đường hoặc dùng thuốc chống đột quỵ."),
        ("Ghế phòng khám", "Dùng cho cơ sở khám chữa bệnh."),
    ],
)
def test_help_warnings_and_clinics_are_no_claims(title: str, description: str) -> None:
    assert said(title, description).get("misleading", 0.0) < 0.3


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Nước lá sen không chữa bệnh tiểu đường", ""),
        ("Nước lá sen không dùng để chữa bệnh gút", ""),
        ("nuoc la sen khong chua benh gut", ""),
        ("Vòng đá", "Vòng đá không chữa bệnh ung thư, tiểu đường."),
        ("Vòng đá", "Sản phẩm không có tác dụng điều trị mất ngủ."),
        ("Trà thảo mộc", "Không phải thuốc, không có tác dụng chữa bệnh đau dạ dày."),
        ("Trà thảo mộc không chữa viêm tiền liệt tuyến", ""),
        ("Vòng đá không chữa bệnh, điều trị gút", ""),
        ("Vòng đá không chữa bệnh, điều trị gút, tiểu đường", ""),
    ],
)
def test_who_says_that_goods_heal_nothing_claims_nothing(title: str, description: str) -> None:
    assert said(title, description).get("misleading", 0.0) < 0.3


@pytest.mark.parametrize(
    "title",
    [
        "Vòng đá không chỉ chữa bệnh đau dạ dày mà còn chữa mất ngủ",
        "Trà thảo mộc chữa bệnh gút, không khỏi hoàn tiền",
        "Trà thảo mộc không chữa bệnh tim mạch, chữa đau dạ dày",
        "Trà thảo mộc chữa viêm tiền liệt tuyến",
        "Bệnh gút không điều trị kịp thời rất nguy hiểm, sản phẩm này chữa khỏi bệnh gút",
        "Bệnh gút không điều trị sớm sẽ biến chứng, viên gia truyền này chữa khỏi bệnh gút",
        "Không cần trị bằng thuốc tây tốn kém nữa - viên gia truyền này chữa khỏi bệnh gút 100%",
        "Viên khớp không chữa khỏi refund 100% cho mọi khách, trà gia truyền chữa khỏi bệnh gút",
        "Vòng đá không chữa bệnh tim mạch, loại trà này chữa khỏi bệnh gút",
        "Trà thảo mộc chữa đau dạ dày, không có tác dụng phụ",
    ],
)
def test_a_negation_of_something_else_takes_no_claim_away(title: str) -> None:
    assert said(title).get("misleading", 0.0) >= 0.5


def test_two_negations_of_a_list_do_not_deny_one_another() -> None:
    assert said("Sữa tắm 500ml (không xuất hóa đơn - không có tem phụ)").get("unknown_origin", 0.0) >= 0.5


def test_a_dress_for_a_doll_and_a_makers_numbered_toy_show_no_figure() -> None:
    assert said("Váy cho búp bê Barbie").get("ip_infringing", 0.0) < 0.3
    assert said("Đồ chơi siêu anh hùng Avengers 15cm F2159").get("ip_infringing", 0.0) < 0.3
    assert said("Áo thun in hình Pikachu").get("ip_infringing", 0.0) >= 0.5


def test_an_electronic_cigarette_is_not_told_as_tobacco_by_the_same_words() -> None:
    found = said("Thuốc lá điện tử pod dùng một lần")
    assert found["banned"] >= 0.5
    assert "restricted" not in found


def test_capsules_for_the_skin_are_no_food() -> None:
    assert said("Viên nang dưỡng da serum ceramide").get("conditional", 0.0) < 0.3
    assert said("Viên nang mềm vitamin E uống đẹp da").get("conditional", 0.0) >= 0.5
