"""What a trader's page in the registry shows of rings: its ring and role, what ties it to others, why its channels are one trader's."""

from collections.abc import Iterator

from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Trader
from chosach.desk.registry.panels import Panel
from chosach.desk.rings import selectors, telling
from chosach.desk.rings.models import Member
from chosach.desk.rings.network import pairs_of

#: Other traders that the card names; the trader's own page of links has them all.
SHOWN = 5


def panels_of(actor: Actor, trader: Trader) -> Iterator[Panel]:
    """One card, for who may read rings."""
    if not actor.may("rings.read"):
        return
    member = Member.objects.filter(trader=trader).select_related("ring").first()
    ties = selectors.ties_of_trader(actor, trader.id)
    pairs = pairs_of(ties)
    others = {one.id: one for tie in ties for one in (tie.left, tie.right)}
    tied = [(others[pair.second if pair.first == trader.id else pair.first], pair) for pair in pairs]
    told = telling.told_apart(actor, [trader, *(other for other, _ in tied[:SHOWN])])
    panel = {
        "trader": trader,
        "member": member,
        "tied": [(other, pair, told.get(other.id, "")) for other, pair in tied[:SHOWN]],
        "more": max(0, len(tied) - SHOWN),
        "links": selectors.links_of(actor, trader.id)[:SHOWN],
    }
    yield Panel("rings/parts/panel.html", panel)
