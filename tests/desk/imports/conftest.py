"""Files to bring in, and a home folder of the test's own for them."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chosach.desk.imports.models import Import
from chosach.desk.jobs import run
from tests.people import Member

REPLICA = "Túi xách nữ hàng super fake loại 1 giống auth 99%"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Where uploads and the lake lie in this test."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def without_linking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The linking that every import gives as a job does nothing here: two thirds of a second each. What it does is told of in
    tests/desk/rings, that it comes after an import in tests/journeys/test_j05_ring_of_a_seller.py."""
    monkeypatch.setattr("chosach.desk.rings.job_handlers.link_registry", lambda work: None)


def content(rows: int = 10, start: int = 0, *, bad: bool = True) -> bytes:
    """A file of listings: every third one shows a sign; with `bad`, a row without an id and one with an unclear price."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["Mã tin", "Tên sản phẩm", "Giá", "Sàn", "Mã shop", "Tên shop"])
    for at in range(start, start + rows):
        writer.writerow([f"t{at}", REPLICA if at % 3 == 0 else "Bàn gỗ", "350k", "shopee", f"s{at % 4}", f"Shop {at % 4}"])
    if bad:
        writer.writerow(["", "Không mã", "1", "shopee", "", ""])
        writer.writerow([f"x{start}", "Giá lạ", "rẻ lắm", "shopee", "", ""])
    return text.getvalue().encode()


Upload = Callable[..., Any]


@pytest.fixture
def upload() -> Upload:
    """`upload(member, content(), name="tin.csv")`: send a file as this person; gives the answer after its redirects."""

    def send(member: Member, data: bytes, name: str = "tin.csv", **fields: str) -> Any:
        return member.client.post(reverse("imports:new"), {"file": SimpleUploadedFile(name, data), **fields}, follow=True)

    return send


def confirm(member: Member, found: Import, **changes: str) -> Any:
    """Confirm the mapping as proposed, with these changes."""
    return member.client.post(reverse("imports:mapping", args=[found.id]), {**found.mapping, **changes, "confirm": "1"}, follow=True)


def work_off() -> None:
    """Do all jobs that wait."""
    while run.run_next():
        pass
