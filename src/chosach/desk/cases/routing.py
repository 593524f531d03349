"""Which body the competence table proposes for a case: shown as a proposal to be checked, never acted on by itself."""

from collections.abc import Iterable, Sequence

from chosach.desk.agencies.selectors import is_current
from chosach.desk.agencies.services import Proposal
from chosach.desk.cases.models import Case
from chosach.desk.cases.selectors import goods_totals
from chosach.desk.core.errors import Problem
from chosach.desk.leads import competence
from chosach.desk.leads.models import Lead
from chosach.desk.registry.models import Trader

SETTLED = "Các cơ quan đã thống nhất khi chuyển đầu mối."


def competent_for_case(case: Case, *, criminal: bool = False) -> Proposal | None:
    """The proposal for a case as it stands. Goods that were found say what it is worth; before any was, the listings do."""
    traders = [link.trader for link in case.trader_links.select_related("trader").order_by("created_at", "id")]
    leads = [link.lead for link in case.lead_links.select_related("lead__body") if link.lead.body_id == case.owner_id]
    return competent_for(case.kinds, traders=traders, leads=leads, value=goods_totals(case)["all"] or None, criminal=criminal)


def competent_for(
    kinds: Sequence[str],
    *,
    traders: Sequence[Trader] = (),
    leads: Iterable[Lead] = (),
    value: int | None = None,
    criminal: bool = False,
) -> Proposal | None:
    """The proposal for these kinds of violation (one at least) of these traders today, as for their leads; None when no plan is loaded.

    `leads`: those of the body that has the case; whose they are may have been agreed among bodies. `value` of the goods found, in VND.
    """
    settled = next((lead for lead in leads if lead.settled and lead.kind in kinds and is_current(lead.body)), None)
    if settled is not None and not criminal:
        return Proposal(settled.body, SETTLED, "")
    try:
        return competence.propose(competence.matter_of(kinds, traders, value=value), criminal=criminal)
    except Problem:
        return None
