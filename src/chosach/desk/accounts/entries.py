"""Entries of the ledger in words: what, who, for which body. For time lines and custody records."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.ledger.events import label_of
from chosach.desk.ledger.models import Entry

REDACTED = "(nội dung đã xóa theo lệnh)"


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it: `day` is the business date, `at` the real time. `detail` is empty unless it was asked for."""

    seq: int
    event: str
    at: dt.datetime
    day: dt.date
    label: str
    who: str
    body: str
    detail: str


def lines_of(entries: Iterable[Entry], *, details: Sequence[str] = ()) -> list[Line]:
    """The entries in their order. `details`: keys of the payload whose values are shown; the caller has asked whether the reader may
    see them. Read the entries with `select_related("payload")`."""
    rows = list(entries)
    ids = {entry.actor.removeprefix("user:") for entry in rows if entry.actor.startswith("user:")}
    people = {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=ids)}
    bodies = dict(Body.objects.filter(code__in={entry.body for entry in rows}).values_list("code", "short_name"))
    return [
        Line(
            entry.seq,
            entry.event,
            entry.moment,
            dt.date.fromisoformat(entry.business_date),
            label_of(entry.event),
            people.get(entry.actor, "Hệ thống" if entry.actor.startswith("system:") else entry.actor),
            bodies.get(entry.body, entry.body),
            _detail(entry, details),
        )
        for entry in rows
    ]


def _detail(entry: Entry, keys: Sequence[str]) -> str:
    payload = getattr(entry, "payload", None)
    if payload is None or not keys:
        return ""
    if payload.text is None:
        return REDACTED
    values = json.loads(payload.text)
    return " · ".join(str(values[key]) for key in keys if values.get(key))
