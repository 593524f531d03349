"""How a listing is shown: its words marked where findings stand, each finding explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chosach.desk.registry.models import Finding, Listing
from chosach.desk.registry.patterns import Patterns
from chosach.desk.registry.price_sight import PriceSight, price_sights
from chosach.desk.registry.rulings import Key
from chosach.screening.explain import explain

MARKED_FIELDS = ("title", "description", "category", "brand", "origin")


@dataclass(frozen=True)
class ShownFinding:
    """A finding with the sentence that explains it, its price beside what it was compared with, what else its seller has,
    and what was decided of it alone (the caller knows)."""

    finding: Finding
    sentence: str
    prices: Sequence[PriceSight] = ()
    pattern: str = ""
    ruled: str = ""


@dataclass(frozen=True)
class ShownListing:
    """A listing with the places to mark in each field, and its current findings, the most probable first."""

    listing: Listing
    marks: dict[str, list[dict[str, Any]]]
    findings: Sequence[ShownFinding]


def shown_listing(listing: Listing, patterns: Patterns | None = None) -> ShownListing:
    """A listing ready to be shown. Only findings on the present text are marked: places belong to one version. `patterns`: of the page,
    where it shows several listings."""
    patterns = patterns or Patterns()
    findings = list(Finding.objects.filter(listing=listing, current=True))
    marks: dict[str, list[dict[str, Any]]] = {name: [] for name in MARKED_FIELDS}
    for finding in findings:
        for reason in finding.reasons:
            if finding.content_hash == listing.content_hash and reason.get("field") in marks:
                marks[reason["field"]].append({**reason, "note": finding.get_kind_display()})
    shown, drawn = [], set[PriceSight]()
    for finding in findings:  # several kinds may rest on one comparison: it is drawn with the first of them
        sights = [sight for sight in price_sights(finding.reasons) if sight not in drawn]
        drawn.update(sights)
        pattern = patterns.told(finding, listing.channel_id)
        shown.append(ShownFinding(finding, explain({"probability": finding.probability, "reasons": finding.reasons}), sights, pattern))
    return ShownListing(listing, marks, shown)


def ruled(shown: ShownListing, said: Mapping[Key, str]) -> ShownListing:
    """The listing with what was decided of its findings one by one."""
    findings = [replace(one, ruled=said.get((one.finding.content_hash, one.finding.kind), "")) for one in shown.findings]
    return replace(shown, findings=findings)


def source_words(source: str) -> str:
    """Where a listing came from, for people: the sort of source and the beginning of its id."""
    sort, _, name = source.partition(":")
    return f"Tệp nhập {name[:8]}" if sort == "import" and name else source
