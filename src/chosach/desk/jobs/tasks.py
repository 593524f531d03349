"""The task queue only wakes: which job is done, how far, and by whom is told by the job's own row."""

from django_tasks import task


@task()
def wake(job_id: str) -> None:
    """Do this job if it still waits. Another worker may have it, or it may be done: then nothing happens."""
    from uuid import UUID

    from chosach.desk.jobs import run

    run.run_job(UUID(job_id))
