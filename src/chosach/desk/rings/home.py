"""What rings put on the first page."""

import datetime as dt

from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.rings import selectors
from chosach.desk.rings.models import Ask

#: How long an answer stands on the first page of who asked. Nothing else takes it away: it is there to be read, not to be done.
TOLD = dt.timedelta(days=14)


@register(order=18)
def asked(actor: Actor) -> Section | None:
    """Judgements of other bodies that wait for this one."""
    if not actor.may("rings.answer"):
        return None
    waiting = selectors.asks_for(actor)
    count = waiting.count()
    if not count:
        return None
    entries = [
        Entry(f"{one.judgement.get_verdict_display()}: {one.judgement.first}", reverse("rings:asks"), note=str(one.judgement.body))
        for one in waiting[:5]
    ]
    return Section("Nhận định của cơ quan khác chờ đồng ý", count, entries, url=reverse("rings:asks"), icon="link-45deg")


@register(order=19)
def answered(actor: Actor) -> Section | None:
    """What other bodies have answered to this person's judgements, the latest first."""
    if not actor.may("rings.judge"):
        return None
    found = selectors.answers_to(actor, since=businessdate.today() - TOLD)
    if not found:
        return None
    entries = [Entry(_what(one), reverse("rings:judgement", args=[one.judgement_id]), note=_said(one)) for one in found[:5]]
    return Section("Cơ quan khác đã trả lời nhận định của anh/chị", len(found), entries, icon="person-check")


def _what(ask: Ask) -> str:
    said = f"{ask.judgement.get_verdict_display()}: {ask.judgement.first}"
    return f"Hoàn tác nhận định “{said}”" if ask.undo else said


def _said(ask: Ask) -> str:
    return f"{ask.body.short_name}: {ask.get_state_display().lower()}" + (f" – {ask.answer}" if ask.answer else "")
