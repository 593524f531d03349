"""Legal deadlines on the first page."""

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.law import selectors


@register(order=10)
def overdue(actor: Actor) -> Section | None:
    """Running clocks past their deadline."""
    if not (actor.may("law.clocks") or actor.may("law.clocks_all")):
        return None
    late = selectors.overdue_for(actor)
    url = reverse("law:clocks")
    entries = [Entry(clock.rule.name, url, note=clock.body.short_name, due=clock.due_on) for clock in late[:5]]
    return Section("Thời hạn đã quá", count=len(late), entries=entries, url=url, icon="clock")
