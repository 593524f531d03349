"""What every template knows."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from chosach.desk.core import businessdate, frame, navigation
from chosach.desk.core.access import NOBODY


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the business date and whether it is simulated (shown on every page), the navigation, the frame."""
    simulated = businessdate.simulated()
    actor = getattr(request, "actor", NOBODY)
    signed_in = bool(actor.user_id)
    return {
        "actor": actor,
        "signed_in": signed_in,
        "business_date": simulated or timezone.localdate(),
        "business_date_simulated": simulated is not None,
        "committee": SimpleLazyObject(frame.committee),
        "ledger_head": SimpleLazyObject(frame.ledger_head) if signed_in else None,
        "navigation": navigation.sections_for(actor, request.path) if signed_in else [],
        "chosach_version": frame.version(),
    }
