"""Find or make the channel of each listing of a batch."""

from collections.abc import Sequence

from chosach.desk.registry import identifiers, rows
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Trader
from chosach.desk.registry.platforms import platform as platform_named

CHUNK = 500
UNKNOWN_SELLER = "Chưa rõ người bán"


def channels_for(batch: Sequence[rows.Row], flagged: set[tuple[str, str]]) -> dict[tuple[str, str], Channel]:
    """Channel of each row by its key. A listing whose seller nobody names has a channel only when it is flagged."""
    keys = {row.key: key for row in batch if (key := seller_key(row, flagged=row.key in flagged))}
    held = _held({(row.key[0], keys[row.key]) for row in batch if row.key in keys})
    traders: list[Trader] = []
    channels: list[Channel] = []
    result: dict[tuple[str, str], Channel] = {}
    for row in batch:
        if row.key not in keys:
            continue
        at = (row.key[0], keys[row.key])
        if at not in held:
            channel = _new_channel(row, at[1])
            traders.append(channel.trader)
            channels.append(channel)
            held[at] = channel
        result[row.key] = held[at]
    Trader.objects.bulk_create(traders, batch_size=CHUNK)
    Channel.objects.bulk_create(channels, batch_size=CHUNK)
    return result


def seller_key(row: rows.Row, *, flagged: bool) -> str:
    """What the seller is known by: the platform's id, else the name, else the phone or account in the text, else the listing itself."""
    if row.seller_id:
        return f"id:{row.seller_id}"
    if row.seller_name:
        return f"name:{fold(row.seller_name)}"[:200]
    for found in identifiers.find(row.values["description"] or row.values["title"]):
        if found.kind in {identifiers.PHONE, identifiers.ACCOUNT}:
            return f"{found.kind}:{identifiers.digest(found.kind, found.value)}"
    if "." in row.key[0] and platform_named(row.key[0]).channel_class == "site":
        return "site"
    return f"listing:{row.key[1]}"[:200] if flagged else ""


def _held(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Channel]:
    by_platform: dict[str, list[str]] = {}
    for platform, key in wanted:
        by_platform.setdefault(platform, []).append(key)
    held: dict[tuple[str, str], Channel] = {}
    for platform, keys in by_platform.items():
        for start in range(0, len(keys), CHUNK):
            query = Channel.objects.filter(platform=platform, seller_key__in=keys[start : start + CHUNK]).select_related("trader")
            held.update(((platform, channel.seller_key), channel) for channel in query)
    return held


def _new_channel(row: rows.Row, key: str) -> Channel:
    platform = platform_named(row.key[0])
    name = row.seller_name or (row.key[0] if platform.channel_class == "site" else "") or UNKNOWN_SELLER
    url = f"https://{row.key[0]}/" if platform.channel_class == "site" else ""
    return Channel(
        trader=Trader(name=name, search=fold(name)),
        platform=row.key[0],
        seller_key=key,
        name=name,
        channel_class=platform.channel_class,
        decree_class=platform.decree_class,
        url=url,
    )
