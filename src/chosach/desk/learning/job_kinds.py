"""Kinds of jobs of learning. What does them is named, and loaded where it is done: it needs the engine."""

from django.urls import reverse

from chosach.desk.core.hooks import later
from chosach.desk.jobs.handlers import register
from chosach.desk.jobs.models import Job
from chosach.desk.learning.models import Version
from chosach.desk.screenings.models import ScreeningRun

TRAIN, RESCREEN = "learning.train", "learning.rescreen"


def _to_version(job: Job) -> tuple[str, str] | None:
    found = Version.objects.filter(pk=job.params.get("version")).first() if job.params.get("version") else None
    return (str(found), reverse("learning:version", args=[found.id])) if found else None


def _to_run(job: Job) -> tuple[str, str] | None:
    found = ScreeningRun.objects.filter(job=job).first()
    return (str(found), reverse("screenings:run", args=[found.id])) if found else None


register(TRAIN, "Học lại từ quyết định", run=later("chosach.desk.learning.job_handlers.train"), link=_to_version)
register(RESCREEN, "Sàng lọc lại", run=later("chosach.desk.learning.rescreen_handler.rescreen"), link=_to_run)
