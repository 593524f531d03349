"""Which ties and reasons would tell a body what nobody published (`registry.disclosure`).

Asked is what is published, not what was stated: a tie stands until the next linking, and comes back when a judgement is undone, while what
was stated may have been taken back meanwhile. And linking has its own forms of a value (a mail without its dots, an account on a network
without the network), so that a value is compared, not looked up.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.registry import disclosure, identifiers
from chosach.desk.registry.common import JOINING
from chosach.desk.registry.models import Channel, Sighting
from chosach.desk.rings.models import Link, Tie, TieKind
from chosach.desk.rings.records import FIELDS

#: Kind of tie → kind of identifier, of those that a body may state.
KINDS = {
    TieKind.PHONE: identifiers.PHONE, TieKind.ACCOUNT: identifiers.ACCOUNT, TieKind.TAX_CODE: identifiers.TAX_CODE,
    TieKind.EMAIL: identifiers.EMAIL, TieKind.HANDLE: identifiers.SOCIAL, TieKind.URL: identifiers.DOMAIN,
}  # fmt: skip
#: Letters or figures by which a near value may differ (`chosach.linking.rings.near`).
SLIP = 2
CHUNK = 500
_TAX_CODE = 10  #: figures of a firm's code; those of a branch follow


@dataclass
class _Shown:
    """What a channel publishes, by kind: ids and values. `stated`: something is known of it besides."""

    ids: set[UUID] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stated: bool = False


def untold(actor: Actor, ties: Collection[Tie]) -> set[UUID]:
    """Those of these ties whose value this actor may not read: one of the two does not publish it. Nor is a near value told of whom
    something is known besides, for that may be what is near: all but a figure of it would be told."""
    asked = [tie for tie in ties if tie.kind in KINDS]
    if not asked or disclosure.may_read_all(actor):
        return set()
    shown = _shown({pk for tie in asked for pk in (tie.left_channel_id, tie.right_channel_id)})
    return {tie.id for tie in asked if not (_publishes(shown[tie.left_channel_id], tie) and _publishes(shown[tie.right_channel_id], tie))}


def without_untold(actor: Actor, links: Collection[Link]) -> None:
    """Take those reasons out of links that name a value which this actor may not read."""
    if disclosure.may_read_all(actor):
        return
    shown = _shown({pk for link in links for pk in (link.first_id, link.second_id)})
    stated = Sighting.objects.filter(channel__trader__in={link.trader_id for link in links}, listing__isnull=True)
    unread = set(stated.order_by().values_list("identifier__value", flat=True))
    for link in links:
        ends = shown[link.first_id], shown[link.second_id]
        link.reasons = [one for one in link.reasons if _may_be_told(one["sentence"], FIELDS.get(one["field"], ""), ends, unread)]


def _may_be_told(sentence: str, kind: str, ends: Iterable[_Shown], unread: Collection[str]) -> bool:
    """No value that was stated stands in it and, of kinds that may be stated, one that either channel publishes."""
    if any(value in sentence for value in unread):
        return False
    return kind not in JOINING or all(any(value in sentence for value in end.values[kind]) for end in ends)


def _publishes(end: _Shown, tie: Tie) -> bool:
    from rapidfuzz.distance import OSA

    if tie.identifier_id in end.ids:
        return True
    kind = KINDS[TieKind(tie.kind)]
    wanted = bare(kind, tie.value)
    most = 0 if end.stated else SLIP
    return any(OSA.distance(bare(kind, value), wanted, score_cutoff=most) <= most for value in end.values[kind])


def bare(kind: str, value: str) -> str:
    """A value in a form in which those are equal that linking holds for one."""
    form = value.lower()
    if kind == identifiers.EMAIL:
        name, _, host = form.partition("@")
        return f"{name.partition('+')[0].replace('.', '')}@{host.replace('googlemail.com', 'gmail.com')}"
    if kind == identifiers.DOMAIN:
        return identifiers.normal(kind, form)
    if kind == identifiers.SOCIAL:
        form = form.rstrip("/").rpartition("/")[2]
    signs = "".join(filter(str.isalnum, form))
    return signs[:_TAX_CODE] if kind == identifiers.TAX_CODE else signs


def _shown(channels: Collection[UUID]) -> dict[UUID, _Shown]:
    shown = {pk: _Shown() for pk in channels}
    ids = sorted(shown)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        seen = Sighting.objects.filter(channel__in=part, identifier__kind__in=JOINING).order_by()
        for channel, pk, kind, value, listing in seen.values_list(
            "channel", "identifier", "identifier__kind", "identifier__value", "listing"
        ):
            if listing is None:
                shown[channel].stated = True
            else:
                shown[channel].ids.add(pk)
                shown[channel].values[kind].add(value)
        for channel, url in Channel.objects.filter(id__in=part).exclude(url="").order_by().values_list("id", "url"):
            shown[channel].values[identifiers.DOMAIN].add(url)
    return shown


__all__ = ["KINDS", "SLIP", "bare", "untold", "without_untold"]
