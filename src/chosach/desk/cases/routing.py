"""Which body the competence table proposes for a case: shown as a proposal to be checked, never acted on by itself."""

from collections.abc import Iterable

from chosach.desk.agencies.services import Proposal, propose_body
from chosach.desk.core.errors import Problem
from chosach.desk.registry.models import PlaceState, Trader


def competent_for(kind: str, *, traders: Iterable[Trader] = (), value: int | None = None, criminal: bool = False) -> Proposal | None:
    """The proposal for a kind of violation today; None when no plan is loaded.

    The place is the district of the first trader that is known to be inside the province; `value` is that of the goods, in VND.
    """
    district = next((trader.district for trader in traders if trader.place == PlaceState.INSIDE and trader.district), "")
    try:
        return propose_body(kind=kind, territory=district, value=value, criminal=criminal)
    except Problem:
        return None
