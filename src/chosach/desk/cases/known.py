"""What the registry's page of a trader may say of cases."""

from collections.abc import Iterator

from django.urls import reverse

from chosach.desk.cases.selectors.access import cases_for
from chosach.desk.cases.selectors.overlap import open_files_on, same_traders
from chosach.desk.core.access import Actor
from chosach.desk.registry.files import OpenFile
from chosach.desk.registry.models import Trader


def files_of(actor: Actor, trader: Trader) -> Iterator[OpenFile]:
    """Cases that the actor may read, with their address; of other bodies only that there is a file, and the contact."""
    mine = cases_for(actor).filter(trader_links__trader_id__in=same_traders([trader.pk])).distinct()
    for case in mine:
        yield OpenFile("Vụ việc", case.number, url=reverse("cases:case", args=[case.pk]), state=case.get_stage_display())
    if actor.may("cases.lookup"):
        known = {case.owner.name for case in mine}
        yield from (
            OpenFile("Vụ việc của cơ quan khác", f.body, f.contact) for f in open_files_on(actor, [trader.pk]) if f.body not in known
        )
