"""The made-up marketplace has what the demo and the tests stand on."""

import datetime as dt
from zoneinfo import ZoneInfo

from chosach.demo.market import make_market
from chosach.demo.market.words import VIOLATIONS
from chosach.demo.world import FIRST_DAY


def test_the_default_market_has_every_kind_rings_and_channels_of_four_kinds() -> None:
    market = make_market()
    assert market.listings.num_rows == 20_000
    assert len({seller.id for seller in market.sellers}) == 1_500
    assert market.kinds() == set(VIOLATIONS)
    assert len(market.rings()) >= 5
    assert all(3 <= len(shops) <= 8 for shops in market.rings().values())
    platforms = set(market.listings["platform"].to_pylist())
    assert {"chodon.example", "banbe.example", "xomlive.example"} < platforms
    assert any(platform.startswith("shop") for platform in platforms)


def test_a_listing_was_captured_before_the_day_on_which_it_is_brought_in() -> None:
    captured = make_market(listings=2_000).listings["captured_at"].to_pylist()
    local = {at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) for at in captured}
    assert max(local) < dt.datetime.combine(FIRST_DAY, dt.time(8), ZoneInfo("Asia/Ho_Chi_Minh")), "before that morning's work"


def test_most_sellers_are_in_the_province_some_are_not_and_some_do_not_say() -> None:
    places = [seller.place for seller in make_market(listings=2_000).sellers]
    inside = sum("Đồng Nai" in place for place in places)
    assert inside > len(places) * 0.7
    assert any(place and "Đồng Nai" not in place for place in places)
    assert "" in places


def test_the_same_seed_gives_the_same_market_and_another_seed_another() -> None:
    one, same, other = (make_market(seed, sellers=100, listings=2_000) for seed in (1, 1, 2))
    assert one.listings.equals(same.listings)
    assert not one.listings.equals(other.listings)


def test_shops_of_a_ring_share_a_phone_or_an_account() -> None:
    market = make_market(listings=2_000)
    by_id = {seller.id: seller for seller in market.sellers}
    for shops in market.rings().values():
        members = [by_id[shop] for shop in shops]
        assert len({m.phone for m in members}) < len(members)
        assert len({m.account for m in members}) < len(members)


def test_a_network_of_several_traders_shares_a_hotline_an_account_and_a_warehouse_on_several_platforms():
    market = make_market()
    traders = market.network()
    assert sorted(len(shops) for shops in traders.values()) == [3] * 9
    shops = {shop for group in traders.values() for shop in group}
    texts = [row["description"] for row in market.listings.to_pylist() if row["seller_id"] in shops]
    assert all("tổng đài 095" in text and "Kho hàng: " in text and "STK " in text for text in texts)
    assert len({seller.platform for seller in market.sellers if seller.id in shops}) >= 4


def test_a_second_network_is_spread_over_districts_and_reaches_beyond_the_province():
    market = make_market()
    traders = market.network("N02")
    assert sorted(len(shops) for shops in traders.values()) == [4] * 6, "more than twenty shops, so that what they share is a hotline"
    shops = {shop for group in traders.values() for shop in group}
    places = {seller.place for seller in market.sellers if seller.id in shops}
    assert len(places) == 5
    assert "Thủ Đức, TP. Hồ Chí Minh" in places
    assert not shops & {shop for group in market.network().values() for shop in group}
