"""A word that praises a soft shirt grades a copy where a brand is in sight; what is named in passing is not what is sold."""

import pytest
from tests.screening.reading import findings, probability

from chosach.screening import senses

PASSING = "Máy có nhiều chế độ, dễ dùng, phù hợp gia đình đông người. " * 8 + "Trong phòng thí nghiệm máy rửa trôi cả glyphosate."


@pytest.mark.parametrize("title", ["Áo siêu cấp mềm", "Túi siêu cấp nhẹ", "Áo super mềm cho bé"])
def test_praise_without_a_brand_is_no_grade_of_copies(title: str) -> None:
    assert probability("counterfeit", title) < 0.5


@pytest.mark.parametrize("title", ["Túi Gucci siêu cấp", "Giày Nike siêu cấp", "Áo Burberry super fake"])
def test_the_same_word_beside_a_brand_is_one(title: str) -> None:
    assert probability("counterfeit", title) >= 0.5


def test_who_disguises_the_word_means_it() -> None:
    assert probability("counterfeit", "Túi s.i.ê.u c.ấ.p") >= 0.5


def test_a_copy_that_calls_itself_one_needs_no_brand() -> None:
    assert probability("counterfeit", "Túi super fake loại 1") >= 0.5


def test_a_word_deep_in_a_long_description_says_less_than_in_a_short_one() -> None:
    short = probability("banned", "Hàng mới về", "Bán glyphosate")
    assert probability("banned", "Máy rửa rau quả", PASSING) < 0.3 < short


def test_a_heel_makes_taller_but_a_pill_only_claims_to() -> None:
    claim = "Giúp bạn tăng chiều cao nhanh chóng chỉ sau 7 ngày, cao thêm 3cm"
    assert probability("misleading", "Giày da nam công sở", claim) < 0.3 < probability("misleading", "Viên uống cho bé", claim)


def test_what_is_no_medicine_cures_nothing_by_saying_so() -> None:
    disclaimer = "Sản phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh."
    assert probability("misleading", "Viên uống bổ khớp hỗ trợ viêm khớp", disclaimer) < 0.3


def test_a_makers_article_number_makes_a_low_price_less_of_a_sign() -> None:
    plain, numbered = (
        probability("counterfeit", title, price=600_000) for title in ("Giày Vans Sk8-Hi cổ cao", "Giày Vans Sk8-Hi VN0A38GF1JJ")
    )
    assert 0 < numbered < plain


def test_a_grade_that_is_dropped_beside_all_that_is_said_makes_no_copy_of_the_brand(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the other words tell counts when it is asked whether a listing is graded, not only in the end."""
    title = "Túi Gucci siêu cấp xuất dư"

    def of_a_brand() -> bool:
        return any(reason["text"] == "Gucci" for reason in findings(title)["ip_infringing"]["reasons"])

    assert of_a_brand()
    dropped = {"words": "siêu cấp", "at": "any", "rule": "counterfeit.grade", "beside": "told:origin.surplus", "share": "0"}
    monkeypatch.setattr(senses, "rows", lambda name: [dropped])
    senses._senses.cache_clear()
    senses._of_rule.cache_clear()
    senses._of.cache_clear()
    try:
        assert "counterfeit" not in findings(title)
        assert not of_a_brand()
    finally:
        senses._senses.cache_clear()
        senses._of_rule.cache_clear()
        senses._of.cache_clear()
