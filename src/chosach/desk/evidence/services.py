"""What can be done with evidence: take in, view, download, hand over. Nothing deletes."""

import datetime as dt
from collections.abc import Iterable
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.evidence import names, store
from chosach.desk.evidence.keepers import keeper_of
from chosach.desk.evidence.models import Evidence
from chosach.desk.evidence.recognise import REFUSED
from chosach.desk.evidence.selectors import evidence_for
from chosach.desk.law.selectors import now
from chosach.desk.ledger.services import in_turn, record


def add(
    noun: str,
    object_id: UUID,
    *,
    chunks: Iterable[bytes],
    name: str,
    description: str,
    source: str,
    taken_at: dt.datetime | None = None,
    protected: bool = False,
    actor: Actor,
) -> Evidence:
    """Take a file in as evidence of an object. Raises `Problem` for a missing description or source, a time in the future, an
    empty or too large file, or a program."""
    actor.require("evidence.add", **{noun: object_id})
    with transaction.atomic():  # whoever may not add here fills no disk either
        keeper_of(noun).add(actor, object_id)
    description, source = description.strip(), source.strip()
    if not description:
        raise Problem("evidence.description_missing", "Hãy mô tả chứng cứ này cho thấy điều gì.", where="description")
    if not source:
        raise Problem("evidence.source_missing", "Hãy ghi nguồn của chứng cứ: lấy ở đâu, ai cung cấp.", where="source")
    taken_at = taken_at or now()  # the day that the body works on, which in a demonstration is not today
    if taken_at > max(now(), timezone.now()) + dt.timedelta(minutes=5):
        raise Problem("evidence.taken_in_future", "Thời điểm thu thập không thể ở tương lai.", where="taken_at")
    # The bytes come first, outside the act's turn: others need not queue behind a large file. Bytes that no piece names do no harm.
    stored = _store(chunks)
    named = {"name": names.original(name), "description": description, "source": source, "taken_at": taken_at, "protected": protected}
    return _take_in(noun, object_id, stored, named, actor)


@in_turn
def _take_in(noun: str, object_id: UUID, stored: store.Stored, named: dict[str, Any], actor: Actor) -> Evidence:
    keeper_of(noun).add(actor, object_id)
    user_id, body_id = actor.seat
    last = Evidence.objects.filter(noun=noun, object_id=object_id).aggregate(last=Max("number"))["last"] or 0
    evidence = Evidence.objects.create(
        noun=noun,
        object_id=object_id,
        number=last + 1,
        sha256=stored.sha256,
        size=stored.size,
        media_type=stored.media_type,
        **named,
        added_by_id=user_id,
        body_id=body_id,
        added_on=businessdate.today(),
    )
    payload = {"number": evidence.number, "sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type}
    record("evidence.added", actor=actor, refs=_refs(evidence), payload={**payload, "name": evidence.name, "source": evidence.source})
    return evidence


@in_turn
def view(evidence_id: UUID, *, actor: Actor) -> Evidence:
    """The piece's own page is opened: an entry in its custody record."""
    actor.require("evidence.see", evidence=evidence_id)
    evidence = evidence_for(actor, evidence_id)
    record("evidence.viewed", actor=actor, refs=_refs(evidence))
    return evidence


def download(evidence_id: UUID, *, actor: Actor) -> tuple[Evidence, IO[bytes]]:
    """The piece and its bytes, checked against the hash first. Damaged or missing bytes: `Problem`, and an entry that stays."""
    actor.require("evidence.see", evidence=evidence_id)
    evidence = evidence_for(actor, evidence_id)
    file = store.open_checked(evidence.sha256)
    with transaction.atomic():
        event = "evidence.downloaded" if file else "evidence.damaged"
        record(event, actor=actor, refs=_refs(evidence), payload={"sha256": evidence.sha256})
    if file is None:
        raise Problem(
            "evidence.damaged",
            f"Tệp của bút lục {evidence.number:02d} bị thiếu hoặc không còn khớp mã SHA-256 lúc đưa vào; hệ thống không giao tệp này. "
            "Việc này đã ghi vào sổ cái. Hãy báo quản trị viên để khôi phục từ bản sao lưu.",
            where="evidence",
        )
    return evidence, file


@in_turn
def hand_over(evidence_id: UUID, *, to: str, reason: str, actor: Actor) -> Evidence:
    """A copy or the original is handed to someone: to whom and why stand in the custody record."""
    actor.require("evidence.hand_over", evidence=evidence_id)
    evidence = evidence_for(actor, evidence_id)
    keeper_of(evidence.noun).hand_over(actor, evidence.object_id)
    if not to.strip():
        raise Problem("evidence.receiver_missing", "Hãy ghi người hoặc cơ quan nhận.", where="to")
    if not reason.strip():
        raise Problem("evidence.reason_missing", "Hãy ghi lý do, căn cứ bàn giao.", where="reason")
    record("evidence.handed_over", actor=actor, refs=_refs(evidence), payload={"to": to.strip(), "reason": reason.strip()})
    return evidence


def _store(chunks: Iterable[bytes]) -> store.Stored:
    limit: int = settings.EVIDENCE_MAX_BYTES
    try:
        stored = store.put(chunks, limit=limit)
    except store.TooLarge:
        raise Problem(
            "evidence.too_large",
            f"Tệp lớn hơn giới hạn {limit / 1_000_000:.0f} MB. Hãy chia nhỏ hoặc nén tệp.",
            where="file",
        ) from None
    if stored.size == 0:
        raise Problem("evidence.empty", "Tệp rỗng. Hãy chọn lại tệp.", where="file")
    if stored.media_type in REFUSED:
        raise Problem(
            "evidence.program_refused",
            "Không nhận tệp chương trình hoặc tập lệnh (nhận ra theo nội dung, không theo tên). "
            "Nếu đó là tang vật, hãy nén kèm mật khẩu và ghi mật khẩu trong mô tả.",
            where="file",
        )
    return stored


def _refs(evidence: Evidence) -> dict[str, object]:
    return {"evidence": evidence.id, evidence.noun: evidence.object_id}
