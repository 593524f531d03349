"""What holds for every request: answers are kept nowhere, too much is refused unread, a problem is told in words, and behind TLS the
settings are those that Django asks for."""

import os
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest

from chosach.desk.core.errors import Problem
from tests.desk.cases.making import a_case, set_the_day


@pytest.mark.parametrize("address", ["/", "/vu-viec/", "/so-dang-ky/", "/tai-khoan/phien/", "/khong-co-trang-nay/"])
def test_no_page_stays_on_a_shared_machine(cast: Any, address: str) -> None:
    assert "no-store" in cast["qltt.can-bo"].client.get(address)["Cache-Control"]


def test_the_sign_in_page_is_not_kept_but_style_sheets_are(db: None, outsider: Any) -> None:
    assert "no-store" in outsider.get("/dang-nhap/")["Cache-Control"]
    assert "no-store" not in outsider.get("/static/chosach/base.css")["Cache-Control"]


def test_a_stranger_cannot_fill_the_disk_through_a_form(outsider: Any, monkeypatch: Any) -> None:
    from django.core.files import uploadhandler

    def written(*args: Any) -> None:
        raise AssertionError("the upload was read")

    monkeypatch.setattr(uploadhandler.TemporaryFileUploadHandler, "receive_data_chunk", written)
    response = outsider.post("/dang-nhap/", {"login": "x", "password": "x", "file": BytesIO(b"x" * 3_000_000)})
    assert response.status_code == 413 and "2,5 MB" in response.content.decode()


def test_too_large_a_piece_of_evidence_is_refused_before_it_is_read(cast: Any, settings: Any) -> None:
    set_the_day()
    case, client = a_case(cast), cast["qltt.can-bo"].client
    given = {"description": "x", "source": "x"}
    settings.EVIDENCE_MAX_BYTES = 3_000_000
    address = f"/vu-viec/{case.id}/chung-cu/them/"
    too_large = client.post(address, {**given, "file": BytesIO(b"x" * 3_200_000)})
    assert too_large.status_code == 413 and "tối đa 3,0 MB" in too_large.content.decode()
    assert client.post(address, {**given, "file": BytesIO(b"x" * 2_900_000)}).status_code == 302


@pytest.mark.parametrize("address", ["/dau-moi/?q=%00", "/so-dang-ky/?q=a%00", "/ke-hoach/%00/"])
def test_an_address_that_no_database_takes_is_a_bad_request(cast: Any, address: str) -> None:
    response = cast["qltt.can-bo"].client.get(address)
    assert response.status_code == 400 and "Yêu cầu không đọc được" in response.content.decode()


def test_a_problem_that_no_page_catches_is_told_in_words(cast: Any, monkeypatch: Any) -> None:
    def sections(actor: Any) -> Any:
        raise Problem("test.broken", "Tệp lưu không còn <nguyên> vẹn.")

    monkeypatch.setattr("chosach.desk.core.home.sections_for", sections)
    response = cast["qltt.can-bo"].client.get("/")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tệp lưu không còn &lt;nguyên&gt; vẹn." in page and "test.broken" in page


def test_a_session_number_that_is_none_ends_nothing_by_accident(cast: Any) -> None:
    for number in ("²", "9" * 40):
        assert cast["qltt.can-bo"].client.post("/tai-khoan/phien/", {"session": number}).status_code == 404


def test_behind_tls_django_finds_nothing_to_warn_of(tmp_path: Any) -> None:
    env = os.environ | {"CHOSACH_TLS": "1", "CHOSACH_HOME": str(tmp_path), "CHOSACH_ALLOWED_HOSTS": "cho-sach.example"}
    env |= {"DJANGO_SETTINGS_MODULE": "chosach.desk.settings"}
    env = {name: value for name, value in env.items() if name not in {"CHOSACH_SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}}
    words = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
