"""Pages of what is done to the system itself: orders to redact entries, and plans that were loaded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.ledger import services
from chosach.desk.oversight import orders
from chosach.desk.oversight.forms import OrderForm

PAGE = 25


@page("oversight.redactions")
def redactions(request: Request) -> HttpResponseBase:
    """Orders to redact, the newest first, and what became of them."""
    return _redactions(request, OrderForm())


def _redactions(request: Request, form: OrderForm, status: int = 200) -> HttpResponseBase:
    actor = request.actor
    context: dict[str, Any] = {
        "page": Paginator(orders.redaction_orders(actor), PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_order": actor.may("ledger.order_redaction"),
        "may_redact": actor.may("ledger.redact"),
    }
    return render(request, "oversight/redactions.html", context, status=status)


@page("ledger.order_redaction", methods=("POST",))
def order(request: Request) -> HttpResponseBase:
    """Write down the order; another person carries it out."""
    form = OrderForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.order_redaction(**given, actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã ghi lệnh. Quản trị viên thi hành; nội dung còn nguyên cho đến lúc đó.")
            return redirect("oversight:redactions")
    return _redactions(request, form, 422)


@page("ledger.redact", methods=("POST",))
def carry_out(request: Request, seq: int) -> HttpResponseBase:
    """Take the payloads away that an order names."""
    return _done(request, lambda: services.carry_out_redaction(seq, actor=request.actor), "Đã xóa nội dung theo lệnh; mã băm còn giữ.")


def _done(request: Request, act: Callable[[], object], said: str) -> HttpResponseBase:
    try:
        act()
        messages.success(request, said)
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("oversight:redactions")


@page("oversight.plan_loads")
def plan_loads(request: Request) -> HttpResponseBase:
    """Every plan file that was loaded: when, by whom, which bytes, what changed."""
    found = Paginator(orders.plan_loads(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "oversight/plan_loads.html", {"page": found})
