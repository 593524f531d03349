"""No overlap: which other bodies have an open file on a trader. The answer is a body and its contact, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from chosach.desk.cases.models import Case
from chosach.desk.cases.stages import OPEN
from chosach.desk.core.access import Actor
from chosach.desk.registry.models import Trader


@dataclass(frozen=True)
class OpenFile:
    """All that a body learns of another body's open file."""

    body: str
    contact: str


def same_traders(trader_ids: Collection[UUID]) -> set[UUID]:
    """These traders and every record that was found to be the same real-world trader."""
    known = set(trader_ids)
    fresh = set(known)
    while fresh:
        up = set(Trader.objects.filter(pk__in=fresh, merged_into__isnull=False).values_list("merged_into_id", flat=True))
        down = set(Trader.objects.filter(merged_into_id__in=fresh).values_list("pk", flat=True))
        fresh = {pk for pk in up | down if pk is not None} - known
        known |= fresh
    return known


def open_cases_of_others(body_id: UUID | None, trader_ids: Collection[UUID]) -> list[Case]:
    """Open cases of other bodies on these traders, the newest first. For services only: pages get `open_files_on`."""
    links = same_traders(trader_ids)
    found = Case.objects.select_related("owner").filter(trader_links__trader_id__in=links, stage__in=OPEN).exclude(owner_id=body_id)
    return list(found.distinct())


def open_files_on(actor: Actor, trader_ids: Collection[UUID]) -> list[OpenFile]:
    """Bodies other than the actor's with an open file on any of these traders: name and contact, each body once, by name."""
    actor.require("cases.lookup")
    bodies = {case.owner for case in open_cases_of_others(actor.body_id, trader_ids)}
    return sorted((OpenFile(body.name, body.contact) for body in bodies), key=lambda found: found.body)


def bodies_with_open_cases(trader_ids: Collection[UUID]) -> set[UUID]:
    """Bodies that own an open case on one of these traders (`rings.stakes`)."""
    return {case.owner_id for case in open_cases_of_others(None, trader_ids)}
