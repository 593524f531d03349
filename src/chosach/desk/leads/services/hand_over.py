"""Hand a lead over to the committee of another province (S6)."""

from uuid import UUID

from django.utils import timezone

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.models import Lead, LeadState
from chosach.desk.leads.ranking import rank
from chosach.desk.leads.services.common import needed, open_lead, refs
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import PlaceState
from chosach.desk.registry.places import unit_name


@in_turn
def hand_over(lead_id: UUID, *, reason: str, actor: Actor) -> Lead:
    """Hand the lead of a trader outside the province to that province's committee. It doesn't count in the plan's figures.

    Who stated the place does not hand over too: else one person could drop any lead by moving its trader out of the province.
    """
    lead = open_lead(actor, lead_id, "leads.work")
    if lead.trader.place != PlaceState.OUTSIDE:
        raise Problem(
            "lead.not_outside",
            "Chỉ chuyển đầu mối của thương nhân đã xác định ở ngoài tỉnh. Hãy xác định địa bàn của thương nhân trước.",
            where=str(lead.id),
        )
    stated = entries_of("trader", lead.trader_id).filter(event="registry.place_set").last()
    if stated is not None and stated.actor == actor.id:
        raise Problem(
            "lead.same_person",
            "Người đã xác định địa bàn không được tự chuyển đầu mối; cần người thứ hai trong cơ quan.",
            where=str(lead.id),
        )
    reason = needed(reason, "lead.reason_missing", "Hãy ghi lý do và nơi nhận.", "reason")
    lead.state, lead.closed_at, lead.watch_until = LeadState.HANDED_OVER, timezone.now(), None
    lead.save(update_fields=["state", "closed_at", "watch_until"])
    rank()
    province = lead.trader.province
    record("lead.handed_over", actor=actor, refs=refs(lead), payload={"province": province, "to": unit_name(province), "reason": reason})
    return lead
