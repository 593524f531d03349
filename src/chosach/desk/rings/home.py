"""What rings put on the first page."""

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.rings import selectors


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
