"""A lead's history, read from the ledger: what happened, when, and who did it."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core import words
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.leads.models import Dismissal, DismissReason, Lead
from chosach.desk.ledger.events import label_of
from chosach.desk.ledger.selectors import entries_of

TONES = {
    "lead.accepted": "ok",
    "lead.attached": "ok",
    "lead.dismissed": "warn",
    "lead.findings_dismissed": "warn",
    "lead.dismissal_refused": "warn",
}


@dataclass(frozen=True)
class Step:
    title: str
    when: dt.date
    moment: dt.datetime
    who: str
    text: str
    tone: str


def history(lead: Lead) -> list[Step]:
    """The entries of the ledger about this lead, newest first. The caller has asked whether the actor may see the lead."""
    entries = list(entries_of("lead", lead.id).select_related("payload"))
    ids = {UUID(entry.actor.removeprefix("user:")) for entry in entries if entry.actor.startswith("user:")}
    payloads = [json.loads(payload.text) if (payload := getattr(entry, "payload", None)) and payload.text else {} for entry in entries]
    ids |= {UUID(payload["to"]) for entry, payload in zip(entries, payloads, strict=True) if entry.event == "lead.assigned"}
    names = {str(user.id): user.full_name for user in User.objects.filter(id__in=ids)}
    steps = [
        Step(
            title=label_of(entry.event),
            when=dt.date.fromisoformat(entry.business_date),
            moment=entry.moment,
            who=names.get(entry.actor.removeprefix("user:"), "Hệ thống"),
            text=_text(entry.event, payload, names),
            tone=TONES.get(entry.event, ""),
        )
        for entry, payload in zip(entries, payloads, strict=True)
    ]
    return steps[::-1]


def _text(event: str, payload: dict[str, Any], names: dict[str, str]) -> str:
    """One sentence on what the entry holds. A payload that was redacted says nothing."""
    return _SENTENCES.get(event, _answered)(payload, names) if payload else ""


def _answered(said: dict[str, Any], _: dict[str, str]) -> str:
    return str(said.get("answer") or said.get("reason") or "")


def _body(code: str) -> str:
    return str(Body.objects.filter(code=code).values_list("short_name", flat=True).first() or code)


def _dismissed(said: dict[str, Any], _: dict[str, str]) -> str:
    part = f" ({len(said['findings'])} dấu hiệu)" if said.get("findings") else ""
    return f"{DismissReason(said['reason']).label}{part}: {said['text']}"


def _found(said: dict[str, Any], _: dict[str, str]) -> str:
    return f"{ViolationKind(said['kind']).label}, {said['findings']} dấu hiệu trên {said['listings']} tin"


_SENTENCES: dict[str, Callable[[dict[str, Any], dict[str, str]], str]] = {
    "lead.opened": _found,
    "lead.reopened": _found,
    "lead.assigned": lambda said, names: f"Giao cho {names.get(said['to'], '—')}",
    "lead.watched": lambda said, _: f"Đến ngày {words.date(dt.date.fromisoformat(said['until']))}",
    "lead.dismissed": _dismissed,
    "lead.findings_dismissed": _dismissed,
    "lead.dismissal_proposed": lambda said, _: f"{_dismissed(said, _)} (cần người thứ hai vì {Dismissal.Why(said['why_second']).label})",
    "lead.handed_over": lambda said, _: f"{said['to'] or 'Nơi khác'}: {said['reason']}",
    "lead.passed": lambda said, _: f"{_body(said['to'])}: {said['reason']}",
    "lead.pass_accepted": lambda said, _: f"Từ {_body(said['from'])}",
    "lead.pass_returned": lambda said, _: f"{_body(said['to'])}: {said['answer']}",
    "lead.accepted": lambda _said, _names: "",
    "lead.attached": lambda _said, _names: "",
    "lead.joined": lambda _said, _names: "Thương nhân dùng chung định danh với một thương nhân khác",
}
