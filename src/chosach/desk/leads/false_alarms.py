"""Findings that an officer has called false alarms one by one, while their lead goes on: they count in no score and no later decision."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from chosach.desk.core.words import date
from chosach.desk.leads.models import Dismissal, FalseAlarm, Lead
from chosach.desk.registry.models import Finding

#: What tells a finding apart from every other, whoever screened: listing, hash of its text, kind.
Key = tuple[UUID, str, str]
_SAID = {Dismissal.State.DONE: "Báo nhầm", Dismissal.State.PENDING: "Đề nghị coi là báo nhầm"}
#: Findings that the form offers, the most probable ones.
MOST = 200


def standing() -> QuerySet[FalseAlarm]:
    """False alarms whose decision is in effect: neither waiting, nor sent back, nor taken back."""
    return FalseAlarm.objects.filter(dismissal__state=Dismissal.State.DONE)


def keys_of(traders: Collection[UUID]) -> set[Key]:
    """The false alarms that stand on these traders' listings."""
    found = standing().filter(finding__listing__channel__trader__in=list(traders))
    return set(found.values_list("finding__listing", "finding__content_hash", "finding__kind"))


def without(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """These findings but those that stand as false alarms."""
    same = standing().filter(
        finding__listing=OuterRef("listing"), finding__content_hash=OuterRef("content_hash"), finding__kind=OuterRef("kind")
    )
    return findings.exclude(Exists(same))


def findings_of(lead: Lead) -> QuerySet[Finding]:
    """What is still to be decided in a lead: its trader's present findings but false alarms, the most probable first."""
    found = Finding.objects.filter(current=True, listing__channel__trader=lead.trader_id).select_related("listing")
    return without(found).order_by("-probability", "id")


def said_of(lead: Lead) -> dict[UUID, dict[tuple[str, str], str]]:
    """Listing → hash of its text and kind → what was decided, or is proposed, of that finding in words."""
    rows = FalseAlarm.objects.filter(
        dismissal__state__in=(Dismissal.State.DONE, Dismissal.State.PENDING), finding__listing__channel__trader=lead.trader_id
    )
    said: dict[UUID, dict[tuple[str, str], str]] = {}
    names = ("finding__listing", "finding__content_hash", "finding__kind", "dismissal__state", "dismissal__on")
    for listing, content_hash, kind, state, on in rows.values_list(*names):
        said.setdefault(listing, {})[content_hash, kind] = f"{_SAID[Dismissal.State(state)]} ngày {date(on)}"
    return said


def parts_of(lead: Lead) -> QuerySet[Dismissal]:
    """The decisions on single findings of this lead that stand, the newest first."""
    found = lead.dismissals.filter(part=True, state=Dismissal.State.DONE)
    return found.select_related("by", "second").prefetch_related("false_alarms__finding__listing")
