"""Take a batch of screened listings into the registry."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import pyarrow as pa

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry import rows
from chosach.desk.registry.models import Capture, Channel, Finding, Listing
from chosach.desk.registry.services.channels import channels_for
from chosach.desk.registry.services.identify import identify
from chosach.desk.registry.services.join import Joined, conclude, join_by_listing, join_shared
from chosach.desk.registry.services.locate import place_traders

CHUNK = 500
_UPDATED = [
    "channel", "content_hash", "captured_at", "captures", "source", "screener", "search",
    *(name for name in rows.TEXTS if name != "platform"), *rows.NUMBERS, "images",
]  # fmt: skip


@dataclass
class BatchCounts:
    """What a batch did: listings `new`, `changed`, `unchanged`; `findings` that were added; `joined` traders."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    findings: int = 0
    joined: int = 0

    def add(self, other: "BatchCounts") -> "BatchCounts":
        return BatchCounts(**{name: value + getattr(other, name) for name, value in asdict(self).items()})


@dataclass
class _Round:
    """One round of rows (no listing twice): what is held already, and what has to happen with each row."""

    source: str
    screener: str
    held: dict[tuple[str, str], Listing] = field(default_factory=dict)
    channels: dict[tuple[str, str], Channel] = field(default_factory=dict)
    versions: set[tuple[UUID, str]] = field(default_factory=set)
    again: bool = True
    touched: set[UUID] = field(default_factory=set)
    new: list[Listing] = field(default_factory=list)
    changed: list[Listing] = field(default_factory=list)
    seen_again: list[Listing] = field(default_factory=list)
    rescreened: list[Listing] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    moves: list[tuple[Channel, Channel, Listing]] = field(default_factory=list)
    unchanged: int = 0

    def sort(self, row: rows.Row) -> None:
        """Decide what this row is to the registry."""
        listing, channel = self.held.get(row.key), self.channels.get(row.key)
        if listing is None:
            self.new.append(self._filled(Listing(external_id=row.key[1]), row, channel))
        elif row.content_hash == listing.content_hash:
            self._same(row, listing)
        elif _order(row, listing) < 0:
            self._older(row, listing)
        elif _order(row, listing) == 0 and (listing.id, row.content_hash) in self.versions:
            self.unchanged += 1  # an earlier version without a time of its own: it was taken before
        else:
            self._newer(row, listing, channel)

    def _same(self, row: rows.Row, listing: Listing) -> None:
        self.unchanged += 1
        if row.captured_at is not None and (listing.captured_at is None or row.captured_at > listing.captured_at):
            listing.captured_at, listing.captures = row.captured_at, listing.captures + 1
            self.seen_again.append(listing)
        if self.again and self.screener and listing.screener != self.screener:
            listing.screener = self.screener
            self.rescreened.append(listing)

    def _older(self, row: rows.Row, listing: Listing) -> None:
        self.unchanged += 1
        if (listing.id, row.content_hash) in self.versions:
            return
        listing.captures += 1
        self.captures.append(_capture(listing, row.content_hash, row.captured_at, rows.content_of_row(row), self.source))
        self.seen_again.append(listing)

    def _newer(self, row: rows.Row, listing: Listing, channel: Channel | None) -> None:
        if (listing.id, listing.content_hash) not in self.versions:
            self.captures.append(_capture(listing, listing.content_hash, listing.captured_at, rows.content_of(listing), listing.source))
        listing.captures += 1
        before = listing.channel
        if before and channel and before.id != channel.id and before.seller_key.startswith("listing:"):
            self.moves.append((before, channel, listing))
        self.changed.append(self._filled(listing, row, channel or before))

    def _filled(self, listing: Listing, row: rows.Row, channel: Channel | None) -> Listing:
        for name, value in row.values.items():
            setattr(listing, name, value)
        listing.channel, listing.content_hash, listing.source, listing.screener = channel, row.content_hash, self.source, self.screener
        listing.captured_at = row.captured_at or listing.captured_at
        listing.search = row.search
        return listing


@in_turn
def take_batch(
    *, listings: pa.Table, findings: pa.Table, source: str, actor: Actor, screener: str = "", again: bool = True, join: bool = True
) -> BatchCounts:
    """Take listings and what screening found in them; returns what changed. Idempotent: the same rows again add nothing.

    `listings` has the canonical columns (only `listing_id` and `title` are needed), `findings` the columns of
    `chosach.screening.screen`. A listing is known by (platform, listing_id); another content is a new version, the old one is
    kept. A record that is older than the one held goes to the versions and doesn't replace it. `source` names where the batch comes
    from (`import:<id>`, `file:<hash>`). `screener` is only needed when findings may be empty. Without `again`, listings that
    are held unchanged keep the findings that they have: they may be of a later screener than this batch's. Without `join`, more of the
    same source is to come, and traders are joined once it is all there (`join_traders`). One ledger entry a batch, in the caller's
    transaction.
    """
    actor.require("registry.take", source=source)
    by_listing = rows.findings_by_listing(findings)
    screener = screener or next((found["screener"] for group in by_listing.values() for found in group), "")
    counts, joined, touched = BatchCounts(), list[Joined](), set[UUID]()
    for batch in _rounds(rows.read(listings)):
        work = _Round(source, screener, again=again)
        counts = counts.add(_take_round(work, batch, by_listing))
        joined += join_by_listing(work.moves)
        touched |= work.touched
    joined += join_shared(touched) if join else []
    counts.joined = len(joined)
    conclude(joined, actor)
    if counts.new or counts.changed or counts.findings or counts.joined:
        record("registry.batch_taken", actor=actor, refs={"source": source}, payload={**asdict(counts), "screener": screener})
    return counts


def _rounds(all_rows: Iterable[rows.Row]) -> list[list[rows.Row]]:
    """Rows in rounds in which no listing stands twice; several versions of one listing come in the order of their capture."""
    versions: dict[tuple[str, str], list[rows.Row]] = {}
    for row in all_rows:
        versions.setdefault(row.key, []).append(row)
    result: list[list[rows.Row]] = []
    for group in versions.values():
        if len(group) > 1:
            group.sort(key=lambda row: (row.captured_at is not None, row.captured_at))
        for number, row in enumerate(group):
            if number == len(result):
                result.append([])
            result[number].append(row)
    return result


def _take_round(work: _Round, batch: Sequence[rows.Row], found: dict[str, list[dict[str, Any]]]) -> BatchCounts:
    work.held = _held(batch)
    work.channels = channels_for(batch, {row.key for row in batch if found.get(row.key[1])})
    work.versions = _known_versions(work.held.values())
    for row in batch:
        work.sort(row)
    Listing.objects.bulk_create(work.new, batch_size=CHUNK)
    Capture.objects.bulk_create(work.captures, batch_size=CHUNK)
    Listing.objects.bulk_update(work.changed, _UPDATED, batch_size=CHUNK // 5)
    Listing.objects.bulk_update(work.seen_again, ["captured_at", "captures"], batch_size=CHUNK)
    Listing.objects.bulk_update(work.rescreened, ["screener"], batch_size=CHUNK)
    fresh = work.new + work.changed
    added = _take_findings(fresh + work.rescreened, found, work.source)
    work.touched = identify(fresh)
    place_traders({listing.channel_id for listing in fresh if listing.channel_id})
    return BatchCounts(len(work.new), len(work.changed), work.unchanged, added)


def _held(batch: Sequence[rows.Row]) -> dict[tuple[str, str], Listing]:
    by_platform: dict[str, list[str]] = {}
    for row in batch:
        by_platform.setdefault(row.key[0], []).append(row.key[1])
    held: dict[tuple[str, str], Listing] = {}
    for platform, ids in by_platform.items():
        for start in range(0, len(ids), CHUNK):
            query = Listing.objects.filter(platform=platform, external_id__in=ids[start : start + CHUNK]).select_related("channel__trader")
            held.update(((platform, listing.external_id), listing) for listing in query)
    return held


def _known_versions(held: Iterable[Listing]) -> set[tuple[UUID, str]]:
    ids = [listing.id for listing in held if listing.captures > 1]
    known: set[tuple[UUID, str]] = set()
    for start in range(0, len(ids), CHUNK):
        known.update(Capture.objects.filter(listing__in=ids[start : start + CHUNK]).values_list("listing_id", "content_hash"))
    return known


def _order(row: rows.Row, listing: Listing) -> int:
    """-1 if the row was captured before what is held, 1 after it, 0 if that can't be told."""
    if row.captured_at is None or listing.captured_at is None or row.captured_at == listing.captured_at:
        return 0
    return 1 if row.captured_at > listing.captured_at else -1


def _capture(listing: Listing, content_hash: str, captured_at: Any, content: dict[str, Any], source: str) -> Capture:
    return Capture(listing=listing, content_hash=content_hash, captured_at=captured_at, content=content, source=source)


def _take_findings(listings: Sequence[Listing], found: dict[str, list[dict[str, Any]]], source: str) -> int:
    """Put the findings of new versions in the place of the earlier ones, which are kept as no longer current."""
    ids = [listing.id for listing in listings]
    for start in range(0, len(ids), CHUNK):
        Finding.objects.filter(listing__in=ids[start : start + CHUNK], current=True).update(current=False)
    fresh = [
        Finding(listing=listing, content_hash=listing.content_hash, source=source, **values)
        for listing in listings
        for values in found.get(listing.external_id, [])
    ]
    # A version that comes back (A, B, A) with the same screener has its findings already: they become current again.
    Finding.objects.bulk_create(
        fresh,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["listing", "content_hash", "kind", "screener"],
        update_fields=["current", "probability", "reasons", "law", "clears"],
    )
    return len(fresh)
