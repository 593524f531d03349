"""What each trader of a ring seems to be, and why."""

import pytest

from tests.linking.rings.making import Record, again, linked, pool, roles, texts, trader


def test_the_one_whose_phone_account_and_texts_the_others_use_is_the_organiser_and_they_are_fronts() -> None:
    organiser = trader(0, texts=texts("meo"))
    own = [organiser, again(organiser, 2), again(organiser, 3)]
    fronts: list[Record] = []
    for at in range(1, 7):
        front = trader(at, texts=texts("meo"))
        other = {"phone": organiser["phone"]} if at % 2 else {"bank_account": organiser["bank_account"]}
        fronts += [front, again(front, 2, **other, texts=None)]
    told = roles(linked(*own, *fronts))
    role, sentence = told[organiser["record_id"]]
    assert role == "organiser"
    assert sentence.startswith("Có thể là người tổ chức: cả 6 thương nhân còn lại dùng ")
    assert {told[front["record_id"]][0] for front in fronts} == {"front"}
    assert told[fronts[0]["record_id"]][1].startswith("Có thể chỉ đứng tên bán hàng: dùng số điện thoại")


def test_one_who_sells_nothing_and_is_paid_for_the_others_holds_the_account() -> None:
    account = "19036666777888"
    mule = trader(0, seller_name=None, bank_account=account)
    shops = pool(1, 6, bank_account=account, texts=texts("meo"))
    told = roles(linked(mule, again(mule, 2, email="khohang@gmail.com"), *shops, again(shops[0], 2, email="khohang@gmail.com")))
    role, sentence = told[mule["record_id"]]
    assert role == "account_holder"
    assert sentence == "Có thể là người đứng tên tài khoản: cả 6 thương nhân còn lại nhận tiền vào tài khoản của thương nhân này."


def test_one_who_sells_nothing_and_has_one_record_holds_the_account_though_another_is_in_the_middle() -> None:
    account = "19036666777888"
    organiser = trader(0, bank_account=account, texts=texts("meo"), email="quanly.kho@gmail.com")
    shops: list[Record] = []
    for at in range(1, 7):
        shop = trader(at, bank_account=account, texts=texts("meo"), email=f"cuahang{'abcdefg'[at] * 5}@yahoo.com")
        shops += [shop, again(shop, 2, phone=organiser["phone"], bank_account=None)]
    told = roles(
        linked(trader(43, seller_name=None, bank_account=account, email="sonlyvan@outlook.com"), organiser, again(organiser, 2), *shops)
    )
    role, sentence = told["t0043"]
    assert role == "account_holder"
    assert sentence.endswith("thương nhân còn lại nhận tiền vào tài khoản của thương nhân này.")
    assert told[organiser["record_id"]][0] == "organiser"


def test_the_one_whose_address_is_the_others_warehouse_supplies_them() -> None:
    keeper = trader(0, texts=texts("meo"))
    told = roles(linked(keeper, *pool(1, 5, warehouse=keeper["address"], texts=texts("meo"))))
    role, sentence = told[keeper["record_id"]]
    assert role == "supplier"
    assert sentence == "Có thể là nguồn hàng: cả 5 thương nhân còn lại lấy hàng tại địa chỉ của thương nhân này."


def test_where_all_are_alike_nobody_is_called_anything() -> None:
    ring = pool(0, 4, warehouse="45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai", texts=texts("meo"))
    told = roles(linked(*ring))
    assert {role for role, _ in told.values()} == {"member"}
    assert told["t0000"][1] == "Có liên hệ với cả 3 thương nhân còn lại qua kho hàng và nội dung mô tả; chưa rõ vai trò."


def test_whose_name_stands_in_the_mail_that_all_give_owns_it_and_leads_though_all_show_it_alike() -> None:
    told = roles(linked(*pool(0, 6, email="tran.vanbinh88@gmail.com", texts=texts("meo"))))
    role, sentence = told["t0000"]
    assert role == "organiser"
    assert sentence.startswith("Có thể là người tổ chức: cả 5 thương nhân còn lại dùng thư điện tử")
    assert {role for record, (role, _) in told.items() if record != "t0000"} == {"front"}


def test_a_shop_must_stand_whole_in_a_handle_or_mail_and_two_names_cancel_each_other() -> None:
    handle = pool(0, 4, handle="giaydepbinh.official", texts=texts("meo"))
    goods = pool(10, 4, email="tuixach1990@gmail.com", texts=texts("bo"))  # "Túi xách", "Trang sức"… and a name: words that many have
    place = pool(20, 4, email="kho.si.bien.hoa@gmail.com", texts=texts("ga"))
    two = pool(30, 4, email="tranvanbinh@gmail.com", texts=texts("vit"))
    two[0]["name"] = two[1]["seller_name"] = "Trần Văn Bình"
    told = roles(linked(*handle, *goods, *place, *two))
    assert told["t0000"][0] == "organiser"
    assert [told[one["record_id"]][0] for one in (*goods, *place, *two)] == ["member"] * 12


STORE = "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"


@pytest.mark.parametrize("times", [(1, 1, 1, 1, 1), (5, 1, 3, 1, 1), (4, 2, 2, 3, 2)])  # records of each
def test_who_have_numbers_bought_in_a_row_use_none_of_one_another_and_nobody_organises_by_them(times: tuple[int, ...]) -> None:
    fronts = [trader(at, phone=f"091122200{at + 1}", bank_account="19036666777888", warehouse=STORE) for at in range(5)]
    found = linked(*(again(front, number) for front, many in zip(fronts, times, strict=True) for number in range(many)))
    told = roles(found)
    assert not any("dùng số điện thoại" in sentence for _, sentence in told.values())
    assert {told[f"t000{at}.0"][0] for at in range(1, 5)} == {"member"}
    assert told["t0001.0"][1].startswith("Có liên hệ với cả 4 thương nhân còn lại qua số điện thoại")
    near = [tie["sentence"] for tie in found.ties.to_pylist() if tie["kind"] == "phone"]
    assert len(near) == 10
    assert all("các số gần nhau mua cùng lúc" in sentence for sentence in near)


def test_in_a_row_of_numbers_who_gives_anothers_very_number_uses_it_and_the_others_do_not() -> None:
    shared = {"bank_account": "19036666777888", "warehouse": STORE}
    fronts = [trader(at, phone=f"091122200{at + 1}", **shared) for at in range(5)]
    users = [again(trader(at, **shared), number, **more) for at in (5, 6) for number, more in ((1, {}), (2, {"phone": "0911222001"}))]
    told = roles(linked(*(again(front, number) for front in fronts for number in (1, 2)), *users))
    assert [told[f"t000{at}.1"][0] for at in range(7)] == ["organiser", *["member"] * 4, "front", "front"]
    assert told["t0005.1"][1].startswith("Có thể chỉ đứng tên bán hàng: dùng số điện thoại và tài khoản ngân hàng của 1 thương nhân khác")


def test_a_slip_for_the_organisers_number_is_told_as_use_of_it_whether_beside_their_own_or_alone() -> None:
    organiser = trader(0, texts=texts("meo"))
    slip = f"{organiser['phone'][:5]}{(int(organiser['phone'][5]) + 1) % 10}{organiser['phone'][6:]}"
    fronts: list[Record] = []
    for at in range(1, 5):
        front = trader(at, texts=texts("meo"))
        fronts += [front, again(front, 2), again(front, 3, phone=organiser["phone"] if at > 1 else slip)]
    alone = trader(5, texts=texts("meo"), phone=f"{organiser['phone'][:6]}{(int(organiser['phone'][6]) + 1) % 10}{organiser['phone'][7:]}")
    told = roles(linked(organiser, again(organiser, 2), again(organiser, 3), *fronts, alone))
    assert told["t0000"][1].startswith("Có thể là người tổ chức: cả 5 thương nhân còn lại dùng số điện thoại")


def test_a_shops_whole_name_in_a_mail_makes_it_the_shops_though_little_of_it_is_its_own() -> None:
    mail = {"email": "hungauthstore@gmail.com", "texts": texts("meo")}
    told = roles(linked({**trader(0, **mail), "seller_name": "Hùng Auth Store"}, *pool(1, 5, **mail)))
    assert told["t0000"][0] == "organiser"
    assert {told[f"t000{at}"][0] for at in range(1, 6)} == {"front"}
    mail = {"email": "officialstore88@gmail.com", "texts": texts("bo")}  # what decorates many shops' names
    told = roles(linked({**trader(0, **mail), "seller_name": "Official Store 88"}, *pool(1, 5, **mail)))
    assert {role for role, _ in told.values()} == {"member"}


def copied_by(number: int, **more: object) -> dict[str, tuple[str, str]]:
    """Roles where each of so many others has another text of the first one, and all send from one store."""
    store = "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"
    words = ["abcdefg"[at] * 3 for at in range(number)]
    first = trader(0, texts=[text for word in words for text in texts(word)], warehouse=store)
    others = [trader(at + 1, texts=texts(word), warehouse=store, **(more if at < 2 else {})) for at, word in enumerate(words)]
    return roles(linked(first, again(first, 2), *others))


def test_who_is_only_copied_is_no_organiser_though_all_the_others_use_its_texts() -> None:
    assert copied_by(5)["t0000"] == (
        "member",
        "Có liên hệ với cả 5 thương nhân còn lại qua kho hàng và nội dung mô tả; chưa rõ vai trò.",
    )
    role, sentence = copied_by(5, phone=trader(0)["phone"])["t0000"]
    assert role == "organiser"
    assert sentence.startswith("Có thể là người tổ chức: cả 5 thương nhân còn lại dùng ")


def star() -> tuple[Record, list[Record]]:
    """One whose account, phone and texts six others use."""
    organiser = trader(0, texts=texts("meo"))
    own = [organiser, again(organiser, 2), again(organiser, 3)]
    fronts: list[Record] = []
    for at in range(1, 7):
        front = trader(at, texts=texts("meo"))
        fronts += [front, again(front, 2, phone=organiser["phone"], texts=None), again(front, 3, bank_account=organiser["bank_account"])]
    return organiser, [*own, *fronts]


def test_who_was_cut_from_the_one_in_the_middle_is_no_more_counted_among_those_who_use_what_is_its() -> None:
    organiser, records = star()
    before = roles(linked(*records))
    assert before[organiser["record_id"]][1].startswith("Có thể là người tổ chức: cả 6 thương nhân còn lại dùng ")
    found = linked(*records, judged=[(organiser["record_id"], "t0001", "cut")])
    told = roles(found)
    assert "t0001" in told, "it still shares what it shares with the others"
    assert told[organiser["record_id"]][1].startswith("Có thể là người tổ chức: 5 trong 6 thương nhân còn lại dùng ")
    assert told["t0001"] == ("member", told["t0001"][1])
    assert "Có liên hệ với 5 trong 6 thương nhân còn lại" in told["t0001"][1]
    assert told["t0002"] == before["t0002"]


def test_holders_of_accounts_and_suppliers_are_told_without_those_who_were_cut_from_them() -> None:
    account = "19036666777888"
    mule = trader(0, seller_name=None, bank_account=account)
    shops = pool(1, 6, bank_account=account, texts=texts("meo"))
    records = [mule, again(mule, 2, email="khohang@gmail.com"), *shops, again(shops[0], 2, email="khohang@gmail.com")]
    told = roles(linked(*records, judged=[("t0000", "t0005", "cut"), ("t0006", "t0000", "cut")]))
    assert told["t0000"][1].startswith("Có thể là người đứng tên tài khoản: 4 trong 6 thương nhân còn lại nhận tiền")
    keeper = trader(0, texts=texts("meo"))
    told = roles(linked(keeper, *pool(1, 5, warehouse=keeper["address"], texts=texts("meo")), judged=[("t0000", "t0003", "cut")]))
    assert told["t0000"][1] == "Có thể là nguồn hàng: 4 trong 5 thương nhân còn lại lấy hàng tại địa chỉ của thương nhân này."


def test_where_all_are_alike_who_was_cut_is_not_counted_on_either_side() -> None:
    ring = pool(0, 4, warehouse="45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai", texts=texts("meo"))
    told = roles(linked(*ring, judged=[("t0000", "t0001", "cut")]))
    sentence = "Có liên hệ với {} thương nhân còn lại qua kho hàng và nội dung mô tả; chưa rõ vai trò."
    assert [told[f"t000{at}"][1] for at in range(4)] == [sentence.format("2 trong 3")] * 2 + [sentence.format("cả 3")] * 2


def test_scores_are_between_0_and_1_and_every_member_has_a_role() -> None:
    found = linked(*pool(0, 5, bank_account="19036666777888", texts=texts("meo")))
    assert found.members.num_rows == 5
    assert all(0 <= score <= 1 for score in found.members["score"].to_pylist())
