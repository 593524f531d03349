"""Work out where traders are from their listings. A place that a person has set on better grounds stays."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import record
from chosach.desk.registry.identifiers import ADDRESS
from chosach.desk.registry.models import Channel, Listing, PlaceSource, PlaceState, Sighting, Trader
from chosach.desk.registry.places import Place, locate
from chosach.desk.registry.services.identify import refold

CHUNK = 500
#: Traders that one entry of the ledger names.
TOLD = 100
#: Grounds that a person states; a batch never overrides them.
STATED = frozenset({PlaceSource.REGISTERED, PlaceSource.WAREHOUSE, PlaceSource.SENDER})


@dataclass
class _Seen:
    """What a trader's listings say: place texts with the number of listings, addresses written in texts."""

    locations: Counter[str] = field(default_factory=Counter)
    addresses: set[str] = field(default_factory=set)


_PLACE = ("place", "place_source", "place_text", "place_counts", "province", "district")


def place_again(traders: Collection[UUID], actor: Actor) -> int:
    """Place these traders by what their listings say, as places are read today; gives how many now stand elsewhere. What a person has set
    stays. Part of an act, which has asked whether the actor may; the ledger is told which they are."""
    held = Trader.objects.filter(id__in=traders, channels__isnull=False).distinct().in_bulk()
    seen, moved, changed = _seen(list(held)), [], []
    for pk, trader in sorted(held.items()):
        before = [getattr(trader, name) for name in _PLACE]
        _place(trader, seen[pk])
        after = [getattr(trader, name) for name in _PLACE]
        if before != after:
            changed.append(trader)
        if (before[0], *before[-2:]) != (after[0], *after[-2:]):
            moved.append(pk)
    Trader.objects.bulk_update(changed, _PLACE, batch_size=CHUNK // 5)
    for start in range(0, len(moved), TOLD):
        part = moved[start : start + TOLD]
        record("registry.placed_again", actor=actor, refs={"trader": part}, payload={"traders": len(part)})
    return len(moved)


def place_traders(channels: Collection[UUID]) -> None:
    """Place the traders of these channels anew, and refresh their search column."""
    ids = list(channels)
    traders: dict[UUID, Trader] = {}
    for start in range(0, len(ids), CHUNK):
        traders.update((trader.id, trader) for trader in Trader.objects.filter(channels__in=ids[start : start + CHUNK]).distinct())
    seen = _seen(list(traders))
    names = _channel_names(list(traders))
    for trader in traders.values():
        trader.search = refold(trader, names[trader.id])
        _place(trader, seen[trader.id])
    Trader.objects.bulk_update(
        traders.values(),
        ["search", *_PLACE],
        batch_size=CHUNK // 5,
    )


def _seen(ids: list[UUID]) -> dict[UUID, _Seen]:
    seen: dict[UUID, _Seen] = defaultdict(_Seen)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        listings = Listing.objects.filter(channel__trader__in=part).order_by()
        for trader, location, n in listings.values_list("channel__trader", "location").annotate(n=Count("id")):
            seen[trader].locations[location] += n
        addresses = Sighting.objects.filter(channel__trader__in=part, identifier__kind=ADDRESS)
        for trader, address in addresses.values_list("channel__trader", "identifier__value"):
            seen[trader].addresses.add(address)
    return seen


def _channel_names(ids: list[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        for trader, name in Channel.objects.filter(trader__in=ids[start : start + CHUNK]).order_by("name").values_list("trader", "name"):
            names[trader].append(name)
    return names


def _place(trader: Trader, seen: _Seen) -> None:
    located = [(text, n, locate(text)) for text, n in sorted(seen.locations.items())]
    counts: Counter[str] = Counter()
    for _, n, place in located:
        counts[place.state] += n
    trader.place_counts = dict(counts)
    if trader.place_source in STATED:
        return
    by_address = _strongest((text, 1, locate(text)) for text in sorted(seen.addresses))
    by_listing = _strongest(located)
    source, chosen = (PlaceSource.ADDRESS, by_address) if by_address else (PlaceSource.LISTING, by_listing)
    if chosen is None:
        trader.place, trader.place_source, trader.place_text = PlaceState.UNKNOWN, PlaceSource.NONE, ""
        trader.province = trader.district = ""
        return
    text, place = chosen
    trader.place, trader.place_source, trader.place_text = place.state, source, text[:300]
    trader.province, trader.district = place.province, place.district


def _strongest(located: Iterable[tuple[str, int, Place]]) -> tuple[str, Place] | None:
    """The most frequent place in the province if there is any (goods lie there), else the most frequent place outside."""
    known = [(text, n, place) for text, n, place in located if place.state != PlaceState.UNKNOWN]
    if not known:
        return None
    text, _, place = max(known, key=lambda item: (item[2].state == PlaceState.INSIDE, item[1], bool(item[2].district)))
    return text, place
