"""What numbers, the channel and the category say besides words, and what they never say alone."""

from datetime import UTC, date, datetime

import pytest
from tests.screening.reading import findings, probability

from chosach.screening import explain
from chosach.screening.channels import channel
from chosach.text.extract import gtin_check_digit

SEEN = datetime(2022, 6, 15, 9, tzinfo=UTC)


def gtin(body: str) -> str:
    return body + gtin_check_digit(body)


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Bánh quy bơ hộp 300g", "Hạn sử dụng: 31/05/2022"),
        ("Bánh quy bơ hộp 300g", "NSX: 06/2021 - HSD: 05/2022"),
        ("Bánh quy bơ [EXP 05/2022]", None),
    ],
)
def test_a_day_of_expiry_before_the_capture_is_told_from_title_and_description(title: str, description: str | None) -> None:
    found = findings(title, description, captured_at=SEEN)["expired"]
    assert found["probability"] >= 0.5
    assert any("còn hạn" in clear for clear in found["clears"])


@pytest.mark.parametrize(
    "description",
    [
        "Ngày sản xuất: 05/2021",
        "Tặng voucher giảm 50k, HSD 31/05/2022",
        "Lô 1 HSD 05/2022, lô mới HSD 05/2024",
        "Hạn sử dụng: 36 tháng kể từ ngày sản xuất",
        "Release date: 05/2021",
        "Hạn sử dụng: 31/05/2024",
    ],
)
def test_manufacture_vouchers_periods_and_a_fresher_lot_are_no_expiry(description: str) -> None:
    assert probability("expired", "Bánh quy bơ hộp 300g", description, captured_at=SEEN) < 0.3


def test_a_barcode_of_another_country_is_a_low_sign_that_says_what_a_prefix_is() -> None:
    found = findings("Sữa rửa mặt dịu nhẹ", f"Hàng Nhật Bản. Mã vạch: {gtin('690123456789')}")["misleading"]
    assert found["probability"] < 0.3
    assert "mã vạch" in explain(found)
    assert any("không cho biết nơi sản xuất" in clear for clear in found["clears"])


@pytest.mark.parametrize(
    "description",
    [
        f"Hàng Nhật Bản. Mã vạch: {gtin('490123456789')}",
        f"Hàng Nhật Bản, sản xuất tại Trung Quốc. Mã vạch: {gtin('690123456789')}",
        f"Mã vạch: {gtin('690123456789')}",
        "Hàng Nhật Bản. Mã vạch: 6901234567890",
    ],
)
def test_a_barcode_that_agrees_or_is_explained_or_is_none_says_nothing(description: str) -> None:
    assert "misleading" not in findings("Sữa rửa mặt dịu nhẹ", description)


def test_the_column_of_origin_is_compared_with_the_barcode_too() -> None:
    found = findings("Sữa rửa mặt dịu nhẹ", f"Barcode {gtin('690123456789')}", origin="Nhật Bản")["misleading"]
    assert {reason["field"] for reason in found["reasons"]} == {"description", "origin"}
    assert next(r for r in found["reasons"] if r["field"] == "origin")["text"] == "Nhật Bản"


def test_genuine_at_a_tenth_of_the_price_says_that_it_rests_on_brand_and_price() -> None:
    found = findings("Giày Converse cổ cao chính hãng", price=39_000)["counterfeit"]
    assert "counterfeit.genuine_price" in {reason["rule"] for reason in found["reasons"]}
    said = explain(found)
    assert said.startswith("Chỉ dựa vào nhãn hiệu và giá")
    assert "một phần mười" in said and "vi phạm" not in said and "hàng giả." not in said
    for word in ("Hóa đơn", "ủy quyền", "đã qua sử dụng", "phụ kiện"):
        assert any(word in clear for clear in found["clears"])
    dear = findings("Giày Converse cổ cao chính hãng", price=1_500_000)
    assert "counterfeit" not in dear


@pytest.mark.parametrize(
    "title",
    [
        "Dây giày Converse chính hãng",
        "Tất vớ Nike chính hãng đôi cổ ngắn",
        "Charm gắn dép Crocs chính hãng",
        "Lăn khử mùi Adidas chính hãng 50ml",
        "Truyện tranh Doraemon chính hãng tập 5",
        "Móc khóa Vans chính hãng",
    ],
)
def test_small_things_of_a_brand_at_their_own_price_are_left(title: str) -> None:
    found = findings(title, price=25_000)
    assert found.get("counterfeit", {"probability": 0.0})["probability"] < 0.5
    assert all(r["rule"] != "counterfeit.genuine_price" for finding in found.values() for r in finding["reasons"])


@pytest.mark.parametrize(
    "paper",
    ["Số ĐKSP: 1234/2020/ĐKSP", "XNQC số 12/2021/XNQC-ATTP", "Số xác nhận: 1234/2019/ATTP-XNQC"],
)
def test_a_paper_number_of_valid_shape_takes_it_below_the_line(paper: str) -> None:
    title = "Thực phẩm bảo vệ sức khỏe viên uống bổ mắt"
    assert probability("conditional", title) > 0.5 > probability("conditional", title, paper)


@pytest.mark.parametrize("paper", ["Số công bố: 123456", "Số công bố 0/2021/ĐKSP", "Số đăng ký: xxxxx12"])
def test_a_paper_number_of_no_known_shape_is_told_and_takes_nothing_off(paper: str) -> None:
    title = "Thực phẩm bảo vệ sức khỏe viên uống bổ mắt"
    found = findings(title, paper)["conditional"]
    assert found["probability"] >= probability("conditional", title)
    odd = [reason for reason in found["reasons"] if reason["rule"] == "conditional.number_shape"]
    assert odd and odd[0]["text"] in paper
    assert "không theo mẫu" in explain(found)


def test_medicines_on_a_social_network_since_july_2025() -> None:
    title = "Thuốc kháng sinh Amoxicillin 500mg"
    later = {"as_of": date(2025, 7, 1)}
    before = findings(title, platform="facebook", as_of=date(2025, 6, 30))["conditional"]
    after = findings(title, platform="facebook", **later)["conditional"]
    market = findings(title, platform="shopee", **later)["conditional"]
    told = {name: {r["rule"] for r in row["reasons"]} for name, row in (("before", before), ("after", after), ("market", market))}
    assert "conditional.medicine_channel" in told["after"]
    assert "conditional.medicine_channel" not in told["before"] | told["market"]
    assert any(law["instrument"].startswith("Luật 44/2024") for law in after["law"])
    assert "nơi đăng" in explain(after)


def test_listed_goods_on_a_marketplace_until_june_2026() -> None:
    title = "Rượu vang đỏ Chile chai 750ml"
    last = findings(title, platform="shopee.vn", as_of=date(2026, 6, 30))["restricted"]
    after = findings(title, platform="shopee.vn", as_of=date(2026, 7, 1))["restricted"]
    assert "restricted.channel" in {r["rule"] for r in last["reasons"]}
    assert "restricted.channel" not in {r["rule"] for r in after["reasons"]}


def test_channels_are_known_by_name_and_host() -> None:
    assert [channel(name) for name in ("Facebook", "shopee.vn", "https://www.zalo", "cho-la.example")] == [
        "social",
        "marketplace",
        "social",
        "",
    ]


def test_a_category_of_banned_goods_is_a_sign_of_its_own() -> None:
    found = findings("Set chill nhẹ nhàng 12 vị", category="Sức khỏe > Thuốc lá điện tử", as_of=date(2026, 3, 1))["banned"]
    assert 0.05 < found["probability"] < 0.5
    assert found["reasons"][0]["field"] == "category"
    assert "banned" not in findings("Hộp đựng xinh", category="Phụ kiện > Phụ kiện thuốc lá điện tử")
    assert "restricted" not in findings("Bộ ly pha lê", category="Nhà bếp > Ly rượu")


def test_a_paper_number_takes_any_number_of_words_below_the_line() -> None:
    title = "Thực phẩm bảo vệ sức khỏe viên uống bổ mắt, thực phẩm chức năng collagen, vitamin E, omega 3, dầu cá, lợi khuẩn, kẽm"
    text = "Viên uống đẹp da, bổ não, glucosamine, nhân sâm, đông trùng hạ thảo, thuốc bổ, máy đo huyết áp. XNQC số 12/2021/XNQC-ATTP"
    assert 0 < probability("conditional", title, text) < 0.5


FILLER = "Sản phẩm dịu nhẹ, hương thơm dễ chịu. Giao hàng toàn quốc. Đóng gói cẩn thận. Nhận hàng kiểm tra trước khi thanh toán. "


@pytest.mark.parametrize(
    ("title", "text", "expired"),
    [
        ("Sữa tắm hsd 10/2020", FILLER + "Lô mới sử dụng đến 12/2035", False),  # the fresher lot counts, wherever it is told
        ("Sữa tắm date xa", "Use by: 10/2020", True),
        ("Sữa tắm", "Hạn sử dụng in trên bao bì. " + FILLER + "Best before 10/2020", True),
        ("Sữa tắm", "hsd ①⓪/②⓪②⓪", True),
    ],
)
def test_the_day_of_expiry_is_read_wherever_it_stands(title: str, text: str, expired: bool) -> None:
    assert ("expired" in findings(title, text)) is expired


def test_a_text_without_blanks_is_read_in_time_that_grows_with_it() -> None:
    assert "expired" not in findings("Sữa tắm", "hsd." * 20_000)  # took minutes when every word walked over the whole text
