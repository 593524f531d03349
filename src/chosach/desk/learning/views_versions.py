"""Pages of versions: the list with figures, one version before and after, the acts."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem
from chosach.desk.core.pages import Request, page
from chosach.desk.jobs.models import State
from chosach.desk.learning import limits, measuring, selectors, services
from chosach.desk.learning.forms import NoteForm, ReasonForm
from chosach.desk.learning.models import LabelState, VersionState
from chosach.desk.learning.services.promoting import obstacles
from chosach.desk.learning.services.training import LEAST

PAGE = 20
PAGE_OF_CHANGES = 50


@page("learning.read")
def versions(request: Request) -> HttpResponseBase:
    """Every version, what is in force, and where a new one is started."""
    actor = request.actor
    found = Paginator(selectors.versions_for(actor), PAGE).get_page(request.GET.get("page"))
    for one in found:
        one.refused = one.state == VersionState.READY and bool(obstacles(one))  # type: ignore[attr-defined]
    own = selectors.labels_for(actor)
    context = {
        "page": found,
        "in_force": selectors.version_in_force(),
        "counted": own.filter(state=LabelState.COUNTED).count(),
        "counted_everywhere": selectors.counted_everywhere(),
        "stale": selectors.stale_listings().count(),
        "last_run": selectors.last_rescreening(),
        "waiting": own.filter(state__in=(LabelState.HELD, LabelState.REVIEW)).count(),
        "may_train": selectors.may_train(actor),
        "may_oversee": actor.may("learning.oversee"),
        "may_approve": actor.may("learning.approve"),
        "form": NoteForm(),
        "reason": ReasonForm(auto_id="goc_%s"),
        "again": ReasonForm(auto_id="lai_%s"),
        "least": LEAST,
        "limits": limits,
    }
    return render(request, "learning/versions.html", context)


@page("learning.read", methods=("POST",))
def train(request: Request) -> HttpResponseBase:
    form = NoteForm(request.POST)
    form.is_valid()
    try:
        version = services.train(actor=request.actor, note=form.cleaned_data.get("note", ""))
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("learning:versions")
    messages.success(request, "Đã bắt đầu học lại. Có thể đóng trang, việc học vẫn chạy.")
    return redirect("learning:version", version.id)


@page("learning.approve", methods=("POST",))
def rescreen(request: Request) -> HttpResponseBase:
    """Have what stands under another screener read again."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            run = services.start_rescreening(reason=form.cleaned_data["reason"], actor=request.actor)
        except Problem as problem:
            messages.error(request, problem.message)
            return redirect("learning:versions")
        messages.success(request, "Đã bắt đầu sàng lọc lại. Có thể đóng trang, việc vẫn chạy.")
        return redirect("screenings:run", run.id)
    messages.error(request, "Hãy ghi lý do.")
    return redirect("learning:versions")


@page("learning.read")
def version(request: Request, version_id: UUID) -> HttpResponseBase:
    """One version: before and after, the guard, what it would change, the acts."""
    actor = request.actor
    found = selectors.version_for(actor, version_id)
    job, guard = found.job, found.figures.get("guard", {})
    against = obstacles(found) if found.state == VersionState.READY else []
    found.refused = bool(against)  # type: ignore[attr-defined]
    context = {
        "version": found,
        "kinds": found.figures.get("kinds", {}),
        "guard": guard,
        "more_lost": max(0, guard.get("lost", 0) - len(guard.get("first", []))),
        "obstacles": against,
        "may_see_changes": actor.may("screenings.read") and bool(found.effect.get("changes")),
        "own": found.by_id == actor.user_id,
        "may_approve": actor.may("learning.approve"),
        "may_see_job": job is not None and job.body_id == actor.body_id,
        "rescreening": selectors.rescreening_of(found),
        "running": job is not None and job.state in (State.WAITING, State.RUNNING),
        "form": ReasonForm(),
        "limits": limits,
        "bounds": measuring,
    }
    return render(request, "learning/version.html", context)


@page("learning.read")
def changes(request: Request, version_id: UUID) -> HttpResponseBase:
    """What a version would change among present findings, or was measured to: told before anybody puts it in force."""
    found = selectors.version_for(request.actor, version_id)
    page = Paginator(found.effect.get("changes", []), PAGE_OF_CHANGES).get_page(request.GET.get("page"))
    rows = selectors.expected_changes(request.actor, page.object_list)
    return render(request, "learning/changes.html", {"version": found, "page": page, "rows": rows})


def _switch(request: Request, act: Callable[[str], object], said: str, back: str, *given: object) -> HttpResponseBase:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
            messages.success(request, said)
        except Problem as problem:
            messages.error(request, problem.message)
    else:
        messages.error(request, "Hãy ghi lý do.")
    return redirect(back, *given)


@page("learning.approve", methods=("POST",))
def promote(request: Request, version_id: UUID) -> HttpResponseBase:
    said = "Đã đưa bản này vào dùng. Các tin đã có dấu hiệu đang được sàng lọc lại."
    return _switch(
        request, lambda reason: services.promote(version_id, reason=reason, actor=request.actor), said, "learning:version", version_id
    )


@page("learning.approve", methods=("POST",))
def put_back(request: Request, version_id: UUID) -> HttpResponseBase:
    said = "Đã đặt lại bản này. Các tin đã có dấu hiệu đang được sàng lọc lại."
    return _switch(
        request, lambda reason: services.put_back(version_id, reason=reason, actor=request.actor), said, "learning:version", version_id
    )


@page("learning.approve", methods=("POST",))
def put_back_original(request: Request) -> HttpResponseBase:
    said = "Đã đặt lại bộ sàng lọc gốc. Các tin đã có dấu hiệu đang được sàng lọc lại."
    return _switch(request, lambda reason: services.put_back(None, reason=reason, actor=request.actor), said, "learning:versions")
