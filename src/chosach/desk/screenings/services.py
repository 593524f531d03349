"""What can be done with screenings."""

from django.db.models import Count

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Finding
from chosach.desk.screenings.models import Correction, ScreeningRun
from chosach.screening import correction


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


def keep_correction(learnt: correction.Correction) -> Correction:
    """Keep a correction, not in force. Equal ones are kept once. Part of the act that learnt it, which records it."""
    kept, _ = Correction.objects.get_or_create(digest=learnt.id, defaults={"content": learnt.to_bytes()})
    return kept


def put_in_force(kept: Correction | None) -> None:
    """Screen with this correction from now on (None: with none). Part of the act that decides it, which records it."""
    Correction.objects.filter(in_force=True).update(in_force=False)
    if kept is not None:
        Correction.objects.filter(pk=kept.pk).update(in_force=True)
