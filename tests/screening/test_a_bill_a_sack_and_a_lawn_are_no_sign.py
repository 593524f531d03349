"""A store's bill, a white sack, a lawn, a hero and a price before tax are ordinary; in the company of the trade they are told."""

import pytest
from tests.screening.reading import findings, probability

DEAR, CHEAP = 25_000_000, 890_000
FULL = "Túi Gucci fullbox bill store"


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Túi Gucci chính hãng còn bill store Ý, bao check auth", "Cam kết không bán hàng fake"),
        ("Ví Gucci còn bill store", "Mua tại store Milan"),
        ("Túi Gucci authentic fullbox bill store", None),
        ("Giày Gucci còn hóa đơn, bill store", "Đi một lần"),
    ],
)
def test_who_still_has_the_stores_bill_sells_what_was_bought_there(title: str, description: str | None) -> None:
    assert not {kind for kind, found in findings(title, description, price=DEAR).items() if found["probability"] >= 0.2}


def test_a_copy_with_the_stores_bill_is_told_by_its_company() -> None:
    assert probability("counterfeit", FULL, price=CHEAP) >= 0.9
    assert probability("counterfeit", "Túi Gucci siêu cấp bill store", price=DEAR) >= 0.8
    assert probability("counterfeit", "Túi Gucci chính hãng bill store", price=CHEAP) >= 0.5  # the price speaks
    assert probability("counterfeit", "Túi Gucci bill store") < 0.2  # alone it says nothing
    assert "bill store" in {reason["text"] for reason in findings("Nước hoa Dior xách tay Pháp bill store")["smuggled"]["reasons"]}


#: Kind, what honest sellers write, what is told.
CLASSES = {
    "a white sack": (
        "misleading",
        ["Phân NPK bao trắng 50kg", "Gạo ST25 bao trắng 10kg", "Xi măng bao trắng không nhãn", "Xà phòng bột bao trắng 10kg"],
        ["Kem body bao trắng", "Tắm trắng bao trắng cả người", "Sữa tắm bao trắng", "Serum dưỡng da bao trắng"],
    ),
    "a lawn": (
        "banned",
        ["Cỏ Mỹ trồng sân vườn", "Bán cỏ nhung nhật, cỏ lạc, cỏ Mỹ", "Cỏ Mỹ phủ nền, thi công cảnh quan"],
        ["Cỏ Mỹ hàng chuẩn ib", "Cỏ Mỹ gói 50k phê", "Cỏ mỹ chill trồng sân vườn"],
    ),
    "a hero": (
        "smuggled",
        ["Super hero sỉ lẻ", "Áo thun hero sỉ", "Scott sỉ khung xe đạp", "Gopro Hero cam hành trình", "Thuốc lá Super Hero. Sỉ lẻ"],
        ["Hero sỉ tút giá tốt", "Thuốc lá Jet, Hero sỉ", "Tút hero cam giá sỉ"],
    ),
    "a price before tax": (
        "smuggled",
        ["Máy in, giá chưa thuế", "Giá hàng chưa thuế", "Laptop xách tay chưa thuế VAT", "Ống thép hàng chưa thuế, xuất hóa đơn cộng 10%"],
        ["Rượu ngoại chưa thuế", "iPhone chưa thuế giá rẻ", "Bia ngoại hàng chưa thuế, giao đêm"],
    ),
    "a label": (
        "ip_infringing",
        ["Phôi trơn khách tự gắn mác", "Quần áo trơn, tự gắn mác theo ý", "Túi xách tay da bò xưởng tự gắn mác", "Nho bị gắn mác Tàu"],
        ["Giày Nike tự gắn mác", "Áo thun hàng Quảng Châu tự gắn mác", "Hàng chợ gắn mác Adidas"],
    ),
}


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, honest, _ in CLASSES.values() for title in honest])
def test_the_ordinary_use_accuses_nobody(kind: str, title: str) -> None:
    assert probability(kind, title) < 0.2


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, _, told in CLASSES.values() for title in told])
def test_the_same_word_in_its_company_is_told(kind: str, title: str) -> None:
    assert probability(kind, title) >= 0.5


def test_untaxed_goods_and_labels_put_on_are_told_in_the_sellers_words() -> None:
    found = findings("Nước hoa hàng xách tay chưa thuế")["smuggled"]
    assert {reason["rule"] for reason in found["reasons"]} == {"smuggled.evasion", "smuggled.handcarried"}
    assert any("chưa thuế" in reason["text"] for reason in found["reasons"])
    assert "tự gắn mác" in {reason["text"] for reason in findings("Giày Nike tự gắn mác")["counterfeit"]["reasons"]}
