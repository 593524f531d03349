"""Long work: seen and steered by the body that gave it."""

from collections.abc import Mapping
from typing import Any

from chosach.desk.jobs.models import Job
from tests.desk.access import Row, bodies, permitted
from tests.people import Cast

OWN = bodies("market-surveillance")


def a_job(cast: Cast) -> Mapping[str, Any]:
    actor = cast["qltt.can-bo"].actor
    job = Job.objects.create(
        kind="test.gone", title="tin.csv", actor=actor.id, user_id=actor.user_id, body_id=actor.body_id, state="failed"
    )
    return {"job_id": job.pk}


ROWS = [
    Row("jobs:list", permitted("jobs.read")),
    Row("jobs:job", OWN, a_job),
    Row("jobs:progress", OWN, a_job),
    Row("jobs:problems", OWN, a_job),
    Row("jobs:problems_csv", OWN, a_job),
    Row("jobs:cancel", OWN, a_job, "POST"),
    Row("jobs:resume", OWN, a_job, "POST"),
]
