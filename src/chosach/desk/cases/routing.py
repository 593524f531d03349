"""Which body the competence table proposes for a case: shown as a proposal to be checked, never acted on by itself."""

from chosach.desk.agencies.services import Proposal, propose_body
from chosach.desk.core.errors import Problem


def competent_for(kind: str, *, territory: str = "", criminal: bool = False) -> Proposal | None:
    """The proposal for a kind of violation today; None when no plan is loaded."""
    try:
        return propose_body(kind=kind, territory=territory, criminal=criminal)
    except Problem:
        return None
