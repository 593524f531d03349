"""What the page of clocks says of leads: where the clock of a passed lead leads, and how many have been watched for too long."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.law.beside import Beside
from chosach.desk.leads import queue, selectors
from chosach.desk.leads.models import Passing
from chosach.desk.registry.models import PlaceState


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


def watched_too_long(actor: Actor) -> Iterator[Beside]:
    """Leads of the own body whose day of watching has passed, place by place as the queue shows them."""
    if not actor.may("leads.read") or not actor.body_id:
        return
    leads, expired = selectors.leads_for(actor), replace(queue.Filter(), state=queue.EXPIRED)
    for place in (PlaceState.INSIDE, PlaceState.UNKNOWN, PlaceState.OUTSIDE):
        chosen = replace(expired, place=place.value)
        label = f"Đầu mối hết hạn theo dõi ({place.label.lower()})"
        yield Beside(label, queue.apply(leads, chosen, actor).count(), f"{reverse('leads:queue')}?{chosen.query()}")
