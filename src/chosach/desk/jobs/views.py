"""Pages of long work: the list, one job with live progress, its rows with problems."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chosach.desk.core.errors import Problem
from chosach.desk.core.pages import Request, page
from chosach.desk.jobs import selectors, services
from chosach.desk.jobs.handlers import handler_of, label_of
from chosach.desk.jobs.models import Job, RowProblem, State
from chosach.formats.listings.rejects import neutral

PER_PAGE = 50
#: Seconds between two looks at a running job.
POLL = 2
_TONES = {State.WAITING: "neutral", State.RUNNING: "info", State.DONE: "ok", State.FAILED: "danger", State.CANCELLED: "warn"}


def job_context(job: Job) -> dict[str, Any]:
    link = None
    try:
        handler = handler_of(job.kind)
        link = handler.link(job) if handler.link else None
    except KeyError:
        pass
    return {"job": job, "kind": label_of(job.kind), "tone": _TONES[State(job.state)], "link": link, "poll": POLL}


@page("jobs.read")
def job_list(request: Request) -> HttpResponseBase:
    """Jobs of one's own body."""
    shown = Paginator(selectors.jobs_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    entries = [job_context(job) for job in shown]
    return render(request, "jobs/list.html", {"page": shown, "entries": entries})


@page("jobs.read")
def job(request: Request, job_id: UUID) -> HttpResponseBase:
    """One job: how far it is, what came of it, what can be done."""
    found = selectors.job_for(request.actor, job_id)
    first = list(selectors.problems_of(found)[:10])
    return render(request, "jobs/job.html", {**job_context(found), "problems": first})


@page("jobs.read")
def progress(request: Request, job_id: UUID) -> HttpResponseBase:
    """The part of the page that changes while the job runs. Its end loads the whole page anew."""
    found = selectors.job_for(request.actor, job_id)
    response = render(request, "jobs/progress.html", job_context(found))
    if not found.is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@page("jobs.read")
def problems(request: Request, job_id: UUID) -> HttpResponseBase:
    """Rows left out and values emptied, a page at a time."""
    found = selectors.job_for(request.actor, job_id)
    only = {"bi-loai": True, "van-nhan": False}.get(request.GET.get("loai", ""))
    shown = Paginator(selectors.problems_of(found, rejected=only), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("jobs:problems", args=[found.id])
    choice = {
        "here": here,
        "rejected_url": f"{here}?loai=bi-loai",
        "kept_url": f"{here}?loai=van-nhan",
        "show_all": only is None,
        "show_rejected": only is True,
        "show_kept": only is False,
    }
    return render(request, "jobs/problems.html", {**job_context(found), **choice, "page": shown})


@page("jobs.read")
def problems_csv(request: Request, job_id: UUID) -> HttpResponseBase:
    """The same as a file for the person who mends the source."""
    found = selectors.job_for(request.actor, job_id)
    response = StreamingHttpResponse(_csv(selectors.problems_of(found).iterator(chunk_size=2000)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="dong-loi-{found.id}.csv"'
    return response


def _csv(rows: Iterable[RowProblem]) -> Iterator[str]:
    yield "\ufeff" + _line(["Dòng", "Bản ghi", "Cột", "Kết quả", "Mã", "Lý do", "Giá trị"])
    for row in rows:
        result = "Bị loại" if row.rejected else "Vẫn nhận"
        yield _line([row.line, row.row, neutral(row.column), result, row.code, row.reason, neutral(row.value)])


def _line(cells: list[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


@page("jobs.steer", methods=("POST",))
def cancel(request: Request, job_id: UUID) -> HttpResponseBase:
    """Stop a job."""
    try:
        stopped = services.cancel(job_id, actor=request.actor)
        done = stopped.state == State.CANCELLED
        messages.success(request, "Đã dừng việc này." if done else "Việc này sẽ dừng sau phần đang làm dở.")
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("jobs:job", job_id)


@page("jobs.steer", methods=("POST",))
def resume(request: Request, job_id: UUID) -> HttpResponseBase:
    """Go on with a job."""
    try:
        services.resume(job_id, actor=request.actor)
        messages.success(request, "Việc này sẽ chạy tiếp từ chỗ đã dừng.")
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("jobs:job", job_id)
