"""The kind of job that links. What does it is named, and loaded where it is done: it needs the engine."""

from django.urls import reverse

from chosach.desk.core.hooks import later
from chosach.desk.jobs.handlers import register
from chosach.desk.jobs.models import Job
from chosach.desk.rings.models import Run

LINK = "rings.link"


def _link(job: Job) -> tuple[str, str] | None:
    return ("Đường dây", reverse("rings:rings")) if Run.objects.filter(job=job).exists() else None


register(LINK, "Tìm liên kết giữa các kênh bán", run=later("chosach.desk.rings.job_handlers.link_registry"), link=_link)
