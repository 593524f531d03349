"""Look a trader up by a phone, an account or another identifier: personal data, so the ledger knows who looked."""

from django.db.models import QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Trader
from chosach.desk.registry.selectors import traders_by_identifier


@in_turn
def search_identifier(*, kind: str, value: str, actor: Actor) -> QuerySet[Trader]:
    """Traders with this identifier. The value itself goes into the entry's payload, which can be redacted; never into refs or logs."""
    found = traders_by_identifier(actor, kind, value)
    ids = [trader.id for trader in found[:50]]
    record("registry.identifier_searched", actor=actor, refs={"trader": ids}, payload={"kind": kind, "value": value, "found": len(ids)})
    return found
