"""Pages of leads: the queue, a lead, the acts, and the standing office's pages."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from chosach.desk.core import searches
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.leads import false_alarms, selectors, services
from chosach.desk.leads import queue as filters
from chosach.desk.leads.forms import (
    AnswerForm,
    AssignForm,
    DismissForm,
    DismissOneForm,
    FilterForm,
    FindForm,
    PassForm,
    ReasonForm,
    ViewForm,
    WatchForm,
)
from chosach.desk.leads.history import history
from chosach.desk.leads.models import HELD, Dismissal, Lead, LeadState, Passing
from chosach.desk.leads.services.bulk import BulkResult, for_each
from chosach.desk.leads.show import lead_page, pick_list
from chosach.desk.registry.files import open_files
from chosach.desk.registry.models import PlaceState
from chosach.desk.registry.places import unit_name
from chosach.desk.registry.selectors import channels_of, identifiers_of
from chosach.desk.rings.selectors import memberships_of

PAGE = 25


@page("leads.read", methods=("GET", "POST"))
def queue(request: Request) -> HttpResponseBase:
    """The body's leads, ranked, filtered, paged; POST looks for a name among them."""
    if request.method == "POST":
        form = FindForm(request.POST)
        form.is_valid()
        return redirect(_address(request, filters.read(request.GET.dict(), q=form.cleaned_data.get("q", ""))))
    return _queue(request, _chosen(request, request.GET.dict()))


def _chosen(request: Request, given: dict[str, str]) -> filters.Filter:
    """The filter that was sent, with the name that its word stands for in this session."""
    return filters.read(given, q=searches.kept(request, given.get(searches.PARAMETER, "")))


def _address(request: Request, chosen: filters.Filter) -> str:
    """The queue with this filter; the name itself stays with the session."""
    return f"{reverse('leads:queue')}?{chosen.query(tim=searches.keep(request, chosen.q))}"


def _queue(request: Request, chosen: filters.Filter, *, bulk: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponseBase:
    actor = request.actor
    leads = selectors.leads_for(actor)
    counted = filters.choices(leads, chosen, actor)
    found = filters.apply(leads, chosen, actor).prefetch_related("kinds").order_by("rank", "-score", "id")
    context = {
        "chosen": chosen,
        "chosen_items": [(name, value) for name, value in vars(chosen).items() if name != "q"],
        "places": [(choice, chosen.query(place=choice.value)) for choice in counted["place"]],
        "filters": FilterForm(chosen, counted, actor),
        "find": FindForm(initial={"q": chosen.q}),
        "here": f"{reverse('leads:queue')}?{chosen.query(tim='')}",
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "bulk": bulk or _bulk_forms(request),
        "views": selectors.views_of(actor),
        "view_form": ViewForm(initial={"query": chosen.to_keep()}),
        "waiting": selectors.waiting_for_second(actor).count(),
        "passed_here": selectors.passings_to(actor).count(),
    }
    return render(request, "leads/queue.html", context, status=status)


@page("leads.work", methods=("POST",))
def bulk(request: Request) -> HttpResponseBase:
    """One act on the chosen leads."""
    actor, chosen = request.actor, _chosen(request, request.POST.dict())
    back = f"{reverse('leads:queue')}?{chosen.query()}"
    name = request.POST.get("act", "")
    given = _bulk_forms(request, name)
    acts: dict[str, Callable[[dict[str, Any]], Callable[[UUID], object]]] = {
        "assign": lambda data: partial(services.assign, assignee=UUID(data["assignee"]), actor=actor),
        "watch": lambda data: partial(services.watch, until=data["until"], actor=actor),
        "dismiss": lambda data: partial(services.dismiss, reason=data["reason"], text=data["text"], actor=actor),
    }
    if name == "case":  # opening a case is the next room's act, with its own form
        marked = request.POST.getlist("lead")
        if not marked:
            messages.error(request, "Hãy chọn ít nhất một đầu mối.")
            return redirect(back)
        return redirect(f"{reverse('cases:open')}?{urlencode([('dau-moi', lead_id) for lead_id in marked])}")
    form = given.get(name)
    if form is None:
        messages.error(request, "Hãy chọn việc cần làm với các đầu mối đã đánh dấu.")
        return redirect(back)
    if form.is_valid():
        try:
            result = for_each(_ids(request.POST.getlist("lead")), acts[name](form.cleaned_data), actor=actor)
        except Problem as problem:
            messages.error(request, problem.message)
            return redirect(back)
        _tell(request, result)
        return redirect(back)
    return _queue(request, chosen, bulk=given, status=422)


def _bulk_forms(request: Request, bound: str = "") -> dict[str, forms.Form]:
    """The forms of the bulk acts, the named one filled. They share one <form>, so the browser must not require all their fields."""
    data = {name: request.POST if name == bound else None for name in ("assign", "watch", "dismiss")}
    return {
        "assign": AssignForm(request.actor, data["assign"], prefix="assign", use_required_attribute=False),
        "watch": WatchForm(data["watch"], prefix="watch", use_required_attribute=False),
        "dismiss": DismissForm(data["dismiss"], prefix="dismiss", use_required_attribute=False),
    }


def _ids(values: list[str]) -> list[UUID]:
    try:
        return [UUID(value) for value in values]
    except ValueError as error:
        raise Problem("leads.none_chosen", "Hãy chọn ít nhất một đầu mối.", where="lead") from error


def _tell(request: Request, result: BulkResult) -> None:
    if result.done:
        messages.success(request, f"Đã xong {result.done} đầu mối.")
    if result.waiting:
        messages.warning(request, f"{result.waiting} đầu mối chờ người thứ hai đồng ý mới được bỏ qua.")
    for message in dict.fromkeys(result.left):
        messages.error(request, f"{result.left.count(message)} đầu mối không làm được: {message}")


@page("leads.read")
def lead(request: Request, lead_id: UUID) -> HttpResponseBase:
    """One lead: listings with marked words, the score part by part, trader, place, history, acts."""
    return _lead(request, selectors.lead_for(request.actor, lead_id))


def _lead(request: Request, found: Lead, *, given: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponseBase:
    actor = request.actor
    waiting = selectors.dismissal_waiting(found)
    passing = selectors.passing_of(found) if found.state == LeadState.PASSING else None
    may_work = actor.may("leads.work") and found.is_open and found.state not in HELD
    acts: dict[str, forms.Form] = {
        "assign": AssignForm(actor, initial={"assignee": found.assignee_id or actor.user_id}),
        "watch": WatchForm(initial={"until": found.watch_until}),
        "dismiss": DismissOneForm(),
        "hand_over": ReasonForm(),
        "pass_on": PassForm(actor, auto_id="chuyen_%s"),
        "withdraw": AnswerForm(auto_id="rut_%s"),
        "refuse": AnswerForm(),
        "take_back": AnswerForm(auto_id="molai_%s"),
        "take_back_acceptance": AnswerForm(auto_id="ruttiepnhan_%s"),
        "withdraw_dismissal": AnswerForm(auto_id="rutdenghi_%s"),
    } | (given or {})
    context = {
        "lead": found,
        "trader": found.trader,
        "kinds": found.kinds.all(),
        "channels": channels_of(actor, found.trader),
        "member": next(iter(memberships_of([found.trader_id])), None) if actor.may("rings.read") else None,
        "joined": selectors.joined_into(actor, found),
        "identifiers": identifiers_of(found.trader),
        "district": unit_name(found.trader.district),
        "province": unit_name(found.trader.province),
        "computed": lead_page(found, request.GET.get("page")),
        "history": history(found),
        "acts": acts,
        "wrong": next(iter(given or {}), ""),
        "waiting": waiting,
        "passing": passing,
        "passings": found.passings.exclude(state=Passing.State.SENT).select_related("from_body", "to_body", "answered_by"),
        "may_second": waiting is not None and waiting.by_id != actor.user_id and actor.may("leads.second"),
        "may_work": may_work,
        "pick": pick_list(found, request.POST.getlist("findings")) if may_work and actor.may("leads.dismiss") else None,
        "parts": [(part, AnswerForm(auto_id=f"nham{at}_%s")) for at, part in enumerate(false_alarms.parts_of(found))],
        "may_undo_parts": actor.may("leads.take_back"),
        "may_withdraw": waiting is not None and waiting.by_id == actor.user_id and actor.may("leads.dismiss"),
        "may_take_back_acceptance": found.state == LeadState.ACCEPTED and found.case_id is None and actor.may("leads.take_back"),
        "may_take_back": found.state == LeadState.DISMISSED and actor.may("leads.take_back"),
        "is_outside": found.trader.place == PlaceState.OUTSIDE,
        "may_open_case": actor.may("cases.open")
        and found.case_id is None
        and (found.state == LeadState.ACCEPTED or (may_work and found.trader.place != PlaceState.OUTSIDE)),
        "files": [file for file in open_files(actor, found.trader) if file.url != request.path],
        "last_dismissal": found.dismissals.select_related("by", "second", "reviewer").first(),
    }
    return render(request, "leads/lead.html", context, status=status)


def act(
    request: Request, lead_id: UUID, name: str, *, form: forms.Form | None, do: Callable[[dict[str, Any]], object], said: str
) -> HttpResponseBase:
    """Do an act of a lead's page; what is wrong is said on that page, in the form it came from."""
    if form is None or form.is_valid():
        try:
            outcome = do({} if form is None else form.cleaned_data)
        except Problem as problem:
            if form is None or problem.where not in form.fields:
                messages.error(request, problem.message)
                return redirect("leads:lead", lead_id=lead_id)
            add_problem(form, problem)
        else:
            if isinstance(outcome, Dismissal) and outcome.state == Dismissal.State.PENDING:
                why = Dismissal.Why(outcome.why_second).label
                messages.warning(request, f"Đã ghi đề nghị bỏ qua. Cần người thứ hai đồng ý vì {why}.")
            elif isinstance(outcome, Dismissal) and outcome.part and outcome.state == Dismissal.State.DONE:
                messages.success(
                    request, f"Đã ghi {outcome.false_alarms.count()} dấu hiệu báo nhầm. Đầu mối vẫn mở với các dấu hiệu còn lại."
                )
            else:
                messages.success(request, said)
            return redirect("leads:lead", lead_id=lead_id)
    found = selectors.lead_for(request.actor, lead_id)
    return _lead(request, found, given={name: form} if form is not None else None, status=422)


@page("leads.work", methods=("POST",))
def assign(request: Request, lead_id: UUID) -> HttpResponseBase:
    form = AssignForm(request.actor, request.POST)

    def do(data: dict[str, Any]) -> object:
        return services.assign(lead_id, assignee=UUID(data["assignee"]), actor=request.actor)

    return act(request, lead_id, "assign", form=form, do=do, said="Đã phân công đầu mối.")


@page("leads.work", methods=("POST",))
def watch(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.watch, lead_id, request.actor)
    return act(request, lead_id, "watch", form=WatchForm(request.POST), do=do, said="Đã đưa đầu mối vào diện theo dõi.")


@page("leads.dismiss", methods=("POST",))
def dismiss(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.dismiss, lead_id, request.actor)
    return act(request, lead_id, "dismiss", form=DismissOneForm(request.POST), do=do, said="Đã bỏ qua đầu mối.")


@page("leads.work", methods=("POST",))
def accept(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.accept, lead_id, request.actor)
    return act(request, lead_id, "accept", form=None, do=do, said="Đã tiếp nhận đầu mối.")


@page("leads.work", methods=("POST",))
def hand_over(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.hand_over, lead_id, request.actor)
    return act(request, lead_id, "hand_over", form=ReasonForm(request.POST), do=do, said="Đã ghi việc chuyển đầu mối ra ngoài tỉnh.")


@page("leads.work", methods=("POST",))
def pass_on(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.pass_on, lead_id, request.actor)
    said = "Đã chuyển đầu mối; chờ cơ quan nhận trả lời."
    return act(request, lead_id, "pass_on", form=PassForm(request.actor, request.POST, auto_id="chuyen_%s"), do=do, said=said)


@page("leads.work", methods=("POST",))
def withdraw_passed(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.withdraw_passed, lead_id, request.actor)
    return act(request, lead_id, "withdraw", form=AnswerForm(request.POST, auto_id="rut_%s"), do=do, said="Đã rút lại việc chuyển.")


@page("leads.second", methods=("POST",))
def agree(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.agree, lead_id, request.actor)
    return act(request, lead_id, "agree", form=None, do=do, said="Đã đồng ý bỏ qua đầu mối.")


@page("leads.second", methods=("POST",))
def refuse(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.refuse, lead_id, request.actor)
    said = "Đã ghi ý kiến không đồng ý; đầu mối mở lại."
    return act(request, lead_id, "refuse", form=AnswerForm(request.POST), do=do, said=said)


def call(service: Callable[..., object], lead_id: UUID, actor: Actor, data: dict[str, Any]) -> object:
    """A service of one lead with what the form gave."""
    return service(lead_id, **data, actor=actor)


@page("leads.second")
def waiting(request: Request) -> HttpResponseBase:
    """Dismissals of colleagues that wait for a second person."""
    found = Paginator(selectors.waiting_for_second(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "leads/waiting.html", {"page": found})


@page("leads.read", methods=("POST",))
def save_view(request: Request) -> HttpResponseBase:
    form = ViewForm(request.POST)
    back = _address(request, filters.read_kept(request.POST.get("query", "")[:900]))
    if not form.is_valid():
        messages.error(request, "Hãy đặt tên cho bộ lọc (tối đa 80 ký tự).")
        return redirect(back)
    try:
        services.save_view(name=form.cleaned_data["name"], query=form.cleaned_data["query"], actor=request.actor)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, f"Đã lưu bộ lọc “{form.cleaned_data['name']}”.")
    return redirect(back)


@page("leads.read")
def open_view(request: Request, view_id: UUID) -> HttpResponseBase:
    """The queue as a view of one's own keeps it."""
    return redirect(_address(request, filters.read_kept(selectors.view_for(request.actor, view_id).query)))


@page("leads.read", methods=("POST",))
def remove_view(request: Request, view_id: UUID) -> HttpResponseBase:
    services.remove_view(view_id, actor=request.actor)
    messages.success(request, "Đã xóa bộ lọc.")
    return redirect("leads:queue")
