"""Keys: made by the administrator, shown once, seen by the body's head and the auditor, taken back."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from chosach.desk.api import secret
from chosach.desk.api.models import Key
from chosach.desk.api.selectors import today
from chosach.desk.api.services import make_key, revoke_key
from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.models import Entry, Payload
from tests.desk.api.asking import CLEAN, a_key, ask
from tests.people import Cast

SOON = dt.timedelta(days=30)


def form(cast: Cast, **fields: object) -> dict[str, object]:
    body = cast["qltt.can-bo"].body.pk
    return {
        "body": body,
        "name": "Máy sàng lọc của Đội 1",
        "expires_on": (today() + SOON).isoformat(),
        "per_minute": 60,
        "per_day": 500,
    } | fields


def test_the_administrator_makes_a_key_that_is_shown_once_and_kept_as_a_hash(cast) -> None:
    answer = cast["quantri"].client.post(reverse("api_keys:add"), form(cast, reasons="on"))
    text = re.search(r"cs_[a-z2-7]{8}_[a-z2-7]{47}", answer.content.decode())
    assert text
    key = Key.objects.get()
    assert (key.digest, key.gives_reasons) == (secret.digest(text[0]), True)
    assert ask(text[0], CLEAN).status_code == 200
    for page in (reverse("api_keys:key", args=[key.pk]), reverse("api_keys:list")):
        shown = cast["quantri"].client.get(page).content.decode()
        assert text[0] not in shown
        assert key.digest not in shown
    made = Entry.objects.get(event="api.key_made")
    written = Payload.objects.get(entry=made).text or ""
    assert key.prefix in written
    assert key.digest not in written
    assert text[0][12:] not in written


def test_head_and_auditor_see_what_a_key_was_used_for_in_numbers(cast) -> None:
    made = a_key(cast)
    ask(made.text, CLEAN)
    for who in ("qltt.lanh-dao", "kiemtoan", "quantri"):
        page = cast[who].client.get(reverse("api_keys:key", args=[made.key.pk]))
        assert page.status_code == 200, who
        assert "Số lượt" in page.content.decode()
    assert made.key.name in cast["qltt.lanh-dao"].client.get(reverse("api_keys:list")).content.decode()


def test_the_head_of_the_body_takes_a_key_back_and_says_why(cast) -> None:
    made = a_key(cast)
    address = reverse("api_keys:revoke", args=[made.key.pk])
    assert cast["qltt.lanh-dao"].client.post(address, {"reason": " "}).status_code == 422
    cast["qltt.lanh-dao"].client.post(address, {"reason": "Đổi nhà cung cấp"})
    assert ask(made.text, CLEAN).status_code == 401
    entry = Entry.objects.get(event="api.key_revoked")
    assert entry.actor == cast["qltt.lanh-dao"].actor.id
    with pytest.raises(Problem, match=r"api_key\.revoked_already"):
        revoke_key(made.key.pk, actor=cast["quantri"].actor, reason="Lần nữa")


def test_an_outsider_can_neither_make_nor_take_back_a_key(cast) -> None:
    made = a_key(cast)
    with pytest.raises(Refused):
        make_key(actor=cast["qltt.lanh-dao"].actor, body=made.key.body, name="Khác", expires_on=today() + SOON)
    for who in ("qltt.can-bo", "kiemtoan", "congan.lanh-dao"):
        with pytest.raises(Refused):
            revoke_key(made.key.pk, actor=cast[who].actor, reason="Thử")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "api_key.name_missing"),
        ({"expires_on": dt.date(2020, 1, 1)}, "api_key.expiry"),
        ({"expires_on": dt.date(2999, 1, 1)}, "api_key.expiry"),
        ({"per_minute": 0}, "api_key.limit"),
        ({"per_day": 10**9}, "api_key.limit"),
        ({"body": "kiemtoan"}, "api_key.body"),
    ],
)
def test_a_key_that_would_be_unsound_is_not_made(cast, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as problem:
        a_key(cast, **changes)
    assert problem.value.code == code


def test_a_day_that_is_over_is_told_together_with_what_else_is_wrong(cast) -> None:
    over = (today() - dt.timedelta(days=1)).isoformat()
    answer = cast["quantri"].client.post(reverse("api_keys:add"), form(cast, name="", expires_on=over, per_minute=0))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy điền mục này." in page
    assert "Ngày này đã qua" in page
    assert "Giá trị phải lớn hơn hoặc bằng 1." in page
    assert not Key.objects.exists()


def test_two_living_keys_of_a_body_do_not_share_a_name(cast) -> None:
    first = a_key(cast)
    with pytest.raises(Problem, match=r"api_key\.name_taken"):
        a_key(cast)
    revoke_key(first.key.pk, actor=cast["quantri"].actor, reason="Mất khóa")
    a_key(cast)


def test_a_simulated_day_neither_opens_nor_closes_a_key(cast) -> None:
    made = a_key(cast)
    businessdate.simulate(today() + dt.timedelta(days=400))
    assert ask(made.text, CLEAN).status_code == 200


def test_only_bodies_of_the_state_are_told_reasons(cast) -> None:
    body = cast["qltt.can-bo"].body
    body.kind = "provider"
    body.save()
    with pytest.raises(Problem, match=r"api_key\.reasons"):
        a_key(cast)
    assert not a_key(cast, reasons=False).key.gives_reasons
