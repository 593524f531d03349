"""Kinds of jobs of imports. What does them is named, and loaded where it is done: reading files and pictures needs the engine."""

from django.urls import reverse

from chosach.desk.core.hooks import later
from chosach.desk.imports.models import Import
from chosach.desk.jobs.handlers import register
from chosach.desk.jobs.models import Job

JOIN = "imports.join"
_JOIN_WHAT_IS_THERE = later("chosach.desk.imports.joining.join_what_is_there")


def _link(job: Job) -> tuple[str, str] | None:
    found = Import.objects.filter(pk=job.params.get("import")).first()
    return (found.file_name, reverse("imports:import", args=[found.id])) if found else None


register("imports.listings", "Nhập tin bán", run=later("chosach.desk.imports.job_handlers.take_in"), link=_link, ended=_JOIN_WHAT_IS_THERE)
register(
    "imports.pictures",
    "Đọc ảnh của tin bán",
    run=later("chosach.desk.imports.picture_job.read_pictures"),
    link=_link,
    ended=_JOIN_WHAT_IS_THERE,
)
register(JOIN, "Gộp người bán của tệp đã dừng", run=later("chosach.desk.imports.joining.join"), link=_link)
register("imports.check", "Kiểm tra tệp tin bán", run=later("chosach.desk.imports.job_handlers.check"), link=_link)
