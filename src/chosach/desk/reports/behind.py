"""The cases behind a figure, as far as the person who opens it may know them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.urls import reverse

from chosach.desk.cases.models import Case
from chosach.desk.cases.selectors import cases_for
from chosach.desk.core.access import Actor
from chosach.desk.ledger.events import label_of
from chosach.desk.ledger.models import Ref
from chosach.desk.reports.figures import Cell


@dataclass(frozen=True)
class EntryLine:
    """A ledger entry behind a figure."""

    seq: int
    date: dt.date
    label: str


@dataclass(frozen=True)
class Line:
    """One case behind a figure. `url`: the case, its figures alone for those who may see no more, empty for others."""

    number: str
    body: str
    url: str
    amount: int
    entries: list[EntryLine] = field(default_factory=list)


def lines_behind(actor: Actor, cell: Cell) -> list[Line]:
    """Each case with its part of the figure and the ledger entries of the period."""
    entries: dict[str, list[EntryLine]] = defaultdict(list)
    rows = Ref.objects.filter(noun="case", ref__in=list(cell.cases), entry__seq__in=list(cell.seqs)).select_related("entry")
    for row in rows.order_by("entry__seq"):
        entry = row.entry
        entries[row.ref].append(EntryLine(entry.seq, dt.date.fromisoformat(entry.business_date), label_of(entry.event)))
    cases = {str(case.pk): case for case in Case.objects.select_related("owner").filter(pk__in=list(cell.cases))}
    figures = actor.may("cases.figures")
    visible = {str(pk) for pk in cases_for(actor).filter(pk__in=list(cell.cases)).values_list("pk", flat=True)}
    return [
        Line(
            number=cases[case].number,
            body=cases[case].owner.short_name,
            url=_url(case, case in visible, figures),
            amount=amount,
            entries=entries[case],
        )
        for case, amount in sorted(cell.cases.items(), key=lambda item: cases[item[0]].number)
    ]


def _url(case: str, visible: bool, figures: bool) -> str:
    if visible:
        return reverse("cases:case", args=[case])
    return reverse("cases:figures", args=[case]) if figures else ""
