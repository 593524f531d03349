"""Where the lists of clocks lead: the page of a passed lead, for the body that has to answer and the one that sent it."""

from uuid import UUID

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.leads.models import Passing


def passing_page(actor: Actor, passing_id: str) -> str:
    """The address, empty where this actor may not open it."""
    try:
        found = Passing.objects.select_related("lead").filter(pk=UUID(passing_id)).first()
    except ValueError:
        found = None
    if found is None or not actor.may("leads.answer_passed"):
        return ""
    if found.to_body_id == actor.body_id and found.state == Passing.State.SENT:
        return reverse("leads:passing", args=[found.id])
    return reverse("leads:lead", args=[found.lead_id]) if found.lead.body_id == actor.body_id else ""
