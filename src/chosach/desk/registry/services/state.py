"""State an identifier of a seller that nobody published: an account in a statement, a phone from an interview; and take it back.

What a case has found out stays in its case (its files are the case's); by this act a body tells the registry one value of it. The value
joins and ties sellers as a published one does; only those with `registry.undisclosed` read it (`disclosure`).
"""

from uuid import UUID

from django.db.models import Q

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry import hooks, identifiers
from chosach.desk.registry.common import JOINING
from chosach.desk.registry.models import Identifier, Join, Sighting, Trader
from chosach.desk.registry.selectors import trader_for
from chosach.desk.registry.services.join import conclude, join_shared

STATED = "stated"  #: the field of a sighting that stands in none


@in_turn
def state_identifier(trader_id: UUID, *, channel: str, kind: str, value: str, ground: str, actor: Actor) -> Sighting:
    """State an identifier of one of a trader's channels. The value goes into the entry's payload, which can be redacted; never into refs.

    Raises `Problem`: `trader.merged`, `identifier.channel`, `identifier.kind`, `identifier.value`, `identifier.ground_missing`,
    `identifier.known` (it stands on this channel already).
    """
    actor.require("registry.identify", trader=trader_id)
    trader = trader_for(actor, trader_id)
    if trader.merged_into_id is not None:
        raise Problem("trader.merged", "Thương nhân này đã nhập vào thương nhân khác.", where="trader")
    on = next((one for one in trader.channels.all() if str(one.id) == channel), None)
    if on is None:
        raise Problem("identifier.channel", "Hãy chọn một kênh bán của thương nhân này.", where="channel")
    ground = " ".join(ground.split())[:500]
    if not ground:
        raise Problem("identifier.ground_missing", "Hãy ghi căn cứ: số vụ việc, bút lục hoặc văn bản.", where="ground")
    identifier = _identifier(kind, value)
    if Sighting.objects.filter(identifier=identifier, channel=on).exists():
        raise Problem("identifier.known", "Kênh bán này đã có định danh đó trong sổ.", where="value")
    _, body = actor.seat
    sighting = Sighting.objects.create(
        identifier=identifier, channel=on, field=STATED, stated_by_id=body, stated_on=businessdate.today(), ground=ground
    )
    payload = {"kind": kind, "value": identifier.value, "ground": ground}
    record(
        "registry.identifier_stated",
        actor=actor,
        refs={"trader": trader.id, "channel": on.id, "identifier": identifier.id},
        payload=payload,
    )
    _follow(identifier, {trader.id}, actor)
    return sighting


@in_turn
def withdraw_identifier(sighting_id: UUID, *, reason: str, actor: Actor) -> Trader:
    """Take back what one's own body stated. What the seller has published since stays, as published; what had been joined by the value
    alone is parted by the linking that follows."""
    actor.require("registry.identify", sighting=sighting_id)
    _, body = actor.seat
    sighting = Sighting.objects.select_related("identifier", "channel__trader").filter(id=sighting_id, stated_by=body).first()
    if sighting is None:
        raise Refused("object.not_visible", refs={"sighting": str(sighting_id)})
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Problem("identifier.reason_missing", "Hãy ghi lý do rút lại.", where="reason")
    identifier, channel = sighting.identifier, sighting.channel
    if sighting.listing_id is None:
        Join.objects.filter(Q(first=channel) | Q(second=channel), identifier=identifier).delete()
        sighting.delete()
    else:
        sighting.stated_by, sighting.stated_on, sighting.ground = None, None, ""
        sighting.save(update_fields=["stated_by", "stated_on", "ground"])
    refs = {"trader": channel.trader_id, "channel": channel.id, "identifier": identifier.id}
    record("registry.identifier_withdrawn", actor=actor, refs=refs, payload={"kind": identifier.kind, "reason": reason})
    _follow(identifier, {channel.trader_id}, actor)
    return channel.trader


def _identifier(kind: str, value: str) -> Identifier:
    if kind not in JOINING:
        raise Problem("identifier.kind", "Hãy chọn loại định danh.", where="kind")
    form = identifiers.typed(kind, value)
    if form is None:
        label = Identifier.Kind(kind).label.lower()
        raise Problem("identifier.value", f"Không đọc được {label} này. Hãy kiểm tra lại từng ký tự.", where="value")
    digest = identifiers.digest(kind, form)
    return Identifier.objects.get_or_create(digest=digest, defaults={"kind": kind, "value": form[:300]})[0]


def _follow(identifier: Identifier, traders: set[UUID], actor: Actor) -> None:
    """Join by this identifier those that may be, and have what stands on traders follow."""
    joined = join_shared([identifier.id])
    conclude(joined, actor)
    hooks.after_stating.run(traders | {one for join in joined for one in (join.kept, join.gone)}, actor)


__all__ = ["STATED", "state_identifier", "withdraw_identifier"]
