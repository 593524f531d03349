"""What a lead's page shows: flagged listings with their findings in words, and the score part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet

from chosach.desk.leads import false_alarms
from chosach.desk.leads.facts import facts_of
from chosach.desk.leads.models import Lead
from chosach.desk.leads.scoring import Part, Score
from chosach.desk.registry.models import Finding, Listing
from chosach.desk.registry.patterns import Patterns
from chosach.desk.registry.show import ShownListing, ruled, shown_listing
from chosach.screening.explain import explain

PAGE = 10
MOST_PARTS = 20


@dataclass(frozen=True)
class ShownPart:
    """One term of the score beside the listing that it comes from."""

    part: Part
    listing: Listing


@dataclass(frozen=True)
class LeadPage:
    """The parts of the page that are worked out, not stored."""

    listings: Page[Any]
    shown: Sequence[ShownListing]
    score: Score
    parts: Sequence[ShownPart]
    more_parts: int


@dataclass(frozen=True)
class Pick:
    """One finding that can be ticked as a false alarm, with its first reason in words."""

    finding: Finding
    why: str
    ticked: bool


@dataclass(frozen=True)
class PickList:
    """The findings of a lead, the most probable first, and how many more there are than are listed."""

    items: Sequence[Pick]
    more: int
    open: bool


def pick_list(lead: Lead, ticked: Sequence[str]) -> PickList | None:
    """What can be ticked in the form that dismisses a lead; None where there is one finding: it is the lead."""
    found = false_alarms.findings_of(lead)
    number = found.count()
    if number < 2:
        return None
    items = [Pick(finding, explain({"reasons": finding.reasons[:1]}), str(finding.id) in ticked) for finding in found[: false_alarms.MOST]]
    return PickList(items, number - len(items), bool(ticked))


def lead_page(lead: Lead, number: str | int | None = 1) -> LeadPage:
    """Everything that a lead's page works out of the registry."""
    page = Paginator(flagged(lead), PAGE).get_page(number)
    score = facts_of(lead.trader)
    top = score.parts[:MOST_PARTS]
    listings = {listing.id: listing for listing in Listing.objects.filter(id__in={part.signal.listing for part in top})}
    patterns, said = Patterns(), false_alarms.said_of(lead)
    return LeadPage(
        listings=page,
        shown=[ruled(shown_listing(listing, patterns), said.get(listing.id, {})) for listing in page.object_list],
        score=score,
        parts=[ShownPart(part, listings[part.signal.listing]) for part in top],
        more_parts=len(score.parts) - len(top),
    )


def flagged(lead: Lead) -> QuerySet[Listing]:
    """The trader's listings that have findings, the most probable first."""
    return (
        Listing.objects.filter(channel__trader=lead.trader_id, findings__current=True)
        .annotate(most=Max("findings__probability"))
        .select_related("channel")
        .order_by("-most", "-sold", "id")
    )
