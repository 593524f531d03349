"""What is sold is told from what fits it, comes with it or only shares its name; rows are made up for the project."""

import pytest
from tests.screening.reading import probability

NOTICE = "Sản phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh."


@pytest.mark.parametrize(
    "title",
    [
        "Máy đo huyết áp bắp tay Omina X2 tặng bộ đổi nguồn adapter",
        "Kính áp tròng Luna nâu tự nhiên kèm khay và nước ngâm",
        "Viên uống bổ khớp Jolix 60 viên tặng hộp đựng",
    ],
)
def test_goods_stay_what_they_are_with_an_accessory(title: str) -> None:
    assert probability("conditional", title) >= 0.5


@pytest.mark.parametrize(
    "title",
    ["Bộ đổi nguồn adapter cho máy đo huyết áp Omina", "Khay đựng kính áp tròng có gương", "Hộp đựng viên uống chia 7 ngày"],
)
def test_an_accessory_is_not_the_goods(title: str) -> None:
    assert probability("conditional", title) < 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Hộp 50 que test thử đường huyết Glusa",
        "Máy thử tiểu đường tại nhà Glusa tặng que",
        "Súng đo thân nhiệt cầm tay VX42",
        "Dung dịch nhỏ mắt Rosana 13ml",
        "Siro ho thảo dược An Nhi 100ml",
        "Tràng Vị An hỗ trợ viêm đại tràng lọ 60 viên",
        "Collagen dạng nước Hanami hộp 10 chai",
        "Men vi sinh Bifo cho bé hộp 30 gói",
    ],
)
def test_goods_that_need_papers_are_known_by_many_names(title: str) -> None:
    assert probability("conditional", title) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Viên sủi bồn tắm hương hoa hồng",
        "Men vi sinh xử lý bể phốt 1kg",
        "Serum viên vitamin E dưỡng da 60 viên",
        "Máy xay thuốc đông y gia đình",
        "Mặt nạ phòng độc phun thuốc trừ sâu",
    ],
)
def test_the_same_words_on_other_goods_are_left_alone(title: str) -> None:
    assert probability("conditional", title) < 0.5


def test_the_notice_on_a_sweet_says_less_than_on_capsules() -> None:
    assert probability("conditional", "Kẹo hồng sâm gói 180g", NOTICE) < 0.5 <= probability("conditional", "Viên hồng sâm hộp lớn", NOTICE)


def test_a_category_of_health_food_is_a_sign() -> None:
    plain = probability("conditional", "Tràng Vị An loại đặc biệt")
    assert plain < probability("conditional", "Tràng Vị An loại đặc biệt", category="health/functionalfoods")


def test_an_age_that_opens_the_description_tells_for_whom_milk_is() -> None:
    age = "Đối tượng sử dụng: dành cho trẻ từ 0 – 6 tháng. Pha với nước ấm."
    assert probability("conditional", "Sữa bột Milano lon 900g", age) >= 0.5
    assert probability("conditional", "Sữa bột Milano số 3 lon 900g", age) < 0.5


@pytest.mark.parametrize("title", ["Áo game Free Fire in hình cực chất", "Mũ lưỡi trai PUBG vải bò", "Set bộ pijama hình mèo Kitty"])
def test_figures_of_games_and_nightwear_are_known(title: str) -> None:
    assert probability("ip_infringing", title, price=80_000) >= 0.5


def test_a_garment_in_the_title_of_a_book_is_no_garment() -> None:
    title = "Conan và tổ chức áo đen - phần 1"
    assert probability("ip_infringing", title, category="sách") < 0.3 < probability("ip_infringing", title)


@pytest.mark.parametrize("number", ["10023842-A01", "205453 - 6SN"])
def test_an_article_number_may_be_long_or_hold_blanks(number: str) -> None:
    plain, numbered = (probability("counterfeit", f"Giày Crocs Classic{more}", price=500_000) for more in ("", f" {number}"))
    assert 0 < numbered < plain


def test_who_may_certify_plates_does_not_certify_creams() -> None:
    assert probability("misleading", "Bộ đĩa sứ 6 món FDA chứng nhận an toàn") < 0.3
    assert probability("misleading", "Kem dưỡng trắng da FDA chứng nhận an toàn") >= 0.5


def test_what_braces_and_treatment_devices_are_for_is_no_promise() -> None:
    claim = "Hỗ trợ điều trị viêm khớp, thoái hóa khớp."
    assert probability("misleading", "Đai đầu gối thể thao co giãn", claim) < 0.3 < probability("misleading", "Mật ong rừng 500ml", claim)
