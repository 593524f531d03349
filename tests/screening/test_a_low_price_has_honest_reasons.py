"""A brand at a low price may be used, or something for the brand's goods: then its price says little, unless words call it a copy."""

import pytest
from tests.screening.reading import findings, probability

from chosach.screening.secondhand import is_used

KINDS = ("counterfeit", "ip_infringing")

USED = [
    ("Giày Nike cũ size 40", None),
    ("Giày Adidas second hand", None),
    ("Giày Nike 2hand đế còn tốt", None),
    ("Áo khoác Nike like new", None),
    ("Giày Puma 99% fullbox", None),
    ("Giày Nike mới 95%", None),
    ("Thanh lý túi Gucci", None),
    ("Pass lại túi Gucci", None),
    ("Túi Gucci đã qua sử dụng", None),
    ("Áo Nike hàng si tuyển", None),
    ("Áo thể thao Adidas si Nhật", None),
    ("Giày Nike hàng bãi", None),
    ("giay nike cu size 40", None),
    ("2hand giày Nike", None),
    ("Giày Nike đã đi, đế còn dày", None),
    ("Áo Nike lướt nhẹ", None),
    ("Giày Nike đã đi 1 lần, còn nguyên tem", None),
    ("Giày Nike nam", "Giày mình mới đi 2 lần, còn đẹp."),
    ("Giày Nike nam", "Tình trạng: 95%, không rách."),
    ("Giày Nike nam", "Hàng 2hand tuyển chọn từ Nhật."),
]


@pytest.mark.parametrize(("title", "description"), USED)
def test_a_low_price_of_used_goods_makes_no_lead_in_the_column_or_in_words(title: str, description: str | None) -> None:
    for kind in KINDS:
        assert probability(kind, title, description, price=200_000) < 0.5
        assert probability(kind, f"{title} giá 200k", description) < 0.3


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Giày Nike nam", "Không bán hàng 2hand, đồ cũ."),
        ("Giày Nike nam", "Đổi trả khi hàng chưa qua sử dụng."),
        ("Giày Nike nam", "Shop không nhận lại hàng đã qua sử dụng."),
        ("Giày Nike nam", "Đế bền, sử dụng được 3 năm."),
        ("Giày Nike nam", "Thu mua giày cũ giá cao."),
        ("Giày Nike hàng mới, không phải 2hand", None),
        ("Giày Nike không phải hàng cũ", None),
        ("Quần Nike lướt sóng", None),
        ("Giày Nike đã đi là mê", None),
        ("Giày Nike mẫu cũ", None),
        ("Giày Nike giá cũ 900 nghìn", None),
        ("Thanh lý xả kho giày Nike", None),
        ("Áo Nike 95% cotton", None),
        ("Áo Nike cotton 95%", None),
        ("Giày Nike giảm 90%", None),
        ("Giày Nike chuẩn 99%", None),
        ("Thanh lý giày Nike mới nguyên tem", None),
        ("Giày Nike mới 100% cần bán lại", None),
        ("Pass lại giày Nike chưa qua sử dụng", None),
        ("Giày Nike đẹp 99%", None),
        ("giay da di bo nike", None),  # "da đi bộ"
        ("giay nike da dung", None),  # "đa dụng"
        ("ao nike hang si", None),  # "hàng sỉ" as well
    ],
)
def test_new_goods_stay_told_whatever_else_is_old(title: str, description: str | None) -> None:
    assert not is_used({"title": title, "description": description or ""})
    for kind in KINDS:
        assert probability(kind, title, description, price=150_000) >= 0.8


@pytest.mark.parametrize(
    "title", ["Túi Gucci auth 100% like new rep 1:1", "Túi Gucci super like new", "Túi Gucci 2hand siêu cấp", "Túi Gucci like auth 99%"]
)
def test_words_of_grading_keep_the_price_a_reason(title: str) -> None:
    found = findings(title, price=500_000)
    for kind in KINDS:
        assert found[kind]["probability"] >= 0.8
    assert any(reason["field"] == "price" for reason in found["counterfeit"]["reasons"])


ACCESSORIES = [
    "Túi đựng giày Nike", "tui dung giay nike", "Túi giấy Gucci", "Túi dustbag Gucci", "Túi chống bụi Chanel", "Túi giặt giày Nike",
    "Túi đựng airpods Gucci", "Hộp đựng giày Nike", "Hộp giày Nike trống", "Hộp đồng hồ Rolex", "Bao kính Dior", "Vỏ bọc giày Nike",
    "Dây túi xách Gucci", "Dây xích túi Chanel", "Dây giày Nike", "Quai dép Crocs", "Lót túi Gucci", "Lót giày Nike", "Đế giày Nike",
    "Kệ để giày Nike", "Kệ dép Nike", "Tem giày Nike", "Áo bọc ghế Gucci", "Áo gối Gucci",
    "Miếng dán đế giày Nike", "Móc khóa túi Chanel", "Móc túi Gucci", "Charm dép Crocs",
    "Logo ủi áo Nike", "Cúc áo Chanel", "Mặt khóa thắt lưng Hermes", "Kính đồng hồ Rolex", "Ốp AirPods Gucci", "Khăn lau túi Chanel",
]  # fmt: skip


def test_what_only_looks_like_use_without_marks_is_none() -> None:
    assert not any(is_used({"title": title, "description": ""}) for title in ("cu sac apple", "tui da dung gucci", "ao luot song nike"))
    assert is_used({"title": "giay nike cu", "description": ""}) and is_used({"title": "giay nike da di 2 lan", "description": ""})
    assert is_used({"title": "Thanh lý giày Nike", "description": "Đổi trả khi hàng còn nguyên tem."})


@pytest.mark.parametrize("title", ACCESSORIES)
def test_what_is_for_the_goods_is_no_cheap_piece_of_them(title: str) -> None:
    for kind in KINDS:
        assert probability(kind, title, price=50_000) < 0.3
        assert probability(kind, f"{title} 50k") < 0.3


@pytest.mark.parametrize(
    "title",
    [
        "Túi Nike mua kèm móc khóa",
        "Hộp ví da Gucci nam",
        "Set hộp thắt lưng Gucci",
        "Giày lót lông Nike",
        "Quần lót Calvin Klein",
        "Túi thể thao Nike đựng giày",
        "Túi đựng laptop Nike",
        "Giày Nike tặng hộp đựng giày",
        "Áo Nike cúc bấm",
    ],
)
def test_the_goods_with_something_for_them_are_the_goods(title: str) -> None:
    for kind in KINDS:
        assert probability(kind, title, price=50_000) >= 0.8


@pytest.mark.parametrize(
    "title",
    [
        "Nước hoa hàng xách tay có tờ khai hải quan, hóa đơn VAT",
        "Kem dưỡng hàng xách tay Nhật, hóa đơn VAT đầy đủ",
        "Sữa hàng xách tay Đức, tem phụ tiếng Việt",
        "Hang xach tay Nhat, hoa don VAT day du",
    ],
)
def test_papers_of_import_keep_hand_carried_goods_below_a_lead(title: str) -> None:
    assert 0.1 < probability("smuggled", title) < 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Kem dưỡng hàng xách tay Nhật, không có hóa đơn VAT",
        "Kem dưỡng hàng xách tay Nhật, chưa có tem phụ",
        "Kem dưỡng hàng xách tay Nhật, có bill mua tại store",
        "Kem dưỡng hàng xách tay, không qua hải quan, có hóa đơn VAT",
        "Kem dưỡng hàng xách tay. Hóa đơn VAT không có",
        "Kem dưỡng hàng xách tay Nhật, đang đợi tờ khai",
        "Kem dưỡng hàng xách tay Nhật, chờ tờ khai hải quan",
        "Kem dưỡng hàng xách tay Nhật. Bạn hỏi tem phụ tiếng Việt hả? Làm gì có",
        "Kem dưỡng hàng xách tay Nhật. Tem phụ hả? Làm gì có",
    ],
)
def test_papers_that_are_missing_or_a_bill_from_abroad_clear_nothing(title: str) -> None:
    assert probability("smuggled", title) >= 0.5
