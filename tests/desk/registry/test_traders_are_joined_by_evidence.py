"""Channels that share a phone or account exactly are one trader's, each join with its evidence."""

import pytest

from chosach.desk.core.access import system
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.common import MOST_CHANNELS
from chosach.desk.registry.models import Channel, Identifier, Join, Trader
from chosach.desk.registry.services import join_traders, take_batch
from tests.desk.registry.tables import findings, listing, listings

pytestmark = pytest.mark.django_db


def take(*rows):
    return take_batch(listings=listings(*rows), findings=findings(), source="import:1", actor=system("test"))


def shop(number: int, text: str, **values):
    return listing(f"T{number}", seller_id=f"shop{number}", seller_name=f"Shop {number}", description=text, **values)


def test_a_shared_phone_joins_two_shops_whatever_its_spelling():
    take(shop(1, "Liên hệ 0951 234 567"), shop(2, "Gọi +84.951.234.567 nhé", platform="banbe.example"))
    assert Trader.objects.filter(merged_into=None).count() == 1
    assert Channel.objects.values("trader").distinct().count() == 1
    join = Join.objects.get()
    assert join.identifier == Identifier.objects.get(kind="phone")
    assert Entry.objects.filter(event="registry.traders_joined").count() == 1


def test_a_chain_of_shared_identifiers_ends_in_one_trader():
    take(shop(1, "ĐT 0951234567"), shop(2, "ĐT 0951234567. STK 1903456789"))
    take(shop(3, "Chuyển khoản số tài khoản 190 345 6789"))
    assert Trader.objects.filter(merged_into=None).count() == 1
    assert Trader.objects.get(merged_into=None).channels.count() == 3


def test_joining_again_changes_nothing():
    take(shop(1, "0951234567"), shop(2, "0951234567"))
    take(shop(1, "0951234567", price=1), shop(2, "0951234567", price=1))
    assert Join.objects.count() == 1


def test_a_number_on_many_shops_is_a_hotline_and_joins_nobody():
    take(*(shop(number, "Tổng đài 0951234567") for number in range(MOST_CHANNELS + 1)))
    assert not Join.objects.exists()


def test_a_shared_address_joins_nobody():
    take(shop(1, "Địa chỉ: 12 Phạm Văn Thuận, Biên Hòa"), shop(2, "Địa chỉ: 12 Phạm Văn Thuận, Biên Hòa"))
    assert Trader.objects.filter(merged_into=None).count() == 2


def test_unlike_shops_stay_apart():
    take(shop(1, "0951234567"), shop(2, "0951234568"), shop(3, "Giá 0951.234 đồng"))
    assert Trader.objects.filter(merged_into=None).count() == 3


def test_a_number_that_three_sellers_show_beside_their_own_is_common_and_joins_nobody():
    take(*(shop(number, f"Gọi 095123456{number}, tổng đài 0959999999") for number in (1, 2, 3)))
    assert not Join.objects.exists()
    assert Trader.objects.filter(merged_into=None).count() == 3


def test_the_shops_of_one_seller_are_joined_by_its_own_number_beside_the_common_one():
    own = {1: "0951111111", 2: "0951111111", 3: "0952222222", 4: "0953333333"}
    take(*(shop(number, f"Gọi {phone}, tổng đài 0959999999") for number, phone in own.items()))
    assert Join.objects.get().identifier.value == "0951111111"
    assert Trader.objects.filter(merged_into=None).count() == 3


def test_a_seller_with_one_account_and_a_phone_for_each_shop_is_one():
    take(*(shop(number, f"Gọi 095123456{number}. STK 1903456789") for number in (1, 2, 3)))
    assert Trader.objects.filter(merged_into=None).count() == 1


def test_what_comes_in_parts_is_joined_when_all_of_it_is_there():
    """The first part of a file would show a hotline on two shops; only the whole shows whose it is."""
    rows = [shop(number, "Tổng đài 0951234567") for number in range(MOST_CHANNELS + 1)]
    pair = [shop(100, "Gọi 0957777777"), shop(101, "Gọi 0957777777")]
    for part in (rows[:2] + pair[:1], rows[2:] + pair[1:]):
        take_batch(listings=listings(*part), findings=findings(), source="import:7", actor=system("test"), join=False)
        assert not Join.objects.exists()
    assert join_traders(source="import:7", actor=system("test")) == 1
    assert Join.objects.get().identifier.value == "0957777777"
    assert Entry.objects.filter(event="registry.traders_joined").count() == 1
    assert join_traders(source="import:7", actor=system("test")) == 0
