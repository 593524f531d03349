"""Screen again, chunk by chunk, what the screener in force has not read."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chosach.desk.jobs.run import Run, Superseded
from chosach.desk.leads.services import open_leads
from chosach.desk.learning.selectors import stale_listings
from chosach.desk.learning.services.rescreening import begin
from chosach.desk.ledger.services import record
from chosach.desk.registry.arrow import row_of, table_of
from chosach.desk.registry.models import Listing
from chosach.desk.registry.services import replace_findings
from chosach.desk.screenings import screener
from chosach.desk.screenings.models import ScreeningRun
from chosach.desk.screenings.services import note_moved, note_version, record_run

LAST = 2_000_000_000


def rescreen(run: Run) -> None:
    """Screen again every listing that stands under another screener, all of them with the one that was in force when the run was begun;
    then rank the leads anew. Parts are ranges of ids, so that listings which come meanwhile shift nothing. When another version is put
    in force, the run ends: that version's own run reads everything."""
    screening = begin(run.job, run.actor)
    own = screener.of_run(screening)
    parts = int(run.job.params["parts"])
    run.set_total(run.job.done + stale_listings(own.name).count())
    for index in range(parts):
        if run.is_done(index):
            continue
        low, high = (UUID(int=((1 << 128) - 1) * at // parts) for at in (index, index + 1))
        listings = list(stale_listings(own.name).filter(id__gte=low, id__lte=high).select_related("channel"))
        found = own.screened(table_of(row_of(listing, str(listing.id)) for listing in listings))
        with run.chunk(index, rows=len(listings)) as counts:
            _still_in_force(own)
            replaced = replace_findings(_unchanged(listings), found, source=screening.source, screener=own.name, actor=run.actor)
            note_version(screening, own.name)
            note_moved(screening, replaced.moved)
            moves = Counter(fell=sum(one.fell for one in replaced.moved), rose=sum(one.rose for one in replaced.moved))
            counts.update(findings=replaced.findings, **moves)
    if not run.is_done(LAST):
        with run.chunk(LAST, rows=0):
            _still_in_force(own)
            _finish(run, screening, own)


def _still_in_force(own: screener.Screener) -> None:
    """Asked within the chunk, where no version can be put in force until it is committed."""
    if screener.in_use().name != own.name:
        raise Superseded(
            "rescreen.superseded", "Một bản khác đã được đưa vào dùng. Việc sàng lọc lại theo bản đó đọc mọi tin; việc này không chạy tiếp."
        )


def _unchanged(listings: Sequence[Listing]) -> list[Listing]:
    """Those whose text is still the one that was read: of a listing that an import has changed meanwhile the import's own findings hold."""
    now = dict(Listing.objects.filter(id__in=[listing.id for listing in listings]).values_list("id", "content_hash"))
    return [listing for listing in listings if now.get(listing.id) == listing.content_hash]


def _finish(run: Run, screening: ScreeningRun, own: screener.Screener) -> None:
    run.job.refresh_from_db()
    done, counts = run.job.done, run.job.counts
    leads = vars(open_leads(actor=run.actor))
    moved: dict[str, Any] = {"fell": counts.get("fell", 0), "rose": counts.get("rose", 0), "leads": leads}
    record_run(source=screening.source, listings=done, moved=moved, actor=run.actor)
    payload = {"listings": done, **counts, "leads": leads, "screener": own.name}
    refs = {"job": run.job.id, "screening": screening.id, "version": run.job.params["version"] or None}
    record("learning.rescreened", actor=run.actor, refs=refs, payload=payload)
