"""What lies in a case, cut to what the actor may see."""

import json
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from chosach.desk.accounts.entries import Line, lines_of
from chosach.desk.cases.kinds import Audience, Decision, GoodsState, PartyKind, TransferState
from chosach.desk.cases.models import Case, Note, Outcome, Party, Transfer
from chosach.desk.cases.selectors.access import sight_of
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of

#: Entries that name the case but tell nothing of its course; views and downloads stand in each piece's custody record.
LEFT_OUT = frozenset({"access.refused", "access.refusals_folded", "evidence.viewed", "evidence.downloaded"})
#: What is only proposed or was declined, and who asked to take part: the owner's own affair.
OF_THE_OWNER = frozenset(
    {
        "case.outcome_proposed",
        "case.outcome_returned",
        "case.closing_proposed",
        "case.closing_returned",
        "case.transfer_proposed",
        "case.transfer_not_sent",
        "case.join_asked",
        "case.join_refused",
    }
)


@dataclass(frozen=True)
class PartyView:
    """A party as this actor may see it: `hidden` when protected details are left out."""

    party: Party
    name: str
    identifiers: list[dict[str, str]]
    address: str
    hidden: bool


def parties_for(actor: Actor, case: Case) -> list[PartyView]:
    """The parties. Without the right to protected details: no name but an organisation's, no identifier, no address."""
    sight = sight_of(actor, case)
    if not sight.read:
        raise Refused("object.not_visible", refs={"case": str(case.id)})
    views = []
    for party in case.parties.select_related("body"):
        if sight.protected:
            views.append(PartyView(party, party.name, party.identifiers, party.address, hidden=False))
        else:
            name = "(thông tin được bảo vệ)" if party.kind != PartyKind.ORGANISATION else party.name
            views.append(PartyView(party, name, [], "", hidden=True))
    return views


def notes_for(actor: Actor, case: Case) -> QuerySet[Note]:
    """The notes whose audience this actor's body belongs to."""
    if not sight_of(actor, case).read:
        raise Refused("object.not_visible", refs={"case": str(case.id)})
    mine = Q(body_id=actor.body_id) | Q(audience=Audience.JOINED) | Q(audience=Audience.BODY, audience_body_id=actor.body_id)
    return case.notes.select_related("author", "body", "audience_body").filter(mine)


def outcomes_for(actor: Actor, case: Case) -> QuerySet[Outcome]:
    """The outcomes; what is only proposed, or was returned, is the owner's own affair."""
    sight = sight_of(actor, case)
    if not sight.read:
        raise Refused("object.not_visible", refs={"case": str(case.id)})
    outcomes = case.outcomes.select_related("body", "proposed_by", "decided_by", "corrects", "handed_to")
    return outcomes if sight.owner else outcomes.filter(state=Decision.APPROVED)


def transfers_for(actor: Actor, case: Case) -> QuerySet[Transfer]:
    """The transfers; what was never sent is the owner's own affair."""
    sight = sight_of(actor, case)
    if not sight.read:
        raise Refused("object.not_visible", refs={"case": str(case.id)})
    transfers = case.transfers.select_related("from_body", "to_body", "proposed_by", "decided_by", "answered_by")
    unsent = (TransferState.PROPOSED, TransferState.NOT_SENT)
    return transfers if sight.owner else transfers.exclude(state__in=unsent)


def goods_totals(case: Case) -> dict[str, int]:
    """Value of goods by state, in VND, struck lines left out; `all` is the sum of all states but returned."""
    rows = case.goods.filter(struck_on__isnull=True).values_list("state").annotate(value=Sum("total"))
    totals = {str(state): 0 for state in GoodsState.values} | dict(rows)
    return totals | {"all": sum(value for state, value in totals.items() if state != GoodsState.RETURNED)}


def timeline_for(actor: Actor, case: Case) -> list[Line]:
    """The case's entries in the ledger, newest first, without those about notes that the actor may not read, and for other bodies than
    the owner without what is only proposed.

    Reasons may hold names: they are shown to those with the right to protected details.
    """
    readable = {str(note_id) for note_id in notes_for(actor, case).values_list("id", flat=True)}
    entries = entries_of("case", case.id).select_related("payload").order_by("-seq")
    sight = sight_of(actor, case)
    left_out = LEFT_OUT if sight.owner else LEFT_OUT | OF_THE_OWNER
    shown = [entry for entry in entries if entry.event not in left_out and _may_read(entry, readable)]
    return lines_of(shown, details=("reason",) if sight.protected else ())


def _may_read(entry: Entry, readable_notes: set[str]) -> bool:
    return entry.event != "case.note_written" or json.loads(entry.refs).get("note") in readable_notes
