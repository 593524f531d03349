"""What every act on a lead checks first."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.models import Lead, LeadState
from chosach.desk.leads.selectors import lead_for

CLOSED_MESSAGE = {
    LeadState.AWAITING: "Đầu mối đang chờ người thứ hai quyết định việc bỏ qua; chưa thể làm việc khác.",
    LeadState.PASSING: "Đầu mối đang chờ cơ quan khác nhận; chưa thể làm việc khác.",
    LeadState.ACCEPTED: "Đầu mối đã được tiếp nhận.",
    LeadState.DISMISSED: "Đầu mối đã bỏ qua.",
    LeadState.HANDED_OVER: "Đầu mối đã chuyển ngoài địa bàn tỉnh.",
    LeadState.LAPSED: "Đầu mối không còn dấu hiệu nào.",
    LeadState.JOINED: "Đầu mối đã được nhập vào đầu mối khác.",
}


def open_lead(actor: Actor, lead_id: UUID, permission: str) -> Lead:
    """The lead, locked, if this actor may do this and it is still to be decided."""
    actor.require(permission, lead=lead_id)
    lead = lead_for(actor, lead_id, lock=True)
    message = CLOSED_MESSAGE.get(LeadState(lead.state))
    if message:
        raise Problem("lead.not_open", message, where=str(lead.id))
    return lead


def refs(lead: Lead, **more: object) -> dict[str, object]:
    """The ledger's references of an act on a lead."""
    return {"lead": lead.id, "trader": lead.trader_id, "body": lead.body.code, **more}


def needed(value: str, code: str, message: str, where: str) -> str:
    """A text that has to be there, trimmed."""
    text = value.strip()
    if not text:
        raise Problem(code, message, where=where)
    return text[:4000]
