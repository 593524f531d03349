"""What waits for the administrator: keys that were used to try out the screener, keys that end soon."""

from django.urls import reverse

from chosach.desk.api import selectors
from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register

SHOWN = 5


@register(order=60)
def keys(actor: Actor) -> Section | None:
    if not actor.may("api.manage"):
        return None
    probings, ending = selectors.probings_to_review(actor), selectors.keys_ending(actor)
    entries = [
        Entry(f"{probing.key} ({probing.key.body})", reverse("api_keys:key", args=[probing.key_id]), note="Có dấu hiệu dò bộ sàng lọc")
        for probing in probings[:SHOWN]
    ]
    entries += [
        Entry(f"{key} ({key.body})", reverse("api_keys:key", args=[key.pk]), note="Sắp hết hạn", due=key.expires_on)
        for key in ending[: SHOWN - len(entries)]
    ]
    return Section("Khóa API cần xem", probings.count() + ending.count(), entries, url=reverse("api_keys:list"), icon="key")
