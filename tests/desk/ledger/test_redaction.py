"""A payload can be erased by order of one person, carried out by another; the chain stays whole. Figures can't."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.models import Entry, Payload
from chosach.desk.ledger.services import carry_out_redaction, order_redaction, record
from chosach.desk.ledger.services.verifying import verify


def order(actor: Actor, *seqs: int, **changes: Any) -> Entry:
    details = {"document": "12/QĐ-BCĐ", "signed_on": dt.date(2021, 3, 1), "ground": "Yêu cầu của chủ thể dữ liệu"} | changes
    return order_redaction(seqs, actor=actor, **details)


def test_text_and_salt_go_and_the_chain_stays_whole(cast: Any) -> None:
    with transaction.atomic():
        entry = record("test.acted", actor=cast["qltt.can-bo"].actor, refs={"case": 1}, payload={"tên": "Nguyễn Thị Bí Mật"})
    carry_out_redaction(order(cast["vptt.lanh-dao"].actor, entry.seq).seq, actor=cast["quantri"].actor)
    payload = Payload.objects.get(pk=entry.seq)
    assert (payload.text, payload.salt) == (None, None)
    assert payload.redacted_by == Entry.objects.latest("seq").seq
    report = verify()
    assert report.findings == []
    assert report.redacted == 1


def test_figures_are_never_redacted(cast: Any) -> None:
    with transaction.atomic():
        entry = record("test.counted", actor=cast["qltt.can-bo"].actor, payload={"fine": 1})
    with pytest.raises(Problem) as problem:
        order(cast["vptt.lanh-dao"].actor, entry.seq)
    assert problem.value.code == "redaction.figures"


def test_an_order_needs_document_ground_and_something_to_redact(cast: Any) -> None:
    with transaction.atomic():
        seq = record("test.acted", actor=cast["qltt.can-bo"].actor, payload={"a": 1}).seq
    head = cast["vptt.lanh-dao"].actor
    wrong = [((), {}), ((seq,), {"document": " "}), ((seq,), {"ground": ""}), ((99999,), {})]
    codes = []
    for seqs, changes in wrong:
        with pytest.raises(Problem) as problem:
            order(head, *seqs, **changes)
        codes.append(problem.value.code)
    assert codes == ["redaction.entries_missing", "redaction.document_missing", "redaction.ground_missing", "redaction.nothing_there"]


def test_an_order_is_carried_out_once_and_an_order_itself_is_kept(cast: Any) -> None:
    with transaction.atomic():
        entry = record("test.acted", actor=cast["qltt.can-bo"].actor, payload={"a": 1})
    ordered = order(cast["vptt.lanh-dao"].actor, entry.seq)
    carry_out_redaction(ordered.seq, actor=cast["quantri"].actor)
    for act in (
        lambda: carry_out_redaction(ordered.seq, actor=cast["quantri"].actor),
        lambda: carry_out_redaction(entry.seq, actor=cast["quantri"].actor),
        lambda: order(cast["vptt.lanh-dao"].actor, ordered.seq),
    ):
        with pytest.raises(Problem):
            act()


@pytest.mark.parametrize("outsider", ["qltt.can-bo", "qltt.lanh-dao", "vptt.can-bo", "kiemtoan", "quantri", "mttq.lanh-dao"])
def test_outsiders_cannot_order(cast: Any, outsider: str) -> None:
    with pytest.raises(Refused):
        order(cast[outsider].actor, 1)


@pytest.mark.parametrize("outsider", ["qltt.can-bo", "vptt.lanh-dao", "bcd.lanh-dao", "kiemtoan"])
def test_outsiders_cannot_carry_out(cast: Any, outsider: str) -> None:
    with pytest.raises(Refused):
        carry_out_redaction(1, actor=cast[outsider].actor)
