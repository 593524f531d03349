"""What waits for an administrator on the first page."""

from django.urls import reverse

from chosach.desk.accounts.selectors import reset_requests
from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register

SHOWN = 5


@register(order=14)
def resets(actor: Actor) -> Section | None:
    """Resets that another administrator asked for and this one may decide on."""
    if not actor.may("accounts.manage"):
        return None
    waiting = reset_requests(actor).exclude(by=actor.user_id).exclude(user=actor.user_id)
    entries = [
        Entry(str(asked.user), reverse("people:person", args=[asked.user_id]), note=f"{asked.get_act_display()}, {asked.by} đề nghị")
        for asked in waiting[:SHOWN]
    ]
    return Section("Chờ quản trị viên thứ hai", waiting.count(), entries, url=reverse("people:list"), icon="people")
