"""Evidence is kept under the hash of its bytes, judged by content, and stands in the ledger from the first moment."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.evidence import names, services, store
from chosach.desk.evidence.models import Evidence
from chosach.desk.evidence.recognise import media_type
from chosach.desk.ledger.selectors import entries_of
from tests.desk.evidence.conftest import SHELF

Add = Callable[..., Evidence]


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_bytes_lie_under_their_own_hash_and_the_entry_holds_it(add: Add, tmp_path: Path) -> None:
    content = b"%PDF-1.4 hoa don so 12"
    piece = add(content)
    assert piece.sha256 == hashlib.sha256(content).hexdigest()
    assert (tmp_path / "files" / store.key(piece.sha256)).read_bytes() == content
    entry = entries_of("evidence", piece.id).get()
    assert entry.event == "evidence.added"
    assert piece.sha256 in entry.payload.text


def test_the_same_bytes_twice_are_two_pieces_and_one_file(add: Add, tmp_path: Path) -> None:
    first, second = add(), add(name="ban-sao.pdf")
    assert (first.number, second.number) == (1, 2)
    assert len(files_below(tmp_path / "files")) == 1


def test_a_file_beyond_the_limit_leaves_nothing_behind(add: Add, settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(Problem) as problem:
        add(b"x" * 11)
    assert problem.value.code == "evidence.too_large"
    assert not files_below(tmp_path / "files")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\x00" + b"\0" * 60, "anh.jpg"), (b"\x7fELF" + b"\0" * 60, "hoa-don.pdf"), (b"#!/bin/sh\nrm -rf /", "ghi-chu.txt")],
)
def test_a_program_is_refused_whatever_its_name(add: Add, tmp_path: Path, content: bytes, name: str) -> None:
    with pytest.raises(Problem) as problem:
        add(content, name=name)
    assert problem.value.code == "evidence.program_refused"
    assert not files_below(tmp_path / "files")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"content": b""}, "evidence.empty"),
        ({"description": "  "}, "evidence.description_missing"),
        ({"source": ""}, "evidence.source_missing"),
        ({"taken_at": timezone.now() + dt.timedelta(days=1)}, "evidence.taken_in_future"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(add: Add, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as problem:
        add(**given)
    assert problem.value.code == code
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        ("Người bán nói giá 100.000đ".encode(), "text/plain"),
        ("\ufeffCộng hòa".encode("utf-16"), "text/plain"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">', "image/svg+xml"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"  <script>alert(1)</script>", "text/html"),
        (b'{"a": 1}', "application/json"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
    ],
)
def test_a_type_is_recognised_by_content(content: bytes, expected: str) -> None:
    assert media_type(content) == expected


def test_text_cut_in_the_middle_of_a_letter_is_still_text() -> None:
    assert media_type(("a" * 8191 + "ế").encode()[:8192]) == "text/plain"


@pytest.mark.parametrize(
    ("name", "media", "expected"),
    [
        ("hoa-don.pdf", "application/pdf", "hoa-don.pdf"),
        ("hoa-don.pdf.exe", "text/plain", "hoa-don.pdf.exe.txt"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ('a"; x=\r\n.html', "text/html", "a_ x=.html"),
        ("Ảnh chụp\u202egpj.exe", "image/jpeg", "Ảnh chụpgpj.exe.jpg"),
        ("", "application/pdf", "khong-ten.pdf"),
    ],
)
def test_a_name_goes_back_to_a_disk_cleaned_and_with_the_ending_of_its_content(name: str, media: str, expected: str) -> None:
    assert names.for_download(name, media) == expected


def test_an_outsider_can_not_add_see_download_or_hand_over(cast: Any, add: Add) -> None:
    piece = add()
    for key in ("thue.can-bo", "vptt.can-bo", "mttq.can-bo", "isp.lien-he", "quantri", "kiemtoan"):
        actor = cast[key].actor
        with pytest.raises(Refused):
            services.add("shelf", SHELF, chunks=[b"x"], name="x", description="x", source="x", actor=actor)
        with pytest.raises(Refused):
            services.view(piece.id, actor=actor)
        with pytest.raises(Refused):
            services.download(piece.id, actor=actor)
        with pytest.raises(Refused):
            services.hand_over(piece.id, to="x", reason="x", actor=actor)


def test_a_protected_piece_is_refused_to_who_may_only_read(cast: Any, add: Add) -> None:
    open_piece, protected = add(), add(protected=True)
    assert services.view(open_piece.id, actor=cast["congan.can-bo"].actor) == open_piece
    with pytest.raises(Refused):
        services.view(protected.id, actor=cast["congan.can-bo"].actor)


def test_what_is_taken_in_now_was_collected_on_the_day_the_body_works_on(add: Add) -> None:
    businessdate.simulate(dt.date(2020, 12, 9))
    piece = add()
    assert timezone.localtime(piece.taken_at).date() == piece.added_on == dt.date(2020, 12, 9)
