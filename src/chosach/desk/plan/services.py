"""What can be done on the plan board: report progress, tell of obstacles, direct, set dates, remind."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q

from chosach.desk.agencies.models import Body
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.plan import links as evidence
from chosach.desk.plan import selectors
from chosach.desk.plan.models import DueDate, Note, NoteKind, Obligation, Origin, Progress, Reminder

LONGEST = 4000


@in_turn
def note_progress(
    *,
    actor: Actor,
    plan: str,
    code: str,
    text: str,
    progress: str,
    links: list[str] | None = None,
    done_for: UUID | None = None,
) -> Note:
    """Report how far the own body is. `links`: addresses of pages of this system as evidence. `done_for`: the due date that this
    fulfils."""
    obligation, body = _own(actor, "plan.note", plan, code)
    if progress not in Progress.values:
        raise Problem("note.progress_unknown", "Hãy chọn tiến độ.", where="progress")
    due = _due(obligation, done_for) if done_for else None
    if due is not None and Note.objects.filter(body=body, done_for=due).exists():
        raise Problem("note.done_twice", "Mốc này đã được báo cáo hoàn thành.", where="done_for")
    found = evidence.read(links or [])
    note = _note(obligation, body, actor, NoteKind.PROGRESS, text, progress=progress, links=found, done_for=due)
    # The links stand in the payload only: a reference would put a line of this body's into the file of a case that it may not know.
    _record("obligation.noted", note, actor, {"progress": progress, "done_for": due.date if due else None, "links": found})
    return note


@in_turn
def fulfil_report(*, actor: Actor, plan: str, label: str, body: Body, text: str, page: str) -> None:
    """Note that this body has done the plan's report of this label, with the report's `page` as evidence.

    Called by the reports, which have asked whether the actor may hand in or approve. Nothing is noted where the plan sets no such date,
    the body is not in charge of it, or it has been noted already (a return handed in anew after a correction).
    """
    mine = Q(obligation__bodies__body=body, obligation__bodies__share__in=selectors.IN_CHARGE, obligation__bodies__withdrawn=False)
    dates = DueDate.objects.filter(mine, obligation__plan__code=plan, obligation__withdrawn=False, withdrawn=False)
    for due in dates.filter(label=label).exclude(fulfilments__body=body).select_related("obligation__plan").distinct():
        rest = due.obligation.due_dates.filter(withdrawn=False).exclude(pk=due.pk).exclude(fulfilments__body=body)
        progress = Progress.ONGOING if rest.exists() else Progress.DONE
        links = evidence.read([page])
        note = _note(due.obligation, body, actor, NoteKind.PROGRESS, text, progress=progress.value, links=links, done_for=due)
        payload = {"progress": progress.value, "done_for": due.date, "links": links}
        _record("obligation.noted", note, actor, payload, {link["noun"]: link["id"] for link in links})


@in_turn
def note_obstacle(*, actor: Actor, plan: str, code: str, text: str) -> Note:
    """Tell the leaders what stands in the way."""
    obligation, body = _own(actor, "plan.note", plan, code)
    note = _note(obligation, body, actor, NoteKind.OBSTACLE, text)
    _record("obligation.obstacle_noted", note, actor, {})
    return note


@in_turn
def direct(*, actor: Actor, plan: str, code: str, text: str, answers: UUID | None = None) -> Note:
    """A direction of the leaders on an obligation, or on one obstacle (`answers`)."""
    actor.require("plan.direct", plan=plan, obligation=code)
    obligation = selectors.obligation_for(actor, plan, code)
    obstacle = None
    if answers is not None:
        obstacle = obligation.notes.filter(pk=answers, kind=NoteKind.OBSTACLE).first()
        if obstacle is None:
            raise Problem("note.obstacle_unknown", "Không có vướng mắc này trong nhiệm vụ.", where="answers")
    note = _note(obligation, Body.objects.get(code=actor.body_code), actor, NoteKind.DIRECTION, text, answers=obstacle)
    _record("obligation.directed", note, actor, {"answers": obstacle.pk if obstacle else None})
    return note


@in_turn
def set_due(*, actor: Actor, plan: str, code: str, date: dt.date, label: str) -> DueDate:
    """Set a date by which each body in charge must have done the obligation or a part of it. The plan itself sets report dates only."""
    actor.require("plan.due", plan=plan, obligation=code)
    obligation = selectors.obligation_for(actor, plan, code)
    if not label.strip():
        raise Problem("due.label_missing", "Hãy ghi việc phải xong vào ngày này.", where="label")
    if date < businessdate.today():
        raise Problem("due.past", "Hạn không được ở trước ngày làm việc hiện tại.", where="date")
    due, created = DueDate.objects.get_or_create(
        obligation=obligation, date=date, label=label.strip()[:200], defaults={"origin": Origin.STANDING_OFFICE}
    )
    if not created and not due.withdrawn:
        raise Problem("due.exists", "Nhiệm vụ đã có hạn này.", where="date")
    if due.withdrawn:
        due.withdrawn, due.origin = False, Origin.STANDING_OFFICE
        due.save(update_fields=["withdrawn", "origin"])
    refs = {"obligation": obligation.pk, "plan": obligation.plan.code, "due": due.pk}
    record("obligation.due_set", actor=actor, refs=refs, payload={"code": code, "date": date, "label": due.label})
    return due


@in_turn
def withdraw_due(*, actor: Actor, plan: str, code: str, due: UUID, reason: str) -> DueDate:
    """Take back a date that the standing office set. Dates of the plan itself can't be taken back."""
    actor.require("plan.due", plan=plan, obligation=code)
    obligation = selectors.obligation_for(actor, plan, code)
    found = _due(obligation, due)
    if found.origin != Origin.STANDING_OFFICE:
        raise Problem("due.of_the_plan", "Hạn do kế hoạch ấn định, không rút được ở đây.", where="due")
    if not reason.strip():
        raise Problem("due.reason_missing", "Hãy ghi lý do rút hạn.", where="reason")
    found.withdrawn = True
    found.save(update_fields=["withdrawn"])
    refs = {"obligation": obligation.pk, "plan": obligation.plan.code, "due": found.pk}
    record("obligation.due_withdrawn", actor=actor, refs=refs, payload={"code": code, "date": found.date, "reason": reason.strip()})
    return found


@in_turn
def remind(*, actor: Actor, plan: str, code: str, bodies: list[str], text: str, due: UUID | None = None) -> list[Reminder]:
    """Remind bodies that the obligation names. One reminder a body a day is enough: a second one is refused."""
    actor.require("plan.remind", plan=plan, obligation=code)
    obligation = selectors.obligation_for(actor, plan, code)
    words = _text(text)
    named = {row.body.code: row.body for row in obligation.bodies.filter(withdrawn=False).select_related("body")}
    wanted = list(dict.fromkeys(bodies))
    if not wanted:
        raise Problem("remind.nobody", "Hãy chọn cơ quan cần nhắc.", where="bodies")
    if set(wanted) - set(named):
        raise Problem("remind.not_named", "Chỉ nhắc được cơ quan có tên trong nhiệm vụ.", where="bodies")
    date = _due(obligation, due) if due else None
    today = businessdate.today()
    already = [named[body].short_name for body in wanted if obligation.reminders.filter(body=named[body], date=today).exists()]
    if already:
        raise Problem("remind.today_already", f"Hôm nay đã nhắc: {', '.join(already)}.", where="bodies")
    sent = [
        Reminder.objects.create(obligation=obligation, body=named[body], due_date=date, text=words, date=today, sent_by=actor.name)
        for body in wanted
    ]
    refs = {"obligation": obligation.pk, "plan": obligation.plan.code, "body": wanted}
    payload = {"code": code, "text": words, "due": date.date if date else None}
    record("obligation.reminded", actor=actor, refs=refs, payload=payload)
    return sent


def _own(actor: Actor, permission: str, plan: str, code: str) -> tuple[Obligation, Body]:
    """The obligation, and the body that it names and the actor speaks for."""
    actor.require(permission, plan=plan, obligation=code)
    obligation = selectors.obligation_for(actor, plan, code)
    body = selectors.named_body(actor, obligation)
    if body is None:
        raise Refused("object.not_visible", refs={"plan": plan, "obligation": code})
    return obligation, body


def _due(obligation: Obligation, due: UUID) -> DueDate:
    found = obligation.due_dates.filter(pk=due, withdrawn=False).first()
    if found is None:
        raise Problem("due.unknown", "Nhiệm vụ không có hạn này.", where="due")
    return found


def _text(text: str) -> str:
    words = text.strip()
    if not words:
        raise Problem("note.text_missing", "Hãy ghi nội dung.", where="text")
    if len(words) > LONGEST:
        raise Problem("note.text_long", f"Nội dung dài quá {LONGEST} ký tự.", where="text")
    return words


def _note(obligation: Obligation, body: Body, actor: Actor, kind: NoteKind, text: str, **more: Any) -> Note:
    return Note.objects.create(
        obligation=obligation,
        body=body,
        author_id=actor.id,
        author_name=actor.name,
        kind=kind,
        text=_text(text),
        date=businessdate.today(),
        **more,
    )


def _record(event: str, note: Note, actor: Actor, payload: dict[str, Any], refs: dict[str, Any] | None = None) -> None:
    obligation = note.obligation
    named = {"obligation": obligation.pk, "plan": obligation.plan.code, "body": note.body.code, "note": note.pk, **(refs or {})}
    record(event, actor=actor, refs=named, payload={"code": obligation.code, "text": note.text, **payload})
