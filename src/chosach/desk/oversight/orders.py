"""What can be asked about orders to redact and about plans that were loaded: both stand in the ledger alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chosach.desk.accounts.entries import Line, lines_of
from chosach.desk.core.access import Actor
from chosach.desk.ledger.models import Entry, Ref


@dataclass(frozen=True)
class Order:
    """One order: its entry, the numbers of the entries that it names, the written order, and the entry that carried it out."""

    line: Line
    seqs: Sequence[int]
    document: str
    signed_on: str
    ground: str
    done_by: int | None
    own: bool


def redaction_orders(actor: Actor) -> list[Order]:
    """Orders to redact, the newest first. Orders are few: laws and courts ask for them."""
    actor.require("oversight.redactions")
    entries = list(Entry.objects.filter(event="ledger.redaction_ordered").select_related("payload").order_by("-seq"))
    done = dict(Ref.objects.filter(noun="order", entry__event="ledger.payload_redacted").values_list("ref", "entry__seq"))
    return [
        Order(line, _numbers(entry), *_words(entry), done_by=done.get(str(entry.seq)), own=entry.actor == actor.id)
        for entry, line in zip(entries, lines_of(entries), strict=True)
    ]


def _numbers(entry: Entry) -> list[int]:
    named = json.loads(entry.refs).get("entry", [])
    return [int(seq) for seq in ([named] if isinstance(named, str) else named)]


def _words(entry: Entry) -> tuple[str, str, str]:
    said = _payload(entry)
    return str(said.get("document", "")), str(said.get("signed_on", "")), str(said.get("ground", ""))


def _payload(entry: Entry) -> dict[str, Any]:
    payload = getattr(entry, "payload", None)
    value: dict[str, Any] = json.loads(payload.text) if payload is not None and payload.text else {}
    return value


#: Tables that a plan's files fill, as people call them.
TABLES = {
    "body": "cơ quan",
    "calendarday": "ngày của lịch làm việc",
    "calendaryear": "năm của lịch làm việc",
    "competence": "dòng thẩm quyền",
    "deadlinerule": "thời hạn luật định",
    "duedate": "hạn của nhiệm vụ",
    "instrument": "văn bản pháp luật",
    "legalbasis": "căn cứ pháp luật",
    "obligation": "nhiệm vụ",
    "obligationbody": "phân công nhiệm vụ",
    "penalty": "mức phạt",
    "plan": "kế hoạch",
    "reportform": "mẫu báo cáo",
    "reportperiod": "kỳ báo cáo",
    "territory": "đơn vị hành chính",
}


@dataclass(frozen=True)
class Counted:
    """Rows of one table that a loading added or changed."""

    table: str
    added: int
    changed: int


@dataclass(frozen=True)
class Load:
    """One loading of a plan: its entry, the plan's code, the hash of its files, numbers of rows by table, and rows that were changed."""

    line: Line
    plan: str
    digest: str
    counts: Sequence[Counted]
    changed: Sequence[Mapping[str, Any]]


def plan_loads(actor: Actor) -> list[Load]:
    """Every loading of a plan, the newest first."""
    actor.require("oversight.plan_loads")
    entries = list(Entry.objects.filter(event="plan.loaded").select_related("payload").order_by("-seq"))
    result = []
    for entry, line in zip(entries, lines_of(entries), strict=True):
        said = _payload(entry)
        plan = json.loads(entry.refs).get("plan", "")
        result.append(Load(line, str(plan), str(said.get("digest", "")), _counted(said.get("counts", {})), said.get("changed", [])))
    return result


def _counted(counts: Mapping[str, Mapping[str, int]]) -> list[Counted]:
    return [Counted(TABLES.get(table, table), by.get("added", 0), by.get("changed", 0)) for table, by in counts.items()]
