"""Pages of the standing office: numbers of leads, dismissals drawn by lot, weights."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.leads import selectors, services, weights
from chosach.desk.leads.forms import AnswerForm, WeightForm
from chosach.desk.leads.models import Dismissal, Weight
from chosach.desk.leads.show import lead_page


@page("leads.count")
def counts(request: Request) -> HttpResponseBase:
    """Numbers of leads of every body."""
    rows = selectors.counts_by_body(request.actor)
    names = [name for name in (rows[0] if rows else {}) if name not in {"name", "code"}]
    total = {name: sum(row[name] for row in rows) for name in names}
    return render(request, "leads/counts.html", {"rows": rows, "total": total, "drawn": selectors.drawn_for_review(request.actor).count()})


@page("leads.review")
def reviews(request: Request) -> HttpResponseBase:
    """Dismissals that the lot put before the standing office."""
    return render(request, "leads/reviews.html", {"items": selectors.drawn_for_review(request.actor)})


@page("leads.review")
def review(request: Request, dismissal_id: UUID) -> HttpResponseBase:
    """One drawn dismissal with what the officer saw."""
    return _review(request, selectors.drawn_dismissal(request.actor, dismissal_id), AnswerForm())


def _review(request: Request, dismissal: Dismissal, form: AnswerForm, status: int = 200) -> HttpResponseBase:
    lead = dismissal.lead
    context = {"dismissal": dismissal, "lead": lead, "form": form, "computed": lead_page(lead, request.GET.get("page"))}
    return render(request, "leads/review.html", context, status=status)


@page("leads.review", methods=("POST",))
def confirm_review(request: Request, dismissal_id: UUID) -> HttpResponseBase:
    return _answer(request, dismissal_id, None, lambda: services.confirm_review(dismissal_id, actor=request.actor), "Đã xác nhận.")


@page("leads.review", methods=("POST",))
def send_back(request: Request, dismissal_id: UUID) -> HttpResponseBase:
    form = AnswerForm(request.POST)
    return _answer(
        request,
        dismissal_id,
        form,
        lambda: services.send_back(dismissal_id, answer=form.cleaned_data["answer"], actor=request.actor),
        "Đã trả lại đầu mối cho cơ quan.",
    )


def _answer(request: Request, dismissal_id: UUID, form: AnswerForm | None, do: Callable[[], object], said: str) -> HttpResponseBase:
    if form is not None and not form.is_valid():
        return _review(request, selectors.drawn_dismissal(request.actor, dismissal_id), form, 422)
    do()
    messages.success(request, said)
    return redirect("leads:reviews")


@page("leads.weights")
def weights_page(request: Request) -> HttpResponseBase:
    """The weights of the score, their grounds and their history."""
    return _weights(request, _weight_form())


def _weight_form(data: object = None) -> WeightForm:
    labels = {default.subject: default.label for default in weights.defaults().values()}
    return WeightForm(labels, data)


def _weights(request: Request, form: WeightForm, status: int = 200) -> HttpResponseBase:
    current, labels = weights.current(), weights.defaults()
    context = {
        "weights": [(default, current[default.subject]) for default in labels.values()],
        "history": [(weight, labels[weight.subject].label) for weight in Weight.objects.select_related("by").order_by("-created_at")[:50]],
        "form": form,
        "may_weigh": request.actor.may("leads.weigh"),
    }
    return render(request, "leads/weights.html", context, status=status)


@page("leads.weigh", methods=("POST",))
def set_weight(request: Request) -> HttpResponseBase:
    form = _weight_form(request.POST)
    if form.is_valid():
        try:
            services.set_weight(**form.cleaned_data, actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã đặt trọng số; thứ hạng của mọi đầu mối đã tính lại.")
            return redirect("leads:weights")
    return _weights(request, form, 422)
