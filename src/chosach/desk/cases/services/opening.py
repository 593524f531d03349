"""Opening a case, attaching leads, classifying, moving by hand between stages, reopening."""

from collections.abc import Collection, Sequence
from uuid import UUID

from chosach.desk.agencies.models import Body
from chosach.desk.cases import kinds, stages
from chosach.desk.cases.models import Case, CaseLead, CaseTrader, NumberSeries
from chosach.desk.cases.numbering import short_code
from chosach.desk.cases.selectors.access import owned_case_for
from chosach.desk.cases.selectors.overlap import open_cases_of_others
from chosach.desk.cases.services.carrying import carry
from chosach.desk.cases.services.checks import kinds_or_problem, text, working
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads import services as leads
from chosach.desk.leads.selectors import lead_for
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Trader


@in_turn
def open_case(
    *,
    title: str,
    ground: str,
    violation_kinds: Sequence[str],
    place: str = kinds.Place.UNKNOWN,
    place_how: str = "",
    lead_ids: Collection[UUID] = (),
    trader_ids: Collection[UUID] = (),
    overlap_reason: str = "",
    actor: Actor,
) -> Case:
    """Open a case of the actor's body, from leads or without. Traders of the leads become the case's traders and parties, their flagged
    listings a piece of evidence (`carrying`).

    Raises `Problem("case.overlap")` when another body has an open file on one of the traders and no reason is given.
    """
    actor.require("cases.open")
    found = [lead_for(actor, lead_id, lock=True) for lead_id in sorted(set(lead_ids))]
    traders = _traders([*trader_ids, *(lead.trader_id for lead in found)])
    title, ground = text(title, "title", "Hãy đặt tên vụ việc."), text(ground, "ground", "Hãy ghi căn cứ mở vụ việc.")
    chosen = kinds_or_problem(violation_kinds)
    _check_place(place, place_how)
    others = _others_or_problem(traders, overlap_reason, actor)
    body = Body.objects.get(pk=actor.seat[1])
    today = businessdate.today()
    number = _next_number(body, today.year)
    case = Case.objects.create(
        number=number,
        title=title,
        ground=ground,
        owner=body,
        opened_by_body=body,
        opened_by_id=actor.seat[0],
        opened_on=today,
        kind=kinds.lead_kind(chosen),
        kinds=chosen,
        place=place,
        place_how=place_how.strip(),
        overlap_reason=overlap_reason.strip() if others else "",
    )
    CaseTrader.objects.bulk_create([CaseTrader(case=case, trader_id=trader) for trader in traders])
    leads.attach_to_case([lead.id for lead in found], case_id=case.id, actor=actor)
    CaseLead.objects.bulk_create([CaseLead(case=case, lead=lead) for lead in found])
    record(
        "case.opened",
        actor=actor,
        refs={"case": case.id, "lead": [lead.id for lead in found], "trader": traders, "body": body.code},
        payload={
            "number": case.number,
            "kind": case.kind,
            "kinds": chosen,
            "place": place,
            "reason": ground,
            "overlap_with": sorted({other.owner.code for other in others}),
            "overlap_reason": case.overlap_reason,
        },
    )
    carry(case, found, actor=actor)
    return case


@in_turn
def attach_lead(case_id: UUID, lead_id: UUID, *, overlap_reason: str = "", actor: Actor) -> CaseLead:
    """Make a lead of the actor's body part of its case; it brings what it would have brought at the opening. Overlap as in `open_case`."""
    actor.require("cases.manage", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    working(case)
    lead = lead_for(actor, lead_id, lock=True)
    if CaseLead.objects.filter(lead=lead).exists():
        raise Problem("case.lead_taken", "Đầu mối này đã nằm trong một vụ việc.", where="lead")
    others = _others_or_problem([lead.trader_id], overlap_reason, actor)
    link = CaseLead.objects.create(case=case, lead=lead)
    CaseTrader.objects.get_or_create(case=case, trader_id=lead.trader_id)
    leads.attach_to_case(lead.id, case_id=case.id, actor=actor)
    payload = {"overlap_with": sorted({other.owner.code for other in others}), "reason": overlap_reason.strip()}
    record("case.lead_attached", actor=actor, refs={"case": case.id, "lead": lead.id, "trader": lead.trader_id}, payload=payload)
    carry(case, [lead], actor=actor)
    return link


@in_turn
def classify(case_id: UUID, *, violation_kinds: Sequence[str], place: str, place_how: str, reason: str, actor: Actor) -> Case:
    """Set the kinds of violation and the place anew, with a reason. Outcomes already recorded keep theirs."""
    actor.require("cases.manage", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    working(case)
    reason = text(reason, "reason", "Hãy ghi lý do sửa phân loại.")
    chosen = kinds_or_problem(violation_kinds)
    _check_place(place, place_how)
    case.kinds, case.kind, case.place, case.place_how = chosen, kinds.lead_kind(chosen), place, place_how.strip()
    case.save(update_fields=["kinds", "kind", "place", "place_how"])
    record(
        "case.classified",
        actor=actor,
        refs={"case": case.id},
        payload={"kind": case.kind, "kinds": chosen, "place": place, "reason": reason},
    )
    return case


@in_turn
def move_stage(case_id: UUID, *, target: str, reason: str = "", actor: Actor) -> Case:
    """Move by hand. A move that is not in the table is a `Problem` that says why and what to do instead."""
    actor.require("cases.manage", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    if target not in stages.Stage.values:
        raise Problem("case.stage_unknown", "Hãy chọn một giai đoạn trong danh sách.", where="target")
    found = stages.move(case.stage, target)
    if found is None or found.act:
        raise Problem("case.move_refused", stages.why_not(case.stage, target), where="target")
    if found.reason_needed:
        reason = text(reason, "reason", f"Bước chuyển này cần lý do. {found.why}")
    source, case.stage = case.stage, target
    case.save(update_fields=["stage"])
    record("case.stage_moved", actor=actor, refs={"case": case.id}, payload={"from": source, "to": target, "reason": reason.strip()})
    return case


@in_turn
def reopen(case_id: UUID, *, reason: str, actor: Actor) -> Case:
    """A head opens a closed case again."""
    actor.require("cases.decide", case=case_id)
    case = owned_case_for(actor, case_id, lock=True)
    if case.stage != stages.Stage.CLOSED:
        raise Problem("case.not_closed", "Chỉ mở lại vụ việc đã kết thúc.", where="case")
    reason = text(reason, "reason", "Hãy ghi lý do mở lại.")
    case.stage, case.closed_on = stages.Stage.REOPENED, None
    case.save(update_fields=["stage", "closed_on"])
    record("case.reopened", actor=actor, refs={"case": case.id}, payload={"reason": reason})
    return case


def _others_or_problem(traders: Collection[UUID], reason: str, actor: Actor) -> list[Case]:
    """Open cases of other bodies on these traders; without a reason to go on beside them, a `Problem` that names bodies and contacts."""
    others = open_cases_of_others(actor.body_id, traders)
    if others and not reason.strip():
        names = ", ".join(sorted({f"{case.owner.name} (liên hệ: {case.owner.contact or 'qua văn thư'})" for case in others}))
        raise Problem(
            "case.overlap",
            f"Đang có hồ sơ mở về đối tượng này tại: {names}. Hãy đề nghị cùng tham gia, hoặc ghi lý do vẫn làm riêng.",
            where="overlap_reason",
        )
    return others


def _traders(ids: Collection[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(ids))
    known = set(Trader.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = [trader for trader in wanted if trader not in known]
    if missing:
        raise Refused("object.not_visible", refs={"trader": str(missing[0])})
    return wanted


def _check_place(place: str, how: str) -> None:
    if place not in kinds.Place.values:
        raise Problem("case.place_unknown", "Hãy chọn địa bàn: trong tỉnh, ngoài tỉnh hoặc chưa rõ.", where="place")
    if place != kinds.Place.UNKNOWN and not how.strip():
        raise Problem("case.place_how_missing", "Hãy ghi biết địa bàn nhờ đâu (đăng ký, kho hàng, địa chỉ gửi…).", where="place_how")


def _next_number(body: Body, year: int) -> str:
    NumberSeries.objects.get_or_create(code=short_code(body), year=year)
    series = NumberSeries.objects.select_for_update().get(code=short_code(body), year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"VV-{series.code}-{year}-{series.last:04d}"
