"""Which body is competent, before and after the reorganisation of 2025."""

import datetime as dt

from chosach.desk.agencies.models import Body, BodySuccession, Competence
from chosach.desk.agencies.services import Proposal, merge_bodies, propose_body
from chosach.desk.core import access
from chosach.desk.core.kinds import ViolationKind

SYSTEM = access.system("test")
DAY_2020 = dt.date(2020, 12, 1)
DAY_2025 = dt.date(2025, 8, 1)
BIEN_HOA, LONG_KHANH, TRANG_DAI = "731", "732", "25993"
TABLE_2020 = [
    ("banned", "", "market-surveillance"),
    ("banned", "weapon", "police"),
    ("banned", "wildlife", "police"),
    ("smuggled", "", "market-surveillance"),
    ("smuggled", "consignment", "customs"),
    ("counterfeit", "", "market-surveillance"),
    ("unknown_origin", "", "market-surveillance"),
    ("expired", "", "market-surveillance"),
    ("restricted", "", "market-surveillance"),
    ("unregistered_site", "", "market-surveillance"),
    ("ip_infringing", "", "market-surveillance"),
    ("ip_infringing", "industrial_property", "science-technology"),
    ("ip_infringing", "copyright", "culture"),
    ("substandard", "", "science-technology"),
    ("substandard", "food", "health"),
    ("substandard", "farm_input", "agriculture"),
    ("conditional", "", "market-surveillance"),
    ("conditional", "medicine", "health"),
    ("conditional", "farm_input", "agriculture"),
    ("misleading", "", "market-surveillance"),
    ("misleading", "health_claim", "health"),
    ("misleading", "online_content", "information-communications"),
    ("tax_evasion", "", "tax"),
]
TABLE_2025 = [
    ("counterfeit", "", "market-surveillance-2025"),
    ("smuggled", "consignment", "customs-2025"),
    ("tax_evasion", "", "tax-2025"),
    ("conditional", "farm_input", "agriculture-environment"),
    ("misleading", "online_content", "culture"),
    ("substandard", "", "science-technology"),
    ("banned", "weapon", "police"),
]
SUCCESSORS = [
    ("market-surveillance", "market-surveillance-2025"),
    ("planning-investment", "finance"),
    ("agriculture", "agriculture-environment"),
    ("transport", "construction"),
    ("state-bank", "state-bank-2025"),
]


def propose(on: dt.date, kind: str, **matter: object) -> Proposal:
    return propose_body(kind=kind, on=on, **matter)  # type: ignore[arg-type]


def test_in_2020_every_kind_goes_to_the_body_of_the_table(plan_2020: None) -> None:
    for kind, goods, body in TABLE_2020:
        proposal = propose(DAY_2020, kind, goods_group=goods)
        assert (kind, goods, proposal.body.code) == (kind, goods, body)
        assert "Kế hoạch, mục III." in proposal.ground
        assert "cần kiểm chứng" in proposal.note
        assert proposal.warning == ""


def test_every_one_of_the_twelve_kinds_has_a_body_and_no_warning(plan_2020: None) -> None:
    for kind in ViolationKind.values:
        assert propose(DAY_2020, kind).warnings == (), kind


def test_a_criminal_threshold_goes_to_the_police_whatever_the_kind(plan_2020: None) -> None:
    for kind in ViolationKind.values:
        assert propose(DAY_2020, kind, criminal=True, territory=TRANG_DAI, value=1_000_000).body.code == "police"


def test_a_small_case_goes_to_the_district_first(plan_2020: None) -> None:
    assert propose(DAY_2020, "expired", territory=TRANG_DAI, value=9_999_999).body.code == "district-bien-hoa"
    assert propose(DAY_2020, "expired", territory=LONG_KHANH, value=1).body.code == "district-long-khanh"


def test_a_case_that_is_not_small_or_whose_value_or_place_is_unknown_stays_with_the_province(plan_2020: None) -> None:
    for matter in ({"territory": TRANG_DAI, "value": 10_000_000}, {"territory": TRANG_DAI}, {"value": 5}, {"territory": "75", "value": 5}):
        assert propose(DAY_2020, "expired", **matter).body.code == "market-surveillance", matter


def test_goods_that_only_a_special_body_may_judge_stay_with_it_even_when_small(plan_2020: None) -> None:
    assert propose(DAY_2020, "smuggled", goods_group="consignment", territory=TRANG_DAI, value=5).body.code == "customs"


def test_a_place_outside_the_province_goes_to_the_standing_office_with_a_warning(plan_2020: None) -> None:
    proposal = propose(DAY_2020, "counterfeit", territory="79")
    assert proposal.body.code == "standing-office"
    assert "không thuộc tỉnh" in proposal.warning


def test_where_no_row_fits_the_standing_office_is_proposed(plan_2020: None) -> None:
    Competence.objects.filter(kind="tax_evasion").delete()
    proposal = propose(DAY_2020, "tax_evasion")
    assert proposal.body.code == "standing-office"
    assert "III.12" in proposal.ground
    assert proposal.warning


def test_in_2025_the_successor_takes_over_and_the_page_warns(plan_2025: None) -> None:
    for kind, goods, body in TABLE_2025:
        proposal = propose(DAY_2025, kind, goods_group=goods)
        assert (kind, goods, proposal.body.code) == (kind, goods, body)
        assert "ngoài thời hạn của bảng thẩm quyền" in proposal.warning


def test_information_and_communications_was_split_by_subject(plan_2025: None) -> None:
    Competence.objects.filter(code="unregistered-site").update(body_kind="information_communications")
    assert propose(DAY_2025, "unregistered_site").body.code == "science-technology"
    assert propose(DAY_2025, "misleading", goods_group="online_content").body.code == "culture"


def test_every_renamed_or_merged_body_of_2025_has_its_successor(plan_2025: None) -> None:
    for old, new in SUCCESSORS:
        assert [step.successor.code for step in BodySuccession.objects.filter(body__code=old)] == [new]
        assert Body.objects.get(code=old).valid_to == dt.date(2025, 6, 30)


def test_the_last_day_before_the_reorganisation_still_names_the_old_body(plan_2025: None) -> None:
    assert propose(dt.date(2025, 6, 30), "counterfeit").body.code == "market-surveillance"
    assert propose(dt.date(2025, 7, 1), "counterfeit").body.code == "market-surveillance-2025"


def test_a_small_case_of_a_former_district_goes_to_the_committee_of_the_new_commune(plan_2025: None) -> None:
    old_name = propose(DAY_2025, "expired", territory=TRANG_DAI, value=5)
    assert old_name.body.territory == "2025-25993"
    new_name = propose(DAY_2025, "expired", territory="2025-25993", value=5)
    assert new_name.body == old_name.body
    assert "BCĐ 389 TP. Biên Hòa không còn hoạt động" in new_name.warning


def test_a_small_case_in_the_merged_neighbour_province_goes_to_its_commune(plan_2025: None) -> None:
    proposal = propose(DAY_2025, "expired", territory="2025-25210", value=5)
    assert proposal.body.name == "Ban Chỉ đạo 389 phường Đồng Xoài"


def test_when_only_the_former_district_is_known_no_commune_is_guessed(plan_2025: None) -> None:
    proposal = propose(DAY_2025, "expired", territory=BIEN_HOA, value=5)
    assert proposal.body.code == "market-surveillance-2025"
    assert "chưa xác định được cơ quan kế thừa" in proposal.warning


def test_before_the_plan_the_table_is_used_with_a_warning(plan_2020: None) -> None:
    proposal = propose(dt.date(2020, 1, 2), "counterfeit")
    assert proposal.body.code == "market-surveillance"
    assert "trước khi bảng thẩm quyền có hiệu lực" in proposal.warning


def test_a_merge_while_the_table_is_in_force_is_followed_too(plan_2020: None) -> None:
    merge_bodies(actor=SYSTEM, code="culture", into="science-technology", on=dt.date(2020, 12, 5), ground="Quyết định thử")
    merge_bodies(actor=SYSTEM, code="district-bien-hoa", into="district-vinh-cuu", on=dt.date(2020, 12, 5), ground="Quyết định thử")
    proposal = propose(dt.date(2020, 12, 10), "ip_infringing", goods_group="copyright")
    assert proposal.body.code == "science-technology"
    assert "kế thừa từ 05/12/2020" in proposal.warning
    assert propose(dt.date(2020, 12, 10), "expired", territory=TRANG_DAI, value=5).body.code == "district-vinh-cuu"
    assert propose(dt.date(2020, 12, 4), "ip_infringing", goods_group="copyright").body.code == "culture"
