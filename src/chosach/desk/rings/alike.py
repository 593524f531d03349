"""What two traders share of texts and pictures: a pair of listings for each shared text or picture, with the words marked.

The same is looked at as linking reads (`rings.records`): of each channel the first different texts and pictures. What is near to one
another, over any number of steps, is one text or picture.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db.models import Window
from django.db.models.functions import RowNumber

from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Listing, ListingPicture, Sighting
from chosach.desk.registry.pictures import COMPARABLE
from chosach.desk.rings.matching import components
from chosach.desk.rings.records import TEXT_LENGTH, TEXTS

#: Channels of a trader, listings and pictures of a channel that are looked at, and pairs that are shown.
CHANNELS, LISTINGS, PICTURES, PAIRS = 60, 100, 60, 20
#: Letters of a text below which it is what anybody writes, and ties nobody (`chosach.linking.rings`).
LEAST = 50
#: Words of a run that two near texts share from which on it is marked, and words of a text that are looked at.
RUN, WORDS = 2, 1000
#: Texts of each side of which the most alike are looked for where none is near: a page waits for it.
COMPARED = 40
_WORD = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*")  # marks may stand apart from their letters


@dataclass(frozen=True)
class Side:
    """One trader's half: the channel, and where what is shared stands (None: in no listing that is still held).

    `picture`: in this one; `stated`: the seller did not publish it, a body stated it.
    """

    channel: Channel
    listing: Listing | None = None
    spans: Sequence[dict[str, Any]] = ()
    field: str = "description"
    picture: ListingPicture | None = None
    stated: Sighting | None = None

    @property
    def text(self) -> str:
        return str(getattr(self.listing, self.field)) if self.listing else ""


Pair = tuple[Side, Side]


@dataclass(frozen=True)
class _Seen:
    """A text or a picture that a trader shows: what it is compared by, and where it stands."""

    content: str
    side: Side


def channels_of(trader: UUID, first: Channel) -> list[Channel]:
    """The channels of a trader that are looked at: the tie's own, then others."""
    others = Channel.objects.filter(trader=trader).exclude(pk=first.pk).order_by("platform", "seller_key")
    return [first, *others[: CHANNELS - 1]]


def shared_texts(left: Sequence[Channel], right: Sequence[Channel]) -> list[Pair]:
    """The texts that both sides have, the most alike first.

    Where none is near (those that made the tie have changed, or lie beyond what is looked at) the two listings whose words are most alike,
    unmarked."""
    from chosach.linking.joints import texts

    mine, theirs = _texts(left), _texts(right)
    long, others = ([one for one in some if len(one.content) >= LEAST] for some in (mine, theirs))
    ids, contents = _columns(long, others)
    near = [(row["l"], row["r"], -row["similarity"]) for row in texts.near(ids, contents).to_pylist()] if long and others else []
    found = _nearest(long, others, near)
    if found:
        return [_marked(*pair) for pair in _loaded([(one.side, other.side) for one, other in found])]
    return _loaded(_likely(mine[:COMPARED], theirs[:COMPARED]))


def shared_pictures(left: Sequence[Channel], right: Sequence[Channel]) -> list[Pair]:
    """The pictures that both sides have, the nearest first: those that were sent, and hashes that a file gave."""
    from chosach.linking.joints import images

    mine, theirs = ([*_pictures(some), *_hashes(some)] for some in (left, right))
    ids, contents = _columns(mine, theirs)
    near = [(row["l"], row["r"], row["distance"]) for row in images.near(ids, contents).to_pylist()] if mine and theirs else []
    return _loaded([(one.side, other.side) for one, other in _nearest(mine, theirs, near)])


def _columns(mine: Sequence[_Seen], theirs: Sequence[_Seen]) -> tuple[pa.Array, pa.Array]:
    named = _named(mine, theirs)
    return pa.array(list(named), pa.string()), pa.array([one.content for one in named.values()], pa.string())


def _named(mine: Sequence[_Seen], theirs: Sequence[_Seen]) -> dict[str, _Seen]:
    """By ids that sort as they stand: `l…` those of the one side, `r…` those of the other."""
    return {f"{side}{at:06d}": one for side, row in (("l", mine), ("r", theirs)) for at, one in enumerate(row)}


def _nearest(mine: Sequence[_Seen], theirs: Sequence[_Seen], near: Sequence[tuple[str, str, float]]) -> list[tuple[_Seen, _Seen]]:
    """Of each group that is near to one another the nearest pair of the two sides. `near`: pairs of ids, and how far apart they are."""
    named = _named(mine, theirs)
    groups = components(named, [(one, other) for one, other, _ in near])
    group = {name: at for at, names in enumerate(groups) for name in names}
    best: dict[int, tuple[float, str, str]] = {}
    for one, other, apart in near:
        if one[0] != other[0]:
            told = (apart, min(one, other), max(one, other))
            best[group[one]] = min(best.get(group[one], told), told)
    return [(named[one], named[other]) for _, one, other in sorted(best.values())[:PAIRS]]


def _loaded(pairs: Sequence[Pair]) -> list[Pair]:
    """The same with whole listings. Of all that are only compared no more is read than what they are compared by (`_listings`)."""
    whole = Listing.objects.in_bulk({side.listing.pk for pair in pairs for side in pair if side.listing})
    told = [tuple(replace(side, listing=whole.get(side.listing.pk)) if side.listing else side for side in pair) for pair in pairs]
    return [(left, right) for left, right in told]


def _listings(channels: Sequence[Channel], *names: str) -> list[tuple[Channel, Listing]]:
    """The first listings of each channel, in the order of the channels, with these fields alone."""
    place: dict[UUID | None, int] = {channel.pk: at for at, channel in enumerate(channels)}
    held = Listing.objects.only("channel", "external_id", *names).filter(channel__in=channels)
    held = held.annotate(row=Window(RowNumber(), partition_by="channel", order_by="external_id"))
    rows = sorted(held.filter(row__lte=LISTINGS), key=lambda one: (place[one.channel_id], one.external_id))
    return [(channels[place[one.channel_id]], one) for one in rows]


def _texts(channels: Sequence[Channel]) -> list[_Seen]:
    """The first different texts of each channel, as linking reads them (`records`)."""
    told: dict[UUID, dict[str, _Seen]] = defaultdict(dict)
    for channel, listing in _listings(channels, "title", "description"):
        name = "description" if listing.description else "title"
        text = str(getattr(listing, name))[:TEXT_LENGTH]
        if text and len(told[channel.pk]) < TEXTS:
            told[channel.pk].setdefault(text, _Seen(text, Side(channel, listing, field=name)))
    return [one for texts in told.values() for one in texts.values()]


def _likely(mine: Iterable[_Seen], theirs: Sequence[_Seen]) -> list[Pair]:
    """The pair whose words are most alike: each of the one side is compared with each of the other."""
    words: Mapping[int, frozenset[str]] = {id(one): frozenset(fold(one.content).split()) for one in theirs}
    found: tuple[float, Pair] | None = None
    for one in mine:
        own = frozenset(fold(one.content).split())
        for other in theirs:
            share = len(own & words[id(other)]) / max(1, len(own | words[id(other)]))
            if found is None or share > found[0]:
                found = share, (one.side, other.side)
    return [found[1]] if found else []


def _marked(left: Side, right: Side) -> Pair:
    mine, theirs = common_words(left.text, right.text)
    return replace(left, spans=mine), replace(right, spans=theirs)


def _pictures(channels: Sequence[Channel]) -> list[_Seen]:
    """Different pictures of each channel, each in the first listing that shows it: one that stands in all listings counts once."""
    order = ("picture__sha256", "listing__external_id")
    shown = ListingPicture.objects.filter(COMPARABLE, listing__channel__in=channels).annotate(
        copy=Window(RowNumber(), partition_by=["listing__channel", "picture__points"], order_by=order)
    )
    own: dict[UUID | None, list[ListingPicture]] = {channel.pk: [] for channel in channels}
    for row in shown.filter(copy=1).select_related("picture", "listing").order_by(*order):
        own[row.listing.channel_id].append(row)
    return [
        _Seen(row.picture.points, Side(channel, row.listing, field="title", picture=row))
        for channel in channels
        for row in own[channel.pk][:PICTURES]
    ]


def _hashes(channels: Sequence[Channel]) -> list[_Seen]:
    """Hashes of pictures that a file gave, each in the first listing of a channel that has it. What is no hash, as a name, is near to
    nothing."""
    found: dict[tuple[UUID, str], _Seen] = {}
    for channel, listing in _listings(channels, "images"):
        for image in listing.images:
            found.setdefault((channel.pk, image), _Seen(image, Side(channel, listing, field="title")))
    return list(found.values())


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
