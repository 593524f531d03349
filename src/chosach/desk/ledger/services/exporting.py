"""Write the whole ledger to a file that can be verified without the desk (format: docs/ledger.md)."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from chosach.desk.core.access import Actor
from chosach.desk.ledger import chain
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services.verifying import reading
from chosach.desk.ledger.services.writing import in_turn, record
from chosach.verifier.chosach_verify import EXPORT_FORMAT, Row


def export_lines(*, payloads: bool) -> Iterator[str]:
    """The lines of an export: what it is with the heads, the entries in order, a closing line. One consistent state.

    Without payloads it holds ids, events and hashes only, and can be given to anyone who may see the ledger.
    """
    with reading() as source:
        last = source.last_seq()
        heads = [head._asdict() for head in source.heads() if head.seq <= last]
        yield _line({"format": EXPORT_FORMAT, "exported_at": chain.stamp(timezone.now()), "payloads": payloads, "heads": heads})
        last_hash = chain.GENESIS
        for row in source.rows(1, last):
            yield _line(_entry(Row(*row), payloads))
            last_hash = row[9]
        yield _line({"end": {"last_seq": last, "last_hash": last_hash}})


def _entry(row: Row, payloads: bool) -> dict[str, Any]:
    entry = dict(zip(Row._fields[:10], row[:10], strict=True))
    if payloads and row.payload_seq is not None:
        if row.text is None:
            entry["payload"] = {"redacted_by": row.redacted_by}
        else:
            entry["payload"] = {"salt": bytes(row.salt).hex(), "text": row.text}
    return entry


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


@in_turn
def record_export(*, actor: Actor) -> Entry:
    """Write down that the ledger (ids, events, hashes; no payloads) is given out."""
    actor.require("ledger.export")
    return record("ledger.exported", actor=actor, payload={"payloads": False})
