"""The frame and the pages for what went wrong."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import path

from chosach.desk.core import access, businessdate
from chosach.desk.ledger import selectors
from chosach.desk.ledger.services import record
from chosach.desk.urls import handler400, handler403, handler404, handler500
from chosach.desk.urls import urlpatterns as desk

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def broken(request):
    raise RuntimeError("hỏng")


urlpatterns = [path("hong/", broken), *desk]


def test_the_policy_allows_no_inline_script_or_style(outsider: Client) -> None:
    policy = outsider.get("/dang-nhap/").headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["object-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"


def test_an_unknown_address_gets_a_vietnamese_page_that_says_what_to_do(outsider: Client) -> None:
    answer = outsider.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


def test_a_form_without_its_seal_is_explained(outsider: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "chưa được ghi nhận" in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_of_the_server_gets_a_page_that_needs_no_database() -> None:
    answer = Client(raise_request_exception=False).get("/hong/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_a_nonsense_request_gets_a_page(outsider: Client) -> None:
    answer = outsider.get("/dang-nhap/", headers={"host": "la.example"})
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.content.decode()


def test_the_frame_says_who_acts_for_which_body_on_which_day(cast) -> None:
    businessdate.simulate(dt.date(2021, 3, 15))
    shown = cast["qltt.can-bo"].client.get("/").content.decode()
    assert "Nguyễn Thu Hà" in shown
    assert "Cán bộ" in shown
    assert cast["qltt.can-bo"].actor.body_name in shown
    assert "Ngày giả lập 15/03/2021" in shown
    businessdate.simulate(None)
    assert "Ngày giả lập" not in cast["qltt.can-bo"].client.get("/").content.decode()


def test_the_head_of_the_ledger_is_shown_to_those_who_are_signed_in_alone(cast, outsider: Client) -> None:
    with transaction.atomic():
        record("access.refused", actor=access.system("test"), payload={"permission": "x.y", "view": "", "method": "GET"})
    head = selectors.head()
    assert head is not None
    assert head.hash[:12] in cast["qltt.can-bo"].client.get("/").content.decode()
    assert head.hash[:12] not in outsider.get("/dang-nhap/").content.decode()


def test_pages_are_vietnamese_whatever_the_browser_prefers_until_a_person_chooses(cast) -> None:
    client = cast["qltt.can-bo"].client
    assert "Bàn làm việc" in client.get("/", headers={"accept-language": "en-US"}).content.decode()
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    shown = client.get("/").content.decode()
    assert 'lang="en"' in shown
    assert "Main navigation" in shown
    client.post("/ngon-ngu/", {"language": "vi", "next": "/"})
    assert "Main navigation" not in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_date_is_read_day_first_in_every_language(language: str) -> None:
    from django import forms
    from django.utils import translation

    with translation.override(language):
        assert forms.DateField().clean("03/04/2021") == dt.date(2021, 4, 3)


def test_the_library_speaks_vietnamese_when_a_password_is_wrong(cast, outsider: Client) -> None:
    shown = outsider.post("/dang-nhap/", {"login": "qltt.can-bo", "password": "sai mật khẩu"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in shown
    assert "Username" not in shown


def test_who_guesses_passwords_is_locked_out_and_told_for_how_long(cast, outsider: Client) -> None:
    cache.clear()  # the library counts there too, across tests
    for _ in range(5):
        answer = outsider.post("/dang-nhap/", {"login": "qltt.can-bo", "password": "sai mật khẩu"})
    assert answer.status_code == 429
    assert "tạm khóa trong 30 phút" in answer.content.decode()
    from django.conf import settings

    assert settings.AXES_COOLOFF_TIME == 0.5, "the page says thirty minutes"
