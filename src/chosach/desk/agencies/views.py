"""Pages about bodies: the list, one body, the competence table, who is competent for what."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.agencies import forms, selectors, services
from chosach.desk.agencies.models import Body
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.pages import Request, page


@page("agencies.read")
def bodies(request: Request) -> HttpResponseBase:
    """The bodies that exist today, with their contact."""
    form = forms.BodyFilter(request.GET)
    listed = selectors.bodies_for(request.actor).order_by("name")
    if form.is_valid():
        if form.cleaned_data["kind"]:
            listed = listed.filter(kind=form.cleaned_data["kind"])
        words = form.cleaned_data["q"].casefold()
        if words:
            keep = [body.pk for body in listed if words in f"{body.name} {body.short_name}".casefold()]
            listed = listed.filter(pk__in=keep)
    found = Paginator(listed, 50).get_page(request.GET.get("page"))
    return render(request, "agencies/bodies.html", {"page": found, "form": form})


@page("agencies.read")
def body(request: Request, code: str) -> HttpResponseBase:
    """One body: what it is, who took over from whom, how to reach it."""
    return _show(request, selectors.body_for(request.actor, code))


@page("agencies.read", methods=("POST",))
def set_contact(request: Request, code: str) -> HttpResponseBase:
    """Keep the contact."""
    found = selectors.body_for(request.actor, code)

    def act(data: dict[str, Any]) -> None:
        services.set_contact(actor=request.actor, code=code, contact=data["contact"])

    if not (request.actor.may("agencies.keep") or request.actor.may("agencies.contact")):
        request.actor.require("agencies.contact", body=code)
    return _act(request, found, {"contact_form": forms.ContactForm(request.POST)}, act, "Đã lưu liên hệ.")


@page("agencies.keep", methods=("POST",))
def rename(request: Request, code: str) -> HttpResponseBase:
    """Give a body a new name."""
    found = selectors.body_for(request.actor, code)

    def act(data: dict[str, Any]) -> None:
        services.rename_body(actor=request.actor, code=code, name=data["name"], short_name=data["short_name"])

    return _act(request, found, {"rename_form": forms.RenameForm(request.POST, prefix="ten")}, act, "Đã đổi tên.")


@page("agencies.keep", methods=("POST",))
def merge(request: Request, code: str) -> HttpResponseBase:
    """Merge a body into another on a date."""
    found = selectors.body_for(request.actor, code)

    def act(data: dict[str, Any]) -> None:
        services.merge_bodies(actor=request.actor, code=code, into=data["into"].code, on=data["on"], ground=data["ground"])

    return _act(request, found, {"merge_form": forms.MergeForm(request.POST, prefix="gop", body=found)}, act, "Đã ghi việc hợp nhất.")


@page("agencies.keep", methods=("GET", "POST"))
def add(request: Request) -> HttpResponseBase:
    """Add a body that no plan's file holds."""
    form = forms.AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = services.add_body(actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã thêm cơ quan.")
            return redirect("agencies:body", code=new.code)
    return render(request, "agencies/add.html", {"form": form}, status=422 if request.method == "POST" else 200)


@page("agencies.competence")
def competence(request: Request) -> HttpResponseBase:
    """The competence table, and the answer to: who is competent for this?"""
    order = [*ViolationKind.values, ""]
    rows = sorted(selectors.competences_for(request.actor), key=lambda row: (order.index(row.kind), row.goods_group, row.max_value or 0))
    form = forms.MatterForm(request.GET or None)
    proposal = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            proposal = services.propose_body(
                kind=data["kind"],
                goods_group=data["goods_group"],
                territory=data["territory"],
                criminal=data["criminal"],
                value=data["value"],
                on=data["on"],
            )
        except Problem as problem:
            add_problem(form, problem)
    return render(request, "agencies/competence.html", {"rows": rows, "form": form, "proposal": proposal})


def _act(request: Request, found: Body, named: dict[str, Form], act: Callable[[dict[str, Any]], None], done: str) -> HttpResponseBase:
    [form] = named.values()
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, done)
            return redirect("agencies:body", code=found.code)
    return _show(request, found, status=422, **named)


def _show(request: Request, found: Body, *, status: int = 200, **bound: Form) -> HttpResponseBase:
    actor = request.actor
    keeps = actor.may("agencies.keep")
    context: dict[str, Any] = {
        "body": found,
        "territory": selectors.territory(found.territory) if found.territory else None,
        "successions": selectors.succession_chain(found),
        "predecessions": found.predecessions.select_related("body"),
        "current": selectors.is_current(found),
        "failed": next(iter(bound.values()), None),
    }
    if keeps or (actor.may("agencies.contact") and actor.body_code == found.code):
        context["contact_form"] = forms.ContactForm(initial={"contact": found.contact})
    if keeps:
        context["rename_form"] = forms.RenameForm(prefix="ten", initial={"name": found.name, "short_name": found.short_name})
        context["merge_form"] = forms.MergeForm(prefix="gop", body=found)
    return render(request, "agencies/body.html", {**context, **bound}, status=status)
