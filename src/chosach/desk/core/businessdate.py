"""The business date: the day that clocks, numbers and reports go by. Real by default; a demo sets it explicitly."""

import datetime as dt

from django.utils import timezone

from chosach.desk.core.models import SimulatedDate


def simulated() -> dt.date | None:
    """The simulated date, or None when the real one rules."""
    row = SimulatedDate.objects.first()
    return row.date if row else None


def today() -> dt.date:
    """The business date (Vietnamese time)."""
    return simulated() or timezone.localdate()


def simulate(date: dt.date | None) -> None:
    """Set the simulated business date, or return to the real one with None. The caller writes the ledger entry."""
    if date is None:
        SimulatedDate.objects.all().delete()
    else:
        SimulatedDate.objects.update_or_create(singleton=True, defaults={"date": date})
