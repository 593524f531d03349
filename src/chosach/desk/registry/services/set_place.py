"""Say where a trader is, on better grounds than its listings give."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import PlaceSource, PlaceState, Trader
from chosach.desk.registry.places import locate
from chosach.desk.registry.selectors import trader_for
from chosach.desk.registry.services.locate import STATED


@in_turn
def set_place(trader_id: UUID, *, source: str, address: str, reason: str, actor: Actor) -> Trader:
    """Set a trader's place from a registered, warehouse or sender address. Later imports don't override it."""
    actor.require("registry.place", trader=trader_id)
    trader = trader_for(actor, trader_id)
    if trader.merged_into_id is not None:
        raise Problem("trader.merged", "Thương nhân này đã nhập vào thương nhân khác.", where="trader")
    if source not in STATED:
        raise Problem("place.source_missing", "Hãy chọn căn cứ: địa chỉ đăng ký, kho hàng hoặc địa chỉ gửi hàng.", where="source")
    address, reason = " ".join(address.split())[:300], reason.strip()[:1000]
    place = locate(address)
    if place.state == PlaceState.UNKNOWN:
        raise Problem("place.not_found", "Không nhận ra tỉnh hoặc huyện trong địa chỉ. Hãy ghi đủ huyện, tỉnh.", where="address")
    if not reason:
        raise Problem("place.reason_missing", "Hãy ghi nguồn của địa chỉ (giấy tờ, người cung cấp).", where="reason")
    before = {"place": trader.place, "source": trader.place_source, "text": trader.place_text}
    trader.place, trader.place_source, trader.place_text = place.state, PlaceSource(source), address
    trader.province, trader.district = place.province, place.district
    trader.save(update_fields=["place", "place_source", "place_text", "province", "district"])
    after = {"place": trader.place, "source": source, "text": address}
    record("registry.place_set", actor=actor, refs={"trader": trader.id}, payload={"before": before, "after": after, "reason": reason})
    return trader
