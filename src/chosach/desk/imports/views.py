"""Pages of imports: the list, the upload, the mapping with its dry run, one import."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from chosach.desk.core import words
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.imports import selectors, services, uploading
from chosach.desk.imports.forms import MappingForm, UploadForm
from chosach.desk.imports.models import Import
from chosach.desk.imports.store import Arrived
from chosach.desk.jobs.models import State
from chosach.desk.jobs.views import job_context
from chosach.formats.listings import LABELS

PER_PAGE = 50
SHOWN_PROBLEMS = 50


@page("imports.read")
def import_list(request: Request) -> HttpResponseBase:
    """Imports of one's own body."""
    shown = Paginator(selectors.imports_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    entries = [{"import": found, **(job_context(found.job) if found.job else {})} for found in shown]
    return render(request, "imports/list.html", {"page": shown, "entries": entries})


@page("imports.upload", methods=("GET", "POST"), body_limit=None)
@csrf_exempt  # checked in `received`
def new(request: Request) -> HttpResponseBase:
    """Upload a file."""
    limit = settings.IMPORT_MAX_BYTES // 1_000_000

    def show(form: forms.Form, status: int) -> HttpResponseBase:
        return render(request, "imports/new.html", {"form": form, "limit": limit}, status=status)

    def take(arrived: Arrived, form: forms.Form) -> HttpResponseBase:
        received = services.receive(arrived, actor=request.actor, encoding=form.cleaned_data["encoding"])
        found = received.listing_import
        if received.again:
            day = found.created_at.astimezone().strftime("%d/%m/%Y")
            messages.warning(request, f"Tệp này đã được gửi lên ngày {day}. Không có gì được nhập thêm; dưới đây là lần nhập đầu tiên.")
        return redirect("imports:import" if found.job_id else "imports:mapping", found.id)

    message = f"Tệp lớn hơn {limit} MB. Hãy chia nhỏ tệp, hoặc dùng dạng Parquet, nhỏ hơn CSV nhiều lần."
    too_large = Problem("import.too_large", message, where="file")
    return uploading.received(request, uploading.Upload(UploadForm, settings.IMPORT_MAX_BYTES, too_large, show, take))


@page("imports.upload", methods=("GET", "POST"))
def mapping(request: Request, import_id: UUID) -> HttpResponseBase:
    """Map the columns, see what would come of it, confirm."""
    found = selectors.import_for(request.actor, import_id)
    if found.job_id is not None:
        return redirect("imports:import", found.id)
    form = MappingForm(request.POST or None, header=found.header, mapping=found.mapping)
    if request.method == "POST" and form.is_valid():
        try:
            if "confirm" in request.POST:
                services.confirm(found.id, mapping=form.mapping(), actor=request.actor)
                messages.success(request, "Đã bắt đầu nhập. Có thể đóng trang, việc nhập vẫn chạy.")
                return redirect("imports:import", found.id)
            if "check" in request.POST:
                job = services.check(found.id, mapping=form.mapping(), actor=request.actor)
                return redirect("jobs:job", job.id)
        except Problem as problem:
            add_problem(form, problem)
    context = {"import": found, "form": form, **_dry_run(found, form)}
    return render(request, "imports/mapping.html", context, status=422 if form.is_bound and form.errors else 200)


def _dry_run(found: Import, form: MappingForm) -> dict[str, Any]:
    """What the mapping on the page would give; nothing while it is not complete."""
    chosen = form.mapping() if form.is_bound and form.is_valid() else dict(found.mapping) if not form.is_bound else {}
    if not {"listing_id", "title"} <= set(chosen):
        return {"dry_run": None}
    try:
        result = selectors.dry_run(found, chosen)
    except Problem as problem:
        return {"dry_run": None, "unreadable": problem.message}
    fields = [field for field in LABELS if field in chosen]
    rows = [[_shown(row[field]) for field in fields] for row in result.preview]
    return {
        "dry_run": result,
        "preview_head": [LABELS[field] for field in fields],
        "preview_rows": rows,
        "problems": result.problems[:SHOWN_PROBLEMS],
        "shown_problems": SHOWN_PROBLEMS,
        "remembered": bool(found.mapping),
    }


def _shown(value: Any) -> str:
    """A value of the preview as Vietnamese read it."""
    if isinstance(value, dt.datetime):
        return words.moment(value)
    if isinstance(value, int):
        return words.number(value)
    if isinstance(value, list):
        return f"{len(value)} ảnh"
    return str(value or "")


@page("imports.read")
def one(request: Request, import_id: UUID) -> HttpResponseBase:
    """One import: how far it is and what came of it."""
    found = selectors.import_for(request.actor, import_id)
    if found.job is None:
        return redirect("imports:mapping", found.id)
    mapped = [(LABELS[field], column) for field, column in found.mapping.items()]
    nothing = found.job.state == State.DONE and not any(found.job.counts.get(name) for name in ("new", "changed"))
    context = {
        **job_context(found.job),
        "import": found,
        "mapped": mapped,
        "nothing_new": nothing,
        "picture_files": found.picture_files.count(),
    }
    return render(request, "imports/import.html", context)


@page("imports.upload", methods=("POST",))
def remap(request: Request, import_id: UUID) -> HttpResponseBase:
    """Take the file in once more with another mapping."""
    try:
        draft = services.remap(import_id, actor=request.actor)
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("imports:import", import_id)
    return redirect("imports:mapping", draft.id)


@page("imports.upload", methods=("POST",))
def discard(request: Request, import_id: UUID) -> HttpResponseBase:
    """Drop a draft."""
    try:
        services.discard(import_id, actor=request.actor)
        messages.success(request, "Đã bỏ tệp chưa nhập.")
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("imports:import", import_id)
    return redirect("imports:list")
