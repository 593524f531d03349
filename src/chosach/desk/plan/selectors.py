"""What can be asked about the plan. Bodies of the State see all of it; the Front and the association what names them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from chosach.desk.agencies.models import Body, BodySuccession
from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.plan.models import DueDate, Note, NoteKind, Obligation, ObligationBody, Plan, Progress, Reminder, Share

IN_CHARGE = (Share.LEAD, Share.EACH)


@dataclass(frozen=True)
class Late:
    """A body that has not done by its date what it is in charge of."""

    body: Body
    due: DueDate


@dataclass(frozen=True)
class Standing:
    """How far one body is with an obligation."""

    body: Body
    share: Share
    progress: Progress
    last_note: Note | None
    late: tuple[DueDate, ...]


@dataclass(frozen=True)
class Line:
    """One obligation on the board, as it stands on the business date."""

    obligation: Obligation
    standings: tuple[Standing, ...]
    due_dates: tuple[DueDate, ...]
    next_due: DueDate | None
    obstacles: int

    @property
    def in_charge(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.share in IN_CHARGE]

    @property
    def cooperating(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.share == Share.COOPERATE]

    @property
    def late(self) -> list[Late]:
        return [Late(standing.body, due) for standing in self.standings for due in standing.late]

    @property
    def progress(self) -> Progress:
        """Done when everybody in charge is; not started when nobody has begun."""
        states = {standing.progress for standing in self.in_charge}
        if states == {Progress.DONE}:
            return Progress.DONE
        return Progress.NOT_STARTED if states <= {Progress.NOT_STARTED} else Progress.ONGOING

    @property
    def done_count(self) -> int:
        return sum(standing.progress == Progress.DONE for standing in self.in_charge)


def plan_on(day: dt.date) -> Plan | None:
    """The plan in force on a day, else the last one before it, else the first to come."""
    plans = Plan.objects.filter(type="plan")
    return (
        plans.filter(valid_on(day)).first()
        or plans.filter(valid_from__lte=day).order_by("-valid_from").first()
        or plans.order_by("valid_from").first()
    )


def plans_for(actor: Actor) -> QuerySet[Plan]:
    """The plans whose board this actor may open."""
    actor.require("plan.read")
    return Plan.objects.filter(type="plan")


def plan_for(actor: Actor, code: str | None = None) -> Plan | None:
    """One plan; the one of the business date without a code. None when no plan is loaded at all."""
    actor.require("plan.read")
    if code is None:
        return plan_on(businessdate.today())
    found = plans_for(actor).filter(code=code).first()
    if found is None:
        raise Refused("object.not_visible", refs={"plan": code})
    return found


def obligations_for(actor: Actor, plan: Plan) -> QuerySet[Obligation]:
    """The obligations of a plan that this actor may see."""
    actor.require("plan.read")
    every = Obligation.objects.filter(plan=plan, withdrawn=False)
    if actor.may("plan.read_all"):
        return every
    return every.filter(bodies__body__code=actor.body_code, bodies__withdrawn=False).distinct()


def obligation_for(actor: Actor, plan_code: str, code: str) -> Obligation:
    """One obligation that this actor may see."""
    plan = Plan.objects.filter(code=plan_code).first()
    found = obligations_for(actor, plan).filter(code=code).select_related("plan").first() if plan else None
    if found is None:
        raise Refused("object.not_visible", refs={"plan": plan_code, "obligation": code})
    return found


def named_body(actor: Actor, obligation: Obligation) -> Body | None:
    """The body of the obligation that this actor speaks for: the own one, or one that the own body took over from."""
    named = {row.body for row in obligation.bodies.filter(withdrawn=False).select_related("body")}
    for body in sorted(named, key=lambda body: body.code):
        if body.code == actor.body_code or actor.body_code in _successors(body):
            return body
    return None


def board_for(actor: Actor, plan: Plan, *, body: str = "", part: str = "", state: str = "") -> list[Line]:
    """The board: every obligation with bodies, dates and progress. `body` is a code, `part` I to IV, `state` "late" (with a body: that
    body is), "obstacle" or a progress."""
    listed = obligations_for(actor, plan)
    if part:
        listed = listed.filter(part=part)
    if body:
        listed = listed.filter(bodies__body__code=body, bodies__withdrawn=False).distinct()
    return [line for line in map(_line, _with_all(listed)) if _in_state(line, state, body)]


def line_for(obligation: Obligation) -> Line:
    """One obligation as it stands. The caller got it from `obligation_for`."""
    return _line(_with_all(Obligation.objects.filter(pk=obligation.pk)).get())


def notes_of(obligation: Obligation) -> QuerySet[Note]:
    """Everything said on an obligation, the newest first."""
    return obligation.notes.select_related("body", "done_for", "answers", "answers__body")


def reminders_of(actor: Actor, obligation: Obligation) -> QuerySet[Reminder]:
    """The reminders on an obligation: all for those who see the whole plan, else the own ones."""
    sent = obligation.reminders.select_related("body", "due_date")
    return sent if actor.may("plan.read_all") else sent.filter(body__code=actor.body_code)


def open_obstacles_for(actor: Actor) -> QuerySet[Note]:
    """The obstacles that no direction has answered, among what this actor may see."""
    plan = plan_for(actor)
    if plan is None:
        return Note.objects.none()
    seen = obligations_for(actor, plan).values("pk")
    return Note.objects.filter(kind=NoteKind.OBSTACLE, directions__isnull=True, obligation__in=seen).select_related(
        "body", "obligation__plan"
    )


def watches_all(actor: Actor) -> bool:
    """Those who follow what every body is late with, and not only their own."""
    return actor.body_kind in {"standing_office", "leaders"}


def late_for(actor: Actor) -> list[Line]:
    """Obligations that the actor's own body is late with; for the standing office and the leaders, that anybody is late with. As many as
    the board shows under the same filter."""
    plan = plan_for(actor)
    if plan is None:
        return []
    return board_for(actor, plan, state="late", body="" if watches_all(actor) else actor.body_code)


def _with_all(listed: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return listed.select_related("plan").prefetch_related(
        Prefetch("bodies", ObligationBody.objects.filter(withdrawn=False).select_related("body")),
        Prefetch("due_dates", DueDate.objects.filter(withdrawn=False)),
        Prefetch("notes", Note.objects.select_related("body").prefetch_related("directions")),
    )


def _line(obligation: Obligation) -> Line:
    today = businessdate.today()
    dues = tuple(obligation.due_dates.all())
    notes = list(obligation.notes.all())
    standings = [_standing(row, notes, dues, today) for row in obligation.bodies.all()]
    order = {Share.LEAD: 0, Share.EACH: 1, Share.COOPERATE: 2}
    standings.sort(key=lambda standing: (order[standing.share], standing.body.short_name))
    return Line(
        obligation=obligation,
        standings=tuple(standings),
        due_dates=dues,
        next_due=next((due for due in dues if due.date >= today), None),
        obstacles=sum(note.kind == NoteKind.OBSTACLE and not note.directions.all() for note in notes),
    )


def _standing(row: ObligationBody, notes: list[Note], dues: tuple[DueDate, ...], today: dt.date) -> Standing:
    own = [note for note in notes if note.body_id == row.body_id and note.kind == NoteKind.PROGRESS]
    done_for = {note.done_for_id for note in own}
    progress = next((Progress(note.progress) for note in own if note.progress), Progress.NOT_STARTED)
    share = Share(row.share)
    late = tuple(due for due in dues if due.date < today and due.pk not in done_for) if share in IN_CHARGE else ()
    return Standing(row.body, share, progress, own[0] if own else None, late)


def _in_state(line: Line, state: str, body: str = "") -> bool:
    if state == "late":
        return any(not body or late.body.code == body for late in line.late)
    if state == "obstacle":
        return line.obstacles > 0
    return not state or line.progress == state


def _successors(body: Body) -> set[str]:
    seen: set[str] = set()
    todo = [body.code]
    while todo:
        steps = BodySuccession.objects.filter(body__code__in=todo).values_list("successor__code", flat=True)
        todo = [code for code in steps if code not in seen]
        seen.update(todo)
    return seen
