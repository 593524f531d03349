"""Words for what the ledger names by codes: objects, actors."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.ledger.events import label_of
from chosach.desk.ledger.models import Entry

NOUNS = {
    "body": "cơ quan",
    "case": "vụ việc",
    "clock": "thời hạn",
    "entry": "bút toán",
    "evidence": "chứng cứ",
    "head": "đầu sổ",
    "import": "lần nhập",
    "job": "việc dài",
    "lead": "đầu mối",
    "listing": "tin bán",
    "obligation": "nhiệm vụ",
    "order": "lệnh",
    "outcome": "kết quả",
    "plan": "kế hoạch",
    "report": "báo cáo",
    "return": "số liệu gửi",
    "trader": "thương nhân",
    "transfer": "lần chuyển",
    "user": "người dùng",
}
SHOWN_REFS = 6


@dataclass(frozen=True)
class Reference:
    """One object that an entry refers to."""

    noun: str
    label: str
    ref: str

    @property
    def key(self) -> str:
        return f"{self.noun}:{self.ref}"

    @property
    def short(self) -> str:
        return self.ref if len(self.ref) <= 12 else f"{self.ref[:8]}…"


@dataclass(frozen=True)
class Line:
    """An entry in words."""

    entry: Entry
    event: str
    who: str
    body: str
    references: list[Reference]

    @property
    def first_references(self) -> list[Reference]:
        return self.references[:SHOWN_REFS]

    @property
    def more_references(self) -> int:
        return max(0, len(self.references) - SHOWN_REFS)


def lines(entries: Iterable[Entry], *, hidden: frozenset[str] = frozenset()) -> list[Line]:
    """Entries in words, with two look-ups for all of them. `hidden`: nouns of objects that the reader does not learn."""
    entries = list(entries)
    ids = {uuid for entry in entries if (uuid := _user_id(entry.actor))}
    people = {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=ids)}
    bodies = dict(Body.objects.filter(code__in={entry.body for entry in entries}).values_list("code", "short_name"))
    return [
        Line(
            entry=entry,
            event=label_of(entry.event),
            who=people.get(entry.actor) or _unnamed(entry.actor),
            body=bodies.get(entry.body, entry.body),
            references=[reference for reference in references(entry) if reference.noun not in hidden],
        )
        for entry in entries
    ]


def references(entry: Entry) -> list[Reference]:
    """What an entry refers to."""
    named = json.loads(entry.refs)
    pairs = [(noun, ref) for noun, value in named.items() for ref in ([value] if isinstance(value, str) else value)]
    return [Reference(noun, NOUNS.get(noun, noun), ref) for noun, ref in pairs]


def _user_id(actor: str) -> UUID | None:
    kind, _, text = actor.partition(":")
    try:
        return UUID(text) if kind == "user" else None
    except ValueError:
        return None


def _unnamed(actor: str) -> str:
    kind, _, name = actor.partition(":")
    return {"system": f"Hệ thống ({name})", "nobody": "Người chưa đăng nhập"}.get(kind, actor)
