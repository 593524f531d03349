"""Take an entry's payload away under an order: text and salt go, the hash stays, the chain stays whole. Four eyes."""

import datetime as dt
import json
from collections.abc import Collection

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.events import event_named
from chosach.desk.ledger.models import Entry, Payload
from chosach.desk.ledger.services.writing import in_turn, record


@in_turn
def order_redaction(seqs: Collection[int], *, actor: Actor, document: str, signed_on: dt.date, ground: str) -> Entry:
    """Write the order that these entries' payloads be redacted. `document`: number of the written order; `ground`: why."""
    actor.require("ledger.order_redaction")
    if not document.strip():
        raise Problem("redaction.document_missing", "Hãy ghi số văn bản ra lệnh xóa nội dung.", where="document")
    if not ground.strip():
        raise Problem("redaction.ground_missing", "Hãy ghi căn cứ xóa nội dung.", where="ground")
    if not seqs:
        raise Problem("redaction.entries_missing", "Hãy ghi số các bút toán cần xóa nội dung.", where="seqs")
    for seq in seqs:
        _redactable(seq)
    payload = {"document": document.strip(), "signed_on": signed_on, "ground": ground.strip()}
    return record("ledger.redaction_ordered", actor=actor, refs={"entry": list(seqs)}, payload=payload)


@in_turn
def carry_out_redaction(order_seq: int, *, actor: Actor) -> Entry:
    """Redact what an order names. The person who carries it out is not the one who ordered it."""
    actor.require("ledger.redact")
    order = Entry.objects.filter(seq=order_seq, event="ledger.redaction_ordered").first()
    if order is None:
        raise Problem("redaction.order_unknown", f"Bút toán {order_seq} không phải lệnh xóa nội dung.", where="order")
    if order.actor == actor.id:
        raise Problem("redaction.four_eyes", "Người thi hành phải khác người ra lệnh.", where="actor")
    if Entry.objects.filter(event="ledger.payload_redacted", index__noun="order", index__ref=str(order_seq)).exists():
        raise Problem("redaction.done_already", f"Lệnh xóa nội dung tại bút toán {order_seq} đã được thi hành.", where="order")
    named = json.loads(order.refs)["entry"]
    seqs = [int(seq) for seq in ([named] if isinstance(named, str) else named)]
    payloads = [_redactable(seq) for seq in seqs]
    entry = record("ledger.payload_redacted", actor=actor, refs={"entry": seqs, "order": order_seq})
    for payload in payloads:
        Payload.objects.filter(pk=payload.pk).update(salt=None, text=None, redacted_by=entry.seq)
    return entry


def _redactable(seq: int) -> Payload:
    """The payload of this entry, if there is one that may be redacted."""
    payload = Payload.objects.select_related("entry").filter(pk=seq).first()
    if payload is None or payload.text is None:
        raise Problem("redaction.nothing_there", f"Bút toán {seq} không có nội dung để xóa.", where=f"entry {seq}")
    if event_named(payload.entry.event).figures:
        message = f"Bút toán {seq} mang số liệu báo cáo, không được xóa nội dung."
        raise Problem("redaction.figures", message, where=f"entry {seq}")
    if payload.entry.event == "ledger.redaction_ordered":
        raise Problem("redaction.order_itself", f"Bút toán {seq} là lệnh xóa nội dung, không được xóa.", where=f"entry {seq}")
    return payload
