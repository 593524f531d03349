"""A tie beside its evidence: the two channels that carry what is shared, and the listings in which it stands, with the words marked."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db.models import Window
from django.db.models.functions import RowNumber

from chosach.desk.core.access import Actor
from chosach.desk.registry import identifiers
from chosach.desk.registry.disclosure import HIDDEN
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Listing, ListingPicture, Sighting
from chosach.desk.registry.pictures import COMPARABLE
from chosach.desk.rings.models import Tie, TieKind
from chosach.desk.rings.records import TEXT_LENGTH

#: Ties of two traders that are shown with their listings; listings and pictures of a channel that a shared one is looked for in.
MOST, LISTINGS, PICTURES = 40, 25, 60
#: Letters or figures by which a near value may differ (`chosach.linking.rings.near`).
SLIP = 2
#: Words of a run that two near texts share from which on it is marked, and words of a text that are looked at.
RUN, WORDS = 2, 1000
_WORD = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*")  # marks may stand apart from their letters


@dataclass(frozen=True)
class Side:
    """One trader's half: the channel, and where what is shared stands (None: in no listing that is still held). `picture`: in this one."""

    channel: Channel
    listing: Listing | None = None
    spans: Sequence[dict[str, Any]] = ()
    field: str = "description"
    picture: ListingPicture | None = None

    @property
    def text(self) -> str:
        return str(getattr(self.listing, self.field)) if self.listing else ""


@dataclass(frozen=True)
class Shown:
    """A tie with both halves."""

    tie: Tie
    left: Side
    right: Side

    @property
    def halves(self) -> tuple[Side, Side]:
        return self.left, self.right


@dataclass
class _Known:
    """What is looked up once for all ties."""

    sightings: dict[tuple[UUID, UUID], Sighting] = field(default_factory=dict)
    listings: dict[UUID, list[Listing]] = field(default_factory=dict)
    pictures: dict[UUID, list[ListingPicture]] = field(default_factory=dict)


def evidence_of(actor: Actor, ties: Sequence[Tie]) -> list[Shown]:
    """The ties that weigh most with both halves. Of a value that the actor may not read no listing is shown."""
    actor.require("rings.read")
    ties = ties[:MOST]
    known = _known(ties)
    found = []
    for tie in ties:
        halves = (_nothing(tie.left_channel), _nothing(tie.right_channel)) if tie.value == HIDDEN else _halves(tie, known)
        found.append(Shown(tie, *halves))
    return found


def _known(ties: Iterable[Tie]) -> _Known:
    known = _Known()
    by_identifier = [tie for tie in ties if tie.identifier_id]
    channels = {pk for tie in ties for pk in (tie.left_channel_id, tie.right_channel_id)}
    sightings = Sighting.objects.filter(identifier__in={tie.identifier_id for tie in by_identifier}, channel__in=channels)
    for one in sightings.select_related("listing", "identifier"):
        known.sightings[one.identifier_id, one.channel_id] = one
    pictured = {pk for tie in ties if tie.kind == TieKind.IMAGE for pk in (tie.left_channel_id, tie.right_channel_id)}
    for channel in sorted(pictured):
        known.pictures[channel] = _pictures(channel)
    if len(by_identifier) < len(list(ties)):
        # a few listings of each channel are enough to find a shared text; a channel may have thousands
        for channel in sorted(channels):
            known.listings[channel] = list(Listing.objects.filter(channel=channel).order_by("external_id")[:LISTINGS])
    return known


def _pictures(channel: UUID) -> list[ListingPicture]:
    """Different pictures of a channel, each in the first listing that shows it: one that stands in all listings counts once."""
    order = ("picture__sha256", "listing__external_id")
    shown = ListingPicture.objects.filter(COMPARABLE, listing__channel=channel).annotate(
        copy=Window(RowNumber(), partition_by="picture__points", order_by=order)
    )
    return list(shown.filter(copy=1).select_related("picture", "listing").order_by(*order)[:PICTURES])


def _halves(tie: Tie, known: _Known) -> tuple[Side, Side]:
    left, right = tie.left_channel, tie.right_channel
    if tie.identifier_id:
        return _sighted(tie, left, known), _sighted(tie, right, known)
    mine, theirs = known.listings.get(left.id, []), known.listings.get(right.id, [])
    if tie.kind == TieKind.TEXT:
        return _alike(left, right, mine, theirs)
    if tie.kind == TieKind.IMAGE:
        found = _same_picture(left, right, known.pictures.get(left.id, []), known.pictures.get(right.id, []))
        return found or _pictured(left, right, mine, theirs)
    return _named(left, mine, tie.value), _named(right, theirs, tie.value)


def _nothing(channel: Channel) -> Side:
    return Side(channel)


def _sighted(tie: Tie, channel: Channel, known: _Known) -> Side:
    seen = known.sightings.get((tie.identifier_id, channel.id)) if tie.identifier_id else None
    seen = seen or _nearly_sighted(tie, channel)
    if seen is None or seen.listing is None:
        return Side(channel)
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


def _alike(left: Channel, right: Channel, mine: Sequence[Listing], theirs: Sequence[Listing]) -> tuple[Side, Side]:
    """The two listings whose words are most alike. Words are marked only where these two are near by the tie's own measure:
    of a channel with many listings those that made the tie may not be among the ones that are looked at."""
    words = {one.id: frozenset(fold(one.description or one.title).split()) for one in (*mine, *theirs)}
    pairs = [
        (-len(words[a.id] & words[b.id]) / max(1, len(words[a.id] | words[b.id])), a.external_id, b.external_id, a, b)
        for a in mine
        for b in theirs
    ]
    if not pairs:
        return Side(left), Side(right)
    _, _, _, a, b = min(pairs, key=lambda pair: pair[:3])
    fields = ["description" if one.description else "title" for one in (a, b)]
    told = [str(getattr(one, name)) for one, name in zip((a, b), fields, strict=True)]
    mine_marked, theirs_marked = common_words(*told) if _near(*told) else ([], [])
    return Side(left, a, mine_marked, fields[0]), Side(right, b, theirs_marked, fields[1])


def _near(left: str, right: str) -> bool:
    from chosach.linking.joints import texts

    cut = [[text[:TEXT_LENGTH]] for text in (left, right)]
    return bool(texts.similarity(*cut)[0] >= texts.LEAST_SIMILARITY)


def common_words(left: str, right: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Places in two texts of the runs of words that both have in one order, whatever the case and the marks; a run has `RUN` words or more,
    unless it is all that a text has. The first `WORDS` words of each are looked at.

    The longest common subsequence of the runs of `RUN` words, by bits: `WORDS` * `WORDS` / 64 steps at most, whatever the texts say."""
    words = [list(itertools.islice(_WORD.finditer(text), WORDS)) for text in (left, right)]
    if not words[0] or not words[1]:
        return [], []
    length = min(RUN, len(words[0]), len(words[1]))
    spans: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for starts, size in _common_runs([[fold(word[0]) for word in some] for some in words], length):
        for at, some, found in zip(starts, words, spans, strict=True):
            found.append({"start": some[at].start(), "end": some[at + size - 1].end(), "note": "Hai bên giống nhau"})
    return spans


def _common_runs(told: Sequence[Sequence[str]], length: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Where runs of `length` words and more that both lists have begin, and how many words they have; in order, and none over another."""
    from rapidfuzz.distance import LCSseq

    ids: dict[tuple[str, ...], int] = {}
    runs = [[ids.setdefault(tuple(some[at : at + length]), len(ids)) for at in range(len(some) - length + 1)] for some in told]
    ends = [0, 0]
    for block in LCSseq.editops(*runs).as_matching_blocks():
        # runs overlap: those that go on elsewhere on one side begin behind the words that are marked already
        over = max(0, ends[0] - block.a, ends[1] - block.b)
        size = block.size + length - 1 - over
        if block.size and size >= length:
            yield (block.a + over, block.b + over), size
            ends = [block.a + over + size, block.b + over + size]


def _same_picture(
    left: Channel, right: Channel, mine: Sequence[ListingPicture], theirs: Sequence[ListingPicture]
) -> tuple[Side, Side] | None:
    """The two pictures that are nearest, by the points that they are known by; None where none of these are near."""
    from chosach.linking.joints import images

    if not mine or not theirs:
        return None
    sides = {f"{side}{at}": one for side, row in (("l", mine), ("r", theirs)) for at, one in enumerate(row)}
    near = images.near(pa.array(list(sides)), pa.array([one.picture.points for one in sides.values()])).to_pylist()
    pairs = [(pair["distance"], pair["l"], pair["r"]) for pair in near if pair["l"][0] != pair["r"][0]]
    if not pairs:
        return None
    _, one, other = min(pairs)
    a, b = (sides[one], sides[other]) if one[0] == "l" else (sides[other], sides[one])
    return Side(left, a.listing, field="title", picture=a), Side(right, b.listing, field="title", picture=b)


def _pictured(left: Channel, right: Channel, mine: Sequence[Listing], theirs: Sequence[Listing]) -> tuple[Side, Side]:
    """The two listings whose pictures are nearest, by the bits of their hashes."""
    pairs = [
        (_bits(one, other), a.external_id, b.external_id, a, b)
        for a in mine
        for b in theirs
        for one in a.images[:10]
        for other in b.images[:10]
        if len(one) == len(other)
    ]
    pairs = [pair for pair in pairs if pair[0] is not None]
    if not pairs:
        return Side(left), Side(right)
    _, _, _, a, b = min(pairs, key=lambda pair: pair[:3])
    return Side(left, a, field="title"), Side(right, b, field="title")


def _bits(one: str, other: str) -> int | None:
    try:
        return (int(one, 16) ^ int(other, 16)).bit_count()
    except ValueError:
        return None
