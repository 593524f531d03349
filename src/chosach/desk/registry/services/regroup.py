"""Give channels to traders anew: what linking found, or what a person judged. Why stands with the caller, who records it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from chosach.desk.registry.models import Channel, Join, Trader
from chosach.desk.registry.services.locate import place_traders

CHUNK = 500


@dataclass
class Regrouped:
    """What moving channels did to traders: (gone, kept) of each that has none left, and those that have some again."""

    merged: list[tuple[UUID, UUID]] = field(default_factory=list)
    revived: list[UUID] = field(default_factory=list)
    origin: dict[UUID, UUID] = field(default_factory=dict)


def regroup(moves: Mapping[UUID, UUID]) -> Regrouped:
    """Move each channel to its trader. A trader without channels points to the one that took most of them and keeps its id; one that has
    channels again points nowhere. Part of an act, which records it."""
    result = Regrouped()
    taken: dict[UUID, Counter[UUID]] = {}
    ids = sorted(moves)
    for start in range(0, len(ids), CHUNK):
        for channel in Channel.objects.filter(id__in=ids[start : start + CHUNK]).only("id", "trader_id"):
            if channel.trader_id != moves[channel.id]:
                result.origin[channel.id] = channel.trader_id
                taken.setdefault(channel.trader_id, Counter())[moves[channel.id]] += 1
    by_target: dict[UUID, list[UUID]] = {}
    for channel_id in result.origin:
        by_target.setdefault(moves[channel_id], []).append(channel_id)
    for target, channels in by_target.items():
        for start in range(0, len(channels), CHUNK):
            part = channels[start : start + CHUNK]
            Channel.objects.filter(id__in=part).update(trader=target)
            Join.objects.filter(first__in=part).update(trader=target)
    result.revived = list(
        Trader.objects.filter(id__in=list(by_target), merged_into__isnull=False).order_by("id").values_list("id", flat=True)
    )
    Trader.objects.filter(id__in=result.revived).update(merged_into=None)
    left = set(Channel.objects.filter(trader__in=list(taken)).values_list("trader_id", flat=True))
    for gone in sorted(set(taken) - left):
        kept = min(taken[gone], key=lambda target: (-taken[gone][target], target))
        Trader.objects.filter(id=gone).update(merged_into=kept)
        result.merged.append((gone, kept))
    touched = set(by_target) | left
    place_traders(Channel.objects.filter(trader__in=touched).values_list("id", flat=True)) if touched else None
    return result
