"""What can be done with screenings."""

from django.db.models import Count

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Finding
from chosach.desk.screenings.models import ScreeningRun


@in_turn
def record_run(*, source: str, listings: int, actor: Actor, label: str = "", screener: str = "") -> ScreeningRun:
    """Record that a source was screened. `listings`: how many were read; counts per kind are taken from the findings that the
    registry took under this source. Recording the same source again brings the row up to date; an equal result writes nothing."""
    actor.require("screenings.record", source=source)
    found = Finding.objects.filter(source=source)
    kinds = dict(found.order_by().values_list("kind").annotate(n=Count("id")))
    screener = screener or found.values_list("screener", flat=True).first() or ""
    values = {
        "label": label[:300],
        "screener": screener,
        "listings": listings,
        "flagged": found.values("listing").distinct().count(),
        "kinds": kinds,
    }
    run = ScreeningRun.objects.filter(source=source).first()
    if run is not None and all(getattr(run, name) == value for name, value in values.items()):
        return run
    run, _ = ScreeningRun.objects.update_or_create(source=source, defaults=values, create_defaults={**values, "on": businessdate.today()})
    record("screening.recorded", actor=actor, refs={"screening": run.id, "source": source}, payload=values)
    return run
