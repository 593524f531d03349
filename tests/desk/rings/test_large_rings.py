"""A ring of hundreds opens as quickly as a small one; of thousands the drawing shows the weightiest and counts the others."""

import time
import uuid

import pytest
from django.urls import reverse

from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Trader
from chosach.desk.rings import network
from chosach.desk.rings.models import Member, Ring, Tie
from tests.people import Cast

pytestmark = pytest.mark.django_db


def a_ring(size: int) -> Ring:
    """So many traders with a channel each, the first tied to all, each tied to the next five."""
    names = [f"Gian hàng {at:04d}" for at in range(size)]
    traders = sorted((Trader(name=name, search=fold(name)) for name in names), key=lambda one: one.id)
    Trader.objects.bulk_create(traders)
    channels = [
        Channel(trader=one, platform="chodon.example", seller_key=f"id:{one.id}", name=one.name, channel_class="shop") for one in traders
    ]
    Channel.objects.bulk_create(channels)
    ring = Ring.objects.create(number=1, traders=size, channels=size, on="2020-11-20", organiser=traders[0])
    Member.objects.bulk_create(
        Member(
            ring=ring, trader=one, on="2020-11-20", channels=1, role="member" if at else "organiser", score=0.8, x=at / size, y=at % 7 / 7,
        )
        for at, one in enumerate(traders)
    )  # fmt: skip
    pairs = {(min(a, b), max(a, b)) for a in range(size) for b in (0, *(a + step for step in range(1, 6))) if a != b and b < size}
    Tie.objects.bulk_create(
        Tie(
            left=traders[a], right=traders[b], left_channel=channels[a], right_channel=channels[b], kind="phone", value="0951234567",
            weight=7, shared_by=size, sentence="Cùng số điện thoại 0951234567.",
        )
        for a, b in sorted(pairs)
    )  # fmt: skip
    return ring


@pytest.mark.once
def test_the_page_of_a_ring_of_three_hundred_is_quick(cast: Cast) -> None:
    ring, client = a_ring(300), cast["congan.can-bo"].client
    spent = []
    for _ in range(4):
        start = time.process_time()
        answer = client.get(reverse("rings:ring", args=[ring.id]))
        spent.append(time.process_time() - start)
        assert answer.status_code == 200
    assert answer.content.decode().count("data-node=") == 300
    assert min(spent) < 0.6, f"0.3 seconds of processor on a quiet machine, twice that on a busy one: {spent}"


def test_of_thousands_the_weightiest_are_drawn_and_the_others_counted(cast: Cast) -> None:
    ring = a_ring(network.WHOLE + 200)
    page = cast["congan.can-bo"].client.get(reverse("rings:ring", args=[ring.id])).content.decode()
    assert page.count("data-node=") == network.DRAWN
    assert "520 thương nhân khác được gộp" in page
    assert "1–50 trong 600" in page


def _chain(size: int) -> tuple[list[Member], list[network.Pair]]:
    """An organiser, and behind him chains of three; every second trader seems to be a front."""
    roles = ["organiser", *("front" if at % 2 else "member" for at in range(1, size))]
    members = [Member(trader=Trader(id=uuid.UUID(int=at + 1), name=f"T{at}"), role=role, score=0.5) for at, role in enumerate(roles)]
    pairs = []
    for at in range(1, size):
        a, b = uuid.UUID(int=1 if at % 3 == 1 else at), uuid.UUID(int=at + 1)
        tie = Tie(left_id=a, right_id=b, kind="phone", weight=9.0 - at % 3, sentence="")
        pairs.append(network.Pair(a, b, [tie]))
    return members, pairs


def test_in_a_drawing_of_parts_everybody_hangs_on_somebody_drawn() -> None:
    members, pairs = _chain(network.WHOLE + 100)
    drawn = network.draw(members, pairs)
    assert sum(node.more for node in drawn.nodes) == drawn.hidden == len(members) - network.DRAWN
    assert drawn.loose == 0, "also who is tied only to others that are not drawn"


def test_a_drawing_of_parts_shows_those_who_are_tied_most_and_not_only_fronts() -> None:
    members, pairs = _chain(network.WHOLE + 100)
    tied = uuid.UUID(int=len(members))  # a plain member far back, tied to many
    members[-1].role = "member"
    pairs += [
        network.Pair(uuid.UUID(int=at), tied, [Tie(left_id=uuid.UUID(int=at), right_id=tied, kind="phone", weight=9.0)])
        for at in range(2, 60)
    ]
    shown = {node.trader for node in network.draw(members, pairs).nodes}
    assert {uuid.UUID(int=1), tied} <= shown


def test_who_hangs_on_nobody_drawn_is_counted_apart() -> None:
    members, pairs = _chain(network.WHOLE + 100)
    alone = members[-1].trader_id
    left = [pair for pair in pairs if alone not in (pair.first, pair.second)]
    assert network.draw(members, left).loose == 1


def test_the_same_ring_is_drawn_the_same(cast: Cast) -> None:
    from chosach.desk.rings.drawing import places

    traders = [uuid.UUID(int=at) for at in range(40)]
    ties = {(traders[a], traders[a + 1]): 6.0 for a in range(39)}
    assert places(traders, ties) == places(traders[::-1], dict(reversed(ties.items())))
