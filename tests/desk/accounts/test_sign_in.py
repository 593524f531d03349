"""Signing in: wrong passwords make wait, then lock; all of it stands in the ledger."""

import pytest
from django.core.cache import cache
from django.test import Client

from chosach.desk.accounts import selectors, services
from chosach.desk.ledger.models import Entry, Payload
from chosach.desk.ledger.selectors import entries_of
from tests.people import PASSWORD, Cast


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


def attempt(name: str, password: str = PASSWORD, address: str = "10.0.0.7") -> int:
    return Client().post("/dang-nhap/", {"login": name, "password": password}, REMOTE_ADDR=address).status_code


def lock(name: str) -> None:
    for _ in range(5):
        attempt(name, "sai mật khẩu")


def test_the_right_password_opens_and_is_an_entry(cast: Cast) -> None:
    assert attempt("qltt.can-bo") == 302
    assert [entry.event for entry in entries_of("user", cast["qltt.can-bo"].user.pk)] == ["signin.succeeded"]


def test_five_wrong_passwords_lock_the_name_for_that_address(cast: Cast) -> None:
    assert [attempt("qltt.can-bo", "sai") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert attempt("qltt.can-bo") == 429
    assert attempt("qltt.can-bo", address="10.0.0.8") == 302
    events = [entry.event for entry in entries_of("user", cast["qltt.can-bo"].user.pk)]
    assert events == ["signin.failed"] * 4 + ["signin.locked", "signin.succeeded"]


def test_the_page_of_a_locked_name_says_how_long_and_whom_to_ask(cast: Cast) -> None:
    lock("qltt.can-bo")
    page = Client().post("/dang-nhap/", {"login": "qltt.can-bo", "password": PASSWORD}, REMOTE_ADDR="10.0.0.7").content.decode()
    assert "30 phút" in page
    assert "quản trị" in page


def test_many_addresses_do_not_help_to_guess_one_password(cast: Cast) -> None:
    for number in range(10):
        attempt("qltt.can-bo", "sai", address=f"10.0.1.{number}")
    page = Client().post("/dang-nhap/", {"login": "qltt.can-bo", "password": PASSWORD}, REMOTE_ADDR="10.0.2.1")
    assert page.status_code == 200
    assert "Đã thử sai quá nhiều lần" in page.content.decode()


def test_a_name_that_belongs_to_nobody_is_answered_alike_and_not_kept(cast: Cast) -> None:
    known = Client().post("/dang-nhap/", {"login": "qltt.can-bo", "password": "sai"})
    unknown = Client().post("/dang-nhap/", {"login": "Mật khẩu gõ nhầm ô", "password": "sai"})
    assert known.context["form"].errors == unknown.context["form"].errors
    assert Entry.objects.latest("seq").event == "access.refused"
    assert not Payload.objects.filter(text__contains="gõ nhầm").exists()


def test_an_administrator_sees_who_is_locked_out_and_lifts_it(cast: Cast) -> None:
    lock("qltt.can-bo")
    administrator = cast["quantri"]
    assert [lockout.user.username for lockout in selectors.lockouts(administrator.actor)] == ["qltt.can-bo"]
    assert "Nguyễn Thu Hà" in administrator.client.get("/nguoi-dung/tam-khoa/").content.decode()
    services.lift_lockout(cast["qltt.can-bo"].user.pk, actor=administrator.actor, reason="Đã gọi điện xác nhận")
    assert not selectors.lockouts(administrator.actor)
    assert attempt("qltt.can-bo") == 302


def test_an_ended_account_is_told_so_on_the_sign_in_page(cast: Cast) -> None:
    services.deactivate(cast["qltt.can-bo"].user.pk, actor=cast["quantri"].actor, reason="Nghỉ việc")
    answer = Client().post("/dang-nhap/", {"login": "qltt.can-bo", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/dang-nhap/", 302)]
    assert "đã ngừng hoạt động" in answer.content.decode()


def test_a_first_password_is_changed_before_anything_opens(cast: Cast) -> None:
    made = services.add_person(
        actor=cast["quantri"].actor, username="qltt.moi", full_name="Người Mới", body=cast["qltt.can-bo"].body, role="officer"
    )
    client = Client()
    client.post("/dang-nhap/", {"login": "qltt.moi", "password": made.password})
    assert client.get("/").headers["Location"] == "/tai-khoan/mat-khau/"
    same = {"oldpassword": made.password, "password1": made.password, "password2": made.password}
    assert client.post("/tai-khoan/mat-khau/", same).status_code == 200
    chosen = {"oldpassword": made.password, "password1": "Cầu Hóa An bắc qua sông", "password2": "Cầu Hóa An bắc qua sông"}
    assert client.post("/tai-khoan/mat-khau/", chosen).status_code == 302
    assert client.get("/").status_code == 200
    assert entries_of("user", made.user.pk).filter(event="password.changed").count() == 1


def test_a_password_that_was_reset_lets_the_new_one_in_only(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    assert officer.client.get("/").status_code == 200
    made = services.reset_password(officer.user.pk, actor=cast["quantri"].actor, reason="Quên mật khẩu")
    assert officer.client.get("/").status_code == 302
    assert attempt("qltt.can-bo") == 200
    assert attempt("qltt.can-bo", made.password) == 302


def test_nobody_can_sign_up(cast: Cast, outsider: Client) -> None:
    for address in ("/signup/", "/accounts/signup/", "/dang-ky/", "/accounts/password/reset/"):
        assert outsider.get(address).status_code == 404
