"""Lists: cases, their figures for the standing office, what waits, who has an open file on a trader."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.cases import stages
from chosach.desk.cases.forms import ListForm, ReasonForm, SearchForm
from chosach.desk.cases.selectors import cases_for, figures_of, waiting_for
from chosach.desk.cases.selectors.figures import figures_for, overdue_case_ids
from chosach.desk.cases.services import joining
from chosach.desk.cases.views.acts import BOTH
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.registry.models import Trader

PER_PAGE = 50


@page("cases.see", methods=BOTH)
def case_list(request: Request) -> HttpResponseBase:
    """Cases that the actor may read, filtered; searched by number or title when words are posted."""
    actor = request.actor
    found = cases_for(actor)
    filters, search = ListForm(request.GET), SearchForm(request.POST if request.method == "POST" else None)
    if filters.is_valid():
        wanted = filters.cleaned_data
        if wanted["scope"] == "own":
            found = found.filter(owner_id=actor.body_id)
        elif wanted["scope"] == "joined":
            found = found.exclude(owner_id=actor.body_id)
        if wanted["stage"]:
            found = found.filter(stage=wanted["stage"])
        if wanted["kind"]:
            found = found.filter(kind=wanted["kind"])
        if wanted["overdue"]:
            found = found.filter(pk__in=overdue_case_ids())
    searched = search.cleaned_data["words"] if request.method == "POST" and search.is_valid() else ""
    if searched:
        found = found.filter(Q(number__icontains=searched) | Q(title__icontains=searched))
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    late = overdue_case_ids()
    context = {
        "page": shown,
        "filters": filters,
        "search": search,
        "searched": searched,
        "late": late,
        "any": cases_for(actor).exists(),
        "may_open": actor.may("cases.open"),
        "figures_only": actor.may("cases.figures"),
    }
    return render(request, "cases/list.html", context)


@page("cases.see")
def waiting(request: Request) -> HttpResponseBase:
    """Everything about cases that waits for this person."""
    return render(request, "cases/waiting.html", {"waiting": waiting_for(request.actor)})


@page("cases.figures")
def figure_list(request: Request) -> HttpResponseBase:
    """Every case with its owner, stage and clocks, without content."""
    found = figures_of(request.actor)
    filters = ListForm(request.GET)
    if filters.is_valid():
        wanted = filters.cleaned_data
        if wanted["stage"]:
            found = found.filter(stage=wanted["stage"])
        if wanted["kind"]:
            found = found.filter(kind=wanted["kind"])
        if wanted["overdue"]:
            found = found.filter(pk__in=overdue_case_ids())
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/figure_list.html", {"page": shown, "filters": filters, "late": overdue_case_ids()})


@page("cases.figures")
def figures(request: Request, case_id: UUID) -> HttpResponseBase:
    """One case: that it exists, its clocks and its figures."""
    return render(request, "cases/figures.html", {"figures": figures_for(request.actor, case_id)})


@page("cases.see")
def stage_table(request: Request) -> HttpResponseBase:
    """The table of stages and moves, as the services follow it."""
    return render(request, "cases/stages.html", {"moves": stages.MOVES, "act_names": stages.ACT_NAMES})


@page("cases.lookup", methods=BOTH)
def lookup(request: Request, trader_id: UUID) -> HttpResponseBase:
    """Which other bodies have an open file on a trader (body and contact only); ask them to take part."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.ask_to_join(trader_id, reason=form.cleaned_data["reason"], actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã gửi đề nghị cùng tham gia tới cơ quan đang thụ lý.")
            return redirect("cases:lookup", trader_id)
    found = joining.look_up(trader_id, actor=request.actor)
    trader = Trader.objects.get(pk=trader_id)
    context = {"found": found, "trader": trader, "form": form, "may_ask": request.actor.may("cases.ask_to_join")}
    return render(request, "cases/lookup.html", context, status=422 if form.errors else 200)
