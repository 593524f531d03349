"""What the plan has waiting for a person on the first page."""

from urllib.parse import urlencode

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.plan import selectors
from chosach.desk.plan.selectors import Line


@register(order=30)
def late(actor: Actor) -> Section | None:
    """Obligations that are late: the own body's, or anybody's for the standing office and the leaders. Counted as the board counts."""
    if not actor.may("plan.read"):
        return None
    lines, every = selectors.late_for(actor), selectors.watches_all(actor)
    entries = [_entry(line, actor, every) for line in lines[:5]]
    query = {"state": "late"} if every else {"body": actor.body_code, "state": "late"}
    title = "Nhiệm vụ có cơ quan quá hạn" if every else "Nhiệm vụ cơ quan mình quá hạn"
    return Section(title, count=len(lines), entries=entries, url=f"{reverse('plan:board')}?{urlencode(query)}", icon="calendar-check")


def _entry(line: Line, actor: Actor, every: bool) -> Entry:
    """One obligation with its oldest missed date, and how many bodies missed one."""
    found = [late for late in line.late if every or late.body.code == actor.body_code]
    bodies = list(dict.fromkeys(late.body.short_name for late in found))
    note = bodies[0] if len(bodies) == 1 else f"{bodies[0]} và {len(bodies) - 1} cơ quan khác"
    url = _url(line.obligation.plan.code, line.obligation.code)
    return Entry(str(line.obligation), url, note=note, due=min(late.due.date for late in found))


@register(order=31)
def obstacles(actor: Actor) -> Section | None:
    """Obstacles that wait for the leaders."""
    if not actor.may("plan.direct"):
        return None
    waiting = selectors.open_obstacles_for(actor)
    entries = [
        Entry(note.text[:90], _url(note.obligation.plan.code, note.obligation.code), note=note.body.short_name) for note in waiting[:5]
    ]
    url = reverse("plan:board") + "?state=obstacle"
    return Section("Vướng mắc chờ chỉ đạo", count=waiting.count(), entries=entries, url=url, icon="exclamation-circle")


def _url(plan: str, code: str) -> str:
    return reverse("plan:obligation", kwargs={"plan": plan, "code": code})
