"""How a listing is shown: its words marked where findings stand, each finding explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chosach.desk.registry.models import Finding, Listing
from chosach.desk.registry.price_sight import PriceSight, price_sights
from chosach.screening.explain import explain

MARKED_FIELDS = ("title", "description", "category", "brand", "origin")


@dataclass(frozen=True)
class ShownFinding:
    """A finding with the sentence that explains it, and its price beside what it was compared with."""

    finding: Finding
    sentence: str
    prices: Sequence[PriceSight] = ()


@dataclass(frozen=True)
class ShownListing:
    """A listing with the places to mark in each field, and its current findings, the most probable first."""

    listing: Listing
    marks: dict[str, list[dict[str, Any]]]
    findings: Sequence[ShownFinding]


def shown_listing(listing: Listing) -> ShownListing:
    """A listing ready to be shown. Only findings on the present text are marked: places belong to one version."""
    findings = list(Finding.objects.filter(listing=listing, current=True))
    marks: dict[str, list[dict[str, Any]]] = {name: [] for name in MARKED_FIELDS}
    for finding in findings:
        for reason in finding.reasons:
            if finding.content_hash == listing.content_hash and reason.get("field") in marks:
                marks[reason["field"]].append({**reason, "note": finding.get_kind_display()})
    shown = [ShownFinding(finding, explain({"reasons": finding.reasons}), price_sights(finding.reasons)) for finding in findings]
    return ShownListing(listing, marks, shown)
