"""Pages of labels: the list, one label with its history, what came at once and waits."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.pages import Request, page
from chosach.desk.learning import limits, selectors, services
from chosach.desk.learning.forms import LabelFilterForm, MassForm, ReasonForm
from chosach.desk.learning.models import Label, LabelChange

PAGE = 50


@page("learning.read")
def labels(request: Request) -> HttpResponseBase:
    """Labels of one's own body; the standing office sees all."""
    form = LabelFilterForm(request.actor, request.GET)
    chosen = selectors.LabelFilter(**form.cleaned_data) if form.is_valid() else selectors.LabelFilter()
    found = Paginator(chosen.of(selectors.labels_for(request.actor)), PAGE).get_page(request.GET.get("page"))
    rows = [(label, selectors.may_see_listing(request.actor, label)) for label in found]
    context = {"page": found, "rows": rows, "form": form, "filtered": any(vars(chosen).values()), "limits": limits}
    return render(request, "learning/labels.html", context)


@page("learning.read")
def label(request: Request, label_id: UUID) -> HttpResponseBase:
    """One label: what it says, where it comes from, what was changed."""
    return _label(request, label_id, ReasonForm())


def _label(request: Request, label_id: UUID, form: ReasonForm, status: int = 200) -> HttpResponseBase:
    found = selectors.label_for(request.actor, label_id)
    context = {
        "label": found,
        "form": form,
        "visible": selectors.may_see_listing(request.actor, found),
        "may_correct": selectors.may_correct(request.actor, found),
        "changes": found.changes.select_related("by", "body"),
        "uses": found.uses.select_related("version").order_by("-version__number"),
    }
    return render(request, "learning/label.html", context, status=status)


def _correct(request: Request, label_id: UUID, act: Callable[..., Label], said: str) -> HttpResponseBase:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _label(request, label_id, form, 422)
    try:
        found = act(label_id, reason=form.cleaned_data["reason"], actor=request.actor)
        if found.changes.filter(state=LabelChange.State.WAITING).exists():
            more = f"Hôm nay anh/chị đã sửa {limits.SUDDEN} nhãn; lần sửa này chờ người thứ hai ở Văn phòng Thường trực."
            messages.warning(request, more)
        else:
            messages.success(request, said)
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("learning:label", label_id)


@page("learning.read", methods=("POST",))
def withdraw(request: Request, label_id: UUID) -> HttpResponseBase:
    return _correct(request, label_id, services.withdraw_label, "Đã rút nhãn; lần học sau không tính nhãn này.")


@page("learning.read", methods=("POST",))
def restore(request: Request, label_id: UUID) -> HttpResponseBase:
    return _correct(request, label_id, services.restore_label, "Đã dùng lại nhãn.")


@page("learning.read", methods=("POST",))
def turn(request: Request, label_id: UUID) -> HttpResponseBase:
    return _correct(request, label_id, services.turn_label, "Đã đảo nhãn; lần học sau tính theo kết luận mới.")


@page("learning.oversee")
def masses(request: Request) -> HttpResponseBase:
    """False alarms that one person gave at once; they wait."""
    found = selectors.masses_for(request.actor)
    items = [(mass, MassForm(initial={"by": mass.by.id, "on": mass.on.isoformat()}, auto_id=f"m{at}_%s")) for at, mass in enumerate(found)]
    changes = [
        (by, on, waiting, MassForm(initial={"by": by.id, "on": on.isoformat()}, auto_id=f"s{at}_%s"))
        for at, (by, on, waiting) in enumerate(selectors.waiting_changes(request.actor))
    ]
    return render(request, "learning/masses.html", {"items": items, "changes": changes, "sudden": limits.SUDDEN})


@page("learning.oversee")
def mass(request: Request, by: UUID, on: str) -> HttpResponseBase:
    """The labels of one mass with the words of their listings: what is judged."""
    try:
        day = dt.date.fromisoformat(on)
    except ValueError as error:
        raise Refused("object.not_visible") from error
    held = selectors.held_for(request.actor, by, day)
    first = held.first()
    if first is None:
        return redirect("learning:masses")
    form = MassForm(initial={"by": by, "on": day.isoformat()})
    return render(
        request, "learning/mass.html", {"first": first, "form": form, "page": Paginator(held, PAGE).get_page(request.GET.get("page"))}
    )


def _answer(request: Request, act: Callable[..., int], said: str) -> HttpResponseBase:
    form = MassForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Hãy ghi lý do.")
        return redirect("learning:masses")
    try:
        number = act(form.cleaned_data["by"], form.cleaned_data["on"], reason=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, said.format(number))
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("learning:masses")


@page("learning.oversee", methods=("POST",))
def release(request: Request) -> HttpResponseBase:
    return _answer(request, services.release_mass, "Đã cho tính {} nhãn, trong giới hạn của một người và một cơ quan.")


@page("learning.oversee", methods=("POST",))
def refuse(request: Request) -> HttpResponseBase:
    return _answer(request, services.refuse_mass, "Đã rút {} nhãn.")


@page("learning.oversee", methods=("POST",))
def release_changes(request: Request) -> HttpResponseBase:
    return _answer(request, services.release_changes, "Đã sửa {} nhãn. Nhãn đã đổi khác trong lúc chờ thì giữ như cũ.")


@page("learning.oversee", methods=("POST",))
def refuse_changes(request: Request) -> HttpResponseBase:
    return _answer(request, services.refuse_changes, "Không đồng ý {} lần sửa nhãn; các nhãn giữ như cũ.")
