"""What a decision does to the state of a lead."""

from django.utils import timezone

from chosach.desk.leads.models import HELD, OPEN, Lead, LeadState
from chosach.desk.leads.ranking import rank


def close(lead: Lead) -> None:
    """The lead is dismissed: it leaves the ranks. The end of its watch is kept, for it may be brought back."""
    lead.before, lead.state, lead.closed_at = lead.before or lead.state, LeadState.DISMISSED, timezone.now()
    lead.save(update_fields=["before", "state", "closed_at"])
    rank()


def bring_back(lead: Lead) -> None:
    """The lead is open again, as it was before."""
    before = lead.before if lead.before in OPEN and lead.before not in HELD else LeadState.NEW
    lead.state, lead.before, lead.closed_at = before, "", None
    lead.save(update_fields=["state", "before", "closed_at"])
    rank()
