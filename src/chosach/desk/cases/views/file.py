"""The case's own page, its print view, and what is put into the file."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.cases import forms, stages
from chosach.desk.cases.models import Case
from chosach.desk.cases.routing import competent_for_case
from chosach.desk.cases.selectors import (
    cases_for,
    goods_totals,
    notes_for,
    outcomes_for,
    parties_for,
    sight_of,
    timeline_for,
    transfers_for,
)
from chosach.desk.cases.selectors.access import case_for, contributed_case_for, owned_case_for
from chosach.desk.cases.selectors.figures import clocks_of_case
from chosach.desk.cases.services import contents, opening
from chosach.desk.cases.views.acts import BOTH, Act, perform, posted
from chosach.desk.core.pages import Request, page
from chosach.desk.evidence import services as evidence
from chosach.desk.evidence.forms import EvidenceForm
from chosach.desk.evidence.selectors import evidence_of
from chosach.desk.ledger.services import record
from chosach.desk.rings.selectors import memberships_of

#: Sections of the page (address within it, name), for the line of links at its top.
SECTIONS = (
    ("ket-qua", "Kết quả"),
    ("ben-lien-quan", "Bên liên quan"),
    ("hang-hoa", "Hàng hóa"),
    ("chung-cu", "Chứng cứ"),
    ("ghi-chu", "Ghi chú"),
    ("dau-moi", "Đầu mối"),
    ("tham-gia", "Cơ quan cùng tham gia"),
    ("dien-bien", "Diễn biến"),
)


@page("cases.see")
def case_page(request: Request, case_id: UUID) -> HttpResponseBase:
    """The file. Those who may only know its figures are led to them."""
    if request.actor.may("cases.figures") and not cases_for(request.actor).filter(pk=case_id).exists():
        return redirect("cases:figures", case_id)
    return render(request, "cases/case.html", _contents(request, case_for(request.actor, case_id)))


@page("cases.see")
def print_view(request: Request, case_id: UUID) -> HttpResponseBase:
    """The file on paper. That it was printed stands in the ledger."""
    case = case_for(request.actor, case_id)
    with transaction.atomic():
        record("case.printed", actor=request.actor, refs={"case": case.id})
    return render(request, "cases/print.html", _contents(request, case))


def _contents(request: Request, case: Case) -> dict[str, Any]:
    actor = request.actor
    sight = sight_of(actor, case)
    traders = [link.trader for link in case.trader_links.select_related("trader")]
    totals = goods_totals(case)
    return {
        "case": case,
        "sight": sight,
        "may_decide": sight.owner and actor.may("cases.decide"),
        "may_propose": sight.owner and actor.may("cases.propose") and case.can_be_worked_on,
        "may_manage": sight.owner and actor.may("cases.manage"),
        "may_add": sight.contribute and actor.may("cases.work") and case.can_be_worked_on,
        "may_answer": sight.receiver and actor.may("cases.answer_transfer"),
        "kinds": case.kinds,
        "traders": traders,
        "may_see_traders": actor.may("registry.read"),
        "rings": memberships_of([trader.id for trader in traders]) if actor.may("rings.read") else [],
        "leads": case.lead_links.select_related("lead"),
        "parties": parties_for(actor, case),
        "goods": case.goods.select_related("body"),
        "totals": totals,
        "notes": notes_for(actor, case),
        "sections": SECTIONS,
        "evidence": evidence_of(actor, "case", case.id, with_protected=sight.protected),
        "joined": case.joined.select_related("body", "granted_by"),
        "join_requests": case.join_requests.select_related("body").filter(state="asked") if sight.owner else [],
        "outcomes": outcomes_for(actor, case),
        "closings": case.closings.select_related("proposed_by", "decided_by") if sight.owner else [],
        "transfers": transfers_for(actor, case),
        "clocks": clocks_of_case(case),
        "moves": _onward(case),
        "act_names": stages.ACT_NAMES,
        "competent": competent_for_case(case),
        "timeline": timeline_for(actor, case),
    }


@page("cases.manage", methods=BOTH)
def move_stage(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    form = forms.StageForm(request.POST if request.method == "POST" else None)
    moves = _onward(case)
    act = Act(
        "Chuyển giai đoạn",
        "Chuyển",
        "Đã chuyển giai đoạn.",
        template="cases/stage.html",
        extra={"moves": moves, "act_names": stages.ACT_NAMES},
    )
    return perform(request, case, form, act, lambda given: opening.move_stage(case_id, actor=request.actor, **given))


@page("cases.manage", methods=BOTH)
def classify(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    initial = {"violation_kinds": case.kinds, "place": case.place, "place_how": case.place_how}
    form = forms.ReclassifyForm(request.POST if request.method == "POST" else None, initial=initial)
    act = Act("Sửa loại vi phạm, địa bàn", "Lưu", "Đã sửa phân loại.", "Kết quả đã duyệt trước đó giữ nguyên phân loại cũ.")
    return perform(request, case, form, act, lambda given: opening.classify(case_id, actor=request.actor, **given))


@page("cases.work", methods=BOTH)
def add_party(request: Request, case_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    form = forms.PartyForm(request.POST if request.method == "POST" else None)
    act = Act(
        "Thêm bên liên quan",
        "Thêm",
        "Đã thêm bên liên quan.",
        "Họ tên, định danh, địa chỉ chỉ hiện với cơ quan thụ lý và cơ quan được cấp quyền xem thông tin được bảo vệ.",
    )

    def do(given: dict[str, Any]) -> object:
        chosen = {name: given[name] for name in ("kind", "role", "name", "address")}
        return contents.add_party(case_id, identifiers=form.identifiers(), actor=request.actor, **chosen)

    return perform(request, case, form, act, do)


@page("cases.work", methods=BOTH)
def strike_party(request: Request, case_id: UUID, party_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    _of_case(case.parties, party_id)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = Act("Gạch bên liên quan", "Gạch", "Đã gạch.", "Dòng bị gạch vẫn đọc được, kèm lý do.")
    return perform(request, case, form, act, lambda given: contents.strike_party(case_id, party_id, actor=request.actor, **given))


@page("cases.work", methods=BOTH)
def add_goods(request: Request, case_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    form = forms.GoodsForm(request.POST if request.method == "POST" else None)
    act = Act("Ghi hàng hóa", "Ghi", "Đã ghi hàng hóa.", "Trị giá = số lượng × đơn giá, làm tròn đến đồng.")
    return perform(request, case, form, act, lambda given: contents.add_goods(case_id, actor=request.actor, **given))


@page("cases.work", methods=BOTH)
def change_goods(request: Request, case_id: UUID, line_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    line = _of_case(case.goods, line_id)
    form = forms.GoodsStateForm(request.POST if request.method == "POST" else None, initial={"state": line.state})
    facts = [("Hàng hóa", line.name), ("Tình trạng hiện tại", line.get_state_display())]
    act = Act("Đổi tình trạng hàng hóa", "Lưu", "Đã đổi tình trạng.", facts=facts)
    return perform(request, case, form, act, lambda given: contents.change_goods_state(case_id, line_id, actor=request.actor, **given))


@page("cases.work", methods=BOTH)
def strike_goods(request: Request, case_id: UUID, line_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    line = _of_case(case.goods, line_id)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = Act("Gạch dòng hàng hóa", "Gạch", "Đã gạch.", "Dòng bị gạch vẫn đọc được, kèm lý do.", facts=[("Hàng hóa", line.name)])
    return perform(request, case, form, act, lambda given: contents.strike_goods(case_id, line_id, actor=request.actor, **given))


@page("cases.work", methods=BOTH)
def write_note(request: Request, case_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    form = forms.NoteForm(request.POST if request.method == "POST" else None, case=case)
    act = Act("Viết ghi chú", "Lưu ghi chú", "Đã lưu ghi chú.", "Ghi chú giữ nguyên như đã viết; muốn sửa thì viết ghi chú mới.")
    return perform(request, case, form, act, lambda given: contents.write_note(case_id, actor=request.actor, **given))


@page("evidence.add", methods=BOTH, body_limit="EVIDENCE_MAX_BYTES")
def add_evidence(request: Request, case_id: UUID) -> HttpResponseBase:
    case = contributed_case_for(request.actor, case_id)
    form = EvidenceForm(**posted(request))
    act = Act(
        "Đưa chứng cứ vào hồ sơ",
        "Đưa vào hồ sơ",
        "Đã đưa chứng cứ vào hồ sơ.",
        "Tệp giữ nguyên từng byte, có mã SHA-256; mỗi lần xem, tải, bàn giao đều vào sổ theo dõi.",
        extra={"multipart": True},
    )

    def do(given: dict[str, Any]) -> object:
        file = given.pop("file")
        return evidence.add("case", case_id, chunks=file.chunks(), name=file.name, actor=request.actor, **given)

    return perform(request, case, form, act, do)


def _onward(case: Case) -> list[stages.Move]:
    sent = case.transfers.filter(state="sent").first()
    return stages.onward(case.stage, sent.stage_before if sent else "")


def _of_case(rows: Any, row_id: UUID) -> Any:
    """A row of the case, or a page that does not exist."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise Http404
    return row
