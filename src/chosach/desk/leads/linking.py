"""Leads stand on traders: what follows when linking or a person joins or parts them, and who is at work on them."""

from collections.abc import Collection
from uuid import UUID

from chosach.desk.core.access import Actor, system
from chosach.desk.leads.selectors import worked_on
from chosach.desk.leads.services import open_leads
from chosach.desk.rings.services import link_again


def bodies_at_work(traders: Collection[UUID]) -> set[UUID]:
    """Bodies that took up a lead about one of these traders (`rings.stakes`). A lead that nobody took up says nothing."""
    return set(worked_on(traders).values_list("body", flat=True))


def follow(traders: Collection[UUID], actor: Actor) -> None:
    """Bring the leads of these traders to what they are now (`rings.hooks.after_regrouping`). It follows from the act, whoever acts."""
    open_leads(actor=actor if actor.may("leads.open") else system("linking"), trader_ids=traders)


def link_after_import(import_id: UUID, actor: Actor) -> None:
    """What came in, listings or their pictures, may tie what was there (`imports.hooks`)."""
    link_again(actor)
