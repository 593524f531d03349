"""Where the lists of clocks lead: the page of the case, for those who may read its file."""

from uuid import UUID

from django.urls import reverse

from chosach.desk.cases.models import Transfer
from chosach.desk.cases.selectors.access import cases_for
from chosach.desk.core.access import Actor
from chosach.desk.law import nouns


def case_page(actor: Actor, case_id: str) -> str:
    """The address of a case's page, empty where this actor may not open it."""
    found = cases_for(actor).filter(pk__in=_ids(case_id)).first()
    return reverse("cases:case", args=[found.pk]) if found else ""


def transfer_page(actor: Actor, transfer_id: str) -> str:
    """The address of the case that a transfer hands over."""
    transfer = Transfer.objects.filter(pk__in=_ids(transfer_id)).first()
    return case_page(actor, str(transfer.case_id)) if transfer else ""


def register() -> None:
    """Tell the law's lists of clocks."""
    nouns.register("case", "Vụ việc", case_page)
    nouns.register("transfer", "Chuyển vụ việc", transfer_page)


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
