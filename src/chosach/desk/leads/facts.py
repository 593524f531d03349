"""What is known of traders' findings: what leads are scored, classed and routed by."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from chosach.desk.leads import false_alarms, scoring, weights
from chosach.desk.registry.models import Channel, Finding, Trader


@dataclass
class Facts:
    """What is known of one trader's findings. `false_alarms`: how many more there are that an officer has called so one by one."""

    trader: Trader
    signals: list[scoring.Signal] = field(default_factory=list)
    channels: int = 1
    classes: set[str] = field(default_factory=set)
    categories: Counter[str] = field(default_factory=Counter)
    terms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    newest: dt.datetime | None = None
    false_alarms: int = 0

    @property
    def prices_known(self) -> bool:
        """True if every flagged listing names its price: only then the value of the goods is known."""
        return all(signal.price for signal in self.signals)

    def value(self, known: Mapping[str, float]) -> int:
        """Price × sold of the flagged listings, each once, in VND, with the assumptions (`weights`) for what a listing doesn't say."""
        return round(sum(scoring.money(signal, known) for signal in {signal.listing: signal for signal in self.signals}.values()))


def facts_of(trader: Trader) -> scoring.Score:
    """The score of one trader as it stands now, for its lead's page."""
    facts = read_facts([trader.id]).get(trader.id)
    return scoring.score(facts.signals, facts.channels, weights.current()) if facts else scoring.Score()


def read_facts(ids: Collection[UUID]) -> dict[UUID, Facts]:
    """The facts of these traders; those without current findings beside false alarms are left out."""
    rows = (
        Finding.objects.filter(current=True, listing__channel__trader__in=ids)
        .select_related("listing__channel__trader")
        .order_by("id")
        .iterator(chunk_size=2000)
    )
    facts: dict[UUID, Facts] = {}
    ruled_out = false_alarms.keys_of(ids)
    for row in rows:
        listing, channel = row.listing, row.listing.channel
        if channel is None:
            continue
        own = facts.setdefault(channel.trader_id, Facts(channel.trader))
        if (listing.id, row.content_hash, row.kind) in ruled_out:
            own.false_alarms += 1
            continue
        own.signals.append(
            scoring.Signal(row.id, listing.id, row.kind, row.probability, listing.price, listing.sold, channel.channel_class)
        )
        own.classes.add(channel.channel_class)
        own.categories[listing.category] += 1
        own.terms[row.kind].update(str(reason.get("term") or "") for reason in row.reasons)
        own.terms[row.kind].add(listing.category)
        own.newest = max(own.newest or listing.created_at, listing.created_at)
    facts = {trader: own for trader, own in facts.items() if own.signals}
    for trader, number in _channel_numbers(facts):
        facts[trader].channels = number
    return facts


def _channel_numbers(traders: Iterable[UUID]) -> list[tuple[UUID, int]]:
    numbers = Counter(Channel.objects.filter(trader__in=list(traders)).values_list("trader_id", flat=True))
    return list(numbers.items())
