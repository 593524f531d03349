"""Open leads from findings, and bring the ones that are open up to date."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chosach.desk.agencies.selectors import limits_of_small
from chosach.desk.agencies.services import Proposal
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.leads import competence, scoring, weights
from chosach.desk.leads.facts import Facts, read_facts
from chosach.desk.leads.goods import goods_group
from chosach.desk.leads.models import HELD, OPEN, Dismissal, Lead, LeadKind, LeadState, Passing
from chosach.desk.leads.ranking import rank
from chosach.desk.leads.services.pass_on import lapse_passing
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Trader

CHUNK = 500
#: A lead in one of these has been decided; new findings bring it back only where `_returns` says so.
CLOSED = frozenset({LeadState.DISMISSED, LeadState.HANDED_OVER, LeadState.LAPSED})


@dataclass
class LeadCounts:
    """What a run did to leads."""

    opened: int = 0
    updated: int = 0
    reopened: int = 0
    lapsed: int = 0
    joined: int = 0


@in_turn
def open_leads(
    *, actor: Actor, import_id: UUID | str | None = None, trader_ids: Collection[UUID] | None = None, on: dt.date | None = None
) -> LeadCounts:
    """Open a lead for each trader whose findings deserve one; refresh score, kind, body and rank of the leads that exist.

    With `import_id` only the traders of that import are looked at, with `trader_ids` only these, else all. Idempotent: a second run
    changes nothing and writes nothing. A lead that was dismissed comes back when listings with findings were added after it; one whose
    findings have all gone lapses; one whose trader was joined to another's is folded into that trader's lead, and stands as it did when
    they are parted again.
    """
    actor.require("leads.open")
    run = _Run(actor, on or businessdate.today(), weights.current())
    traders = set(trader_ids) if trader_ids is not None else _traders(import_id)
    run.fold_joined()
    run.part_again()
    for ids in _chunks(sorted(traders)):
        facts = read_facts(ids)
        held = {lead.trader_id: lead for lead in Lead.objects.filter(trader__in=ids).select_related("trader", "body")}
        for trader_id in ids:
            run.refresh(facts.get(trader_id), held.get(trader_id))
    rank()
    if any(vars(run.counts).values()):
        record("leads.updated", actor=actor, refs={"import": import_id}, payload=vars(run.counts) | {"on": run.day})
    return run.counts


def open_leads_of_import(import_id: UUID, actor: Actor) -> None:
    """What follows an import, and pictures of its listings: leads of its traders (`imports.hooks`)."""
    open_leads(actor=actor, import_id=import_id)


@dataclass
class _Run:
    """One run over traders: who acts, on which day, with which weights, and what was done so far."""

    actor: Actor
    day: dt.date
    weights: Mapping[str, float]
    counts: LeadCounts = field(default_factory=LeadCounts)
    proposals: dict[tuple[str, str, str, int | None], Proposal] = field(default_factory=dict)
    small: tuple[int, ...] = field(default_factory=limits_of_small)

    def fold_joined(self) -> None:
        """A lead whose trader turned out to be another one goes into that trader's lead, or becomes it."""
        for lead in Lead.objects.filter(trader__merged_into__isnull=False).exclude(state=LeadState.JOINED).select_related("trader"):
            kept = Lead.objects.filter(trader=lead.trader.merged_into).first()
            if kept is None:
                lead.came_from_id, lead.trader_id = lead.trader_id, lead.trader.merged_into_id or lead.trader_id
                lead.save(update_fields=["trader", "came_from"])
                continue
            if lead.state not in HELD:
                lead.before = lead.state
            lead.state, lead.joined_into, lead.rank = LeadState.JOINED, kept, None
            lead.save(update_fields=["state", "before", "joined_into", "rank"])
            self.counts.joined += 1
            refs = {"lead": [lead.id, kept.id], "trader": kept.trader_id}
            record("lead.joined", actor=self.actor, refs=refs, payload={"kept": str(kept.id)})

    def part_again(self) -> None:
        """A lead whose trader turned out not to be the other one after all is that trader's again, as it was."""
        for lead in Lead.objects.filter(came_from__isnull=False, came_from__merged_into=None).select_related("came_from"):
            if not Lead.objects.filter(trader=lead.came_from_id).exists() and lead.came_from_id is not None:
                lead.trader_id, lead.came_from_id = lead.came_from_id, None
                lead.save(update_fields=["trader", "came_from"])
        for lead in Lead.objects.filter(state=LeadState.JOINED, trader__merged_into=None).select_related("trader"):
            lead.state, lead.joined_into = _state_before(lead), None
            if lead.state not in HELD:
                lead.before = ""
            lead.save(update_fields=["state", "joined_into", "before"])
            record("lead.parted", actor=self.actor, refs=_refs(lead), payload={"state": lead.state})

    def refresh(self, facts: Facts | None, lead: Lead | None) -> None:
        """Bring one trader's lead to what its findings say now."""
        result = scoring.score(facts.signals, facts.channels, self.weights) if facts else scoring.Score()
        is_open = lead is not None and lead.state in OPEN
        # What is left beside false alarms is decided by whoever called them so, however little it is.
        left = facts is not None and is_open and facts.false_alarms > 0
        if facts is None or not (left or scoring.deserves_a_lead(result, self.weights)):
            if lead is not None and is_open:
                self._lapse(lead)
        elif lead is None:
            self._open(facts, result)
        else:
            self._update(lead, facts, result)

    def _open(self, facts: Facts, result: scoring.Score) -> None:
        lead = Lead(trader=facts.trader, opened_on=self.day, state=LeadState.NEW)
        _fill(lead, facts, result, self.weights)
        self._propose(lead, facts)
        lead.save(force_insert=True)
        _keep_kinds(lead, result)
        self.counts.opened += 1
        record("lead.opened", actor=self.actor, refs=_refs(lead), payload=_payload(lead))

    def _update(self, lead: Lead, facts: Facts, result: scoring.Score) -> None:
        before = _state_of(lead)
        _fill(lead, facts, result, self.weights)
        returns = lead.state in CLOSED and _returns(lead, facts)
        if returns:
            lead.state, lead.before, lead.closed_at, lead.assignee, lead.watch_until = LeadState.NEW, "", None, None, None
        if lead.state == LeadState.NEW:
            self._propose(lead, facts)
        if before == _state_of(lead):
            return
        lead.save()
        _keep_kinds(lead, result)
        self.counts.updated += 1
        if returns:
            self.counts.reopened += 1
            record("lead.reopened", actor=self.actor, refs=_refs(lead), payload=_payload(lead) | {"why": "new_listings"})

    def _propose(self, lead: Lead, facts: Facts) -> None:
        """The competent body for the lead's kind, goods and place. Outside the province nobody is competent: the body that would be
        competent here keeps it until it is handed over. What bodies settled among themselves stays."""
        if lead.settled:
            return
        matter = competence.Matter.of(lead.kind, lead.goods_group, [lead.trader], lead.value if facts.prices_known else None)
        small = next((most for most in self.small if matter.value is not None and matter.value < most), None)
        key = (lead.kind, lead.goods_group, matter.territory, small)
        if key not in self.proposals:
            self.proposals[key] = competence.propose(matter, on=self.day)
        lead.body, lead.ground = self.proposals[key].body, self.proposals[key].ground

    def _lapse(self, lead: Lead) -> None:
        if lead.state == LeadState.AWAITING:
            lead.dismissals.filter(state=Dismissal.State.PENDING).update(state=Dismissal.State.LAPSED)
        if lead.state == LeadState.PASSING:
            lapse_passing(lead, self.actor)
        lead.state, lead.before, lead.score, lead.rank = LeadState.LAPSED, "", 0, None
        lead.save(update_fields=["state", "before", "score", "rank"])
        self.counts.lapsed += 1
        record("lead.lapsed", actor=self.actor, refs=_refs(lead))


def _state_before(lead: Lead) -> str:
    """What a folded lead was: what waits for an answer still waits."""
    if lead.dismissals.filter(state=Dismissal.State.PENDING).exists():
        return LeadState.AWAITING
    if lead.passings.filter(state=Passing.State.SENT).exists():
        return LeadState.PASSING
    return lead.before or LeadState.NEW


def _traders(import_id: UUID | str | None) -> set[UUID]:
    """Traders to look at: those of the import's listings, else those with findings or a lead."""
    if import_id is not None:
        listed = Trader.objects.filter(channels__listings__source=f"import:{import_id}")
        flagged = Trader.objects.filter(channels__listings__findings__source=f"import:{import_id}")
        return set(listed.values_list("id", flat=True)) | set(flagged.values_list("id", flat=True))
    flagged = Trader.objects.filter(channels__listings__findings__current=True)
    return set(flagged.values_list("id", flat=True)) | set(Lead.objects.exclude(state=LeadState.JOINED).values_list("trader_id", flat=True))


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _returns(lead: Lead, facts: Facts) -> bool:
    """A decided lead comes back for listings that nobody had seen when it was decided."""
    if lead.state == LeadState.LAPSED:
        return True
    return lead.closed_at is not None and facts.newest is not None and facts.newest > lead.closed_at


def _fill(lead: Lead, facts: Facts, result: scoring.Score, known: Mapping[str, float]) -> None:
    lead.kind = result.lead_kind
    lead.score = round(result.total, 4)
    lead.findings = len(result.parts)
    lead.listings = len({part.signal.listing for part in result.parts})
    lead.probability = max(part.signal.probability for part in result.parts)
    lead.value = facts.value(known)
    lead.category = facts.categories.most_common(1)[0][0]
    lead.goods_group = goods_group(lead.kind, sorted(facts.terms[lead.kind]))
    lead.channel_classes = "|" + "|".join(sorted(facts.classes)) + "|"
    lead.search = facts.trader.search


def _keep_kinds(lead: Lead, result: scoring.Score) -> None:
    LeadKind.objects.filter(lead=lead).delete()
    LeadKind.objects.bulk_create(
        LeadKind(lead=lead, kind=kind, findings=number, score=round(harm, 4)) for kind, (number, harm) in result.by_kind().items()
    )


def _state_of(lead: Lead) -> tuple[object, ...]:
    """What an update may change: equal before and after means that there is nothing to write."""
    return (
        lead.state, lead.kind, lead.score, lead.findings, lead.listings, lead.probability, lead.value, lead.category, lead.goods_group,
        lead.channel_classes, lead.search, lead.body_id,
    )  # fmt: skip


def _refs(lead: Lead) -> dict[str, object]:
    return {"lead": lead.id, "trader": lead.trader_id, "body": lead.body.code}


def _payload(lead: Lead) -> dict[str, object]:
    return {"kind": lead.kind, "score": lead.score, "place": lead.trader.place, "findings": lead.findings, "listings": lead.listings}
