"""Acts that need a second person or another body: outcome, closing, reopening, transfer, taking part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from chosach.desk.cases import forms
from chosach.desk.cases.kinds import OutcomeKind
from chosach.desk.cases.models import Closing, JoinRequest, Outcome, Transfer
from chosach.desk.cases.routing import competent_for_case
from chosach.desk.cases.selectors.access import case_for, owned_case_for
from chosach.desk.cases.selectors.contents import goods_totals
from chosach.desk.cases.services import closing, joining, opening, outcomes, transferring
from chosach.desk.cases.views.acts import BOTH, Act, perform, to_case
from chosach.desk.cases.views.facts import outcome_facts
from chosach.desk.core.errors import Refused
from chosach.desk.core.pages import Request, page

SECOND = "Lãnh đạo đơn vị, là người khác với người đề xuất, phải duyệt."


@page("cases.propose", methods=BOTH)
def propose_outcome(request: Request, case_id: UUID) -> HttpResponseBase:
    """Propose an outcome of the kind chosen in the address (`?loai=`); each kind has its own fields."""
    case = owned_case_for(request.actor, case_id)
    asked = request.GET.get("loai", "")
    kind = OutcomeKind(asked) if asked in OutcomeKind.values else OutcomeKind.INSPECTED
    totals = goods_totals(case)
    initial = {f"goods_{state}": totals[state] or None for state in ("held", "confiscated", "destroyed")}
    form = forms.OutcomeForm(
        request.POST if request.method == "POST" else None, case=case, kind=kind, initial={**initial, "body": case.owner.code}
    )
    act = Act(
        f"Đề xuất kết quả: {kind.label}",
        "Gửi đề xuất",
        "Đã gửi đề xuất; chờ lãnh đạo đơn vị duyệt.",
        "Kết quả đã duyệt không sửa được; muốn sửa thì đề xuất bản đính chính nêu rõ kết quả cũ.",
        SECOND,
        template="cases/outcome.html",
        extra={"kinds": OutcomeKind.choices, "kind": kind},
    )

    def do(given: dict[str, Any]) -> object:
        return outcomes.propose_outcome(case_id, form.given(), confirmed=given["confirmed"], actor=request.actor)

    return perform(request, case, form, act, do)


@page("cases.decide", methods=BOTH)
def decide_outcome(request: Request, case_id: UUID, outcome_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    outcome = Outcome.objects.select_related("body", "proposed_by", "corrects", "handed_to").filter(pk=outcome_id, case=case).first()
    if outcome is None:
        raise Http404
    form = forms.DecideForm(request.POST if request.method == "POST" else None)
    act = Act(
        "Duyệt kết quả",
        "Ghi quyết định",
        "Đã ghi quyết định.",
        "Khi duyệt, số liệu vào sổ cái và vào báo cáo.",
        facts=outcome_facts(outcome),
    )
    return perform(
        request, case, form, act, lambda given: outcomes.decide_outcome(case_id, outcome_id, actor=request.actor, **_decision(given))
    )


@page("cases.propose", methods=BOTH)
def propose_closing(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = Act("Đề xuất kết thúc vụ việc", "Gửi đề xuất", "Đã gửi đề xuất kết thúc.", "Lý do lưu mãi trong hồ sơ và sổ cái.", SECOND)
    return perform(request, case, form, act, lambda given: closing.propose_closing(case_id, actor=request.actor, **given))


@page("cases.decide", methods=BOTH)
def decide_closing(request: Request, case_id: UUID, closing_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    asked = Closing.objects.select_related("proposed_by").filter(pk=closing_id, case=case).first()
    if asked is None:
        raise Http404
    form = forms.DecideForm(request.POST if request.method == "POST" else None)
    facts = [("Người đề xuất", str(asked.proposed_by)), ("Lý do", asked.reason)]
    act = Act("Duyệt kết thúc vụ việc", "Ghi quyết định", "Đã ghi quyết định.", facts=facts)
    return perform(
        request, case, form, act, lambda given: closing.decide_closing(case_id, closing_id, actor=request.actor, **_decision(given))
    )


@page("cases.decide", methods=BOTH)
def reopen(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = Act("Mở lại vụ việc", "Mở lại", "Đã mở lại vụ việc.", "Kết quả và lý do kết thúc trước đây vẫn giữ nguyên.")
    return perform(request, case, form, act, lambda given: opening.reopen(case_id, actor=request.actor, **given))


@page("cases.propose", methods=BOTH)
def propose_transfer(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    proposals = [proposal for proposal in (competent_for_case(case, criminal=True), competent_for_case(case)) if proposal]
    elsewhere = [proposal for proposal in proposals if proposal.body.pk != case.owner_id]
    form = forms.TransferForm(
        request.POST if request.method == "POST" else None, case=case, initial={"to_body": elsewhere[0].body.code} if elsewhere else {}
    )
    labels = ("Có dấu hiệu tội phạm (đề xuất, cần kiểm chứng)", "Theo loại vi phạm (đề xuất, cần kiểm chứng)")
    facts = [(label, f"{found.body.name}: {found.ground}") for label, found in zip(labels, proposals, strict=False)]
    act = Act(
        "Đề xuất chuyển giao",
        "Gửi đề xuất",
        "Đã gửi đề xuất chuyển giao.",
        "Khi gửi, hồ sơ được niêm phong: danh mục chứng cứ và bút toán có một mã chung. "
        "Cơ quan nhận tiếp nhận hoặc trả lại trong thời hạn.",
        SECOND,
        facts,
    )
    return perform(request, case, form, act, lambda given: transferring.propose_transfer(case_id, actor=request.actor, **given))


@page("cases.decide", methods=BOTH)
def decide_transfer(request: Request, case_id: UUID, transfer_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    transfer = _transfer(case.pk, transfer_id)
    form = forms.DecideForm(request.POST if request.method == "POST" else None)
    act = Act("Duyệt gửi chuyển giao", "Ghi quyết định", "Đã ghi quyết định.", facts=_transfer_facts(transfer))
    return perform(
        request, case, form, act, lambda given: transferring.decide_transfer(case_id, transfer_id, actor=request.actor, **_decision(given))
    )


@page("cases.answer_transfer", methods=BOTH)
def answer_transfer(request: Request, case_id: UUID, transfer_id: UUID) -> HttpResponseBase:
    case = case_for(request.actor, case_id)
    transfer = _transfer(case_id, transfer_id)
    if transfer.to_body_id != request.actor.body_id:
        raise Refused("object.not_visible", refs={"case": str(case_id), "transfer": str(transfer_id)})
    form = forms.AnswerTransferForm(request.POST if request.method == "POST" else None)
    facts = [*_transfer_facts(transfer), ("Mã niêm phong", transfer.seal)]
    act = Act("Trả lời chuyển giao", "Gửi trả lời", "Đã trả lời cơ quan gửi.", facts=facts)

    def do(given: dict[str, Any]) -> object:
        accept, answer = given["accept"] == "yes", given["answer"]
        return transferring.answer_transfer(case_id, transfer_id, accept=accept, answer=answer, actor=request.actor)

    return perform(request, case, form, act, do)


@page("cases.see", methods=("POST",))
def check_seal(request: Request, case_id: UUID, transfer_id: UUID) -> HttpResponseBase:
    """Compare the file with its seal; each piece of evidence is hashed anew."""
    problems = transferring.check_seal(case_id, transfer_id, actor=request.actor)
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        messages.success(request, "Hồ sơ khớp với niêm phong: chứng cứ và bút toán còn nguyên.")
    return to_case(case_id)


@page("cases.manage", methods=BOTH)
def join_body(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    form = forms.JoinForm(request.POST if request.method == "POST" else None, case=case)
    act = Act("Cho cơ quan khác cùng tham gia", "Cấp quyền", "Đã cấp quyền tham gia.")
    return perform(request, case, form, act, lambda given: joining.join_body(case_id, actor=request.actor, **given))


@page("cases.manage", methods=BOTH)
def withdraw_body(request: Request, case_id: UUID, joined_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    joined = case.joined.select_related("body").filter(pk=joined_id).first()
    if joined is None:
        raise Http404
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = Act("Thu hồi quyền tham gia", "Thu hồi", "Đã thu hồi quyền tham gia.", facts=[("Cơ quan", joined.body.name)])
    return perform(request, case, form, act, lambda given: joining.withdraw_body(case_id, joined_id, actor=request.actor, **given))


@page("cases.manage", methods=BOTH)
def answer_join(request: Request, case_id: UUID, request_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    asked = JoinRequest.objects.select_related("body", "trader").filter(pk=request_id, case=case).first()
    if asked is None:
        raise Http404
    form = forms.AnswerJoinForm(request.POST if request.method == "POST" else None)
    facts = [("Cơ quan đề nghị", asked.body.name), ("Đối tượng", asked.trader.name), ("Lý do", asked.reason)]
    act = Act("Trả lời đề nghị cùng tham gia", "Gửi trả lời", "Đã trả lời.", facts=facts)
    return perform(request, case, form, act, lambda given: joining.answer_join_request(case_id, request_id, actor=request.actor, **given))


@page("cases.see")
def seal(request: Request, case_id: UUID, transfer_id: UUID) -> HttpResponseBase:
    """The sealed list itself: evidence and entries, to be compared by hand."""
    case = case_for(request.actor, case_id)
    transfer = _transfer(case_id, transfer_id)
    if not transfer.seal:
        raise Http404
    return render(request, "cases/seal.html", {"case": case, "transfer": transfer})


def _transfer(case_id: UUID, transfer_id: UUID) -> Transfer:
    transfer = Transfer.objects.select_related("from_body", "to_body", "proposed_by").filter(pk=transfer_id, case_id=case_id).first()
    if transfer is None:
        raise Http404
    return transfer


def _transfer_facts(transfer: Transfer) -> list[tuple[str, str]]:
    return [
        ("Từ", transfer.from_body.name),
        ("Đến", transfer.to_body.name),
        ("Lý do", transfer.reason),
        ("Căn cứ", transfer.ground),
        ("Người đề xuất", str(transfer.proposed_by)),
    ]


def _decision(given: dict[str, Any]) -> dict[str, Any]:
    return {"approve": given["approve"] == "yes", "reason": given["reason"]}
