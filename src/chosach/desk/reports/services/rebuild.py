"""The report made anew from the ledger, to show that it says what it said."""

import hashlib
from dataclasses import dataclass
from typing import cast

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.reports import document, sources
from chosach.desk.reports.models import Frozen


@dataclass(frozen=True)
class Rebuilt:
    """What came out. `same_figures` must always hold; `same_bytes` holds under the same versions of the writers."""

    docx: bytes
    xlsx: bytes
    same_figures: bool
    same_bytes: bool


def rebuild(*, actor: Actor, frozen: Frozen) -> Rebuilt:
    """Compute the figures from the ledger up to the frozen entry and make both files again. Writes nothing."""
    actor.require("reports.read", report=frozen.round_id)
    report = frozen.round
    figures = sources.by_body(sources.table(report.period_from, report.period_to, frozen.up_to_seq))
    frame = cast("document.Frame", frozen.frame)
    docx, xlsx = document.docx(frame, figures), document.xlsx(frame, figures)
    return Rebuilt(
        docx=docx,
        xlsx=xlsx,
        same_figures=figures == frozen.figures,
        same_bytes=(hashlib.sha256(docx).hexdigest(), hashlib.sha256(xlsx).hexdigest()) == (frozen.docx_sha256, frozen.xlsx_sha256),
    )


@in_turn
def note_download(*, actor: Actor, frozen: Frozen, kind: str) -> None:
    """Write down who took which file."""
    actor.require("reports.read", report=frozen.round_id)
    record("report.downloaded", actor=actor, refs={"report": frozen.round_id}, payload={"file": kind})
