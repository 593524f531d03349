"""Which identifiers are one seller's own, and which are common: a hotline, a platform's phone, an account into which many are paid.

Only a seller's own joins channels into one trader. What is common is a tie between traders at most (`rings`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count

from chosach.desk.registry import identifiers
from chosach.desk.registry.models import Sighting

CHUNK = 500
#: Kinds that join. An address doesn't: a market hall holds a hundred honest sellers.
JOINING = frozenset(
    {identifiers.PHONE, identifiers.ACCOUNT, identifiers.TAX_CODE, identifiers.EMAIL, identifiers.DOMAIN, identifiers.SOCIAL}
)
#: An identifier on more channels than this joins nobody, …
MOST_CHANNELS = 20
#: … nor does one that so many sellers show beside a value of the same kind that is theirs alone: a phone of one's own, and a hotline.
PARTIES = 3


def common(wanted: Iterable[UUID]) -> set[UUID]:
    """Of these identifiers, those that are no seller's own, as far as all channels that are known now tell."""
    ids = sorted(set(wanted))
    found: set[UUID] = set()
    for start in range(0, len(ids), CHUNK):
        number = _channels_of(ids[start : start + CHUNK])
        found |= {identifier for identifier, n in number.items() if n > MOST_CHANNELS}
        found |= _of_several([identifier for identifier, n in number.items() if PARTIES <= n <= MOST_CHANNELS])
    return found


def _channels_of(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Identifier → on how many channels it stands."""
    return dict(Sighting.objects.filter(identifier__in=list(ids)).order_by().values_list("identifier").annotate(n=Count("id")))


def _of_several(ids: list[UUID]) -> set[UUID]:
    """Those that `PARTIES` sellers or more show beside a value of their own."""
    on: dict[UUID, set[UUID]] = defaultdict(set)
    kinds: dict[UUID, str] = {}
    for identifier, kind, channel in Sighting.objects.filter(identifier__in=ids).values_list("identifier", "identifier__kind", "channel"):
        on[identifier].add(channel)
        kinds[identifier] = kind
    beside = _beside({channel for channels in on.values() for channel in channels})
    return {identifier for identifier, channels in on.items() if _parties(identifier, kinds[identifier], channels, beside) >= PARTIES}


def _beside(channels: set[UUID]) -> dict[UUID, set[tuple[str, UUID]]]:
    """Channel → kind and id of each joining identifier that stands on it and is not on too many."""
    shown: dict[UUID, set[tuple[str, UUID]]] = defaultdict(set)
    ids = sorted(channels)
    for start in range(0, len(ids), CHUNK):
        rows = Sighting.objects.filter(channel__in=ids[start : start + CHUNK], identifier__kind__in=JOINING)
        for channel, kind, identifier in rows.values_list("channel", "identifier__kind", "identifier"):
            shown[channel].add((kind, identifier))
    others = sorted({identifier for values in shown.values() for _, identifier in values})
    number: dict[UUID, int] = {}
    for start in range(0, len(others), CHUNK):
        number |= _channels_of(others[start : start + CHUNK])
    return {channel: {one for one in values if number[one[1]] <= MOST_CHANNELS} for channel, values in shown.items()}


def _parties(identifier: UUID, kind: str, channels: Iterable[UUID], beside: Mapping[UUID, set[tuple[str, UUID]]]) -> int:
    """How many groups of these channels have values of this kind that no other group has, beside the one that all have."""
    groups: list[set[UUID]] = []
    for channel in channels:
        own = {other for other_kind, other in beside.get(channel, ()) if other_kind == kind and other != identifier}
        if own:
            touched = [group for group in groups if group & own]
            groups = [group for group in groups if not group & own] + [own.union(*touched)]
    return len(groups)
