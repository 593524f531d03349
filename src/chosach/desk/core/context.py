"""What every template knows."""

from typing import Any

from django.http import HttpRequest

from chosach.desk.core import businessdate


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the business date, and whether that date is simulated (shown on every page)."""
    simulated = businessdate.simulated()
    return {
        "actor": getattr(request, "actor", None),
        "business_date": simulated or businessdate.today(),
        "business_date_simulated": simulated is not None,
    }
