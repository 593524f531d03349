"""The page of an import's pictures: what was sent, and sending more."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.middleware import FORM_OVERHEAD
from chosach.desk.core.pages import Request, page
from chosach.desk.imports import selectors, services
from chosach.desk.imports.forms import PicturesForm
from chosach.desk.imports.store import ArrivedFile, Incoming
from chosach.desk.jobs.views import job_context


@page("imports.upload", methods=("GET", "POST"), body_limit=None)
@csrf_exempt  # checked below, after the size of what comes is known: reading the token would read the file
def pictures(request: Request, import_id: UUID) -> HttpResponseBase:
    """Send pictures of an import's listings, and see what came of those that were sent."""
    selectors.import_for(request.actor, import_id)  # before a byte is taken
    incoming = Incoming(request, limit=settings.PICTURES_MAX_BYTES)
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.PICTURES_MAX_BYTES + FORM_OVERHEAD:
            return _too_large(request, import_id)
        request.upload_handlers = [incoming]
    answer: HttpResponseBase = csrf_protect(_upload)(request, import_id, incoming)
    return answer


def _upload(request: Request, import_id: UUID, incoming: Incoming) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, import_id, PicturesForm())
    form = PicturesForm(request.POST, request.FILES)
    if incoming.too_large:
        return _too_large(request, import_id)
    arrived = request.FILES.get("file")
    if not form.is_valid() or not isinstance(arrived, ArrivedFile):
        if isinstance(arrived, ArrivedFile):
            arrived.arrived.drop()
        return _show(request, import_id, form, 422)
    try:
        received = services.receive_pictures(arrived.arrived, import_id, actor=request.actor)
    except Problem as problem:
        add_problem(form, problem)
        return _show(request, import_id, form, 422)
    if received.again:
        messages.warning(request, "Tệp ảnh này đã được gửi cho lần nhập này. Không có gì được thêm.")
    else:
        messages.success(request, "Đã nhận tệp ảnh. Ảnh đang được đọc; có thể đóng trang.")
    return redirect("imports:pictures", import_id)


def _show(request: Request, import_id: UUID, form: PicturesForm, status: int = 200) -> HttpResponseBase:
    found = selectors.import_for(request.actor, import_id)
    sent = selectors.picture_files_of(request.actor, found)
    context = {
        "import": found,
        "form": form,
        "files": [{"file": one, **job_context(one.job)} for one in sent],
        "open": any(one.job.is_open for one in sent),
        "limit": settings.PICTURES_MAX_BYTES // 1_000_000,
        "most": settings.PICTURES_MAX_FILES,
    }
    return render(request, "imports/pictures.html", context, status=status)


def _too_large(request: Request, import_id: UUID) -> HttpResponseBase:
    form = PicturesForm({})
    form.is_valid()
    form.errors.clear()
    limit = settings.PICTURES_MAX_BYTES // 1_000_000
    add_problem(form, Problem("pictures.too_large", f"Tệp lớn hơn {limit} MB. Hãy chia thành nhiều tệp ZIP.", where="file"))
    return _show(request, import_id, form, 413)
