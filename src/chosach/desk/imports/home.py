"""What waits on the first page: files that were sent and not confirmed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.core.words import moment
from chosach.desk.imports.selectors import imports_for

SHOWN = 5


@register(order=60)
def drafts(actor: Actor) -> Section | None:
    """Files whose columns wait to be mapped; None when there are none or they are not this person's business."""
    if not actor.may("imports.read"):
        return None
    found = imports_for(actor).filter(job__isnull=True)
    count = found.count()
    if not count:
        return None
    entries = [
        Entry(draft.file_name, reverse("imports:mapping", args=[draft.id]), note=moment(draft.created_at)) for draft in found[:SHOWN]
    ]
    return Section(_("Tệp chờ ghép cột"), count, entries=entries, url=reverse("imports:list"))
