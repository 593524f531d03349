"""What can be done with screenings."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.jobs.models import Job
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Finding
from chosach.desk.registry.services import Moved
from chosach.desk.screenings import screener as screeners
from chosach.desk.screenings.models import Change, Correction, ScreeningRun
from chosach.screening import correction


@in_turn
def begin_run(*, source: str, label: str, actor: Actor, job: Job | None = None) -> ScreeningRun:
    """Begin a run over a source: from its first chunk to its last it holds to the screener that is in force now. One that was begun before
    goes on with the one that it has."""
    actor.require("screenings.record", source=source)
    run = ScreeningRun.objects.select_related("correction").filter(source=source).first()
    if run is not None:
        return run
    run = ScreeningRun.objects.create(
        source=source,
        label=label[:300],
        job=job,
        correction=Correction.objects.filter(in_force=True).first(),
        screener=screeners.version(),
        complete=False,
        on=businessdate.today(),
    )
    refs = {"screening": run.id, "source": source, "job": job.id if job else None}
    record("screening.begun", actor=actor, refs=refs, payload={"screener": run.screener})
    return run


def note_version(run: ScreeningRun, name: str) -> None:
    """Keep that this version read a chunk of the run. It is one and the same, unless the engine was exchanged between two chunks. Part of
    the chunk, which records it."""
    if name not in run.versions:
        run.versions = [*run.versions, name]
        run.screener = name
        run.save(update_fields=["versions", "screener"])


def note_moved(run: ScreeningRun, moved: Iterable[Moved]) -> None:
    """Keep which findings fell below the likely ones by this run, or rose to them. Part of the chunk, which records it."""
    Change.objects.bulk_create(
        (
            Change(run=run, listing_id=one.listing, kind=one.kind, before=one.before, after=one.after, fell=one.fell)
            for one in moved
            if one.crosses
        ),
        batch_size=500,
    )


@in_turn
def record_run(
    *, source: str, listings: int, actor: Actor, label: str = "", screener: str = "", moved: Mapping[str, Any] | None = None
) -> ScreeningRun:
    """Record that a source was screened to its end. `listings`: how many were read; counts per kind are taken from the findings that the
    registry took under this source. `screener`: only needed for a run that was not begun. Recording the same source again brings the
    row up to date; an equal result writes nothing."""
    actor.require("screenings.record", source=source)
    found = Finding.objects.filter(source=source)
    kinds = dict(found.order_by().values_list("kind").annotate(n=Count("id")))
    run = ScreeningRun.objects.filter(source=source).first()
    screener = (run.screener if run else "") or screener or found.values_list("screener", flat=True).first() or ""
    values: dict[str, Any] = {
        "label": label[:300] or (run.label if run else ""),
        "screener": screener,
        "versions": (run.versions if run else []) or [screener],
        "listings": listings,
        "flagged": found.values("listing").distinct().count(),
        "kinds": kinds,
        "moved": dict(moved or {}),
        "complete": True,
    }
    if run is not None and all(getattr(run, name) == value for name, value in values.items()):
        return run
    run, _ = ScreeningRun.objects.update_or_create(source=source, defaults=values, create_defaults={**values, "on": businessdate.today()})
    record("screening.recorded", actor=actor, refs={"screening": run.id, "source": source}, payload=values)
    return run


def keep_correction(learnt: correction.Correction) -> Correction:
    """Keep a correction, not in force. Equal ones are kept once. Part of the act that learnt it, which records it."""
    kept, _ = Correction.objects.get_or_create(digest=learnt.id, defaults={"content": learnt.to_bytes()})
    return kept


def put_in_force(kept: Correction | None) -> None:
    """Screen with this correction from now on (None: with none). Part of the act that decides it, which records it."""
    Correction.objects.filter(in_force=True).update(in_force=False)
    if kept is not None:
        Correction.objects.filter(pk=kept.pk).update(in_force=True)
