"""One page for every act on a case: what it does, its form, its button. Works without JavaScript."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.cases.models import Case
from chosach.desk.cases.selectors import cases_for
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request

BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Act:
    """How the page of an act speaks. `four_eyes` says who else must agree; `facts` (label, text) show what is decided on."""

    title: str
    submit: str
    done: str
    intro: str = ""
    four_eyes: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    template: str = "cases/act.html"
    extra: Mapping[str, Any] = field(default_factory=dict)


def perform(request: Request, case: Case, form: forms.Form, act: Act, do: Callable[[dict[str, Any]], object]) -> HttpResponseBase:
    """Show the form; when it is sent, do the act and go back to the case, or show what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, act.done)
            return to_case(case.pk) if cases_for(request.actor).filter(pk=case.pk).exists() else redirect("cases:list")
    status = 422 if form.errors else 200
    return render(request, act.template, {"case": case, "form": form, "act": act, **act.extra}, status=status)


def posted(request: Request) -> dict[str, Any]:
    """What a form is bound to: the sent values and files, or nothing."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def to_case(case_id: UUID) -> HttpResponseBase:
    return redirect("cases:case", case_id)
