"""What the registry's page of a trader, and a lead's page, may say of cases."""

from collections.abc import Iterator

from django.urls import reverse

from chosach.desk.cases.models import Case
from chosach.desk.cases.selectors.access import cases_for
from chosach.desk.cases.selectors.overlap import open_files_on, same_traders
from chosach.desk.core.access import Actor
from chosach.desk.registry.files import OpenFile
from chosach.desk.registry.models import Trader


def files_of(actor: Actor, trader: Trader) -> Iterator[OpenFile]:
    """Cases that the actor may open, with their address; of other bodies' only the body, its contact and where to ask to take part."""
    if not actor.may("cases.lookup"):
        return
    seen: set[str] = set()
    for case in _own(actor, trader):
        seen.add(case.owner.name)
        yield OpenFile(
            "Vụ việc", f"{case.number}: {case.title}", own=True, url=reverse("cases:case", args=[case.id]), state=case.get_stage_display()
        )
    for other in open_files_on(actor, [trader.id]):
        if other.body not in seen:
            yield OpenFile("Vụ việc", other.body, own=False, contact=other.contact, url=reverse("cases:lookup", args=[trader.id]))


def _own(actor: Actor, trader: Trader) -> list[Case]:
    found = cases_for(actor).filter(trader_links__trader_id__in=same_traders([trader.id]))
    return list(found.select_related("owner").distinct()[:20])
