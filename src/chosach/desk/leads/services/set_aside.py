"""Single findings of a lead are called false alarms; the lead goes on with the others."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Problem
from chosach.desk.leads.false_alarms import findings_of
from chosach.desk.leads.models import Dismissal, DismissReason, FalseAlarm, Lead, LeadState
from chosach.desk.leads.services.common import refs
from chosach.desk.leads.services.open_leads import open_leads
from chosach.desk.ledger.services import record
from chosach.desk.registry.models import Finding


def chosen(lead: Lead, findings: Collection[UUID | str], reason: str) -> list[Finding]:
    """The findings that were ticked; [] if all of the lead's or none were: then the whole lead is dismissed."""
    wanted = {str(finding) for finding in findings}
    if not wanted:
        return []
    if reason != DismissReason.INNOCENT:
        label = DismissReason.INNOCENT.label
        raise Problem("lead.findings_reason", f"Chỉ đánh dấu từng dấu hiệu khi lý do là “{label}”.", where="reason")
    present = list(findings_of(lead))
    ticked = [finding for finding in present if str(finding.id) in wanted]
    if len(ticked) < len(wanted):
        message = "Có dấu hiệu đã thay đổi trong lúc anh/chị xem. Hãy xem lại các dấu hiệu rồi đánh dấu lại."
        raise Problem("lead.findings_changed", message, where="findings")
    return [] if len(ticked) == len(present) else ticked


def keep(dismissal: Dismissal, ticked: Sequence[Finding]) -> None:
    FalseAlarm.objects.bulk_create(FalseAlarm(dismissal=dismissal, finding=finding) for finding in ticked)


def told(dismissal: Dismissal) -> dict[str, Any]:
    """What the ledger says of the findings: listing, kind and hash of the text of each. Nothing of a whole dismissal."""
    if not dismissal.part:
        return {}
    rows = dismissal.false_alarms.values_list("finding__listing", "finding__kind", "finding__content_hash")
    return {"findings": [[str(listing), kind, content_hash] for listing, kind, content_hash in rows]}


def go_on(lead: Lead, dismissal: Dismissal, actor: Actor) -> None:
    """The lead stays open with what is left. Who has judged its findings has it from now on: while it is nobody's, it would move to
    another body with the kind of what is left."""
    if lead.state == LeadState.NEW:
        lead.state, lead.assignee_id = LeadState.ASSIGNED, dismissal.by_id
        lead.save(update_fields=["state", "assignee"])
        record("lead.assigned", actor=actor, refs=refs(lead, user=dismissal.by_id), payload={"from": None, "to": dismissal.by_id})
    weigh_again(dismissal)


def weigh_again(dismissal: Dismissal) -> None:
    """Scores and ranks without these findings, or with them again. They may stand with another trader than they did."""
    traders = dismissal.false_alarms.values_list("finding__listing__channel__trader", flat=True)
    open_leads(actor=system("ranking"), trader_ids=set(traders) - {None})
