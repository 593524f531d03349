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
    "api_key": "khóa API",
    "body": "cơ quan",
    "case": "vụ việc",
    "clock": "thời hạn",
    "closing": "đề xuất kết thúc",
    "dismissal": "việc bỏ qua",
    "due": "hạn",
    "entry": "bút toán",
    "evidence": "chứng cứ",
    "goods": "dòng hàng hóa",
    "head": "đầu sổ",
    "identifier": "định danh",
    "import": "lần nhập",
    "job": "việc dài",
    "label": "nhãn",
    "join_request": "đề nghị cùng tham gia",
    "joined": "cơ quan cùng tham gia",
    "lead": "đầu mối",
    "listing": "tin bán",
    "membership": "vai trò",
    "note": "ghi chép",
    "obligation": "nhiệm vụ",
    "order": "lệnh",
    "outcome": "kết quả",
    "party": "bên liên quan",
    "passing": "lần chuyển đầu mối",
    "plan": "kế hoạch",
    "probing": "dấu hiệu dò thử",
    "report": "báo cáo",
    "reset_request": "đề nghị đặt lại đăng nhập",
    "return": "số liệu gửi",
    "screening": "lần sàng lọc",
    "source": "nguồn tin bán",
    "trader": "thương nhân",
    "transfer": "lần chuyển",
    "user": "người dùng",
    "version": "bản học",
    "view": "bộ lọc đã lưu",
    "weight": "trọng số",
    "year": "năm",
}
SYSTEMS = {
    "api": "giao diện lập trình",
    "command": "lệnh quản trị",
    "demo": "bản trình diễn",
    "jobs": "việc dài",
    "ledger": "sổ cái",
    "plan": "nạp kế hoạch",
    "ranking": "xếp hạng",
}
SHOWN_REFS = 6


@dataclass(frozen=True)
class Reference:
    """One object that an entry refers to."""

    noun: str
    label: str
    ref: str
    name: str = ""

    @property
    def key(self) -> str:
        return f"{self.noun}:{self.ref}"

    @property
    def short(self) -> str:
        return self.name or (self.ref if len(self.ref) <= 16 else f"{self.ref[:8]}…")


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
    named = {entry.seq: _pairs(entry) for entry in entries}
    codes = {entry.body for entry in entries} | {ref for pairs in named.values() for noun, ref in pairs if noun == "body"}
    bodies = dict(Body.objects.filter(code__in=codes).values_list("code", "short_name"))
    return [
        Line(
            entry=entry,
            event=label_of(entry.event),
            who=people.get(entry.actor) or _unnamed(entry.actor),
            body=bodies.get(entry.body, entry.body),
            references=[
                Reference(noun, NOUNS.get(noun, noun), ref, bodies.get(ref, "") if noun == "body" else "")
                for noun, ref in named[entry.seq]
                if noun not in hidden
            ],
        )
        for entry in entries
    ]


def _pairs(entry: Entry) -> list[tuple[str, str]]:
    """What an entry refers to: noun and id."""
    named = json.loads(entry.refs)
    return [(noun, ref) for noun, value in named.items() for ref in ([value] if isinstance(value, str) else value)]


def _user_id(actor: str) -> UUID | None:
    kind, _, text = actor.partition(":")
    try:
        return UUID(text) if kind == "user" else None
    except ValueError:
        return None


def _unnamed(actor: str) -> str:
    kind, _, name = actor.partition(":")
    return {"system": f"Hệ thống ({SYSTEMS.get(name, name)})", "nobody": "Người chưa đăng nhập"}.get(kind, actor)
