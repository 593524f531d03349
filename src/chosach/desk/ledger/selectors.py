"""What can be asked of the ledger."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chosach.desk.core.frame import LedgerHead
from chosach.desk.ledger.models import Entry


def entries_of(noun: str, id: object) -> QuerySet[Entry]:  # noqa: A002 - the name that every room uses
    """Entries that refer to this object, in order. The caller has asked already whether the actor may see the object."""
    return Entry.objects.filter(index__noun=noun, index__ref=str(id)).order_by("seq")


@dataclass(frozen=True)
class Figure:
    """An entry that reports are computed from, with its payload."""

    seq: int
    business_date: str
    event: str
    body: str
    refs: dict[str, Any]
    payload: dict[str, Any]


def figure_entries(events: Collection[str], date_from: str, date_to: str, up_to_seq: int) -> Iterator[Figure]:
    """Entries of these events with a business date in [date_from, date_to] (ISO dates) and a number ≤ up_to_seq, in order."""
    rows = (
        Entry.objects.filter(event__in=events, business_date__gte=str(date_from), business_date__lte=str(date_to), seq__lte=up_to_seq)
        .order_by("seq")
        .values_list("seq", "business_date", "event", "body", "refs", "payload__text")
    )
    for seq, business_date, event, body, refs, text in rows.iterator():
        yield Figure(seq, business_date, event, body, json.loads(refs), json.loads(text) if text else {})


def last_seq() -> int:
    """The number of the newest entry; 0 for an empty ledger."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def head() -> LedgerHead | None:
    """The newest entry's number and hash; None for an empty ledger."""
    row = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return LedgerHead(*row) if row else None
