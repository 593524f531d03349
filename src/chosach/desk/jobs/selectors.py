"""What can be asked about long work: a body sees its own."""

from uuid import UUID

from django.db.models import QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.jobs.models import Job, RowProblem


def jobs_for(actor: Actor) -> QuerySet[Job]:
    """Jobs of the actor's body, the newest first; the system sees all."""
    actor.require("jobs.read")
    jobs = Job.objects.select_related("user", "body")
    if actor.is_system:
        return jobs
    return jobs.none() if actor.body_id is None else jobs.filter(body_id=actor.body_id)


def job_for(actor: Actor, job_id: UUID) -> Job:
    """The job, if it is one of the actor's body."""
    job = jobs_for(actor).filter(pk=job_id).first()
    if job is None:
        raise Refused("object.not_visible", refs={"job": str(job_id)})
    return job


def problems_of(job: Job, *, rejected: bool | None = None) -> QuerySet[RowProblem]:
    """Problems of single rows in the order of the file. `job` comes from `job_for`."""
    problems = RowProblem.objects.filter(job=job)
    return problems if rejected is None else problems.filter(rejected=rejected)
