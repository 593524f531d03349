"""The demo's pictures are known again as copies, and say into which account sellers are paid."""

import re
from functools import cache

from chosach.demo.market import make_market
from chosach.demo.market.pictures import NEWCOMERS, PAID_TOGETHER, planted
from chosach.demo.marketplace import LATE
from chosach.linking.joints import facts, images


@cache
def found() -> dict[str, tuple[str, facts.Facts]]:
    """Name of a picture → the shop that shows it, what stands in it."""
    market = make_market()
    shops = {name: row["seller_id"] for row in market.listings.to_pylist() for name in row["images"]}
    return {name: (shops[name], facts.of_bytes(content)) for name, content in planted(market, late=LATE).items()}


def test_every_picture_is_named_by_a_listing_and_can_be_read() -> None:
    assert len(found()) > 30
    assert not [name for name, (_, told) in found().items() if told.error]


def test_copies_of_the_photograph_are_near_each_other_whoever_uses_it() -> None:
    network = set().union(*make_market().network().values())
    copies = {name: told.hashes[0] for name, (_, told) in found().items() if not told.codes}
    near = images.near(list(copies), list(copies.values()))
    tied = {found()[name][0] for pair in near.to_pylist() for name in (pair["l"], pair["r"])}
    assert len(tied - network) == NEWCOMERS
    assert len(tied & network) > 15
    assert near.num_rows > len(copies) * (len(copies) - 1) / 2 * 0.8


def test_codes_name_the_networks_account_and_one_that_two_other_shops_share() -> None:
    accounts: dict[str, set[str]] = {}
    for shop, told in found().values():
        for code in told.codes:
            assert code.payment is not None
            assert code.payment.valid
            accounts.setdefault(code.value, set()).add(shop)
    shared = next(seller.collects for seller in make_market().sellers if seller.network)
    assert re.fullmatch(r"\d{10}", shared)
    assert len(accounts.pop(shared)) >= NEWCOMERS + 2
    assert [len(shops) for shops in accounts.values()] == [PAID_TOGETHER]
