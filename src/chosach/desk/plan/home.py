"""What the plan has waiting for a person on the first page."""

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.plan import selectors


@register(order=30)
def late(actor: Actor) -> Section | None:
    """Obligations that are late: the own body's, or anybody's for the standing office and the leaders."""
    if not actor.may("plan.read"):
        return None
    pairs = selectors.late_for(actor)
    entries = [
        Entry(str(line.obligation), _url(line.obligation.plan.code, line.obligation.code), note=found.body.short_name, due=found.due.date)
        for line, found in pairs[:5]
    ]
    url = reverse("plan:board") + "?state=late"
    return Section("Nhiệm vụ quá hạn", count=len(pairs), entries=entries, url=url, icon="calendar-check")


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
