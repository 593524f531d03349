"""The page of an import's pictures: what was sent, and sending more."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from chosach.desk.core.errors import Problem
from chosach.desk.core.pages import Request, page
from chosach.desk.imports import selectors, services, uploading
from chosach.desk.imports.forms import PicturesForm
from chosach.desk.imports.store import Arrived
from chosach.desk.jobs.views import job_context


@page("imports.upload", methods=("GET", "POST"), body_limit=None)
@csrf_exempt  # checked in `received`
def pictures(request: Request, import_id: UUID) -> HttpResponseBase:
    """Send pictures of an import's listings, and see what came of those that were sent."""
    selectors.import_for(request.actor, import_id)  # before a byte is taken
    limit = settings.PICTURES_MAX_BYTES // 1_000_000

    def show(form: forms.Form, status: int) -> HttpResponseBase:
        found = selectors.import_for(request.actor, import_id)
        sent = selectors.picture_files_of(request.actor, found)
        context = {
            "import": found,
            "form": form,
            "files": [{"file": one, **job_context(one.job)} for one in sent],
            "open": any(one.job.is_open for one in sent),
            "limit": limit,
            "most": settings.PICTURES_MAX_FILES,
        }
        return render(request, "imports/pictures.html", context, status=status)

    def take(arrived: Arrived, form: forms.Form) -> HttpResponseBase:
        if services.receive_pictures(arrived, import_id, actor=request.actor).again:
            messages.warning(request, "Tệp ảnh này đã được gửi cho lần nhập này. Không có gì được thêm.")
        else:
            messages.success(request, "Đã nhận tệp ảnh. Ảnh đang được đọc; có thể đóng trang.")
        return redirect("imports:pictures", import_id)

    too_large = Problem("pictures.too_large", f"Tệp lớn hơn {limit} MB. Hãy chia thành nhiều tệp ZIP.", where="file")
    return uploading.received(request, uploading.Upload(PicturesForm, settings.PICTURES_MAX_BYTES, too_large, show, take))
