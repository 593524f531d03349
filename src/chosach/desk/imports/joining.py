"""What an import, or a file of pictures, that is stopped or fails half way leaves in order: its sellers are joined all the same.

Sellers are joined when all of a source is there. Where no more of it comes, what is stored is all of it: it stays in the registry, so its
sellers are joined by it. A job of its own does that, whoever finds out that the first one ended and wherever it stood: a person stops it
while it waits, its worker is gone for good, whoever gave it may no longer import. Leads are not opened: they wait for a whole import.
"""

from chosach.desk.core.access import system
from chosach.desk.imports.job_kinds import JOIN
from chosach.desk.jobs.models import Job
from chosach.desk.jobs.run import Run
from chosach.desk.jobs.services import submit
from chosach.desk.registry.services import join_traders


def join_what_is_there(job: Job) -> None:
    """Have the sellers joined of what this job has stored (`handlers.register(…, ended=…)`).

    The system does it: it follows from the import, also where whoever gave that one has left. The body of the import sees it, and can let
    it go on where it failed."""
    if not job.chunks.exists():
        return
    params = {"ended": str(job.id), "import": job.params["import"], "source": source_of(job)}
    refs = {"import": job.params["import"], "after": job.id}
    submit(JOIN, params=params, actor=system("imports"), total=job.done, title=job.title, refs=refs, body_id=job.body_id)


def source_of(job: Job) -> str:
    """By what name the registry knows what this job takes in."""
    pictures = job.params.get("pictures")
    return f"pictures:{pictures}" if pictures else f"import:{job.params['import']}"


def join(run: Run) -> None:
    """Join the sellers of a source that has ended. Where somebody has let it go on meanwhile, it does so itself at its end."""
    if run.is_done(0):
        return
    with run.chunk(0, rows=run.job.total or 0) as counts:
        if Job.objects.get(pk=run.job.params["ended"]).is_open:
            return
        counts["joined"] = join_traders(source=run.job.params["source"], actor=run.actor)
