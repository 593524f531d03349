"""What the registry's pages of a trader and of a listing may say of leads."""

from collections.abc import Iterator

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.leads import false_alarms
from chosach.desk.leads.selectors import held_by_others, own_lead
from chosach.desk.registry.files import OpenFile
from chosach.desk.registry.models import Listing, Trader
from chosach.desk.registry.rulings import Key


def file_of(actor: Actor, trader: Trader) -> Iterator[OpenFile]:
    """The own body's lead with its address; of another body's only that there is one, and the contact."""
    own = own_lead(actor, trader)
    if own is not None:
        yield OpenFile(
            "Đầu mối", f"Đầu mối của {own.body}", own=True, url=reverse("leads:lead", args=[own.id]), state=own.get_state_display()
        )
    other = held_by_others(actor, trader)
    if other is not None:
        yield OpenFile("Đầu mối", other.body, own=False, contact=other.contact)


def rulings_of(actor: Actor, listing: Listing) -> dict[Key, str]:
    """Findings of a listing that were called false alarms, or are proposed as such, for who may see a lead of its seller: what the page
    of the lead says."""
    lead = own_lead(actor, listing.channel.trader) if listing.channel else None
    return {} if lead is None else false_alarms.said_of(lead).get(listing.id, {})
