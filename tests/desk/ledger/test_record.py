"""An act writes one entry, in the same transaction, in one exact form."""

import datetime as dt
import hashlib
import json
import math
import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.ledger import events, selectors
from chosach.desk.ledger.chain import GENESIS, LedgerMisuse
from chosach.desk.ledger.models import Entry, Payload, Ref
from chosach.desk.ledger.services import record

OFFICER = Actor(id=f"user:{uuid.UUID(int=7)}", body_code="market-surveillance")


def test_entries_are_numbered_from_one_without_gap_and_chained(db: None) -> None:
    first, second = (record("test.acted", actor=OFFICER) for _ in range(2))
    assert (first.seq, first.prev_hash) == (1, GENESIS)
    assert (second.seq, second.prev_hash) == (2, first.hash)


def test_an_act_undone_leaves_no_entry_and_no_gap(db: None) -> None:
    record("test.acted", actor=OFFICER)

    def act_and_fail() -> None:
        with transaction.atomic():
            record("test.acted", actor=OFFICER, refs={"case": "a"}, payload={"n": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_and_fail()
    assert record("test.acted", actor=OFFICER).seq == 2
    assert not Ref.objects.exists()
    assert not Payload.objects.exists()


def test_the_hash_is_what_the_specification_says(db: None) -> None:
    """Worked out here by hand from docs/ledger.md, not with the code that writes."""
    entry = record("test.acted", actor=OFFICER, refs={"lead": [2, 1], "case": "vụ".encode().hex()}, payload={"tên": "Hà", "a": [1, None]})
    payload = Payload.objects.get(entry=entry)
    assert payload.text == '{"a":[1,null],"tên":"Hà"}'
    assert payload.salt is not None
    assert len(payload.salt) == 32
    assert entry.payload_hash == hashlib.sha256(bytes(payload.salt) + payload.text.encode()).hexdigest()
    assert entry.refs == '{"case":"76e1bba5","lead":["1","2"]}'
    fields = ["chosach-entry-1", "1", entry.at, entry.business_date, "test.acted", OFFICER.id, "market-surveillance", entry.refs]
    form = b"".join(b"%d:%s," % (len(f.encode()), f.encode()) for f in [*fields, entry.payload_hash, GENESIS])
    assert entry.hash == hashlib.sha256(form).hexdigest()


def test_the_business_date_stands_beside_the_real_time(db: None) -> None:
    businessdate.simulate(dt.date(2021, 2, 11))
    entry = record("test.acted", actor=OFFICER)
    assert entry.business_date == "2021-02-11"
    assert abs((entry.moment - dt.datetime.now(dt.UTC)).total_seconds()) < 60
    assert len(entry.at) == 27


def test_outside_a_transaction_nothing_is_written(committed: object) -> None:
    with pytest.raises(LedgerMisuse, match=r"transaction\.atomic"):
        record("test.acted", actor=OFFICER)
    assert not Entry.objects.exists()


def test_an_event_that_no_app_declares_is_refused(db: None) -> None:
    with pytest.raises(LedgerMisuse, match=r"test\.unheard_of"):
        record("test.unheard_of", actor=OFFICER)


@pytest.mark.parametrize(
    "payload",
    [
        {"a": math.nan},
        {"a": math.inf},
        {"a": {1, 2}},
        {"a": b"x"},
        {1: "a"},
        {"a": object()},
        {"a": "\ud800"},
        {"a": dt.datetime(2021, 1, 1)},
    ],
)
def test_a_payload_without_an_exact_form_is_refused(db: None, payload: dict[Any, Any]) -> None:
    with pytest.raises(LedgerMisuse):
        record("test.acted", actor=OFFICER, payload=payload)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "refs", [{"case": "Nguyễn Văn A"}, {"Case": "1"}, {"case": 1.5}, {"case": "a b"}, {"case": ""}, {"case": {"a": 1}}]
)
def test_refs_hold_ids_and_codes_only(db: None, refs: dict[str, object]) -> None:
    with pytest.raises(LedgerMisuse):
        record("test.acted", actor=OFFICER, refs=refs)


def test_a_ref_to_nothing_is_left_out(db: None) -> None:
    assert record("test.acted", actor=OFFICER, refs={"case": None, "lead": []}).refs == "{}"


def test_an_object_knows_its_entries(db: None) -> None:
    case = uuid.uuid4()
    first = record("test.acted", actor=OFFICER, refs={"case": case})
    record("test.acted", actor=OFFICER, refs={"case": uuid.uuid4(), "lead": case})
    third = record("test.acted", actor=OFFICER, refs={"case": [uuid.uuid4(), case]})
    assert list(selectors.entries_of("case", case)) == [first, third]


def test_figures_are_read_by_business_date_and_up_to_a_frozen_entry(db: None) -> None:
    for day in (1, 2, 3, 4):
        businessdate.simulate(dt.date(2021, 1, day))
        record("test.counted", actor=OFFICER, payload={"fine": day})
        record("test.acted", actor=OFFICER, payload={"fine": 99})
    figures = list(selectors.figure_entries(["test.counted"], dt.date(2021, 1, 2), dt.date(2021, 1, 4), 6))
    assert [figure.payload["fine"] for figure in figures] == [2, 3]
    assert figures[0].business_date == "2021-01-02"


def test_an_event_declared_twice_with_another_meaning_is_an_error() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        events.register("test.acted", "Khác")


def test_payloads_round_trip_whatever_the_text(db: None) -> None:
    text = "Hàng giả \u0000 \u200b \U0001f600 ' \" \\ \n"
    entry = record("test.acted", actor=OFFICER, payload={"a": text})
    stored = Payload.objects.get(entry=entry)
    assert stored.text is not None
    assert json.loads(stored.text) == {"a": text}
    assert connection.vendor in {"sqlite", "postgresql"}
