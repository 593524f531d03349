"""Put new findings of listings that have not changed in the place of the earlier ones, and tell what that moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pyarrow as pa

from chosach.desk.core.access import Actor
from chosach.desk.registry import rows
from chosach.desk.registry.models import Finding, Listing
from chosach.screening.guard import LIKELY

CHUNK = 500


@dataclass(frozen=True)
class Moved:
    """One finding before and after; None: not found."""

    listing: UUID
    kind: str
    before: float | None
    after: float | None

    @property
    def fell(self) -> bool:
        """It was likely and is no more."""
        return (self.before or 0.0) >= LIKELY > (self.after or 0.0)

    @property
    def rose(self) -> bool:
        """It was not likely and is now."""
        return (self.after or 0.0) >= LIKELY > (self.before or 0.0)

    @property
    def crosses(self) -> bool:
        return self.fell or self.rose


@dataclass(frozen=True)
class Replaced:
    """What screening again did: number of findings now, and each that is another than before."""

    findings: int
    moved: Sequence[Moved]


def replace_findings(listings: Sequence[Listing], findings: pa.Table, *, source: str, screener: str, actor: Actor) -> Replaced:
    """`findings.listing_id` is the listing's own id in the registry. Earlier findings are kept as no longer current. Part of the act
    that screened again, which records it."""
    actor.require("registry.take", source=source)
    found = rows.findings_by_listing(findings)
    ids = [listing.id for listing in listings]
    before: dict[tuple[UUID, str], float] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        current = Finding.objects.filter(listing__in=part, current=True)
        before.update(
            {(listing, kind): probability for listing, kind, probability in current.values_list("listing", "kind", "probability")}
        )
        current.update(current=False)
        Listing.objects.filter(id__in=part).update(screener=screener[:120])
    fresh = [
        Finding(listing=listing, content_hash=listing.content_hash, source=source, **values)
        for listing in listings
        for values in found.get(str(listing.id), [])
    ]
    Finding.objects.bulk_create(
        fresh,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["listing", "content_hash", "kind", "screener"],
        update_fields=["current", "probability", "reasons", "law", "clears", "source"],
    )
    after = {(finding.listing_id, finding.kind): finding.probability for finding in fresh}
    moved = [Moved(*key, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    return Replaced(len(fresh), moved)
