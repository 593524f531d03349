"""Give a lead to a person; watch it until a date."""

import datetime as dt
from uuid import UUID

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.models import Lead, LeadState
from chosach.desk.leads.selectors import colleagues
from chosach.desk.leads.services.common import open_lead, refs
from chosach.desk.ledger.services import in_turn, record

LONGEST_WATCH = dt.timedelta(days=366)


@in_turn
def assign(lead_id: UUID, *, assignee: UUID, actor: Actor) -> Lead:
    """Give the lead to a person of the same body."""
    lead = open_lead(actor, lead_id, "leads.work")
    person = colleagues(actor).filter(id=assignee).first()
    if person is None:
        raise Problem("lead.assignee_unknown", "Người được giao phải là cán bộ đang công tác tại cơ quan.", where="assignee")
    before = lead.assignee_id
    if before == person.id and lead.state == LeadState.ASSIGNED:
        return lead
    lead.assignee = person
    lead.state, lead.watch_until = LeadState.ASSIGNED, None
    lead.save(update_fields=["assignee", "state", "watch_until"])
    record("lead.assigned", actor=actor, refs=refs(lead, user=person.id), payload={"from": before, "to": person.id})
    return lead


@in_turn
def watch(lead_id: UUID, *, until: dt.date, actor: Actor) -> Lead:
    """Keep an eye on the lead until a date, without deciding yet."""
    lead = open_lead(actor, lead_id, "leads.work")
    today = businessdate.today()
    if until <= today:
        raise Problem("lead.watch_past", "Hãy chọn ngày theo dõi sau ngày hôm nay.", where="until")
    if until > today + LONGEST_WATCH:
        raise Problem("lead.watch_long", "Chỉ theo dõi tối đa một năm; hết hạn có thể gia hạn.", where="until")
    lead.state, lead.watch_until = LeadState.WATCHING, until
    lead.save(update_fields=["state", "watch_until"])
    record("lead.watched", actor=actor, refs=refs(lead), payload={"until": until})
    return lead
