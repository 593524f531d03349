"""Decisions become labels, in the transaction of the decision itself (`leads.hooks`, `cases.hooks`)."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chosach.desk.cases.kinds import NoAction, OutcomeKind
from chosach.desk.cases.models import Outcome
from chosach.desk.core.access import Actor
from chosach.desk.leads import false_alarms
from chosach.desk.leads.models import Dismissal, DismissReason, Lead
from chosach.desk.learning import limits
from chosach.desk.learning.models import Label, LabelChange, LabelState
from chosach.desk.learning.services.history import tell
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services import record
from chosach.desk.registry.models import Finding

#: Findings that one decision speaks of: the most probable ones.
MOST_FINDINGS = 200
#: A case's outcome speaks of what was said to be likely; what was hardly said nobody looked at.
LIKELY = 0.5
CONFIRMS = frozenset({OutcomeKind.SANCTIONED, OutcomeKind.PROSECUTED})


def note_dismissal(dismissal: Dismissal, entry: Entry, actor: Actor) -> None:
    """A dismissal as false alarm says of each finding of the lead that it was wrong, one in part of those that were ticked. What waits for
    another look does not count yet; what was sent back or taken back counts no more."""
    if dismissal.reason != DismissReason.INNOCENT:
        return
    labels = Label.objects.filter(dismissal=dismissal)
    if dismissal.state in (Dismissal.State.SENT_BACK, Dismissal.State.TAKEN_BACK):
        withdraw_all(labels, dismissal.answer, entry, actor)
    elif dismissal.review == Dismissal.Review.CONFIRMED:
        labels.filter(state=LabelState.REVIEW).update(state=LabelState.COUNTED)
    elif dismissal.state == Dismissal.State.DONE and not labels.exists():
        state = LabelState.REVIEW if dismissal.review == Dismissal.Review.DRAWN else LabelState.COUNTED
        lead = dismissal.lead
        given = {"dismissal": dismissal, "lead": lead, "by_id": dismissal.by_id, "body_id": lead.body_id, "on": dismissal.on}
        _note(_judged(dismissal), right=False, act=1.0, state=state, entry=entry, given=given)
        if dismissal.part:
            _weigh_together(lead)
        _hold_the_sudden(dismissal, actor)


def note_outcome(outcome: Outcome, entry: Entry, actor: Actor) -> None:
    """An outcome says of the likely findings of the case's kinds on the listings of its leads that they were right, or, where the goods
    were not as told, that they were wrong. No action for another reason (papers in order, too little evidence) says nothing of the words.
    A correction takes the place of the outcome it corrects."""
    if outcome.corrects_id is not None:
        withdraw_all(Label.objects.filter(outcome_id=outcome.corrects_id), outcome.reason, entry, actor)
    wrong = outcome.kind == OutcomeKind.DISMISSED and outcome.why == NoAction.NOT_AS_TOLD
    if outcome.kind not in CONFIRMS and not wrong:
        return
    case = outcome.case
    traders = list(case.lead_links.values_list("lead__trader_id", flat=True))
    findings = _findings(traders).filter(kind__in=case.kinds, probability__gte=LIKELY)
    given = {"outcome": outcome, "by_id": outcome.proposed_by_id, "body_id": outcome.body_id, "on": outcome.date}
    _note(
        findings,
        right=not wrong,
        act=limits.OUTCOME_WEIGHT,
        state=LabelState.COUNTED,
        entry=entry,
        given=given,
        leads=dict(case.lead_links.values_list("lead__trader_id", "lead_id")),
    )


def _judged(dismissal: Dismissal) -> QuerySet[Finding]:
    """What a dismissal speaks of: the ticked findings as they were seen; else all of the lead's that nobody has spoken of one by one."""
    if dismissal.part:
        seen = Finding.objects.filter(id__in=dismissal.false_alarms.values("finding"))
        return seen.select_related("listing__channel").order_by("-probability", "id")
    return _findings([dismissal.lead.trader_id])


def _weigh_together(lead: Lead) -> None:
    """What is said of a lead finding by finding counts no more than said at once: several decisions share what one has."""
    parts = Label.objects.filter(lead=lead, dismissal__part=True).exclude(state=LabelState.WITHDRAWN)
    for kind, number in Counter(parts.values_list("kind", flat=True)).items():
        parts.filter(kind=kind).update(weight=limits.weight_of_each(number))


def withdraw_all(labels: QuerySet[Label], reason: str, entry: Entry, actor: Actor) -> int:
    """The decision that made these labels holds no more."""
    gone = list(labels.exclude(state=LabelState.WITHDRAWN))
    Label.objects.filter(pk__in=[label.pk for label in gone]).update(state=LabelState.WITHDRAWN)
    tell(gone, LabelChange.Act.WITHDRAWN, reason, entry, actor)
    return len(gone)


def _findings(traders: Collection[UUID]) -> QuerySet[Finding]:
    """Present findings of these traders but those that an officer called false alarms one by one: they have their labels."""
    found = false_alarms.without(Finding.objects.filter(current=True, listing__channel__trader__in=traders))
    return found.select_related("listing__channel").order_by("-probability", "id")


def _note(
    findings: QuerySet[Finding],
    *,
    right: bool,
    act: float,
    state: str,
    entry: Entry,
    given: dict[str, Any],
    leads: dict[UUID, UUID] | None = None,
) -> None:
    taken = list(findings[:MOST_FINDINGS])
    number = Counter(finding.kind for finding in taken)
    Label.objects.bulk_create(
        Label(
            listing=finding.listing,
            content_hash=finding.content_hash,
            kind=finding.kind,
            right=right,
            weight=limits.weight_of_each(number[finding.kind], act),
            state=state,
            terms=_terms(finding.reasons),
            probability=finding.probability,
            screener=finding.screener,
            entry=entry.seq,
            **given,
            **({"lead_id": leads[finding.listing.channel.trader_id]} if leads and finding.listing.channel else {}),
        )
        for finding in taken
    )


def _terms(reasons: Iterable[dict[str, Any]]) -> list[str]:
    return sorted({str(reason.get("term") or "") for reason in reasons} - {""})


def _hold_the_sudden(dismissal: Dismissal, actor: Actor) -> None:
    """More false alarms of one person on one day than usual: all of that day's wait until the standing office has looked."""
    day = Label.objects.filter(by=dismissal.by_id, on=dismissal.on, dismissal__isnull=False, seen=False)
    day = day.filter(state__in=(LabelState.COUNTED, LabelState.HELD))
    number = day.order_by().values("dismissal").distinct().count()
    if number <= limits.SUDDEN:
        return
    held = day.filter(state=LabelState.COUNTED).update(state=LabelState.HELD)
    if held:
        payload = {"on": dismissal.on, "dismissals": number, "labels": held}
        record("label.mass_held", actor=actor, refs={"user": dismissal.by_id, "body": dismissal.lead.body.code}, payload=payload)
