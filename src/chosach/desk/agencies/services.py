"""What can be done with bodies. Most bodies come from a plan's file; these acts are for what happens between two files."""

import datetime as dt

from chosach.desk.agencies import selectors
from chosach.desk.agencies.models import Body, BodySuccession, Confidence
from chosach.desk.agencies.routing import Proposal, propose_body
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import BodyKind, GoodsGroup, ViolationKind
from chosach.desk.ledger.services import in_turn, record

__all__ = ["Proposal", "add_body", "merge_bodies", "propose_body", "rename_body", "set_contact"]


@in_turn
def add_body(
    *,
    actor: Actor,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    territory: str = "",
    contact: str = "",
    valid_from: dt.date | None = None,
) -> Body:
    """Add a body that no plan's file holds (a provider, a new department)."""
    actor.require("agencies.keep")
    if kind not in BodyKind.values:
        raise Problem("body.kind_unknown", "Loại cơ quan không có trong danh mục.", where="kind")
    if not name.strip() or not short_name.strip():
        raise Problem("body.name_missing", "Hãy ghi tên và tên ngắn của cơ quan.", where="name")
    if Body.objects.filter(code=code).exists():
        raise Problem("body.code_taken", f"Mã “{code}” đã có cơ quan khác dùng.", where="code")
    fields = {"name": name.strip(), "short_name": short_name.strip(), "kind": kind, "territory": territory, "contact": contact}
    new = Body.objects.create(code=code, valid_from=valid_from, **fields)
    record("body.added", actor=actor, refs={"body": new.code}, payload=dict(fields, valid_from=valid_from))
    return new


@in_turn
def rename_body(*, actor: Actor, code: str, name: str, short_name: str) -> Body:
    """Give a body a new name. The code, and with it the history, stays."""
    actor.require("agencies.keep", body=code)
    a_body = selectors.body(code)
    if not name.strip() or not short_name.strip():
        raise Problem("body.name_missing", "Hãy ghi tên và tên ngắn của cơ quan.", where="name")
    before = {"name": a_body.name, "short_name": a_body.short_name}
    after = {"name": name.strip(), "short_name": short_name.strip()}
    if before == after:
        return a_body
    a_body.name, a_body.short_name = after["name"], after["short_name"]
    a_body.save(update_fields=["name", "short_name"])
    record("body.changed", actor=actor, refs={"body": code}, payload={"before": before, "after": after})
    return a_body


@in_turn
def set_contact(*, actor: Actor, code: str, contact: str) -> Body:
    """Keep the contact that other bodies see. The head of the body itself, or the administrator."""
    if not actor.may("agencies.keep"):
        actor.require("agencies.contact", body=code)
        if actor.body_code != code:
            raise Refused("object.not_visible", refs={"body": code})
    a_body = selectors.body(code)
    if len(contact) > 200:
        raise Problem("body.contact_long", "Liên hệ dài quá 200 ký tự.", where="contact")
    before = a_body.contact
    if before == contact.strip():
        return a_body
    a_body.contact = contact.strip()
    a_body.save(update_fields=["contact"])
    record("body.changed", actor=actor, refs={"body": code}, payload={"before": {"contact": before}, "after": {"contact": a_body.contact}})
    return a_body


@in_turn
def merge_bodies(
    *,
    actor: Actor,
    code: str,
    into: str,
    on: dt.date,
    ground: str,
    kinds: tuple[str, ...] = (),
    goods_groups: tuple[str, ...] = (),
) -> BodySuccession:
    """End a body the day before `on`; `into` takes over (all, or the kinds and goods given). Nothing of its history is touched."""
    actor.require("agencies.keep", body=code)
    old, new = selectors.body(code), selectors.body(into)
    if old.pk == new.pk:
        raise Problem("body.merge_self", "Một cơ quan không thể hợp nhất vào chính nó.", where="into")
    if not ground.strip():
        raise Problem("body.ground_missing", "Hãy ghi quyết định hoặc nghị quyết làm căn cứ hợp nhất.", where="ground")
    if set(kinds) - set(ViolationKind.values) or set(goods_groups) - set(GoodsGroup.values):
        raise Problem("body.scope_unknown", "Loại vi phạm hoặc nhóm hàng không có trong danh mục.", where="kinds")
    last_day = on - dt.timedelta(days=1)
    if old.valid_to is not None and old.valid_to < last_day:
        raise Problem("body.ended", f"{old.short_name} đã kết thúc hoạt động từ {old.valid_to:%d/%m/%Y}.", where="on")
    if new.valid_to is not None and new.valid_to < on:
        raise Problem("body.successor_ended", f"{new.short_name} không còn hoạt động vào ngày tiếp nhận.", where="into")
    if _leads_to(new, old):
        raise Problem("body.merge_circle", f"{old.short_name} đang là cơ quan kế thừa của {new.short_name}.", where="into")
    old.valid_to = last_day
    old.save(update_fields=["valid_to"])
    step, _ = BodySuccession.objects.update_or_create(
        body=old,
        successor=new,
        defaults={
            "on": on, "ground": ground.strip(), "kinds": list(kinds), "goods_groups": list(goods_groups), "confidence": Confidence.VERIFIED,
        },
    )  # fmt: skip
    payload = {"into": into, "on": on, "ground": ground.strip(), "kinds": list(kinds), "goods_groups": list(goods_groups)}
    record("body.merged", actor=actor, refs={"body": [code, into]}, payload=payload)
    return step


def _leads_to(start: Body, goal: Body) -> bool:
    """True if following successors from `start` reaches `goal`."""
    seen, todo = set(), [start.pk]
    while todo:
        here = todo.pop()
        if here == goal.pk:
            return True
        if here not in seen:
            seen.add(here)
            todo += BodySuccession.objects.filter(body_id=here).values_list("successor_id", flat=True)
    return False
