"""The registry as the linker reads it: a record for each channel, and what the registry and people already know of pairs of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import pyarrow as pa
from django.db.models import Count

from chosach.desk.registry.common import common
from chosach.desk.registry.models import Channel, Identifier, Join, Listing, ListingPicture, PlaceSource, Sighting
from chosach.desk.registry.pictures import COMPARABLE
from chosach.desk.rings.models import HOLDING, Judged, Member, Verdict
from chosach.linking.schema import CLUSTERS, RECORDS
from chosach.text.extract.placeholders import PLACEHOLDERS

#: Field of a record ← kind of identifier.
FIELDS = {
    "phone": "phone", "bank_account": "account", "tax_code": "tax_code", "email": "email", "handle": "social", "url": "domain",
    "address": "address",
}  # fmt: skip
#: Kinds in which a registry may hold figures that stand for no number, from before they were known as such.
_FIGURES = frozenset({Identifier.Kind.PHONE, Identifier.Kind.ACCOUNT, Identifier.Kind.TAX_CODE})
#: With the order in which they were made: the engine lets the newer of two that contradict each other count. What the registry joined by
#: itself comes before all of them.
JUDGEMENTS = pa.schema(
    [*(pa.field(name, pa.string(), nullable=False) for name in ("record_id_l", "record_id_r", "verdict")), pa.field("decided", pa.int64())]
)
_VERDICTS = {Verdict.SAME: "same", Verdict.DIFFERENT: "different", Verdict.UNTIED: "cut"}
Told = tuple[str, str, str, int]
#: What is read of one channel: texts and their length, pictures, and values of one kind beyond the first.
TEXTS, TEXT_LENGTH, IMAGES, FURTHER = 5, 2000, 20, 4
_HASH = re.compile(r"^[0-9a-f]{16,64}$")
_WAREHOUSE = re.compile(r"(?<!\w)(?:kho|gửi từ|gửi hàng từ|lấy hàng|xuất hàng)(?!\w)[^.\n]{0,20}$", re.I)


@dataclass
class _Channel:
    name: str
    trader: UUID
    url: str
    values: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    warehouse: str = ""
    texts: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)


def channel_of(record_id: str) -> UUID:
    """The channel that a record is of. A channel with two phones has two records: `<id>` and `<id>+1`."""
    return UUID(record_id.partition("+")[0])


def nobodys(kind: str, value: str) -> bool:
    """An identifier that stands for no number (*STK 0123456789*). It stays in the registry as it was taken in, but links nobody."""
    return kind in _FIGURES and value.partition("-")[0] in PLACEHOLDERS


@dataclass(frozen=True)
class Read:
    """`records`: RECORDS. `judgements`: pairs with `same` or `different`. `previous`: CLUSTERS, with the desk's own ids."""

    records: pa.Table
    judgements: pa.Table
    previous: pa.Table
    channels: int


def read() -> Read:
    """Everything that linking needs, as it stands now."""
    channels = _channels()
    rows: list[dict[str, object]] = []
    joined: list[Told] = []
    for channel_id in sorted(channels):
        own = list(_rows(str(channel_id), channels[channel_id]))
        joined += [(str(own[0]["record_id"]), str(other["record_id"]), "same", 0) for other in own[1:]]
        rows += own
    rings = dict(Member.objects.values_list("trader", "ring"))
    previous = [
        {"record_id": row["record_id"], "cluster_id": str(trader), "ring_id": str(rings[trader]) if trader in rings else None}
        for row in rows
        for trader in [channels[channel_of(str(row["record_id"]))].trader]
    ]
    judged = [*joined, *_known_pairs(set(channels))]
    return Read(
        pa.Table.from_pylist(rows, schema=RECORDS),
        pa.Table.from_pylist([dict(zip(JUDGEMENTS.names, pair, strict=True)) for pair in judged], schema=JUDGEMENTS),
        pa.Table.from_pylist(previous, schema=CLUSTERS),
        len(channels),
    )


def _channels() -> dict[UUID, _Channel]:
    found: dict[UUID, _Channel] = {}
    places = Channel.objects.order_by().values_list("id", "name", "trader", "url", "trader__place_source", "trader__place_text")
    for pk, name, trader, url, source, text in places.iterator(chunk_size=5000):
        found[pk] = _Channel(name, trader, url, warehouse=text if source == PlaceSource.WAREHOUSE else "")
    kinds = {kind: name for name, kind in FIELDS.items()}
    on = dict(Sighting.objects.order_by().values_list("identifier").annotate(n=Count("id")))
    sighted = Sighting.objects.order_by("identifier__digest").values_list(
        "channel", "identifier", "identifier__kind", "identifier__value", "listing__description"
    )
    for channel, identifier, kind, value, text in sighted.iterator(chunk_size=5000):
        one = found.get(channel)
        if one is None or nobodys(kind, value):
            continue  # it came meanwhile: what came is seen before anything is taken over, and linked then; or it is nobody's
        if kind == Identifier.Kind.ADDRESS and not one.warehouse and _WAREHOUSE.search((text or "").partition(value)[0][-40:]):
            one.warehouse = value
        else:
            one.values[kinds[kind]].append((on.get(identifier, 1), value))
    _read_listings(found)
    return found


def _read_listings(found: dict[UUID, _Channel]) -> None:
    listed = Listing.objects.filter(channel__isnull=False).order_by("channel", "external_id")
    for channel, title, text, images in listed.values_list("channel", "title", "description", "images").iterator(chunk_size=2000):
        one = found.get(channel)
        if one is None:
            continue
        # what stands in many listings of a channel counts once: it is not to leave no room for what else the channel has
        told = (text or title)[:TEXT_LENGTH]
        if told and len(one.texts) < TEXTS and told not in one.texts:
            one.texts.append(told)
        for image in images:
            if len(one.images) < IMAGES and _HASH.match(image) and image not in one.images:
                one.images.append(image)
    _read_pictures(found)


def _read_pictures(found: dict[UUID, _Channel]) -> None:
    """What copies of a channel's pictures are known by, before hashes that a file gave."""
    own: dict[UUID, list[str]] = defaultdict(list)
    shown = ListingPicture.objects.filter(COMPARABLE, listing__channel__isnull=False)
    rows = shown.order_by("listing__channel", "picture__sha256").values_list("listing__channel", "picture__points")
    for channel, points in rows.iterator(chunk_size=2000):
        if len(own[channel]) < IMAGES and points not in own[channel]:
            own[channel].append(points)
    for channel, images in own.items():
        if channel not in found:
            continue
        found[channel].images = [*images, *found[channel].images][:IMAGES]


def _rows(record_id: str, channel: _Channel) -> Iterator[dict[str, object]]:
    """The channel's record, with the value of each kind that fewest others have; then each further value in a record of its own.

    Further values of two kinds (the hotline, the account that collects) never stand in one record: linking would weigh them together as
    what one person wrote, and take all shops behind both for one trader's. What is one seller's own the registry has joined itself.
    """
    ordered = {name: [value for _, value in sorted(values)[: 1 + FURTHER]] for name, values in channel.values.items()}
    first: dict[str, object] = {name: values[0] for name, values in ordered.items()}
    first |= {"warehouse": channel.warehouse or None, "images": channel.images, "texts": channel.texts}
    first["url"] = first.get("url") or channel.url or None
    further: list[dict[str, object]] = [{name: value} for name, values in ordered.items() for value in values[1:]]
    for number, row in enumerate([first, *further]):
        yield {**row, "seller_name": channel.name, "record_id": f"{record_id}+{number}" if number else record_id}


def _known_pairs(known: set[UUID]) -> Iterator[Told]:
    """What people judged, and what the registry has joined: a judgement is stronger, and so is that what is common joins nobody."""
    apart: set[frozenset[UUID]] = set()
    told: list[Told] = []
    for number, (verdict, first, second) in enumerate(judged_sides(), 1):
        apart_wholly = verdict == Verdict.DIFFERENT
        for a, b in (_all_pairs if apart_wholly else _pairs)(first & known, second & known):
            told.append((str(a), str(b), _VERDICTS[Verdict(verdict)], number))
            if verdict == Verdict.DIFFERENT:
                apart.add(frozenset((a, b)))
    hot = common(Join.objects.filter(identifier__isnull=False).order_by().values_list("identifier", flat=True))
    joins = Join.objects.order_by("id").values_list("first", "second", "identifier", "identifier__kind", "identifier__value")
    for a, b, identifier, kind, value in joins.iterator(chunk_size=5000):
        if identifier not in hot and not nobodys(kind, value or "") and frozenset((a, b)) not in apart and a != b:
            told.append((str(a), str(b), "same", 0))
    yield from sorted(set(told))


def judged_sides(*verdicts: str) -> list[tuple[str, set[UUID], set[UUID]]]:
    """(verdict, one side's channels, the other's) of each judgement that holds, the oldest first."""
    wanted = verdicts or tuple(Verdict)
    rows = Judged.objects.filter(judgement__state__in=HOLDING, judgement__verdict__in=wanted).order_by("judgement__entry", "id")
    sides: dict[UUID, tuple[set[UUID], set[UUID]]] = {}
    said: dict[UUID, str] = {}
    for judgement, verdict, channel, second in rows.values_list("judgement", "judgement__verdict", "channel", "second_side"):
        said[judgement] = verdict
        sides.setdefault(judgement, (set(), set()))[int(second)].add(channel)
    return [(said[judgement], *both) for judgement, both in sides.items()]


def _all_pairs(first: Iterable[UUID], second: Iterable[UUID]) -> Iterator[tuple[UUID, UUID]]:
    return ((a, b) for a in sorted(first) for b in sorted(second))


def _pairs(first: set[UUID], second: set[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Enough pairs to hold two sides together."""
    if first and second:
        a, b = min(first), min(second)
        yield from ((a, other) for other in sorted(second))
        yield from ((other, b) for other in sorted(first - {a}))
