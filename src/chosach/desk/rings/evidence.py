"""A tie beside its evidence: the two channels that carry what is shared, and the listings in which it stands, with the words marked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.registry import identifiers
from chosach.desk.registry.disclosure import HIDDEN
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Listing, ListingPicture, Sighting
from chosach.desk.rings.alike import Pair, Side, channels_of, shared_pictures, shared_texts
from chosach.desk.rings.models import Tie, TieKind
from chosach.desk.rings.undisclosed import SLIP

#: Ties of two traders that are shown with their listings; listings of a channel in which a shared value is looked for.
MOST, LISTINGS = 40, 25
#: Kinds of ties that stand for several values, none of which is named.
CONTENT = frozenset({TieKind.TEXT, TieKind.IMAGE})
#: Of a tie by several texts or pictures the engine says how many there are in its sentence alone.
_MANY = re.compile(r"^Cùng dùng (\d+) ")


@dataclass(frozen=True)
class Shown:
    """A tie with both halves. `further`: the halves of each further text or picture that it stands for. `beside`: ties of the same kind by
    texts or pictures, which two traders have who took others in since the last linking: what they stand for is shown once."""

    tie: Tie
    left: Side
    right: Side
    further: Sequence[Pair] = ()
    beside: Sequence[Tie] = ()

    @property
    def halves(self) -> Pair:
        return self.left, self.right

    @property
    def shown(self) -> int:
        """Texts or pictures that are shown."""
        return 1 + len(self.further)

    @property
    def told(self) -> int:
        """Texts or pictures that the tie stands for, as far as that is known."""
        told = [_MANY.match(tie.sentence) for tie in (self.tie, *self.beside) if tie.kind in CONTENT]
        return max(self.shown, *(int(found[1]) for found in told if found), 1)

    @property
    def missing(self) -> int:
        return self.told - self.shown

    @property
    def one(self) -> str:
        """What one of them is called."""
        return "Ảnh" if self.tie.kind == TieKind.IMAGE else "Đoạn"


@dataclass
class _Known:
    """What is looked up once for all ties."""

    sightings: dict[tuple[UUID, UUID], Sighting] = field(default_factory=dict)
    listings: dict[UUID, list[Listing]] = field(default_factory=dict)


def evidence_of(actor: Actor, ties: Sequence[Tie]) -> list[Shown]:
    """The ties that weigh most with both halves. Of a value that the actor may not read no listing is shown."""
    actor.require("rings.read")
    ties = ties[:MOST]
    known = _known(ties)
    found = []
    beside: dict[tuple[str, bool], list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.kind in CONTENT:
            beside[tie.kind, tie.cut].append(tie)
    for tie in ties:
        alike = beside.get((tie.kind, tie.cut), [tie])
        if tie is not alike[0]:
            continue
        hidden = tie.value == HIDDEN
        first, *further = [(_nothing(tie.left_channel), _nothing(tie.right_channel))] if hidden else _pairs(tie, known)
        found.append(Shown(tie, *first, further, alike[1:]))
    return found


def _known(ties: Iterable[Tie]) -> _Known:
    known = _Known()
    by_identifier = [tie for tie in ties if tie.identifier_id]
    channels = {pk for tie in ties for pk in (tie.left_channel_id, tie.right_channel_id)}
    sightings = Sighting.objects.filter(identifier__in={tie.identifier_id for tie in by_identifier}, channel__in=channels)
    for one in sightings.select_related("listing", "identifier", "stated_by"):
        known.sightings[one.identifier_id, one.channel_id] = one
    if any(not tie.identifier_id and tie.kind not in CONTENT for tie in ties):
        # a few listings of each channel are enough to find a shared value; a channel may have thousands
        for channel in sorted(channels):
            known.listings[channel] = list(Listing.objects.filter(channel=channel).order_by("external_id")[:LISTINGS])
    return known


def _pairs(tie: Tie, known: _Known) -> list[Pair]:
    """The two halves; of texts and pictures those of each that they share. Never empty."""
    left, right = tie.left_channel, tie.right_channel
    if tie.identifier_id:
        return [(_sighted(tie, left, known), _sighted(tie, right, known))]
    if tie.kind in CONTENT:
        look = shared_texts if tie.kind == TieKind.TEXT else shared_pictures
        found = look(channels_of(tie.left_id, left), channels_of(tie.right_id, right))
        return found or [(_nothing(left), _nothing(right))]
    return [(_named(left, known.listings.get(left.id, []), tie.value), _named(right, known.listings.get(right.id, []), tie.value))]


def _nothing(channel: Channel) -> Side:
    return Side(channel)


def _sighted(tie: Tie, channel: Channel, known: _Known) -> Side:
    seen = known.sightings.get((tie.identifier_id, channel.id)) if tie.identifier_id else None
    seen = seen or _nearly_sighted(tie, channel)
    if seen is None:
        return Side(channel)
    if seen.listing is None:
        return Side(channel, stated=seen if seen.stated_by_id else None)
    picture = _sighted_picture(seen)
    name = seen.field if seen.field in {"title", "description"} else "description"
    text = str(getattr(seen.listing, name))
    digest = seen.identifier.digest
    spans = [
        {"start": one.start, "end": one.end, "note": TieKind(tie.kind).label}
        for one in identifiers.find(text)
        if identifiers.digest(one.kind, one.value) == digest
    ]
    return Side(channel, seen.listing, spans, name, picture)


def _nearly_sighted(tie: Tie, channel: Channel) -> Sighting | None:
    """Where the channel shows what is a slip away from the tie's value; None where it shows nothing near it in a listing."""
    from rapidfuzz.distance import OSA

    if tie.identifier is None:
        return None
    held = Sighting.objects.filter(channel=channel, identifier__kind=tie.identifier.kind, listing__isnull=False)
    apart = [
        (OSA.distance(one.identifier.value, tie.value), one.identifier.value, one) for one in held.select_related("listing", "identifier")
    ]
    nearest = min((one for one in apart if one[0] <= SLIP), default=None, key=lambda one: one[:2])
    return nearest and nearest[2]


def _sighted_picture(seen: Sighting) -> ListingPicture | None:
    if seen.picture_id is None:
        return None
    return ListingPicture.objects.filter(listing=seen.listing_id, picture=seen.picture_id).first()


def _named(channel: Channel, listings: Sequence[Listing], value: str) -> Side:
    """The listing in which this value stands, in whatever case and with or without marks."""
    wanted = fold(value)
    for listing in listings:
        at = listing.description.find(value)
        if value and at >= 0:
            return Side(channel, listing, [{"start": at, "end": at + len(value)}])
    held = next((one for one in listings if wanted and wanted in fold(one.description)), None)
    return Side(channel, held)
