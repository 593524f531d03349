"""Acts on rings: judging, answering for the own body, undoing, having the registry linked anew."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.registry.models import Channel, Trader
from chosach.desk.registry.selectors import channels_of, trader_for
from chosach.desk.rings import selectors, services
from chosach.desk.rings.forms import AnswerForm, ReasonForm, SplitForm
from chosach.desk.rings.models import Judgement
from chosach.desk.rings.views import CHANNELS, choices_of, show_pair, show_trader

#: Questions of other bodies on one page.
ASKS = 100
ASKED = "Đã gửi đề nghị. Cơ quan khác có liên quan đến các thương nhân này phải đồng ý thì nhận định mới có hiệu lực."


def _say(request: Request, judged: Judgement, done: str) -> None:
    waits = judged.state in (Judgement.State.WAITING, Judgement.State.UNDOING)
    (messages.info if waits else messages.success)(request, ASKED if waits else done)


def _after(judged: Judgement) -> HttpResponseBase:
    return redirect("rings:judgement", judged.id)


@page("rings.judge", methods=("POST",))
def same(request: Request, first_id: UUID, second_id: UUID) -> HttpResponseBase:
    """The two are one person or firm."""
    form = ReasonForm(request.POST, auto_id="cung_%s")
    if form.is_valid():
        try:
            judged = services.judge_same(first_id, second_id, reason=form.cleaned_data["reason"], actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            _say(request, judged, "Đã nhập hai thương nhân thành một.")
            return _after(judged)
    return show_pair(request, first_id, second_id, same=form, cut=ReasonForm(auto_id="cat_%s"), status=422)


@page("rings.judge", methods=("POST",))
def cut(request: Request, first_id: UUID, second_id: UUID) -> HttpResponseBase:
    """What they share ties them not."""
    form = ReasonForm(request.POST, auto_id="cat_%s")
    if form.is_valid():
        try:
            judged = services.cut(first_id, second_id, reason=form.cleaned_data["reason"], actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            _say(request, judged, "Đã cắt mối liên kết giữa hai thương nhân.")
            return _after(judged)
    return show_pair(request, first_id, second_id, same=ReasonForm(auto_id="cung_%s"), cut=form, status=422)


@page("rings.judge", methods=("POST",))
def different(request: Request, trader_id: UUID) -> HttpResponseBase:
    """Some channels of a trader are somebody else's."""
    form = SplitForm(choices_of(channels_of(request.actor, trader_for(request.actor, trader_id))), request.POST)
    if form.is_valid():
        channels = [UUID(one) for one in form.cleaned_data["channels"]]
        try:
            judged = services.judge_different(trader_id, channels=channels, reason=form.cleaned_data["reason"], actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            _say(request, judged, "Đã tách các kênh đã chọn thành một thương nhân khác.")
            return _after(judged)
    return show_trader(request, trader_id, form, 422)


@page("rings.read", methods=("GET", "POST"))
def judgement(request: Request, judgement_id: UUID) -> HttpResponseBase:
    """One judgement: what it says, who agreed; POST undoes it."""
    actor = request.actor
    found = selectors.judgement_for(actor, judgement_id)
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        actor.require("rings.judge", judgement=judgement_id)
        status = 422
        if form.is_valid():
            try:
                found = services.undo(judgement_id, reason=form.cleaned_data["reason"], actor=actor)
            except Problem as problem:
                add_problem(form, problem)
            else:
                _say(request, found, "Đã hoàn tác nhận định.")
                return _after(found)
    first, second = selectors.channels_of_sides(found)
    names = selectors.names_of({channel.trader_id: channel.trader for channel in (*first, *second)}.values())
    context = {
        "judgement": found,
        "sides": [_by_trader(side, names) for side in (first, second)],
        "asks": found.asks.select_related("body", "by"),
        "form": form,
        "own_ask": selectors.asks_for(actor).filter(judgement=found).first() if actor.may("rings.answer") else None,
        "linking": selectors.open_run(),
        "may_undo": actor.may("rings.judge") and found.state == Judgement.State.IN_FORCE,
    }
    return render(request, "rings/judgement.html", context, status=status)


def _by_trader(channels: list[Channel], names: dict[UUID, str]) -> list[tuple[Trader, str, list[Channel], list[Channel]]]:
    """The channels of a side under the trader that each is of now: its name, the first of its channels, the others."""
    held: dict[UUID, list[Channel]] = {}
    for channel in channels:
        held.setdefault(channel.trader_id, []).append(channel)
    return [(own[0].trader, names[pk], own[:CHANNELS], own[CHANNELS:]) for pk, own in held.items()]


@page("rings.answer")
def asks(request: Request) -> HttpResponseBase:
    """What other bodies ask this one to agree to."""
    return _show_asks(request)


def _show_asks(request: Request, given: tuple[UUID, AnswerForm] | None = None) -> HttpResponseBase:
    """The page; `given`: the form of one of them that did not succeed."""
    found = list(selectors.asks_for(request.actor)[:ASKS])
    forms = [(one, given[1] if given and given[0] == one.id else _answer_form(one.id)) for one in found]
    return render(request, "rings/asks.html", {"asks": forms}, status=422 if given else 200)


def _answer_form(ask_id: UUID, data: object = None) -> AnswerForm:
    return AnswerForm(data, auto_id=f"y_{ask_id}_%s")  # type: ignore[arg-type]


@page("rings.answer", methods=("POST",))
def ask(request: Request, ask_id: UUID) -> HttpResponseBase:
    """Agree or not."""
    form = _answer_form(ask_id, request.POST)
    form.fields["answer"].widget.attrs |= {"data-focus": True}  # the page may have many of these forms
    agree = request.POST.get("agree") == "1"
    if not form.is_valid():
        return _show_asks(request, (ask_id, form))
    try:
        judged = services.answer(ask_id, agree=agree, text=form.cleaned_data["answer"], actor=request.actor)
    except Problem as problem:
        form.add_error("answer", ValidationError(problem.message, code=problem.code))
        return _show_asks(request, (ask_id, form))
    messages.success(request, "Đã đồng ý." if agree else "Đã ghi ý kiến không đồng ý.")
    return _after(judged)


@page("rings.link", methods=("POST",))
def link(request: Request) -> HttpResponseBase:
    """Have the registry linked anew."""
    try:
        services.start_linking(actor=request.actor)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "Đã bắt đầu tìm liên kết. Có thể đóng trang, việc vẫn chạy.")
    return redirect("rings:rings")
