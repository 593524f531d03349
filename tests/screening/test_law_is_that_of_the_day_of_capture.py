from datetime import UTC, date, datetime

import pytest
from tests.screening.reading import findings

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


def test_electronic_cigarettes_are_named_in_the_ban_only_since_2025() -> None:
    title = "Máy hút thuốc lá điện tử"
    assert "Nghị quyết 173/2024/QH15" not in instruments("banned", title, as_of=date(2024, 12, 31))
    assert "Nghị quyết 173/2024/QH15" in instruments("banned", title, as_of=date(2025, 1, 1))


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
