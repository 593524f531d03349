"""Who tries out how to hide from the screener is noticed, and no text is kept for it."""

import uuid

from django.urls import reverse

from chosach.desk.api.models import Probing
from chosach.desk.api.probing import BOTH_WAYS, LASTS, VARIANTS, Watch
from chosach.desk.ledger.models import Entry
from tests.desk.api.asking import a_key, ask

KEY = uuid.uuid4()
TEXT = "Túi da cao cấp hàng {} giao nhanh trong ngày, xem hàng rồi trả tiền"


def variants(count: int) -> list[str]:
    """One text with one word spelt so many ways."""
    return [TEXT.format(".".join("dao bep"[: 1 + number % 7]) + "'" * number) for number in range(count)]


def test_many_variants_with_both_outcomes_are_noticed_once() -> None:
    watch = Watch()
    noticed = [watch.notice(KEY, text, told=number % 2 == 0) for number, text in enumerate(variants(2 * VARIANTS - 1))]
    assert noticed.index(VARIANTS) == VARIANTS - 1
    assert sum(count > 0 for count in noticed) == 1


def test_a_row_of_like_listings_that_are_all_told_or_all_clean_is_no_probing() -> None:
    watch = Watch()
    assert not any(watch.notice(KEY, text, told=False) for text in variants(100))
    assert not any(watch.notice(uuid.uuid4(), text, told=True) for text in variants(100))


def test_different_listings_are_no_variants_and_the_same_again_is_one() -> None:
    watch = Watch()
    goods = ["ghế gỗ", "đèn bàn", "xe đạp trẻ em", "nồi gang", "áo mưa", "kệ sách", "bóng đá", "lều trại"]
    places = ["Biên Hòa", "Long Khánh", "Trảng Bom", "Xuân Lộc", "Tân Phú"]
    texts = [f"{what} {'rất ' * number}mới ở {where}" for number, what in enumerate(goods) for where in places]
    mixed = [watch.notice(KEY, text, told=number % 3 == 0) for number, text in enumerate(texts * 2)]
    assert not any(mixed)
    same = Watch()
    assert not any(same.notice(KEY, variants(1)[0], told=number % 2 == 0) for number in range(200))


def test_what_was_sent_an_hour_ago_is_forgotten() -> None:
    now = [0.0]
    watch = Watch(clock=lambda: now[0])
    for number, text in enumerate(variants(VARIANTS - 1)):
        watch.notice(KEY, text, told=number < BOTH_WAYS)
    now[0] += LASTS + 1
    assert watch.notice(KEY, variants(VARIANTS)[-1], told=False) == 0


def test_keys_are_looked_at_apart() -> None:
    watch = Watch()
    assert not any(watch.notice(uuid.uuid4(), text, told=number % 2 == 0) for number, text in enumerate(variants(100)))


def test_the_administrator_is_told_and_says_what_came_of_it(cast) -> None:
    made = a_key(cast)
    words = ["super fake", "đẹp"]
    for number in range(VARIANTS + 5):
        assert (
            ask(made.text, {"title": f"Túi xách nữ {words[number % 2]} hàng mới về, da mềm, nhiều màu, giao nhanh {number}"}).status_code
            == 200
        )
    probing = Probing.objects.get(key=made.key)
    assert probing.variants == VARIANTS
    entry = Entry.objects.get(event="api.probing_noticed")
    assert str(made.key.pk) in entry.refs
    administrator = cast["quantri"].client
    assert "dò bộ sàng lọc" in administrator.get(reverse("core:home")).content.decode()
    page = administrator.get(reverse("api_keys:key", args=[made.key.pk])).content.decode()
    assert "Túi xách" not in page
    administrator.post(reverse("api_keys:review", args=[probing.pk]), {"reason": "Gian hàng có nhiều tin giống nhau"})
    probing.refresh_from_db()
    assert probing.reviewed_at is not None
    assert "dò bộ sàng lọc" not in administrator.get(reverse("core:home")).content.decode()
