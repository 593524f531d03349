"""Heads are signed, numbered, and leave the house; the daily round verifies first."""

import datetime as dt
import json
import stat
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.utils import timezone

from chosach.desk.core.access import system
from chosach.desk.ledger import heads, triggers
from chosach.desk.ledger.models import Entry, Head
from chosach.desk.ledger.services import record, sign_daily_head, sign_head
from chosach.verifier.chosach_verify import ed25519_verify


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR, settings.HEADS_DIR = tmp_path / "keys", tmp_path / "heads"


def test_a_head_states_number_place_and_hash_and_is_signed(db: None) -> None:
    entry = record("test.acted", actor=system("test"))
    head = sign_head()
    assert (head.number, head.seq, head.entries, head.hash) == (1, 1, 1, entry.hash)
    assert ed25519_verify(bytes.fromhex(heads.public_key()), heads.signed_form(head), bytes.fromhex(head.signature))
    record("test.acted", actor=system("test"))
    assert sign_head().prev == heads.digest(head)


def test_a_ledger_that_has_not_grown_needs_no_new_head(db: None) -> None:
    record("test.acted", actor=system("test"))
    assert sign_head() == sign_head()
    assert Head.objects.count() == 1


def test_the_key_is_for_its_owner_alone_and_made_once(db: None, tmp_path: Path) -> None:
    first = heads.public_key()
    assert first == heads.public_key()
    assert stat.S_IMODE((tmp_path / "keys" / "ledger.pem").stat().st_mode) == 0o600


def test_a_head_leaves_the_house_when_it_is_committed_and_never_replaces_a_file(
    db: None, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    record("test.acted", actor=system("test"))
    path = tmp_path / "heads" / "head-00000001.json"
    with django_capture_on_commit_callbacks(execute=True):
        head = sign_head()
        assert not path.exists()
    assert json.loads(path.read_text())["hash"] == head.hash
    path.write_text("kept as it is")
    heads.export_missing()
    assert path.read_text() == "kept as it is"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_written_does_not_stop_the_signing(
    db: None, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    (tmp_path / "file").write_text("")
    settings.HEADS_DIR = tmp_path / "file" / "below"
    with django_capture_on_commit_callbacks(execute=True):
        sign_head()
    assert heads.unexported() == 1
    settings.HEADS_DIR = tmp_path / "mended"
    assert len(heads.export_missing()) == 1
    assert heads.unexported() == 0


def test_the_daily_round_verifies_and_signs_once_a_day(db: None) -> None:
    record("test.acted", actor=system("test"))
    head = sign_daily_head()
    assert head is not None
    assert sign_daily_head() is None
    result = Entry.objects.get(event="ledger.verified")
    assert head.seq == result.seq
    assert json.loads(result.payload.text or "")["whole"] is True
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + dt.timedelta(days=1)):
        second = sign_daily_head()
    assert second is not None
    assert second.number == 2


def test_a_broken_ledger_is_written_down_as_broken(db: None) -> None:
    record("test.acted", actor=system("test"), payload={"fine": 1})
    connection.check_constraints()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_payload SET text = '{\"fine\":2}'")
    connection.check_constraints()
    triggers.install(connection)
    sign_daily_head()
    result = json.loads(Entry.objects.get(event="ledger.verified").payload.text or "")
    assert (result["whole"], result["findings"]) == (False, [{"code": "payload_changed", "seq": 1}])
