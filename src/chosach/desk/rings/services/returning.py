"""Which rings that are no more a new group is: their former traders stand in the ledger, in the entry that told their end."""

import json
from collections.abc import Collection, Mapping
from uuid import UUID

from chosach.desk.ledger.models import Entry
from chosach.desk.rings.models import Change, Ring

_CHUNK = 500


def returned(groups: Mapping[str, Collection[UUID]]) -> dict[str, Ring]:
    """Group → the ring that it is again. `groups`: those that no live ring goes on in, with their traders.

    A ring returns where half of its last traders (that the ledger names) are in the group and are a quarter of it. Of several the one that
    shares most with the group, then the older; each ring returns once. A group without such a ring is not named.
    """
    ended = {ring.id: ring for ring in Ring.objects.filter(state__in=[Ring.State.GONE, Ring.State.MERGED])} if groups else {}
    group_of = {trader: key for key, traders in groups.items() for trader in traders}
    offers = []
    for ring, traders in _last_traders(ended).items():
        shares: dict[str, int] = {}
        for trader in traders:
            if trader in group_of:
                shares[group_of[trader]] = shares.get(group_of[trader], 0) + 1
        offers += [
            (-number, ended[ring].number, key, ring)
            for key, number in shares.items()
            if number * 2 >= len(traders) and number * 4 >= len(groups[key])
        ]
    found: dict[str, Ring] = {}
    for _, _, key, ring in sorted(offers):
        if key not in found and ended[ring] not in found.values():
            found[key] = ended[ring]
    return found


def _last_traders(rings: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Of each ring the traders whom the entry of its end names."""
    ends = [Change.What.GONE, Change.What.MERGED]
    ring_of: dict[int, UUID] = {}
    for ring, entry in Change.objects.filter(ring__in=list(rings), what__in=ends).order_by("created_at", "id").values_list("ring", "entry"):
        # a ring that took another in tells of it without an entry
        if entry is not None:
            ring_of[entry] = ring
    newest = {ring: entry for entry, ring in ring_of.items()}
    told: dict[UUID, set[UUID]] = {}
    entries = sorted(newest.values())
    for start in range(0, len(entries), _CHUNK):
        for seq, refs in Entry.objects.filter(seq__in=entries[start : start + _CHUNK]).values_list("seq", "refs"):
            named = json.loads(refs).get("trader", [])
            told[ring_of[seq]] = {UUID(one) for one in ([named] if isinstance(named, str) else named)}
    return told
