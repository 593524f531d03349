"""Pages of the plan: the board, one obligation, the plan itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.agencies.models import Body
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.plan import forms, selectors, services
from chosach.desk.plan.models import Note, NoteKind, Obligation, Progress

TONES = {Progress.DONE: "ok", Progress.ONGOING: "info", Progress.NOT_STARTED: "neutral"}


@page("plan.read")
def board(request: Request, plan: str | None = None) -> HttpResponseBase:
    """Every obligation with its bodies, dates, progress and who is late."""
    found = selectors.plan_for(request.actor, plan)
    if found is None:
        return render(request, "plan/none.html")
    every = selectors.board_for(request.actor, found)
    bodies = {standing.body.code: standing.body for line in every for standing in line.standings}
    form = forms.BoardFilter(request.GET or None, bodies=sorted(bodies.values(), key=lambda body: body.short_name))
    chosen = form.chosen() if form.is_bound else {}
    lines = selectors.board_for(request.actor, found, **chosen) if chosen else every
    context = {
        "plan": found,
        "plans": selectors.plans_for(request.actor),
        "form": form,
        "chosen": chosen,
        "lines": lines,
        "total": len(every),
        "done": sum(line.progress == Progress.DONE for line in every),
        "late": sum(bool(line.late) for line in every),
        "late_bodies": len({late.body.code for line in every for late in line.late}),
        "obstacles": sum(line.obstacles for line in every),
        "tones": TONES,
    }
    return render(request, "plan/board.html", context)


@page("plan.read")
def about(request: Request, plan: str) -> HttpResponseBase:
    """The plan: who issued it, how long it runs, recipients, reports."""
    found = selectors.plan_for(request.actor, plan)
    if found is None:
        raise Refused("object.not_visible", refs={"plan": plan})
    named = {body.code: body for body in Body.objects.filter(code__in=[r["body"] for r in found.recipients if r.get("body")])}
    recipients = [dict(recipient, body=named.get(recipient.get("body") or "")) for recipient in found.recipients]
    on_demand = list(found.report_forms.filter(withdrawn=False, fixed=False).values_list("name", flat=True))
    periods = found.report_periods.filter(withdrawn=False).select_related("form")
    context = {"plan": found, "recipients": recipients, "periods": periods, "on_demand": on_demand}
    return render(request, "plan/about.html", context)


@page("plan.read")
def obligation(request: Request, plan: str, code: str) -> HttpResponseBase:
    """One obligation: what it demands, who does it, by when, and everything said on it."""
    return _show(request, selectors.obligation_for(request.actor, plan, code))


@page("plan.note", methods=("POST",))
def note_progress(request: Request, plan: str, code: str) -> HttpResponseBase:
    """Report progress."""
    found = selectors.obligation_for(request.actor, plan, code)
    form = forms.ProgressForm(request.POST, line=selectors.line_for(found))

    def act(data: dict[str, Any]) -> None:
        due = UUID(data["done_for"]) if data["done_for"] else None
        links = data["links"].splitlines()
        services.note_progress(
            actor=request.actor, plan=plan, code=code, text=data["text"], progress=data["progress"], links=links, done_for=due
        )

    return _act(request, found, {"progress_form": form}, act, "Đã ghi tiến độ.")


@page("plan.note", methods=("POST",))
def note_obstacle(request: Request, plan: str, code: str) -> HttpResponseBase:
    """Tell of an obstacle."""
    found = selectors.obligation_for(request.actor, plan, code)

    def act(data: dict[str, Any]) -> None:
        services.note_obstacle(actor=request.actor, plan=plan, code=code, text=data["text"])

    return _act(request, found, {"obstacle_form": forms.ObstacleForm(request.POST, prefix="v")}, act, "Đã gửi vướng mắc lên lãnh đạo.")


@page("plan.direct", methods=("POST",))
def direct(request: Request, plan: str, code: str) -> HttpResponseBase:
    """A direction of the leaders."""
    found = selectors.obligation_for(request.actor, plan, code)
    form = forms.DirectionForm(request.POST, prefix="c", obstacles=_open_obstacles(found))

    def act(data: dict[str, Any]) -> None:
        answers = UUID(data["answers"]) if data["answers"] else None
        services.direct(actor=request.actor, plan=plan, code=code, text=data["text"], answers=answers)

    return _act(request, found, {"direction_form": form}, act, "Đã ghi ý kiến chỉ đạo.")


@page("plan.due", methods=("POST",))
def set_due(request: Request, plan: str, code: str) -> HttpResponseBase:
    """Set a due date."""
    found = selectors.obligation_for(request.actor, plan, code)

    def act(data: dict[str, Any]) -> None:
        services.set_due(actor=request.actor, plan=plan, code=code, date=data["date"], label=data["label"])

    return _act(request, found, {"due_form": forms.DueForm(request.POST, prefix="h")}, act, "Đã đặt hạn.")


@page("plan.due", methods=("POST",))
def withdraw_due(request: Request, plan: str, code: str) -> HttpResponseBase:
    """Take back a due date."""
    found = selectors.obligation_for(request.actor, plan, code)

    def act(data: dict[str, Any]) -> None:
        services.withdraw_due(actor=request.actor, plan=plan, code=code, due=data["due"], reason=data["reason"])

    return _act(request, found, {"withdraw_form": forms.WithdrawForm(request.POST)}, act, "Đã rút hạn.")


@page("plan.remind", methods=("POST",))
def remind(request: Request, plan: str, code: str) -> HttpResponseBase:
    """Remind bodies."""
    found = selectors.obligation_for(request.actor, plan, code)
    form = forms.ReminderForm(request.POST, prefix="n", line=selectors.line_for(found))

    def act(data: dict[str, Any]) -> None:
        services.remind(actor=request.actor, plan=plan, code=code, bodies=data["bodies"], text=data["text"])

    return _act(request, found, {"reminder_form": form}, act, "Đã gửi nhắc và ghi vào sổ cái.")


def _act(request: Request, found: Obligation, named: dict[str, Form], act: Callable[[dict[str, Any]], None], done: str) -> HttpResponseBase:
    """Do it and go back to the obligation; with a problem, show the page with the form as it was filled in."""
    [form] = named.values()
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, done)
            return redirect("plan:obligation", plan=found.plan.code, code=found.code)
    return _show(request, found, status=422, **named)


def _show(request: Request, found: Obligation, *, status: int = 200, **bound: Form) -> HttpResponseBase:
    actor = request.actor
    line = selectors.line_for(found)
    named = selectors.named_body(actor, found) if actor.may("plan.note") else None
    context: dict[str, Any] = {
        "line": line,
        "obligation": found,
        "notes": selectors.notes_of(found),
        "reminders": selectors.reminders_of(actor, found),
        "named": named,
        "tones": TONES,
        "failed": next(iter(bound.values()), None),
    }
    if named is not None:
        context |= {"progress_form": forms.ProgressForm(line=line), "obstacle_form": forms.ObstacleForm(prefix="v")}
    if actor.may("plan.direct"):
        context["direction_form"] = forms.DirectionForm(prefix="c", obstacles=_open_obstacles(found))
    if actor.may("plan.due"):
        context |= {"due_form": forms.DueForm(prefix="h"), "withdraw_form": forms.WithdrawForm()}
    if actor.may("plan.remind"):
        context["reminder_form"] = forms.ReminderForm(prefix="n", line=line)
    return render(request, "plan/obligation.html", {**context, **bound}, status=status)


def _open_obstacles(found: Obligation) -> list[tuple[str, str]]:
    waiting = Note.objects.filter(obligation=found, kind=NoteKind.OBSTACLE, directions__isnull=True).select_related("body")
    return [(str(note.pk), f"{note.body.short_name}, {note.date:%d/%m/%Y}: {note.text[:80]}") for note in waiting]
