from datetime import UTC, date, datetime

import pytest
from tests.screening.reading import findings, probability

from chosach.screening import explain, rules
from chosach.text.extract import expiries


def test_a_brand_at_a_tenth_of_its_price_is_a_sign_and_says_that_the_price_is_all_there_is() -> None:
    found = findings("Giày thể thao Nike nam", price=120_000)
    assert found["counterfeit"]["probability"] > 0.3
    assert "giá" in explain(found["counterfeit"], {})
    assert "Chỉ dựa vào nhãn hiệu và giá" in explain(found["counterfeit"], {})
    graded = findings("Giày thể thao Nike nam rep 1:1", price=120_000)["counterfeit"]
    assert "Chỉ dựa vào" not in explain(graded, {}), "other reasons stand beside the price"
    assert any("Hóa đơn" in clear for clear in found["counterfeit"]["clears"])
    assert "counterfeit" not in findings("Giày thể thao Nike nam", price=2_500_000)
    assert "counterfeit" not in findings("Giày thể thao Nike nam")
    assert "counterfeit" not in findings("Giày thể thao Nike nam", price=1_000), "a placeholder is no price"


def test_the_place_of_a_price_is_in_its_digits() -> None:
    reasons = findings("Giày thể thao Nike nam", price=120_000)["counterfeit"]["reasons"]
    price = next(r for r in reasons if r["field"] == "price")
    assert str(120_000)[price["start"] : price["end"]] == price["text"] == "120000"


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("[HSD 03/2024] Kem dưỡng", date(2024, 3, 31)),
        ("Sữa date 15/02/2021", date(2021, 2, 15)),
        ("Bánh hạn sử dụng: 12.2020", date(2020, 12, 31)),
        ("Sữa chua EXP 01-02-21", date(2021, 2, 1)),
        ("Kem date 31/02/2021", None),
        ("Kem date xa 2024", date(2024, 12, 31)),
    ],
)
def test_expiry_dates_are_read_a_month_alone_to_its_last_day(title: str, day: date | None) -> None:
    found = expiries(title)
    assert (found[0].day if found else None) == day


def test_expired_on_the_day_of_capture() -> None:
    title = "[HSD 01/2021] Kem dưỡng da"
    before, after = datetime(2021, 1, 31, 9, tzinfo=UTC), datetime(2021, 2, 1, 9, tzinfo=UTC)
    assert probability("expired", title, captured_at=after) >= 0.5
    assert probability("expired", title, captured_at=before) < 0.5
    assert 0 < probability("expired", title, as_of=date(2021, 6, 1)) < 0.5, "the day of capture is not known"


def test_goods_that_need_papers_are_put_for_checking_and_never_called_a_violation() -> None:
    found = findings("Viên uống bổ mắt hộp 60 viên")["conditional"]
    text = explain(found, {})
    assert "Giấy tờ cần kiểm tra" in text and "vi phạm" not in text.lower()
    with_number = findings("Viên uống bổ mắt hộp 60 viên", "Số công bố: 1234/2020/ĐKSP")["conditional"]
    assert with_number["probability"] < 0.5 < found["probability"]


def test_only_conditional_rules_speak_of_papers_to_be_checked_and_none_speaks_of_guilt() -> None:
    from chosach.screening.data import rows

    for row in rows("rules.csv"):
        assert "vi phạm" not in row["sentence"].lower()
        assert row["sentence"].startswith("Giấy tờ cần kiểm tra") == (row["kind"] == "conditional")
        assert row["clears"] and row["label"]
        assert 0 < float(row["weak"]) <= float(row["strong"]) <= 1
    assert set(rules()) == {row["rule"] for row in rows("rules.csv")} | {"seller.pattern"}


def test_spirits_and_tobacco_are_restricted_but_not_their_glasses_and_boxes() -> None:
    assert probability("restricted", "Rượu mạnh cognac 700ml") >= 0.5
    assert probability("restricted", "Ly uống rượu vang cognac pha lê") < 0.3
    assert probability("restricted", "Hộp đựng xì gà cao cấp") < 0.3


def test_a_cure_is_misleading_and_the_required_disclaimer_is_not() -> None:
    assert probability("misleading", "Trà thảo mộc", "Giúp chữa tiểu đường, cam kết khỏi 100%") >= 0.5
    assert probability("misleading", "Trà thảo mộc", "Sản phẩm không có tác dụng thay thế thuốc chữa bệnh") == 0


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("substandard", "Mũ bảo hiểm nhựa không tem hợp quy", None),
        ("expired", "Bánh quy đã quá date thanh lý", None),
        ("unknown_origin", "Kem dưỡng không có tem phụ", "Không hóa đơn chứng từ"),
        ("smuggled", "Kem Thái về đường tiểu ngạch", None),
        ("restricted", "Rượu nếp nấu thủ công can 5 lít", None),
        ("ip_infringing", "Gấu bông nhân vật hoạt hình hàng nhái", None),
        ("banned", "Pháo nổ đủ loại giao tận nơi", None),
        ("counterfeit", "Giày Adidas rep 1:1", None),
        ("conditional", "Máy đo huyết áp bắp tay", None),
        ("misleading", "Trà thảo mộc trị ung thư", "Cam kết khỏi 100%"),
    ],
)
def test_every_kind_is_found_where_the_seller_says_it_himself(kind: str, title: str, description: str | None) -> None:
    assert probability(kind, title, description) >= 0.5


@pytest.mark.parametrize(
    "policy",
    [
        "Đổi trả nếu sản phẩm hết hạn sử dụng hoặc hàng lỗi",
        "Bảo hành 12 tháng lỗi kỹ thuật, không bảo hành trầy xước",
        "Không dùng sản phẩm đã quá hạn sử dụng",
    ],
)
def test_a_shops_policy_is_no_confession(policy: str) -> None:
    assert findings("Nồi cơm điện", policy) == {}


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("restricted", "Rượu vang đỏ Ý chai 750ml"),
        ("conditional", "Sữa bột cho bé sơ sinh Mother 2 400g"),
        ("conditional", "Máy tạo oxy gia đình 5 lít"),
        ("conditional", "Dầu cá omega 3 lọ 180v"),
    ],
)
def test_goods_are_known_by_their_form_and_measure(kind: str, title: str) -> None:
    assert probability(kind, title) >= 0.5


def test_one_place_is_told_once_for_each_rule() -> None:
    found = findings("Bột hồng sâm gói uống", "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh")
    for row in found.values():
        places = [(r["rule"], r["field"], r["start"], r["end"]) for r in row["reasons"]]
        assert len(places) == len(set(places))
