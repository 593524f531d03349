"""Ways back from what was done to a lead by mistake."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from chosach.desk.core.pages import Request, page
from chosach.desk.leads import services
from chosach.desk.leads.forms import AnswerForm
from chosach.desk.leads.views import act, call


@page("leads.take_back", methods=("POST",))
def take_back(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.take_back, lead_id, request.actor)
    form = AnswerForm(request.POST, auto_id="molai_%s")
    return act(request, lead_id, "take_back", form=form, do=do, said="Đã mở lại đầu mối; nhãn của lần bỏ qua không còn được tính.")


@page("leads.take_back", methods=("POST",))
def take_back_acceptance(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.take_back_acceptance, lead_id, request.actor)
    form = AnswerForm(request.POST, auto_id="ruttiepnhan_%s")
    said = "Đã rút lại việc tiếp nhận; đầu mối được tính lại theo các dấu hiệu hiện có."
    return act(request, lead_id, "take_back_acceptance", form=form, do=do, said=said)


@page("leads.dismiss", methods=("POST",))
def withdraw_dismissal(request: Request, lead_id: UUID) -> HttpResponseBase:
    do = partial(call, services.withdraw_dismissal, lead_id, request.actor)
    form = AnswerForm(request.POST, auto_id="rutdenghi_%s")
    return act(request, lead_id, "withdraw_dismissal", form=form, do=do, said="Đã rút lại đề nghị bỏ qua; đầu mối trở lại hàng chờ.")


@page("leads.take_back", methods=("POST",))
def take_back_findings(request: Request, lead_id: UUID, dismissal_id: UUID) -> HttpResponseBase:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Hãy ghi vì sao rút lại.")
        return redirect("leads:lead", lead_id=lead_id)
    answer = form.cleaned_data["answer"]

    def do(_: dict[str, Any]) -> object:
        return services.take_back_findings(lead_id, dismissal_id, answer=answer, actor=request.actor)

    said = "Các dấu hiệu này lại được tính; nhãn của lần đánh dấu không còn được tính."
    return act(request, lead_id, "take_back_findings", form=None, do=do, said=said)
