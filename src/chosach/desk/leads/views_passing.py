"""Pages of the body to which a lead is passed: what waits for an answer, one of them with what the sender saw, the answer."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.leads import selectors, services
from chosach.desk.leads.forms import AnswerForm
from chosach.desk.leads.models import Passing
from chosach.desk.leads.show import lead_page

PAGE = 25


@page("leads.answer_passed")
def passings(request: Request) -> HttpResponseBase:
    """Leads that other bodies sent here."""
    found = Paginator(selectors.passings_to(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "leads/passings.html", {"page": found})


@page("leads.answer_passed")
def passing(request: Request, passing_id: UUID) -> HttpResponseBase:
    """One of them, with its findings."""
    return _passing(request, selectors.passing_to(request.actor, passing_id), AnswerForm())


def _passing(request: Request, found: Passing, form: AnswerForm, status: int = 200) -> HttpResponseBase:
    context = {"passing": found, "lead": found.lead, "form": form, "computed": lead_page(found.lead, request.GET.get("page"))}
    return render(request, "leads/passing.html", context, status=status)


@page("leads.answer_passed", methods=("POST",))
def accept(request: Request, passing_id: UUID) -> HttpResponseBase:
    done = _do(request, lambda: services.accept_passed(passing_id, actor=request.actor), "Đã nhận đầu mối; đầu mối mới trong hàng chờ.")
    return redirect("leads:lead", done.lead_id) if done else redirect("leads:passings")


@page("leads.answer_passed", methods=("POST",))
def send_back(request: Request, passing_id: UUID) -> HttpResponseBase:
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.return_passed(passing_id, answer=form.cleaned_data["answer"], actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã trả lại đầu mối cho cơ quan chuyển.")
            return redirect("leads:passings")
    return _passing(request, selectors.passing_to(request.actor, passing_id), form, 422)


def _do(request: Request, act: Callable[[], Passing], said: str) -> Passing | None:
    try:
        done = act()
    except Problem as problem:
        messages.error(request, problem.message)
        return None
    messages.success(request, said)
    return done
