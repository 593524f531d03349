"""What can be asked about screenings."""

from uuid import UUID

from django.db.models import QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.registry.models import Finding
from chosach.desk.screenings.models import Change, ScreeningRun


def runs_for(actor: Actor) -> QuerySet[ScreeningRun]:
    """Every screening run, the newest first."""
    actor.require("screenings.read")
    return ScreeningRun.objects.select_related("job")


def run_for(actor: Actor, run_id: UUID) -> ScreeningRun:
    """One run."""
    found = runs_for(actor).filter(id=run_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"screening": str(run_id)})
    return found


def findings_of(run: ScreeningRun, kind: str = "") -> QuerySet[Finding]:
    """Findings of a run, of one kind or all, the most probable first."""
    found = Finding.objects.filter(source=run.source).select_related("listing__channel__trader")
    return (found.filter(kind=kind) if kind else found).order_by("-probability", "id")


def changes_of(run: ScreeningRun, way: str = "") -> QuerySet[Change]:
    """Findings that a run took below the likely ones ("fell") or above ("rose"); both with ""."""
    found = run.changes.select_related("listing__channel__trader")
    return found.filter(fell=way == "fell") if way else found


def may_steer(actor: Actor, run: ScreeningRun) -> bool:
    """True for the body that gave the run's job: it may look at the job, stop it, let it go on."""
    return run.job is not None and actor.may("jobs.read") and (actor.is_system or run.job.body_id == actor.body_id)
