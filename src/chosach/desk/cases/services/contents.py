"""What is put into a file: parties, goods, notes. Struck with a reason, never removed."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from uuid import UUID

from chosach.desk.agencies.models import Body
from chosach.desk.cases import kinds
from chosach.desk.cases.models import GoodsLine, Note, Party
from chosach.desk.cases.selectors.access import contributed_case_for, sight_of
from chosach.desk.cases.services.checks import text, working
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record

MAX_VND = 10**15


@in_turn
def add_party(
    case_id: UUID,
    *,
    kind: str,
    role: str,
    name: str,
    identifiers: Sequence[dict[str, str]] = (),
    address: str = "",
    actor: Actor,
) -> Party:
    """Add a person or organisation. Identifiers: list of {kind, value}."""
    actor.require("cases.work", case=case_id)
    case = contributed_case_for(actor, case_id, lock=True)
    if not sight_of(actor, case).protected:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    working(case)
    if kind not in kinds.PartyKind.values or role not in kinds.PartyRole.values:
        raise Problem("case.party_kind_unknown", "Hãy chọn loại và tư cách của bên liên quan.", where="role")
    party = Party.objects.create(
        case=case,
        kind=kind,
        role=role,
        name=text(name, "name", "Hãy ghi họ tên hoặc tên tổ chức."),
        identifiers=[{"kind": i["kind"].strip(), "value": i["value"].strip()} for i in identifiers if i["value"].strip()],
        address=address.strip(),
        added_by_id=actor.seat[0],
        body_id=actor.seat[1],
        added_on=businessdate.today(),
    )
    payload = {"kind": kind, "role": role, "name": party.name, "identifiers": party.identifiers, "address": party.address}
    record("case.party_added", actor=actor, refs={"case": case.id, "party": party.id}, payload=payload)
    return party


@in_turn
def strike_party(case_id: UUID, party_id: UUID, *, reason: str, actor: Actor) -> Party:
    """Strike a party that does not belong here. It stays readable, with the reason."""
    actor.require("cases.work", case=case_id)
    case = contributed_case_for(actor, case_id, lock=True)
    party = case.parties.filter(pk=party_id).first()
    if party is None or (party.body_id != actor.body_id and not sight_of(actor, case).owner):
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    working(case)
    if party.struck_on:
        raise Problem("case.already_struck", "Dòng này đã gạch.", where="party")
    party.struck_reason = text(reason, "reason", "Hãy ghi lý do gạch.")
    party.struck_on = businessdate.today()
    party.save(update_fields=["struck_reason", "struck_on"])
    record("case.party_struck", actor=actor, refs={"case": case.id, "party": party.id}, payload={"reason": party.struck_reason})
    return party


@in_turn
def add_goods(
    case_id: UUID,
    *,
    name: str,
    quantity: Decimal,
    unit: str,
    unit_value: int,
    basis: str,
    state: str = kinds.GoodsState.FOUND,
    actor: Actor,
) -> GoodsLine:
    """Write a line of goods. Quantity with up to three decimals; value in whole VND a unit."""
    actor.require("cases.work", case=case_id)
    case = contributed_case_for(actor, case_id, lock=True)
    working(case)
    if not quantity.is_finite() or quantity <= 0 or quantity >= 10**11:
        raise Problem("case.quantity_wrong", "Số lượng phải lớn hơn 0.", where="quantity")
    if quantity != quantity.quantize(Decimal("0.001")):
        raise Problem("case.quantity_wrong", "Số lượng ghi tối đa ba chữ số thập phân.", where="quantity")
    if not 0 <= unit_value <= MAX_VND:
        raise Problem("case.value_wrong", "Đơn giá là số đồng nguyên, không âm.", where="unit_value")
    if basis not in kinds.Basis.values or state not in kinds.GoodsState.values:
        raise Problem("case.goods_choice_unknown", "Hãy chọn căn cứ giá và tình trạng hàng.", where="basis")
    total = int((quantity * unit_value).quantize(Decimal(1), ROUND_HALF_UP))
    if total > MAX_VND:
        raise Problem("case.value_wrong", "Trị giá quá lớn; hãy kiểm tra số lượng và đơn giá.", where="unit_value")
    line = GoodsLine.objects.create(
        case=case,
        name=text(name, "name", "Hãy ghi tên hàng."),
        quantity=quantity,
        unit=text(unit, "unit", "Hãy ghi đơn vị tính."),
        unit_value=unit_value,
        basis=basis,
        total=total,
        state=state,
        body_id=actor.seat[1],
        added_by_id=actor.seat[0],
        added_on=businessdate.today(),
    )
    payload = {
        "name": line.name,
        "quantity": quantity,
        "unit": line.unit,
        "unit_value": unit_value,
        "total": total,
        "state": state,
        "basis": basis,
    }
    record("case.goods_added", actor=actor, refs={"case": case.id, "goods": line.id}, payload=payload)
    return line


@in_turn
def change_goods_state(case_id: UUID, line_id: UUID, *, state: str, reason: str, actor: Actor) -> GoodsLine:
    """Goods were held, confiscated, destroyed or returned."""
    actor.require("cases.work", case=case_id)
    case = contributed_case_for(actor, case_id, lock=True)
    line = _line(case_id, line_id, actor)
    working(case)
    if state not in kinds.GoodsState.values or state == line.state:
        raise Problem("case.goods_state_same", "Hãy chọn một tình trạng khác với hiện tại.", where="state")
    before, line.state = line.state, state
    reason = text(reason, "reason", "Hãy ghi căn cứ (biên bản, quyết định).")
    line.save(update_fields=["state"])
    record(
        "case.goods_state_changed",
        actor=actor,
        refs={"case": case.id, "goods": line.id},
        payload={"from": before, "to": state, "total": line.total, "reason": reason},
    )
    return line


@in_turn
def strike_goods(case_id: UUID, line_id: UUID, *, reason: str, actor: Actor) -> GoodsLine:
    """Strike a wrong line; it stays readable, with the reason."""
    actor.require("cases.work", case=case_id)
    case = contributed_case_for(actor, case_id, lock=True)
    line = _line(case_id, line_id, actor)
    working(case)
    line.struck_reason = text(reason, "reason", "Hãy ghi lý do gạch.")
    line.struck_on = businessdate.today()
    line.save(update_fields=["struck_reason", "struck_on"])
    record("case.goods_struck", actor=actor, refs={"case": case.id, "goods": line.id}, payload={"reason": line.struck_reason})
    return line


@in_turn
def write_note(case_id: UUID, *, words: str, audience: str, audience_body: str = "", actor: Actor) -> Note:
    """Write a note for one's own body, for all that take part, or for one named body that does. Its text is not in the ledger, its
    hash is."""
    actor.require("cases.work", case=case_id)
    case = contributed_case_for(actor, case_id, lock=True)
    working(case)
    words = text(words, "words", "Ghi chú đang trống.")
    if audience not in kinds.Audience.values:
        raise Problem("case.audience_unknown", "Hãy chọn ai đọc được ghi chú.", where="audience")
    body = None
    if audience == kinds.Audience.BODY:
        taking_part = [case.owner_id, *case.joined.filter(withdrawn_on__isnull=True).values_list("body_id", flat=True)]
        body = Body.objects.filter(code=audience_body, pk__in=taking_part).first()
        if body is None:
            raise Problem("case.audience_body_unknown", "Hãy chọn một cơ quan đang tham gia vụ việc.", where="audience_body")
    note = Note.objects.create(
        case=case,
        text=words,
        audience=audience,
        audience_body=body,
        body_id=actor.seat[1],
        author_id=actor.seat[0],
        written_on=businessdate.today(),
    )
    payload = {"audience": audience, "audience_body": body.code if body else "", "sha256": sha256(words.encode()).hexdigest()}
    record("case.note_written", actor=actor, refs={"case": case.id, "note": note.id}, payload=payload)
    return note


def _line(case_id: UUID, line_id: UUID, actor: Actor) -> GoodsLine:
    line = GoodsLine.objects.select_related("case").filter(pk=line_id, case_id=case_id).first()
    if line is None or actor.body_id not in {line.body_id, line.case.owner_id}:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    if line.struck_on:
        raise Problem("case.already_struck", "Dòng này đã gạch.", where="goods")
    return line
