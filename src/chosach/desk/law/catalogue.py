"""What the law says of each violation kind on a day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from chosach.desk.agencies.models import Confidence
from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core.kinds import ReportGroup, ViolationKind, report_group
from chosach.desk.law.models import LegalBasis, Penalty


@dataclass(frozen=True)
class Law:
    """One legal basis, ready to show."""

    kind: str
    instrument: str
    article: str
    valid_from: dt.date
    valid_to: dt.date | None
    must_check: str
    confidence: str

    @property
    def verified(self) -> bool:
        return self.confidence == Confidence.VERIFIED

    def __str__(self) -> str:
        return f"{self.article} {self.instrument}".strip()


@dataclass(frozen=True)
class Kind:
    """One violation kind of the plan: its code, name, and the column of the report in which its cases count."""

    code: str
    label: str
    group: ReportGroup


def kinds() -> list[Kind]:
    """All twelve kinds, in the plan's order."""
    return [Kind(kind.value, str(kind.label), report_group(kind.value)) for kind in ViolationKind]


def laws_for(kind: str, on: dt.date) -> list[Law]:
    """The legal bases of a kind in force on the day of the act."""
    rows = LegalBasis.objects.filter(valid_on(on), kind=kind, withdrawn=False)
    return [Law(r.kind, r.instrument, r.article, r.valid_from, r.valid_to, r.must_check, r.confidence) for r in rows]


def penalties_on(on: dt.date) -> QuerySet[Penalty]:
    """The brackets of fines in force on the day of the act. Show rows that are not verified with their mark, and never print them
    in a draft."""
    return Penalty.objects.filter(valid_on(on), withdrawn=False)
