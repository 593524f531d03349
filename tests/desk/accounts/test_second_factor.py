"""The second factor: offered to all, asked of some, reset when the phone is lost."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from chosach.desk.accounts import selectors, services
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.selectors import entries_of
from tests.people import PASSWORD, Cast


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


def code_of(secret: str) -> str:
    """What the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signed_in(name: str) -> Client:
    client = Client()
    client.post("/dang-nhap/", {"login": name, "password": PASSWORD})
    return client


def set_up(client: Client) -> str:
    assert client.get("/tai-khoan/hai-lop/bat/").headers["Location"].startswith("/tai-khoan/xac-thuc-lai/")
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    secret: str = client.get("/tai-khoan/hai-lop/bat/").context["form"].secret
    assert client.post("/tai-khoan/hai-lop/bat/", {"code": code_of(secret)}).status_code == 302
    return secret


def test_anybody_may_set_one_up_and_then_needs_it_at_the_next_sign_in(cast: Cast) -> None:
    client = signed_in("qltt.can-bo")
    secret = set_up(client)
    cache.clear()  # a code is good once; the next half minute is not waited for
    later = signed_in("qltt.can-bo")
    assert later.get("/").status_code == 302
    assert later.post("/tai-khoan/hai-lop/nhap-ma/", {"code": "000000"}).status_code == 200
    assert later.post("/tai-khoan/hai-lop/nhap-ma/", {"code": code_of(secret)}).status_code == 302
    assert later.get("/").status_code == 200
    events = [entry.event for entry in entries_of("user", cast["qltt.can-bo"].user.pk)]
    assert events == ["signin.succeeded", "mfa.enabled", "mfa.failed", "signin.succeeded"]


def test_a_recovery_code_opens_once(cast: Cast) -> None:
    user = cast["qltt.can-bo"].user
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    first, second = signed_in("qltt.can-bo"), signed_in("qltt.can-bo")
    assert first.post("/tai-khoan/hai-lop/nhap-ma/", {"code": code}).status_code == 302
    assert first.get("/").status_code == 200
    assert second.post("/tai-khoan/hai-lop/nhap-ma/", {"code": code}).status_code == 200
    assert second.get("/").status_code == 302


def test_secrets_do_not_lie_open_in_the_database(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast["qltt.can-bo"].user, secret)
    RecoveryCodes.activate(cast["qltt.can-bo"].user)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())


def test_a_rule_sends_a_role_to_the_set_up_before_anything_else(cast: Cast) -> None:
    services.add_rule(actor=cast["quantri"].actor, role="officer", body=cast["qltt.can-bo"].body)
    client = signed_in("qltt.can-bo")
    for address in ("/", "/tai-khoan/phien/", "/nguoi-dung/"):
        assert client.get(address).headers["Location"] == "/tai-khoan/hai-lop/bat/"
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/tai-khoan/hai-lop/bat/"
    set_up(client)
    assert client.get("/").status_code == 200
    assert signed_in("thue.can-bo").get("/").status_code == 200
    assert signed_in("qltt.lanh-dao").get("/").status_code == 200


def test_the_server_can_ask_a_role_for_it_in_every_body(cast: Cast, settings: object) -> None:
    settings.MFA_REQUIRED_ROLES = ["head"]  # type: ignore[attr-defined]
    assert signed_in("thue.lanh-dao").get("/").headers["Location"] == "/tai-khoan/hai-lop/bat/"
    assert signed_in("thue.can-bo").get("/").status_code == 200


def test_who_must_have_it_cannot_turn_it_off(cast: Cast) -> None:
    client = signed_in("qltt.can-bo")
    set_up(client)
    rule = services.add_rule(actor=cast["quantri"].actor, role="officer")
    client.post("/tai-khoan/hai-lop/tat/")
    assert selectors.has_second_factor(cast["qltt.can-bo"].user)
    services.remove_rule(rule.pk, actor=cast["quantri"].actor)
    client.post("/tai-khoan/hai-lop/tat/")
    assert not selectors.has_second_factor(cast["qltt.can-bo"].user)


def test_an_administrator_resets_it_for_a_person_who_lost_the_phone(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    client = signed_in("qltt.can-bo")
    set_up(client)
    services.reset_second_factor(officer.user.pk, actor=cast["quantri"].actor, reason="Mất điện thoại, đã gặp trực tiếp")
    assert client.get("/").status_code == 302
    assert signed_in("qltt.can-bo").get("/").status_code == 200
    assert entries_of("user", officer.user.pk).filter(event="mfa.reset").exists()


def test_there_must_be_something_to_reset(cast: Cast) -> None:
    with pytest.raises(Problem) as caught:
        services.reset_second_factor(cast["qltt.can-bo"].user.pk, actor=cast["quantri"].actor, reason="thử")
    assert caught.value.code == "mfa.none"


def test_a_rule_stands_once(cast: Cast) -> None:
    services.add_rule(actor=cast["quantri"].actor, role="head")
    with pytest.raises(Problem) as caught:
        services.add_rule(actor=cast["quantri"].actor, role="head")
    assert caught.value.code == "mfa.rule_exists"
