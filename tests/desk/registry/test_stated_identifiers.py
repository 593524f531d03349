"""What a seller never published, a body may state: it joins and ties as a published value, and only named bodies read it."""

import pytest
from django.urls import reverse

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs.models import Job
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.identifiers import typed
from chosach.desk.registry.models import Join, Sighting, Trader
from chosach.desk.registry.services import state_identifier, withdraw_identifier
from chosach.desk.rings.job_kinds import LINK
from chosach.desk.rings.models import Link, Tie
from chosach.desk.rings.services.sharing import tell_what_both_have
from tests.desk.rings.making import channel, linked, market, shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
ACCOUNT = "19036625517018"


def state(
    cast: Cast, name: str, *, kind: str = "account", value: str = ACCOUNT, who: str = "congan.can-bo", ground: str = "Bút lục 12"
) -> Sighting:
    on = channel(name)
    return state_identifier(on.trader_id, channel=str(on.id), kind=kind, value=value, ground=ground, actor=cast[who].actor)


def page_of(cast: Cast, who: str, name: str) -> str:
    return cast[who].client.get(reverse("registry:trader", args=[trader(name).id])).content.decode()


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("phone", "+84 951.234.567", "0951234567"),
        ("phone", "095123456", None),
        ("phone", "0123456789", None),
        ("account", "VCB 0071 0012 34567", "0071001234567"),
        ("account", "123456", None),
        ("account", "12345", None),
        ("tax_code", "0300588569", "0300588569"),
        ("tax_code", "0300588568", None),
        ("email", "Lan.Shop@Gmail.com", "lan.shop@gmail.com"),
        ("domain", "https://www.giayxin.vn/ao?x=1", "giayxin.vn"),
        ("domain", "facebook.com", None),
        ("address", "12 Phan Trung, Biên Hòa", None),
    ],
)
def test_a_stated_value_is_read_as_a_listing_s_is_and_a_slip_is_refused(kind: str, written: str, read: str | None) -> None:
    assert typed(kind, written) == read


def test_police_state_an_account_and_other_bodies_do_not_read_it(cast: Cast) -> None:
    shop("a")
    sent = {"channel": str(channel("a").id), "kind": "account", "value": "1903 6625 5170 18", "ground": "Vụ 12, bút lục 3"}
    answer = cast["congan.can-bo"].client.post(reverse("registry:state_identifier", args=[trader("a").id]), sent, follow=True)
    assert "Đã ghi định danh" in answer.content.decode()
    for who in ("congan.lanh-dao", "qltt.can-bo"):
        assert ACCOUNT in page_of(cast, who, "a")
        assert "Vụ 12, bút lục 3" in page_of(cast, who, "a")
    assert ACCOUNT not in page_of(cast, "thue.can-bo", "a")
    assert "bút lục 3" not in page_of(cast, "thue.can-bo", "a")
    looked_up = {"kind": "account", "value": ACCOUNT}
    assert "Shop a" in cast["qltt.can-bo"].client.post(reverse("registry:search"), looked_up).content.decode()
    assert "Shop a" not in cast["thue.can-bo"].client.post(reverse("registry:search"), looked_up).content.decode()


def test_the_ledger_names_who_and_whom_and_the_value_only_where_it_can_be_redacted(cast: Cast) -> None:
    shop("a")
    state(cast, "a")
    entry = Entry.objects.get(event="registry.identifier_stated")
    assert ACCOUNT not in str(entry.refs)
    assert str(channel("a").id) in str(entry.refs)


def test_that_another_seller_publishes_a_value_does_not_tell_whom_it_was_stated_of(cast: Cast) -> None:
    """The value is public on b; that a uses it too nobody but the named bodies reads."""
    shop("a")
    shop("b", f"Chuyển khoản STK {ACCOUNT} Vietcombank.")
    state(cast, "a")
    for who, reads in (("congan.can-bo", True), ("thue.can-bo", False)):
        pages = {name: cast[who].client.get(reverse("registry:trader", args=[channel(name).trader_id])).content.decode() for name in "ab"}
        assert ACCOUNT in pages["b"]  # joined by it: one trader, whose channel b shows it
        assert (f"Cùng tài khoản ngân hàng <bdi>{ACCOUNT}</bdi>" in pages["a"]) is reads
        assert ("(không công khai)" in pages["a"]) is not reads


def test_a_stated_value_joins_as_a_published_one_and_taken_back_it_leaves_no_join(cast: Cast) -> None:
    shop("a")
    shop("b", f"Chuyển khoản STK {ACCOUNT} Vietcombank.")
    assert trader("a") != trader("b")
    made = state(cast, "a")
    assert trader("a") == trader("b")
    assert Job.objects.filter(kind=LINK).exists()
    withdraw_identifier(made.id, reason="Ghi nhầm kênh", actor=cast["congan.lanh-dao"].actor)
    assert not Join.objects.exists()
    assert ACCOUNT not in page_of(cast, "congan.can-bo", "a").partition("Định danh")[0]
    assert Entry.objects.filter(event="registry.identifier_withdrawn").count() == 1


def test_joins_of_others_by_the_same_value_stay_when_one_statement_is_taken_back(cast: Cast) -> None:
    for name in "bc":
        shop(name, f"Chuyển khoản STK {ACCOUNT} Vietcombank.")
    shop("a")
    made = state(cast, "a")
    withdraw_identifier(made.id, reason="Ghi nhầm", actor=cast["congan.can-bo"].actor)
    assert {frozenset((join.first, join.second)) for join in Join.objects.all()} == {frozenset((channel("b"), channel("c")))}


def test_only_the_body_that_stated_it_takes_it_back(cast: Cast) -> None:
    shop("a")
    made = state(cast, "a")
    with pytest.raises(Refused):
        withdraw_identifier(made.id, reason="Không đúng", actor=cast["qltt.can-bo"].actor)
    with pytest.raises(Problem, match=r"identifier\.reason_missing"):
        withdraw_identifier(made.id, reason=" ", actor=cast["congan.can-bo"].actor)
    assert Sighting.objects.filter(id=made.id).exists()


def test_what_the_seller_publishes_later_is_public_and_stays_when_the_statement_is_taken_back(cast: Cast) -> None:
    shop("a")
    made = state(cast, "a")
    shop("a", f"Chuyển khoản STK {ACCOUNT} Vietcombank.", listing_id="tin-moi")
    assert ACCOUNT in page_of(cast, "thue.can-bo", "a")
    withdraw_identifier(made.id, reason="Đã công khai", actor=cast["congan.can-bo"].actor)
    assert ACCOUNT in page_of(cast, "thue.can-bo", "a")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"value": "12"}, "identifier.value"),
        ({"kind": "address", "value": "12 Phan Trung"}, "identifier.kind"),
        ({"ground": "  "}, "identifier.ground_missing"),
    ],
)
def test_what_cannot_be_read_or_rests_on_nothing_is_refused(cast: Cast, changed: dict[str, str], code: str) -> None:
    shop("a")
    with pytest.raises(Problem) as told:
        state(cast, "a", **changed)
    assert told.value.code == code
    assert not Sighting.objects.exists()


def test_a_channel_of_another_trader_and_a_value_that_stands_there_already_are_refused(cast: Cast) -> None:
    shop("a", f"Chuyển khoản STK {ACCOUNT} Vietcombank.")
    shop("b")
    with pytest.raises(Problem, match=r"identifier\.known"):
        state(cast, "a")
    with pytest.raises(Problem, match=r"identifier\.channel"):
        state_identifier(
            trader("a").id, channel=str(channel("b").id), kind="phone", value="0951234567", ground="x", actor=cast["qltt.can-bo"].actor
        )
    assert Trader.objects.filter(merged_into=None).count() == 2


def test_a_tie_by_a_stated_value_says_on_what_ground(cast: Cast) -> None:
    market("a", "b", ring=("a", "b"))
    made = state(cast, "a", kind="phone", value="0951999888")
    tie = Tie.objects.get()
    tie.kind, tie.identifier, tie.value = "phone", made.identifier, made.identifier.value
    tie.left_channel, tie.right_channel = sorted((channel("a"), channel("b")), key=lambda one: one.trader_id)
    tie.save()
    sides = (trader("a").id, trader("b").id)
    pages = {who: cast[who].client.get(reverse("rings:pair", args=sides)).content.decode() for who in ("congan.can-bo", "thue.can-bo")}
    assert "Căn cứ: <bdi>Bút lục 12</bdi>" in pages["congan.can-bo"]
    other = pages["thue.can-bo"]
    assert "Bút lục 12" not in other
    assert "0951999888" not in other


def tied(kind: str, value: str) -> Tie:
    """A tie between a and b by a value as linking gives it, which the registry may have in another form."""
    linked(rings={"R1": ["a", "b"]}, kind=kind, value=value)
    return Tie.objects.get()


def pair_page(cast: Cast, who: str) -> str:
    sides = (trader("a").id, trader("b").id)
    return cast[who].client.get(reverse("rings:pair", args=sides)).content.decode()


@pytest.mark.parametrize(
    ("kind", "of_tie", "published", "as_linked"),
    [
        ("social", "handle", "facebook.com/lan.shop99", "lan.shop99"),
        ("email", "email", "lan.shop+vip@gmail.com", "lanshop@gmail.com"),
        ("tax_code", "tax_code", "0300588569-001", "0300588569"),
    ],
)
def test_what_linking_writes_in_a_form_of_its_own_is_hidden_and_read_as_the_registry_s(
    cast: Cast, kind: str, of_tie: str, published: str, as_linked: str
) -> None:
    words = {"social": "Nhắn", "email": "Thư", "tax_code": "MST"}
    told = f"{words[kind]} {published}"
    for name in "ab":
        shop(name, told)
    assert Sighting.objects.filter(identifier__kind=kind).count() == 2
    Join.objects.all().delete()
    Sighting.objects.filter(channel=channel("a")).update(listing=None)
    if trader("a") == trader("b"):
        linked()
    tie = tied(of_tie, as_linked)
    assert tie.identifier is not None and tie.identifier.value == published, "the tie is by what the registry has"
    assert as_linked in pair_page(cast, "congan.can-bo")
    assert as_linked not in pair_page(cast, "thue.can-bo")
    Sighting.objects.filter(channel=channel("a")).update(listing=channel("a").listings.get())
    assert as_linked in pair_page(cast, "thue.can-bo")


def test_a_tie_by_what_was_taken_back_tells_nobody_the_value_until_it_is_gone(cast: Cast) -> None:
    """The next linking drops it; a judgement that is undone before brings it back."""
    shop("a")
    shop("b", "Gọi 0951999888")
    made = state(cast, "a", value="0951234567", kind="phone")
    tied("phone", "0951234567")
    withdraw_identifier(made.id, reason="Ghi nhầm kênh", actor=cast["congan.can-bo"].actor)
    assert "0951234567" not in pair_page(cast, "thue.can-bo")


def test_why_channels_are_one_trader_s_does_not_name_what_was_taken_back(cast: Cast) -> None:
    shop("a", "Gọi 0951999888")
    shop("b", f"Gọi 0951999888, STK {ACCOUNT} Vietcombank.")
    made = state(cast, "a")
    first, second = sorted((channel("a"), channel("b")), key=lambda one: one.id)
    link = Link(trader=trader("a"), first=first, second=second, probability=1, weight=20, agreement=1, reasons=[])
    tell_what_both_have([link])
    link.save()
    assert ACCOUNT in str(link.reasons) and "0951999888" in str(link.reasons)
    address = reverse("rings:trader", args=[link.trader_id])
    for _ in ("stated", "taken back"):
        page = cast["thue.can-bo"].client.get(address).content.decode()
        assert "Cùng số điện thoại 0951999888" in page
        assert f"Cùng tài khoản ngân hàng {ACCOUNT}" not in page
        if Sighting.objects.filter(id=made.id).exists():
            withdraw_identifier(made.id, reason="Ghi nhầm kênh", actor=cast["congan.can-bo"].actor)
