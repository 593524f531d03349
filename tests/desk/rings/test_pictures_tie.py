"""Copies of one picture tie traders in rings, and so does an account that only stands in a payment code: with a sentence, side by side."""

from typing import Any

import pytest
from django.urls import reverse

from chosach.desk.core.access import system
from chosach.desk.evidence import store
from chosach.desk.jobs.run import run_job
from chosach.desk.registry.models import Identifier, Listing, Sighting
from chosach.desk.registry.services import ReadPicture, join_traders, take_pictures
from chosach.desk.rings import alike, evidence, records, services
from chosach.desk.rings.models import Ring, Tie
from chosach.linking.joints import facts
from tests.desk.imports.zips import ACCOUNT, copied, photo, poster
from tests.desk.rings.making import WAREHOUSE, channel, linked, shop, trader
from tests.linking.joints.making import jpeg
from tests.people import Cast

pytestmark = pytest.mark.django_db
SOURCE = "pictures:test"
NAMES = ("Hoa Mai", "Thanh Bình", "Đại Phát")


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
    }


def pictured(**pictures: bytes) -> None:
    """These shops show these pictures."""
    read = []
    for name, content in pictures.items():
        listing = Listing.objects.filter(channel=channel(name)).earliest("external_id")
        stored = store.put([content], limit=1 << 20)
        read.append(ReadPicture(stored.sha256, stored.size, facts.of_bytes(content), [listing.id], f"{name}.jpg"))
    take_pictures(read, source=SOURCE, actor=system("test"))
    join_traders(source=SOURCE, actor=system("test"))


def read_into(listing_id: str, content: bytes) -> None:
    """This listing shows this picture."""
    stored = store.put([content], limit=1 << 20)
    listing = Listing.objects.get(external_id=listing_id)
    take_pictures(
        [ReadPicture(stored.sha256, stored.size, facts.of_bytes(content), [listing.id], f"{listing_id}.jpg")],
        source=SOURCE, actor=system("test"),
    )  # fmt: skip


def link(cast: Cast) -> None:
    started = services.start_linking(actor=cast["congan.can-bo"].actor)
    assert started.job is not None
    run_job(started.job.id)
    started.job.refresh_from_db()
    assert started.job.state == "done", started.job.error


def images_of(name: str) -> list[str]:
    rows = {row["record_id"]: row for row in records.read().records.to_pylist()}
    return list(rows[str(channel(name).id)]["images"])


def test_traders_who_share_a_warehouse_and_copies_of_a_picture_are_a_ring_with_both_pictures_beside_each_other(cast: Cast) -> None:
    for at, name in enumerate(NAMES):
        text = f"Mẫu {at} của {name}. Gọi 095123456{at}. Kho hàng: {WAREHOUSE}"
        shop(f"s{at}", text, seller_name=f"{name} {at}", images=["anh.jpg"])
    pictured(s0=jpeg(photo(1)), s1=copied(1), s2=jpeg(photo(1), quality=40))
    link(cast)
    assert Ring.objects.get().traders == 3
    ties = Tie.objects.filter(kind="image")
    assert ties.count() == 3
    assert "một ảnh" in ties[0].sentence
    first, second = trader("s0"), trader("s1")
    page = cast["congan.can-bo"].client.get(reverse("rings:pair", args=[first.id, second.id])).content.decode()
    shown = {str(one) for one in Listing.objects.values_list("pictures__picture", flat=True)}
    assert sum(f"/anh/{one}/" in page for one in shown) == 2


def test_a_picture_that_stands_in_all_listings_leaves_room_for_the_one_that_two_share(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop's logo is the first picture of each of its listings."""
    monkeypatch.setattr(alike, "PICTURES", 3)
    shop("a", "Túi")
    shop("b", "Giày", seller_name="Cửa hàng Mây")
    logo, shared = jpeg(photo(7)), jpeg(photo(1))
    for at in range(6):
        shop("a", f"Túi {at}", listing_id=f"tin-a{at}")
        read_into(f"tin-a{at}", logo)
    read_into("tin-a", shared)
    read_into("tin-b", copied(1))
    linked(ties=[("a", "b")], kind="image")
    tie = Tie.objects.get()
    (shown,) = evidence.evidence_of(
        cast["congan.can-bo"].actor, list(Tie.objects.filter(id=tie.id).select_related("left_channel", "right_channel"))
    )
    assert {half.picture.listing.external_id for half in shown.halves if half.picture} == {"tin-a", "tin-b"}


def test_another_picture_ties_nobody(cast: Cast) -> None:
    for at, name in enumerate(NAMES):
        shop(f"s{at}", f"Mẫu {at} của {name}. Kho hàng: {WAREHOUSE}", seller_name=f"{name} {at}")
    pictured(s0=jpeg(photo(1)), s1=jpeg(photo(2)), s2=jpeg(photo(3)))
    link(cast)
    assert not Tie.objects.filter(kind="image").exists()


def test_the_sheet_of_a_payment_code_says_whose_account_it_is_and_is_no_picture_that_ties(cast: Cast) -> None:
    """All customers of a bank have the same sheet."""
    shop("a", "Túi")
    shop("b", "Giày", seller_name="Cửa hàng Mây")
    pictured(a=poster(), b=poster("0071000999999"))
    assert images_of("a") == []
    assert set(Sighting.objects.values_list("channel__name", "identifier__value")) == {
        ("Shop a", ACCOUNT), ("Cửa hàng Mây", "0071000999999"),
    }  # fmt: skip
    assert trader("a") != trader("b")
    pictured(b=jpeg(photo(1)))
    assert len(images_of("b")) == 1


def test_two_shops_with_one_account_in_their_pictures_are_one_trader_whose_tie_shows_the_picture_when_parted(cast: Cast) -> None:
    shop("a", "Túi")
    shop("b", "Giày", seller_name="Cửa hàng Mây", platform="banbe.example")
    pictured(a=poster(), b=poster() + b" ")
    assert trader("a") == trader("b")
    services.judge_different(trader("a").id, channels=[channel("b").id], reason="Hai người", actor=cast["congan.can-bo"].actor)
    tie = Tie.objects.get(kind="account")
    assert tie.identifier == Identifier.objects.get(kind="account")
    page = cast["congan.can-bo"].client.get(reverse("rings:pair", args=[tie.left_id, tie.right_id])).content.decode()
    assert page.count("<figure") == 2
    assert ACCOUNT in page


def test_pictures_that_come_while_the_registry_is_linked_have_it_linked_again(cast: Cast) -> None:
    from chosach.desk.rings.selectors import stamp

    shop("a", "Túi")
    before = stamp()
    pictured(a=jpeg(photo(1)))
    assert stamp() != before
