"""What tells traders of one name apart beside their names: shop, district, the last figures of a phone that the reader may read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.registry import disclosure
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Identifier, Trader
from chosach.desk.registry.places import unit_name
from chosach.desk.rings.models import Judged, Judgement

#: Figures of a phone that are shown, as people read numbers out to each other.
FIGURES = 3
Key = TypeVar("Key")


@dataclass(frozen=True)
class JudgementRow:
    """A judgement in a table, and what tells its two sides apart from others of their names ("": nothing is needed, or known)."""

    judgement: Judgement
    first: str
    second: str


def rows_of(actor: Actor, judgements: Collection[Judgement]) -> list[JudgementRow]:
    """Judgements with what tells equal names apart. Their sides are kept by channels, so it is told of those, whoever has them now."""
    names: dict[tuple[UUID, bool], str] = {}
    whose: dict[tuple[UUID, bool], UUID] = {}
    for one in judgements:
        for second_side, trader in ((False, one.first), (True, one.second)):
            if trader is not None:
                names[one.id, second_side], whose[one.id, second_side] = trader.name, trader.id
    unclear = _unclear({(whose[side], name) for side, name in names.items()})
    sides: dict[tuple[UUID, bool], set[UUID]] = defaultdict(set)
    found = Judged.objects.filter(judgement__in={judgement for (judgement, _), name in names.items() if fold(name) in unclear})
    for judgement, second_side, channel in found.values_list("judgement", "second_side", "channel"):
        if fold(names.get((judgement, second_side), "")) in unclear:
            sides[judgement, second_side].add(channel)
    told = _told(actor, {side: (names[side], channels) for side, channels in sides.items()})
    return [JudgementRow(one, told.get((one.id, False), ""), told.get((one.id, True), "")) for one in judgements]


def told_apart(actor: Actor, traders: Iterable[Trader]) -> dict[UUID, str]:
    """Trader → what tells it apart, for those of these traders that have one name with another of them."""
    listed = {trader.id: trader for trader in traders}
    unclear = _unclear({(pk, trader.name) for pk, trader in listed.items()})
    channels: dict[UUID, set[UUID]] = defaultdict(set)
    wanted = [pk for pk, trader in listed.items() if fold(trader.name) in unclear]
    for trader_id, channel in Channel.objects.filter(trader__in=wanted).values_list("trader", "id"):
        channels[trader_id].add(channel)
    return _told(actor, {pk: (listed[pk].name, own) for pk, own in channels.items()})


def _unclear(named: Collection[tuple[UUID, str]]) -> set[str]:
    """Names that several traders have, marks aside."""
    return {name for name, number in Counter(fold(name) for _, name in named).items() if name and number > 1}


def _told(actor: Actor, groups: Mapping[Key, tuple[str, Collection[UUID]]]) -> dict[Key, str]:
    """Key → words about its channels; `groups`: key → the name that is unclear, the channels."""
    ids = {channel for _, channels in groups.values() for channel in channels}
    known = Channel.objects.select_related("trader").in_bulk(ids)
    seen = disclosure.readable(actor).filter(channel__in=ids, identifier__kind=Identifier.Kind.PHONE).order_by("created_at", "id")
    phones: dict[UUID, str] = {}
    for channel, value in seen.values_list("channel", "identifier__value"):
        phones.setdefault(channel, value)
    return {key: _words(name, [known[one] for one in channels if one in known], phones) for key, (name, channels) in groups.items()}


def _words(name: str, channels: list[Channel], phones: Mapping[UUID, str]) -> str:
    ordered = sorted(channels, key=lambda one: (one.platform, one.seller_key))
    if not ordered:
        return ""
    shop = next((one for one in ordered if one.name and fold(one.name) != fold(name)), ordered[0])
    # other keys are made of names and of values that nobody may have published
    own = shop.name if fold(shop.name) != fold(name) else shop.seller_key.removeprefix("id:") if shop.seller_key.startswith("id:") else ""
    phone = next((phones[one.id] for one in ordered if one.id in phones), "")
    parts = [
        ", ".join(filter(None, (own, shop.platform))),
        unit_name(shop.trader.district),
        f"điện thoại …{phone[-FIGURES:]}" if phone else "",
    ]
    return " · ".join(filter(None, parts))
