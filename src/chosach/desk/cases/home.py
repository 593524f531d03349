"""What waits about cases, on the first page."""

from django.urls import reverse

from chosach.desk.cases.selectors import waiting_for
from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register


@register(order=10)
def waiting_cases(actor: Actor) -> Section | None:
    """Outcomes, closings and transfers that wait for this person's decision."""
    if not actor.may("cases.see"):
        return None
    found = waiting_for(actor)
    entries = [Entry(f"{item.what}: {item.number}", item.url, item.note, item.due) for item in found[:5]]
    return Section("Vụ việc chờ quyết định", len(found), entries, reverse("cases:waiting"), icon="folder2-open")
