"""Pages of rings: what stands on them, for whom, and in how many queries."""

import datetime as dt
import random
import re
import time
from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import open_leads
from chosach.desk.registry.models import Channel, Identifier, Sighting, Trader
from chosach.desk.rings import alike, evidence, network, services
from chosach.desk.rings.alike import common_words
from chosach.desk.rings.models import Judgement, Member, Run, Tie
from chosach.desk.rings.selectors import names_of
from chosach.desk.rings.services.effects import OLDER
from chosach.desk.rings.views import LINKS
from chosach.linking.rings.output import SENTENCES
from tests.desk.rings.making import LINKER, WAREHOUSE, channel, linked, market, members, ring, shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
Queries = Callable[..., Any]


def text(client: Client, name: str, *given: object, **query: str) -> str:
    answer = client.get(reverse(name, args=given), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def police(cast: Cast) -> Client:
    return cast["congan.can-bo"].client


def test_the_list_names_the_organiser_and_narrows(cast: Cast, police: Client) -> None:
    market("a", "b", "c")
    linked(rings={"R": ["a", "b", "c"]}, roles={"b": "organiser"})
    page = text(police, "rings:rings")
    assert "Đường dây 1" in page
    assert "Shop b" in page
    assert "Đường dây 1" in text(police, "rings:rings", kind="warehouse", size="3")
    assert "Đường dây 1" not in text(police, "rings:rings", size="5")
    assert "Đường dây 1" not in text(police, "rings:rings", kind="account")
    found = police.post(reverse("rings:rings"), {"q": "shop c"}, follow=True)
    assert "Đường dây 1" in found.content.decode()
    assert "shop" not in found.redirect_chain[0][0], "a name stands in no address"


def test_a_ring_shows_the_organiser_first_and_the_same_in_tables_as_in_the_drawing(cast: Cast, police: Client) -> None:
    market("a", "b", "c")
    linked(rings={"R": ["a", "b", "c"]}, roles={"b": "organiser"})
    page = text(police, "rings:ring", ring().id)
    assert page.count("data-node=") == 3
    assert page.count("data-a=") == 3
    table = page[page.index("<tbody") :]
    assert table.index("Shop b") < min(table.index("Shop a"), table.index("Shop c"))
    assert "Nối với mọi thương nhân khác" in page
    ties = text(police, "rings:ring", ring().id, muc="moi-lien-ket")
    assert ties.count("Cùng kho hàng.") == 3
    assert "Thấy lần đầu" in text(police, "rings:ring", ring().id, muc="dien-bien")


@pytest.mark.parametrize("x", [0.0, 1.0])
def test_a_name_at_the_edge_of_the_drawing_is_not_cut(cast: Cast, x: float) -> None:
    """In the letters of a phone a name of 22 letters is a third of the drawing wide."""
    shop("a", seller_name="Cửa hàng Hương Quê Trảng Bom")
    shop("b")
    linked(rings={"R": ["a", "b"]})
    Member.objects.filter(trader=trader("a")).update(x=x)
    node = next(one for one in network.draw(list(ring().members.select_related("trader")), []).nodes if one.trader == trader("a").id)
    half = len(node.label) * 26 * 0.55 / 2
    assert half <= node.label_x <= network.WIDTH - half


def test_an_edge_opens_to_its_evidence_side_by_side_with_the_words_marked(cast: Cast, police: Client) -> None:
    market("a", "b", ring=("a", "b"))
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "Cùng kho hàng. Ba thương nhân cùng có." in page
    assert page.count("<mark") == 2
    assert WAREHOUSE in page


SHOES = "Giày da bò thật khâu tay từng đôi, đế cao su đúc, lót da cừu, đủ cỡ từ ba mươi tám tới bốn mươi tư, bảo hành"


def test_near_texts_are_shown_beside_each_other(cast: Cast, police: Client) -> None:
    shop("a", f"{SHOES} hai năm")
    shop("a", "Mũ vải", listing_id="khac")
    shop("b", f"{SHOES} ba năm")
    linked(rings={"R": ["a", "b"]}, kind="text")
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    # the words of both are marked, the one that differs and what is told beside it are not
    assert page.count(f"{SHOES}</mark>") == 2
    assert re.search(r"</mark>\s*hai\s*năm", page)
    assert re.search(r"</mark>\s*ba\s*năm", page)
    assert "Mũ vải" not in page


BAGS = "Túi vải bố in hình phố cổ, quai dài đeo chéo, ngăn trong có khóa kéo, giặt máy được, mỗi mẫu chỉ may hai chục chiếc"
HATS = "Nón lá làng nghề chằm mười sáu vành, lót lụa vẽ tay, quai nhung, gói hộp giấy cứng, gửi đi xa không móp không gãy"


def test_a_tie_by_several_texts_shows_each_of_them_once(cast: Cast, police: Client) -> None:
    """Of one text the most alike pair; those that stand on another channel of the trader too."""
    shop("a", f"{SHOES} hai năm")
    shop("a", f"{SHOES} hai năm rưỡi", listing_id="lan-hai")
    shop("a", f"{BAGS} thôi", listing_id="tui")
    shop("a2", f"{HATS} đâu")
    shop("b", f"{SHOES} hai năm")
    shop("b", f"{HATS} nhé", listing_id="non")
    shop("b", f"{BAGS} nha", listing_id="tui-b")
    linked(rings={"R": ["a", "b"]}, same=[("a", "a2")], kind="text")
    Tie.objects.update(sentence="Cùng dùng 3 đoạn mô tả (gần như giống hệt). Đoạn hiếm nhất có ở 2 thương nhân.")
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "Đoạn 1 trong 3" in page
    assert [page.count(f"Đoạn {at} trong 3") for at in (2, 3)] == [1, 1]
    for told in (SHOES, BAGS, HATS):
        assert page.count(f"{told}") >= 2
    assert page.count('class="sides-grid"') == 3
    assert "không xem được ở đây" not in page


def test_what_two_ties_of_one_kind_stand_for_is_shown_once(cast: Cast, police: Client) -> None:
    """A trader that took another in has the ties of both until the next linking."""
    shop("a", f"{SHOES} hai năm")
    shop("a2", f"{BAGS} thôi")
    shop("b", f"{SHOES} ba năm")
    shop("b", f"{BAGS} nha", listing_id="tui-b")
    linked(rings={"R": ["a", "a2", "b"]}, ties=[("a", "b"), ("a2", "b")], kind="text")
    services.judge_same(trader("a").id, trader("a2").id, reason="Một chủ", actor=cast["congan.can-bo"].actor)
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert page.count('class="sides-grid"') == 2
    assert page.count("Đoạn 2 trong 2") == 1
    assert page.count("Cùng kho hàng. Ba thương nhân cùng có.") == 2, "each tie says its sentence"


def test_beside_a_tie_it_is_said_how_many_channels_are_not_named(cast: Cast, police: Client) -> None:
    many = [f"k{at:02}" for at in range(12)]
    market(*many, "b", ring=(many[0], "b"), same=[many])
    page = text(police, "rings:pair", trader("k00").id, trader("b").id)
    assert "và 2 kênh bán khác" in page


def test_traders_with_one_name_are_told_apart_in_drawing_roles_and_tables(cast: Cast, police: Client) -> None:
    shop("a", seller_name="Gian hàng An Bình 29")
    shop("b", seller_name="Gian hàng An Bình 29", platform="banbe.example")
    shop("c", seller_name="Gian hàng An Bình 29", platform="banbe.example")
    shop("d")
    linked(rings={"R": ["a", "b", "c", "d"]}, roles={"b": "organiser"})
    page = text(police, "rings:ring", ring().id)
    others = {
        trader(one).name + told for one, told in (("a", " (chodon.example)"), ("b", " (banbe.example b)"), ("c", " (banbe.example c)"))
    }
    assert len(others) == 3
    for called in others:
        assert page.count(called) >= 2, "on its sign in the drawing, and in the table"
    labels = re.findall(r"<text class=\"network-name\"[^>]*>([^<]+)<", page)
    assert len(set(labels)) == 4
    assert max(len(label) for label in labels) <= 26
    assert "Shop d (" not in page
    tie = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "Gian hàng An Bình 29 (chodon.example)</bdi> và" in tie or "Gian hàng An Bình 29 (banbe.example)</bdi> và" in tie


def test_a_name_made_of_what_nobody_published_tells_no_traders_apart(cast: Cast) -> None:
    """A seller who gave no id is known by the digest of a phone: it is shown to nobody."""
    for name in ("a", "b"):
        shop(name)
        Trader.objects.filter(id=trader(name).id).update(name="Chưa rõ người bán")
    for number, one in enumerate(Channel.objects.all()):
        one.seller_key = f"phone:{'abcdef0123' * 6}{number}"
        one.save()
    names = set(names_of(Trader.objects.all()).values())
    assert len(names) == 2
    assert not any("abcdef" in name for name in names)


def test_a_judgement_begins_with_its_state_and_reason_and_opens_many_channels_by_a_click(cast: Cast, police: Client) -> None:
    many = [f"k{at:02}" for at in range(14)]
    market(*many, "b", ring=(many[0], "b"), same=[many])
    judged = services.cut(trader("k00").id, trader("b").id, reason="Chung chợ đầu mối", actor=cast["congan.can-bo"].actor)
    page = text(police, "rings:judgement", judged.id)
    page = page[page.index("<main") :]
    assert page.index("Chung chợ đầu mối") < page.index("Hoàn tác nhận định") < page.index("Hai bên") < page.index("Shop k00")
    assert "Xem thêm 4 kênh bán" in page
    assert page.count("Nay thuộc") == 2


def test_a_trader_of_many_channels_says_the_strongest_reasons_and_opens_the_others_by_a_click(cast: Cast, police: Client) -> None:
    many = [f"k{at:02}" for at in range(14)]
    market(*many, "b", ring=(many[0], "b"), same=[many])
    page = text(police, "rings:trader", trader("k00").id)
    said, more = page.index("Tên gian hàng gần giống nhau."), page.index("cặp kênh</summary>")
    assert page[said:more].count("Tên gian hàng gần giống nhau.") == LINKS
    assert page[more:].count("Tên gian hàng gần giống nhau.") > LINKS
    assert "Xem thêm 4 kênh bán" in page


def test_what_was_said_of_a_ring_before_a_judgement_says_so(cast: Cast, police: Client) -> None:
    market("a", "b", "c", ring=("a", "b", "c"))
    before = ring().sentence
    judged = services.judge_same(trader("a").id, trader("b").id, reason="Một chủ", actor=cast["congan.can-bo"].actor)
    assert ring().sentence == f"{OLDER}{before}"
    services.undo(judged.id, reason="Nhầm", actor=cast["congan.can-bo"].actor)
    assert ring().sentence == before


def test_the_time_line_says_why_traders_came_and_went(cast: Cast, police: Client) -> None:
    """At once the judgement; where it is undone after another linking, the next one says that it comes after that."""
    officer = cast["congan.can-bo"].actor
    market("a", "b", "c", "d", ring=("a", "c", "d"), same=[("a", "b")])
    judged = services.judge_different(trader("a").id, channels=[channel("b").id], reason="Hai chủ", actor=officer)
    linked(rings={"R": ["a", "b", "c", "d"]})
    told = ring().changes.filter(what="grew").latest("created_at").sentence
    assert told.startswith("Thêm Shop b.")
    assert told.endswith("Theo lần tìm liên kết mới nhất, sau nhận định của cán bộ (Không phải một người: Hai chủ).")
    services.undo(judged.id, reason="Nhầm hồ sơ", actor=officer)
    linked(rings={"R": ["a", "c", "d"]}, same=[("a", "b")])
    told = ring().changes.filter(what="shrank").latest("created_at").sentence
    assert told.startswith("Bớt Shop b. Vẫn 4 kênh bán.")
    assert told.endswith("sau khi hoàn tác một nhận định (Không phải một người: Nhầm hồ sơ).")
    linked(rings={"R": ["a", "c"]}, same=[("a", "b")])
    told = ring().changes.filter(what="shrank").latest("created_at").sentence
    assert told == "Bớt Shop d. Theo lần tìm liên kết mới nhất.", "what an earlier linking took over is no reason any more"


def test_texts_that_have_changed_since_are_said_not_to_be_seen(cast: Cast, police: Client) -> None:
    shop("a", f"{SHOES} hai năm")
    shop("b", f"{SHOES} ba năm")
    linked(rings={"R": ["a", "b"]}, kind="text")
    Tie.objects.update(sentence="Cùng dùng 4 đoạn mô tả (gần như giống hệt). Đoạn hiếm nhất có ở 2 thương nhân.")
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "Đoạn 1 trong 4" in page
    assert "3 đoạn khác không xem được ở đây" in page


def test_hashes_that_a_file_gave_say_that_the_picture_was_not_sent(cast: Cast, police: Client) -> None:
    one = "a5" * 8 + "3c" * 8 + "5a" * 8 + "c3" * 8
    shop("a", "Túi", images=[one, "anh.jpg"])
    shop("b", "Giày", images=["khac.jpg", one])
    linked(rings={"R": ["a", "b"]}, kind="image")
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert page.count("tệp nhập chỉ ghi mã của ảnh") == 2


@pytest.mark.parametrize(("merged", "parted"), [(0, 0), (3, 1)])
def test_the_last_run_says_what_changed_in_whole_sentences(cast: Cast, police: Client, merged: int, parted: int) -> None:
    market("a", "b", ring=("a", "b"))
    run = Run.objects.get()
    run.counts |= {"channels": 2, "merged": merged, "parted": parted}
    run.save()
    page = text(police, "rings:rings")
    if merged:
        assert "3 thương nhân được thấy là cùng một người với thương nhân khác" in page
        assert "1 thương nhân được thấy là người khác nên đã tách ra" in page
    else:
        assert "không thương nhân nào phải nhập vào hoặc tách khỏi thương nhân khác" in page


def test_words_that_near_texts_share_are_marked_in_whatever_case_and_stay_text(cast: Cast, police: Client) -> None:
    shop("a", f"{SHOES}. GIAY DA BO that <script>alert(1)</script> khâu tay")
    shop("b", f"{SHOES.upper()} GIÀY da bò thật, <SCRIPT>alert(1)</SCRIPT> khâu máy")
    linked(rings={"R": ["a", "b"]}, kind="text")
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "<script>alert" not in page.lower().replace("<script src", "")
    assert "GIAY DA BO that &lt;script&gt;alert(1)&lt;/script&gt; khâu</mark>" in page
    assert "GIÀY da bò thật, &lt;SCRIPT&gt;alert(1)&lt;/SCRIPT&gt; khâu</mark>" in page


def test_nothing_is_marked_where_the_listings_shown_are_not_those_of_the_tie(cast: Cast, police: Client) -> None:
    shop("a", "Giày da bò thật khâu tay từng đôi, bảo hành hai năm, giao trong ngày")
    shop("b", "Túi da bò thật khâu tay, nhiều màu, không đổi trả, hàng về mỗi tuần")
    linked(rings={"R": ["a", "b"]}, kind="text")
    page = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "Túi da bò thật" in page
    assert "<mark" not in page


@pytest.mark.parametrize(
    ("left", "right"),
    [("một hai " * 500, "một ba hai " * 333), ("một hai " * 500, "hai một một " * 333), ("một " * 1000, "một hai một " * 333)],
)
def test_words_that_come_again_and_again_are_compared_in_a_moment(left: str, right: str) -> None:
    began = time.process_time()
    spans = common_words(left, right)
    assert time.process_time() - began < 2, "such texts once took five seconds and more"
    for text_, found in zip((left, right), spans, strict=True):
        assert all(len(text_[one["start"] : one["end"]].split()) >= 2 for one in found)
        assert all(a["end"] < b["start"] for a, b in pairwise(found))
    assert [left[one["start"] : one["end"]] for one in spans[0]] == [right[one["start"] : one["end"]] for one in spans[1]]


def test_two_traders_with_hundreds_of_texts_that_are_not_near_are_compared_in_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, words = random.Random(5), [f"từ{at}" for at in range(20_000)]
    told = [[alike._Seen(" ".join(drawn.choices(words, k=250)), alike.Side(Channel(name=side))) for _ in range(300)] for side in "ab"]
    told[1][7] = alike._Seen(f"{' '.join(told[0][3].content.split()[:60])} {told[1][7].content}", alike.Side(Channel(name="gần nhất")))
    given = iter(told)
    monkeypatch.setattr(alike, "_texts", lambda _: next(given))
    compared: list[int] = []
    whole = alike._likely
    monkeypatch.setattr(alike, "_likely", lambda mine, theirs: compared.extend([len(mine), len(theirs)]) or whole(mine, theirs))
    [(_, other)] = alike.shared_texts([], [])
    assert compared == [40, 40], "each with each of 300 took the page seconds"
    assert other.channel.name == "gần nhất"


def test_listings_that_are_only_compared_are_not_read_whole(cast: Cast) -> None:
    shop("a", SHOES)
    [(_, read)] = alike._listings([channel("a")], "images")
    assert {"title", "description"} <= read.get_deferred_fields()
    [(left, _)] = alike.shared_texts([channel("a")], [channel("a")])
    assert left.listing is not None
    assert not left.listing.get_deferred_fields(), "what is shown is read in one go"


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_how_many_texts_or_pictures_a_tie_stands_for_is_read_from_the_sentence_as_it_is_written(name: str) -> None:
    said = evidence._MANY.match(SENTENCES[name].format(v="0912345678", n=3, k=27))
    assert (said and said[1]) == ("27" if name in {"texts", "images"} else None)


def test_a_run_that_goes_on_elsewhere_is_marked_once() -> None:
    left, right = common_words("một hai ba bốn", "một hai ba x hai ba bốn năm")
    assert [(one["start"], one["end"]) for one in left] == [(0, 10)]
    assert [(one["start"], one["end"]) for one in right] == [(0, 10)]
    assert common_words("a b x c d", "a b c d")[1] == [
        {"start": 0, "end": 3, "note": "Hai bên giống nhau"},
        {"start": 4, "end": 7, "note": "Hai bên giống nhau"},
    ]


def test_long_texts_are_compared_as_far_as_a_person_reads() -> None:
    long = "một hai ba " * 50_000
    left, right = common_words(long, long)
    assert left == right
    assert 0 < left[-1]["end"] < 20_000
    assert common_words("", "một hai") == ([], [])
    assert common_words("Túi", "túi xách")[1] == [{"start": 0, "end": 3, "note": "Hai bên giống nhau"}]


def test_the_traders_page_in_the_registry_shows_its_ring_and_its_links_with_reasons(cast: Cast, police: Client) -> None:
    market("a", "b", "c", ring=("a", "c"), same=[("a", "b")])
    page = text(police, "registry:trader", trader("a").id)
    assert reverse("rings:ring", args=[ring().id]) in page
    assert "Tên gian hàng gần giống nhau." in page
    assert "Với <bdi>Shop c</bdi>" in page
    own = text(police, "rings:trader", trader("a").id)
    assert "Shop b" in own
    assert "Tách kênh của người khác" in own


def test_a_lead_leads_to_the_ring_of_its_trader(cast: Cast) -> None:
    market("a", "b", "c", ring=("a", "b"), kind="counterfeit", location="Biên Hòa, Đồng Nai")
    open_leads(actor=LINKER)
    officer = {one.actor.body_id: one for one in cast.values() if one.actor.may("leads.read")}
    for name, told in (("a", True), ("c", False)):
        lead = Lead.objects.get(trader=trader(name))
        page = text(officer[lead.body_id].client, "leads:lead", lead.id)
        assert (reverse("rings:ring", args=[ring().id]) in page) is told


def test_who_may_not_judge_sees_no_forms(cast: Cast) -> None:
    market("a", "b", ring=("a", "b"))
    page = text(cast["nhnn.can-bo"].client, "rings:pair", trader("a").id, trader("b").id)
    assert "Cắt mối liên kết" not in page


def test_a_form_without_a_reason_says_so_and_changes_nothing(cast: Cast, police: Client) -> None:
    market("a", "b", ring=("a", "b"))
    answer = police.post(reverse("rings:cut", args=[trader("a").id, trader("b").id]), {"reason": ""})
    assert answer.status_code == 422
    assert not Judgement.objects.exists()


def test_an_identifier_that_nobody_published_is_read_by_named_bodies_alone(cast: Cast, police: Client) -> None:
    market("a", "b", ring=("a", "b"))
    secret = Identifier.objects.create(kind="phone", value="0951999888", digest="x" * 64)
    for name in ("a", "b"):
        Sighting.objects.create(identifier=secret, channel=channel(name), field="")
    tie = Tie.objects.get()
    tie.kind, tie.identifier, tie.value, tie.sentence = "phone", secret, secret.value, f"Cùng số điện thoại {secret.value}."
    tie.save()
    pages = [
        ("rings:pair", (trader("a").id, trader("b").id), {}),
        ("rings:ring", (ring().id,), {"muc": "moi-lien-ket"}),
        ("rings:trader", (trader("a").id,), {}),
        ("registry:trader", (trader("a").id,), {}),
    ]
    for name, given, query in pages:
        assert secret.value in text(police, name, *given, **query), name
        assert secret.value not in text(cast["thue.can-bo"].client, name, *given, **query), name
    looked = cast["thue.can-bo"].client.post(reverse("registry:search"), {"kind": "phone", "value": secret.value})
    assert "Shop a" not in looked.content.decode()


def nearly_tied(cast: Cast) -> tuple[str, str]:
    """Two shops tied by a number that the second shows with another last figure."""
    shop("a", "Gọi 0951999888")
    shop("b", "Gọi 0951999889")
    linked(rings={"R1": ["a", "b"]})
    tie = Tie.objects.get()
    tie.kind, tie.identifier, tie.value = "phone", Identifier.objects.get(value="0951999888"), "0951999888"
    tie.sentence = "Số điện thoại gần trùng 0951999888, có thể do ghi sai."
    tie.save()
    return str(trader("a").id), str(trader("b").id)


def test_of_a_near_value_each_side_shows_its_own(cast: Cast, police: Client) -> None:
    page = text(police, "rings:pair", *nearly_tied(cast))
    assert sorted(re.findall(r"<mark[^>]*>(?:<[^>]+>)*(09\d{8})", page)) == ["0951999888", "0951999889"]
    assert "Không có tin bán nào để xem" not in page


def test_a_value_that_is_nearly_one_nobody_published_is_not_told_either(cast: Cast, police: Client) -> None:
    sides = nearly_tied(cast)
    Sighting.objects.filter(channel=channel("b")).update(listing=None)
    assert "gần trùng 0951999888" in text(police, "rings:pair", *sides)
    page = text(cast["thue.can-bo"].client, "rings:pair", *sides)
    assert "095199988" not in page
    assert "(không công khai)" in page


def test_a_merged_trader_and_a_merged_ring_lead_to_what_they_are_now(cast: Cast, police: Client) -> None:
    market("a", "b", "c", "d")
    linked(rings={"R1": ["a", "b"], "R2": ["c", "d"]})
    old = trader("d")
    linked(rings={"R": ["a", "b", "c"]}, same=[("c", "d")])
    answer = police.get(reverse("rings:trader", args=[old.id]), follow=True)
    assert "Shop c" in answer.content.decode()
    assert "đã nhập vào thương nhân" in answer.content.decode()


def test_pages_take_a_bounded_number_of_queries_however_large_the_ring(
    cast: Cast, police: Client, django_assert_max_num_queries: Queries
) -> None:
    few, many = [f"n{at:02d}" for at in range(3)], [f"n{at:02d}" for at in range(30)]
    market(*many)
    text(police, "rings:rings")  # what a session asks once
    counts = []
    for names in (few, many):
        linked(rings={"R": names}, ties=list(combinations(names, 2))[:200])
        for tab in ("thanh-vien", "moi-lien-ket", "dien-bien", "nhan-dinh"):
            with django_assert_max_num_queries(32) as seen:
                text(police, "rings:ring", ring().id, muc=tab)
            counts.append(len(seen))
        with django_assert_max_num_queries(60):
            text(police, "rings:pair", trader("n00").id, trader("n01").id)
    assert counts[:4] == counts[4:]
    assert len(members(ring())) == 30


def test_a_judgement_is_undone_on_its_page(cast: Cast, police: Client) -> None:
    market("a", "b", "c", ring=("a", "b", "c"))
    judged = services.cut(trader("a").id, trader("b").id, reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    address = reverse("rings:judgement", args=[judged.id])
    assert "Chung chợ" in text(police, "rings:judgement", judged.id)
    assert "Đã hoàn tác nhận định." in police.post(address, {"reason": "Nhầm"}, follow=True).content.decode()
    assert Judgement.objects.get().state == Judgement.State.UNDONE


def test_while_a_judgement_waits_the_pages_say_so_and_the_asked_body_finds_the_answer(cast: Cast, police: Client) -> None:
    market("a", "b", ring=("a", "b"))
    services.cut(trader("a").id, trader("b").id, reason="Chung chợ", actor=cast["qltt.can-bo"].actor)
    waiting = services.judge_same(trader("a").id, trader("b").id, reason="Một chủ", actor=cast["congan.can-bo"].actor)
    assert waiting.state == Judgement.State.WAITING
    pair = text(police, "rings:pair", trader("a").id, trader("b").id)
    assert "Một nhận định đang chờ cơ quan khác trả lời" in pair
    assert "Nhập thành một" not in pair, "no form that can only fail"
    ask = waiting.asks.get()
    address = f"{reverse('rings:asks')}#de-nghi-{ask.id}"
    assert address in text(cast["qltt.can-bo"].client, "rings:judgement", waiting.id)
    assert address not in text(police, "rings:judgement", waiting.id)
    assert f'id="de-nghi-{ask.id}"' in text(cast["qltt.can-bo"].client, "rings:asks")


def test_growth_counts_by_the_days_of_the_country() -> None:
    """What was captured at half past five in the morning was so that day, though it was the day before elsewhere."""
    drawn = network.growth([dt.datetime(2020, 11, 12, 22, 30, tzinfo=dt.UTC)], dt.date(2020, 11, 13))
    assert drawn.steps == [(dt.date(2020, 11, 13), 1)]


def test_growth_is_drawn_to_today_and_told_in_words(cast: Cast, police: Client) -> None:
    market("a", "b", ring=("a", "b"))
    drawn = network.growth([dt.datetime(2020, 11, 13, tzinfo=dt.UTC), dt.datetime(2020, 11, 20, tzinfo=dt.UTC)], dt.date(2020, 11, 27))
    assert [number for _, number in drawn.steps] == [1, 2]
    assert drawn.dots[1][0] == (network.LEFT + network.RIGHT) / 2, "a week of two"
    assert (drawn.dots[0][1], drawn.dots[1][1]) == ((network.TOP + network.BOTTOM) / 2, network.TOP)
    page = text(police, "rings:ring", ring().id, muc="dien-bien")
    assert "theo ngày ghi nhận tin đầu tiên của mỗi kênh" in page
    assert "2 kênh" in page
