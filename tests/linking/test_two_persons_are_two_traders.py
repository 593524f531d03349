"""Who share a phone, an account and a house are several traders once their names say so often enough; one odd name parts nobody."""

from chosach.linking import link
from chosach.linking.model import shipped
from tests.linking.making import groups, table

SHARED = {
    "phone": "0912345678",
    "bank_account": "0071000123456",
    "bank": "Vietcombank",
    "address": "12/3 Lê Lợi, phường Tam Hiệp, Đồng Nai",
}
WIFE = {**SHARED, "name": "Nguyễn Thị Quỳnh Lan", "seller_name": "Mỹ phẩm Hoa Hướng Dương"}
HUSBAND = {**SHARED, "name": "Trần Văn Bình", "seller_name": "Giày Bình"}


def traders(*records: dict[str, str]) -> set[frozenset[str]]:
    return groups(link(table(*records), model=shipped(), edges=False))


def named(**records: dict[str, str]) -> list[dict[str, str]]:
    return [{**record, "record_id": name} for name, record in records.items()]


def test_a_couple_with_one_phone_account_and_house_are_two_and_each_record_goes_to_its_own() -> None:
    nameless = {key: value for key, value in WIFE.items() if key != "name"}
    slip = {**HUSBAND, "name": "Trần Văn Bnìh"}
    found = traders(*named(w1=WIFE, w2={**WIFE, "name": "nguyen thi quynh lan"}, w3=nameless, h1=HUSBAND, h2=HUSBAND, h3=slip))
    assert found == {frozenset(("w1", "w2", "w3")), frozenset(("h1", "h2", "h3"))}


def test_two_sisters_whose_names_differ_in_tones_alone_are_two() -> None:
    one, other = {**SHARED, "name": "Nguyễn Thị Hà"}, {**SHARED, "name": "Nguyễn Thị Hạ"}
    assert traders(*named(a=one, b=one, c=other, d=other)) == {frozenset("ab"), frozenset("cd")}


def test_a_name_that_was_seen_once_parts_nobody_nor_do_slips() -> None:
    assert len(traders(*named(a=WIFE, b=WIFE, c=WIFE, d=HUSBAND))) == 1
    slips = [{**WIFE, "name": name} for name in ("Nguyễn Thị Quỳnh Lan", "Nguyễn Thị Quỳnh Lan", "Nugyễn Tị Qỳnh Ln", "Nugyễn Tị Qnh Ln")]
    assert len(traders(*slips)) == 1


def test_three_persons_with_one_phone_and_account_are_three_though_each_was_seen_once() -> None:
    """Shops behind one hotline and one account: who answers and is paid is not each of them."""
    names = ("Nguyễn Thị Quỳnh Lan", "Trần Văn Bình", "Lê Hữu Phước")
    shared = without(SHARED, "address")
    shops = [{**shared, "record_id": f"f{at}", "name": name, "seller_name": f"Hàng {name}"} for at, name in enumerate(names)]
    linked = link(table(*shops), model=shipped(), edges=False)
    assert len(groups(linked)) == 3
    assert linked.members.num_rows == 3
    assert len(traders(*shops[:2])) == 1
    nameless = {**without(shops[1], "name"), "record_id": "n"}
    assert frozenset(("f1", "n")) in traders(*shops[:3], nameless)


def test_rarer_family_names_are_persons_where_a_middle_name_follows_and_firms_are_not() -> None:
    """*Mai Xuân Phúc* is somebody; *Thái Bình*, *Hà Thành Phát* may be a firm whose owner answers."""
    shop = without(SHARED, "address")
    for names, expected in (
        (("Mai Xuân Phúc", "Hồ Thị Thu Hoa", "Lý Quốc Bảo"), 3),
        (("Mai Xuân Phúc", "Thái Bình", "Hà Thành Phát"), 1),
    ):
        shops = [{**shop, "record_id": f"f{at}", "name": name, "seller_name": f"Hàng {name}"} for at, name in enumerate(names)]
        assert len(traders(*shops)) == expected, names


def test_slips_of_one_name_beside_another_are_no_three_persons() -> None:
    odd = ("Nguyễn Thị Quỳnh Lan", "Nguyễn Thị Qỳnh Lan", "Nguyễn Thị Quỳnh Lna", "Trần Văn Bình")
    assert len(traders(*named(**{f"r{at}": {**WIFE, "name": name} for at, name in enumerate(odd)}))) == 1


def without(record: dict[str, str], *fields: str) -> dict[str, str]:
    return {name: value for name, value in record.items() if name not in fields}


def test_the_owner_of_an_account_who_sells_nothing_is_another_though_seen_once() -> None:
    owner = without(HUSBAND, "seller_name")
    for seller in (named(a=WIFE, b=WIFE, c=WIFE), named(a=WIFE)):
        found = traders(*seller, *named(o=owner))
        assert frozenset("o") in found and len(found) == 2


def test_a_record_without_a_shop_parts_nobody_by_a_slip_a_firm_or_no_account() -> None:
    for odd in (
        {**without(WIFE, "seller_name"), "name": "Nguyễn hTị Quỳnh Lna"},
        {**without(HUSBAND, "seller_name"), "name": "Tarnn Văx Bìnhh"},  # no name of anybody's
        {**without(HUSBAND, "seller_name"), "name": "Công ty TNHH Bình Minh Xanh"},
        {**without(WIFE, "seller_name"), "name": "Quỳnh Lan"},
        without(HUSBAND, "seller_name", "bank_account", "bank"),
    ):
        assert len(traders(*named(a=WIFE, b=WIFE, c=WIFE, o=odd))) == 1, odd


def test_where_nobody_sells_nobody_is_an_owner_only() -> None:
    wife, husband = without(WIFE, "seller_name"), without(HUSBAND, "seller_name")
    assert len(traders(*named(a=wife, b=wife, c=husband))) == 1


def test_a_slip_that_was_copied_from_site_to_site_parts_nobody() -> None:
    for right, slip in (("Nguyễn Thị Lan", "Nguyễn Thi Lan"), ("Lê Ngọc Hương", "Lê Ngọc Hưng"), ("Trần Thị Hạ", "Trần Thị Ha")):
        one, other = {**SHARED, "name": right}, {**SHARED, "name": slip}
        assert len(traders(*named(a=one, b=one, c=other, d=other))) == 1, slip


def test_names_with_initials_or_without_their_middle_part_nobody() -> None:
    for short in ("Nguyễn T. Q. Lan", "Nguyễn Lan", "Lan Nguyễn", "Quỳnh Lan"):
        one = {**WIFE, "name": short}
        assert len(traders(*named(a=WIFE, b=WIFE, c=one, d=one))) == 1, short


def test_a_firm_and_its_owner_are_one() -> None:
    firm = {**SHARED, "name": "Công ty TNHH Hướng Dương Xanh"}
    assert len(traders(*named(a=firm, b=firm, c=HUSBAND, d=HUSBAND))) == 1


def test_relatives_with_own_names_shops_and_accounts_are_two_though_each_was_seen_once() -> None:
    """One phone and one house are common to a family; an account and a shop are one's own."""
    son = {**HUSBAND, "name": "Nguyễn Quốc Hùng", "bank_account": "19031234567018", "bank": "Techcombank"}
    assert len(traders(*named(a=WIFE, b=son))) == 2
    # one shop: whose it is, and which account is given, is not told by the name
    assert len(traders(*named(a=WIFE, b={**son, "seller_name": WIFE["seller_name"]}))) == 1
    assert len(traders(*named(a=WIFE, b={**son, "name": "Nguyễn Thị Quỳnh Lna"}))) == 1
    # an account with a figure wrong is the same account
    assert len(traders(*named(a=WIFE, b={**son, "bank_account": "0071000123466", "bank": "Vietcombank"}))) == 1


def test_a_record_without_tones_is_no_bridge_between_two_whom_tones_part() -> None:
    first = {"name": "Nguyễn Thị Hà", "seller_name": "Shop Hà", "phone": "0905111001", "address": "3 Lê Lợi, phường Tam Hiệp, Đồng Nai"}
    other = {
        **first,
        "name": "Nguyễn Thị Hạ",
        "seller_name": "Hạ Store",
        "phone": "0905111002",
        "address": "7 Phan Trung, Trấn Biên, Đồng Nai",
    }
    bare = {**first, "name": "Nguyen Thi Ha", "seller_name": "Ha", "phone": "0905111003", "address": "5 Hùng Vương, Long Khánh, Đồng Nai"}
    found = traders(*named(a=first, b=other, c=other, d=bare))
    assert frozenset("bc") in {group - {"d"} for group in found} and len(found - {frozenset("d")}) == 2


def test_what_a_person_judged_holds_against_the_names() -> None:
    from tests.linking.living.making import table_of

    records = table(*named(a=WIFE, b=WIFE, c=HUSBAND, d=HUSBAND))
    joined = link(records, model=shipped(), edges=False, judgements=table_of([("a", "c", "same")]))
    assert len(groups(joined)) == 1
    parted = link(records, model=shipped(), edges=False, judgements=table_of([("c", "d", "different")]))
    assert not [group for group in groups(parted) if {"c", "d"} <= group]


def test_three_who_share_a_phone_and_an_account_are_a_ring() -> None:
    """Nothing is lost by parting them: together they are looked at as what they are."""
    names = ("Nguyễn Thị Quỳnh Lan", "Trần Văn Bình", "Lê Hữu Phước")
    linked = link(table(*({**SHARED, "name": name, "seller_name": f"Hàng {name}"} for name in names for _ in range(2))), model=shipped())
    assert len(groups(linked)) == 3
    assert linked.rings.num_rows == 1
    assert linked.members.num_rows == 3
