"""What the worker does with the ledger once a day."""

from django.utils import timezone

from chosach.desk.core.access import system
from chosach.desk.ledger.models import Entry, Head
from chosach.desk.ledger.services.refusing import fold_refusals
from chosach.desk.ledger.services.signing import bring_outside, sign_head
from chosach.desk.ledger.services.verifying import verify_and_record


def sign_daily_head() -> Head | None:
    """Once a (real, Vietnamese) day: fold counted refusals, verify the ledger, sign a head, export it. None when done today.

    A ledger that is found broken is signed all the same: the finding stands in an entry below the head, for all to see.
    """
    keeper = system("ledger")
    last = Entry.objects.filter(event="ledger.verified", actor=keeper.id).order_by("-seq").first()
    if last is not None and timezone.localdate(last.moment) == timezone.localdate():
        bring_outside()
        return None
    fold_refusals()
    verify_and_record(actor=keeper)
    return sign_head()
