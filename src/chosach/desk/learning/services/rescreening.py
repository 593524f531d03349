"""Have the registry screened again with what is in force: after a promotion or a putting back, after an import that was read by an earlier
version, or by hand (after the screener itself was renewed)."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.jobs.models import OPEN, Job
from chosach.desk.jobs.services import submit
from chosach.desk.learning.job_kinds import RESCREEN
from chosach.desk.learning.selectors import stale_listings, version_in_force
from chosach.desk.learning.services.correcting import needed
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Listing
from chosach.desk.screenings import screener
from chosach.desk.screenings.models import ScreeningRun
from chosach.desk.screenings.services import begin_run

#: Listings of one part of the re-screening, about.
PART = 1000


@in_turn
def start_rescreening(*, reason: str, actor: Actor) -> ScreeningRun:
    """Screen again, with what is in force, every listing that was read by another screener."""
    actor.require("learning.approve")
    reason = needed(reason)
    if running() is not None:
        raise Problem("rescreen.running", "Đang có một lần sàng lọc lại chưa xong.")
    number = stale_listings().count()
    if not number:
        raise Problem("rescreen.nothing", "Mọi tin đều đã được đọc bằng bản đang dùng.")
    run = give(actor)
    record(
        "learning.rescreen_started",
        actor=actor,
        refs={"screening": run.id, "job": run.job_id},
        payload={"reason": reason, "listings": number},
    )
    return run


def give(actor: Actor) -> ScreeningRun:
    """Give the work to a worker and begin its run: it holds to what is in force now. Part of the act that asks for it, which records it."""
    now = version_in_force()
    parts = 1 + Listing.objects.count() // PART
    job = submit(RESCREEN, params={"version": str(now.id) if now else "", "parts": parts}, actor=actor, title=str(now or "Bộ sàng lọc gốc"))
    return begin(job, actor)


def begin(job: Job, actor: Actor) -> ScreeningRun:
    """The run of this job."""
    return begin_run(source=f"rescreen:{job.id}", label=f"Sàng lọc lại: {version_in_force() or 'bộ sàng lọc gốc'}", actor=actor, job=job)


def running() -> ScreeningRun | None:
    """A screening again that is not done and whose screener is still in force."""
    now = screener.version()
    open_runs = ScreeningRun.objects.filter(source__startswith="rescreen:", complete=False, job__state__in=OPEN)
    return next((run for run in open_runs.select_related("correction", "job") if screener.of_run(run).name == now), None)


def catch_up(import_id: UUID, actor: Actor) -> None:
    """What follows an import (`imports.hooks`): where a version was put in force while it ran, its listings are read by that one too."""
    run = ScreeningRun.objects.filter(source=f"import:{import_id}").first()
    if run is not None and run.versions not in ([], [screener.version()]):
        give(actor)
