"""Put new findings of listings that have not changed in the place of the earlier ones."""

from collections.abc import Sequence

import pyarrow as pa

from chosach.desk.core.access import Actor
from chosach.desk.registry import rows
from chosach.desk.registry.models import Finding, Listing

CHUNK = 500


def replace_findings(listings: Sequence[Listing], findings: pa.Table, *, source: str, screener: str, actor: Actor) -> int:
    """`findings.listing_id` is the listing's own id in the registry. Earlier findings are kept as no longer current. Part of the act
    that screened again, which records it. Returns the number of findings."""
    actor.require("registry.take", source=source)
    found = rows.findings_by_listing(findings)
    ids = [listing.id for listing in listings]
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        Finding.objects.filter(listing__in=part, current=True).update(current=False)
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
    return len(fresh)
