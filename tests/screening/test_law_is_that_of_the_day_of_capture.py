from datetime import UTC, date, datetime

import pytest
from tests.screening.reading import findings

from chosach.screening import explain
from chosach.screening.law import laws_in_force, provisions
from chosach.screening.schema import KINDS


def instruments(kind: str, title: str, **when: object) -> set[str]:
    return {law["instrument"] for law in findings(title, **when)[kind]["law"]}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "there", "not_there"),
    [
        (date(2020, 10, 14), "Nghị định 185/2013/NĐ-CP", "Nghị định 98/2020/NĐ-CP"),
        (date(2020, 10, 15), "Nghị định 98/2020/NĐ-CP", "Nghị định 185/2013/NĐ-CP"),
    ],
)
def test_trade_penalties_change_on_15_october_2020(on: date, there: str, not_there: str) -> None:
    found = instruments("smuggled", "Kem hàng xách tay Nhật", as_of=on)
    assert there in found and not_there not in found


@pytest.mark.parametrize(
    ("on", "there", "not_there"),
    [
        (date(2026, 6, 30), "Nghị định 52/2013/NĐ-CP", "Luật Thương mại điện tử 122/2025/QH15"),
        (date(2026, 7, 1), "Luật Thương mại điện tử 122/2025/QH15", "Nghị định 52/2013/NĐ-CP"),
    ],
)
def test_the_law_on_electronic_commerce_takes_over_on_1_july_2026(on: date, there: str, not_there: str) -> None:
    found = instruments("counterfeit", "Giày rep 1:1", as_of=on)
    assert there in found and not_there not in found


def test_the_day_of_capture_goes_before_the_day_asked_for_and_is_vietnamese() -> None:
    late = datetime(2020, 10, 14, 18, 0, tzinfo=UTC)  # already the 15th in Vietnam
    law = findings("Kem hàng xách tay Nhật", captured_at=late, as_of=date(2026, 8, 1))["smuggled"]["law"]
    assert {(p["as_of"], p["as_of_source"]) for p in law} == {(date(2020, 10, 15), "captured_at")}
    law = findings("Kem hàng xách tay Nhật", as_of=date(2026, 8, 1))["smuggled"]["law"]
    assert {(p["as_of"], p["as_of_source"]) for p in law} == {(date(2026, 8, 1), "as_of")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [date(2020, 11, 13), date(2021, 5, 13), date(2023, 10, 31), date(2026, 11, 1)])
def test_every_kind_has_law_on_every_day_of_the_plan_and_after(kind: str, on: date) -> None:
    assert laws_in_force(kind, frozenset(), on)


def test_every_provision_says_how_sure_it_is() -> None:
    for provision in provisions():
        assert provision.confidence in {"verified", "secondary", "unverified"}
        assert provision.source
        assert provision.valid_to is None or provision.valid_from <= provision.valid_to


@pytest.mark.parametrize(("title", "before"), [("Máy hút thuốc lá điện tử", "smuggled"), ("Bình bóng cười N2O", "conditional")])
def test_goods_are_banned_only_from_the_day_of_the_ban_and_told_as_what_they_were_before(title: str, before: str) -> None:
    earlier, later = (findings(title, as_of=day) for day in (date(2024, 12, 31), date(2025, 1, 1)))
    assert "banned" not in earlier and earlier[before]["probability"] >= 0.3
    assert "Nghị quyết 173/2024/QH15" not in {law["instrument"] for law in earlier[before]["law"]}
    assert before not in later and "Nghị quyết 173/2024/QH15" in {law["instrument"] for law in later["banned"]["law"]}


def test_a_category_of_goods_that_were_banned_later_follows_the_day_too() -> None:
    goods = {"title": "Set chill 12 vị", "category": "Sức khỏe > Thuốc lá điện tử"}
    assert "banned" not in findings(**goods, as_of=date(2022, 6, 1))
    assert "banned" in findings(**goods, as_of=date(2025, 6, 1))


def articles(kind: str, title: str, description: str | None = None, **when: object) -> set[tuple[str, str]]:
    return {(law["instrument"], law["article"]) for law in findings(title, description, **when)[kind]["law"]}  # type: ignore[arg-type]


FAKE_GOODS = ("Nghị định 98/2020/NĐ-CP", "Điều 9 và Điều 11")
FAKE_MARKS = ("Nghị định 99/2013/NĐ-CP", "Điều 12")


@pytest.mark.parametrize(
    ("title", "description", "marks"),
    [
        ("Túi Gucci super fake", None, True),
        ("Ví da nữ cầm tay", "Mẫu Gucci super fake đẹp", True),
        ("Mẫu giày super fake", None, False),
        ("Tem nhãn giả làm theo yêu cầu", None, False),
    ],
)
def test_a_copied_brand_comes_under_the_law_of_trademarks_other_fakes_under_that_of_trade(
    title: str, description: str | None, marks: bool
) -> None:
    told = articles("counterfeit", title, description, as_of=date(2022, 5, 1))
    assert (FAKE_MARKS in told) is marks and (FAKE_GOODS in told) is not marks


def test_a_copied_brand_named_only_in_the_description_is_told_as_infringing_too() -> None:
    assert findings("Túi đeo vai nữ", "Mẫu Prada rep 1:1, da mềm")["ip_infringing"]["probability"] >= 0.5
    assert "ip_infringing" not in findings("Túi đeo vai nữ", "Phong cách Prada, không phải hàng rep 1:1")
    far = "Mẫu rep 1:1, da mềm, khóa chắc, ngăn rộng đựng vừa mọi thứ mang theo khi đi làm và đi chơi. Shop còn bán nước hoa Prada"
    found = findings("Túi đeo vai nữ", far).get("ip_infringing", {"reasons": []})
    assert "Prada" not in {reason["text"] for reason in found["reasons"]}


@pytest.mark.parametrize(
    ("on", "there", "gone"),
    [
        (date(2026, 2, 14), "Nghị định 131/2013/NĐ-CP", "Nghị định 341/2025/NĐ-CP"),
        (date(2026, 2, 15), "Nghị định 341/2025/NĐ-CP", "Nghị định 131/2013/NĐ-CP"),
    ],
)
def test_pirated_books_come_under_the_law_of_copyright_not_of_trademarks(on: date, there: str, gone: str) -> None:
    told = instruments("ip_infringing", "Sách lậu in lại giá rẻ", as_of=on)
    assert there in told and gone not in told and "Nghị định 99/2013/NĐ-CP" not in told
    assert "Nghị định 99/2013/NĐ-CP" in instruments("ip_infringing", "Túi Gucci super fake", as_of=on)


@pytest.mark.parametrize(
    ("title", "of_it", "of_others"),
    [
        ("Bán tiền giả các mệnh giá", "tiền giả", "SIM"),
        ("Làm bằng đại học giả", "bằng cấp", "tiền giả"),
        ("Bán sim rác số lượng lớn", "SIM", "tiền giả"),
    ],
)
def test_false_money_papers_and_accounts_each_speak_for_themselves_and_are_a_matter_of_the_police(
    title: str, of_it: str, of_others: str
) -> None:
    found = findings(title, as_of=date(2024, 5, 1))["banned"]
    said = explain(found)
    assert of_it in said and of_others not in said and "công an" in said
    assert any(law["instrument"].startswith("Bộ luật Hình sự") for law in found["law"])
    assert ("Nghị định 98/2020/NĐ-CP", "Điều 8") not in {(law["instrument"], law["article"]) for law in found["law"]}


@pytest.mark.parametrize(
    ("title", "kind", "on", "place"),
    [
        ("Rượu vang đỏ Chile chai 750ml", "restricted", date(2026, 6, 30), ("Thông tư 47/2014/TT-BCT", "Điều 3", None, "c")),
        ("Giày rep 1:1", "counterfeit", date(2026, 7, 1), ("Luật Thương mại điện tử 122/2025/QH15", "Điều 17", "1", "đ")),
        ("Giày rep 1:1", "counterfeit", date(2021, 1, 1), ("Nghị định 98/2020/NĐ-CP", "Điều 3", "7", None)),
        ("Máy hút thuốc lá điện tử", "banned", date(2026, 7, 1), ("Nghị định 174/2026/NĐ-CP", "Điều 95", "1", None)),
    ],
)
def test_clause_and_point_are_told_where_they_are_sure(title: str, kind: str, on: date, place: tuple[str | None, ...]) -> None:
    told = {(law["instrument"], law["article"], law["clause"], law["point"]) for law in findings(title, as_of=on)[kind]["law"]}
    assert place in told


def test_the_list_of_goods_that_may_not_be_sold_online_is_not_cited_after_june_2026() -> None:
    told = instruments("restricted", "Rượu vang đỏ Chile chai 750ml", as_of=date(2026, 7, 1))
    assert "Thông tư 47/2014/TT-BCT" not in told and "Nghị định 248/2026/NĐ-CP" in told
