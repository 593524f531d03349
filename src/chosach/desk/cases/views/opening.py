"""Opening a case, and adding a lead to one."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from chosach.desk.cases.forms import OpenForm, choose
from chosach.desk.cases.models import CaseLead
from chosach.desk.cases.routing import competent_for
from chosach.desk.cases.selectors import open_files_on
from chosach.desk.cases.selectors.access import owned_case_for
from chosach.desk.cases.services import opening
from chosach.desk.cases.views.acts import BOTH, Act, perform, to_case
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.kinds import LEAD_ORDER, ViolationKind
from chosach.desk.core.pages import Request, page
from chosach.desk.leads.facts import read_facts
from chosach.desk.leads.models import OPEN, Lead, LeadState
from chosach.desk.leads.scoring import LIKELY
from chosach.desk.leads.selectors import lead_for, leads_for
from chosach.desk.registry.models import PlaceState, Trader
from chosach.desk.registry.selectors import trader_for


@page("cases.open", methods=BOTH)
def open_case(request: Request) -> HttpResponseBase:
    """Open a case from leads (`?dau-moi=<id>`, once for each), on a trader (`?thuong-nhan=<id>`) or without."""
    leads = [lead_for(request.actor, lead_id) for lead_id in _ids(request, "dau-moi")]
    taken = CaseLead.objects.filter(lead__in=leads).select_related("case").first()
    if taken is not None:
        messages.info(request, "Đầu mối này đã nằm trong vụ việc dưới đây.")
        return to_case(taken.case_id)
    traders = [*(lead.trader for lead in leads), *(trader_for(request.actor, pk) for pk in _ids(request, "thuong-nhan"))]
    form = OpenForm(request.POST if request.method == "POST" else None, initial=_initial(leads) if leads else _of_register(traders))
    others = open_files_on(request.actor, [trader.id for trader in traders])
    form.ask_why_apart(others)
    if request.method == "POST" and form.is_valid():
        try:
            case = opening.open_case(
                lead_ids=[lead.id for lead in leads], trader_ids=[trader.id for trader in traders], actor=request.actor, **form.cleaned_data
            )
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, f"Đã mở vụ việc {case.number}.")
            return to_case(case.pk)
    chosen = request.POST.getlist("violation_kinds") if form.is_bound else form.initial.get("violation_kinds", [])
    known = [kind for kind in chosen if kind in ViolationKind.values]
    competent = competent_for(known, traders=traders, leads=leads) if known else None
    context = {"form": form, "leads": leads, "traders": traders, "others": others, "competent": competent}
    return render(request, "cases/open.html", context, status=422 if form.errors else 200)


def _ids(request: Request, name: str) -> list[UUID]:
    """The ids given in the address under this name, each once; a page that does not exist when one is no id."""
    try:
        return list(dict.fromkeys(UUID(text) for text in request.GET.getlist(name)))
    except ValueError:
        raise Http404 from None


def _initial(leads: list[Lead]) -> dict[str, Any]:
    """What the leads say already; the officer checks and completes it."""
    kinds = list(dict.fromkeys(row.kind for lead in leads for row in lead.kinds.all())) or [lead.kind for lead in leads]
    listings, findings = sum(lead.listings for lead in leads), sum(lead.findings for lead in leads)
    trader = leads[0].trader
    return {
        "violation_kinds": kinds,
        **_place(trader),
        "title": f"{leads[0].get_kind_display()}: {leads[0].trader.name}"[:200],
        "ground": f"Đầu mối từ sàng lọc tin bán: {listings} tin, {findings} dấu hiệu.",
    }


def _of_register(traders: list[Trader]) -> dict[str, Any]:
    """What the register knows of traders: the likely kinds of their listings, and where the first one is whose place is known."""
    if not traders:
        return {}
    placed = next((trader for trader in traders if trader.place != PlaceState.UNKNOWN), traders[0])
    facts = read_facts([trader.id for trader in traders]).values()
    likely = {signal.kind for one in facts for signal in one.signals if signal.probability >= LIKELY}
    return {"violation_kinds": [str(kind.value) for kind in LEAD_ORDER if kind in likely], **_place(placed)}


def _place(trader: Trader) -> dict[str, str]:
    known = trader.place != PlaceState.UNKNOWN
    how = f"{trader.get_place_source_display()}: {trader.place_text}".strip(": ") if known else ""
    return {"place": trader.place, "place_how": how[:300]}


class LeadForm(django_forms.Form):
    """One lead of one's own body that is in no case yet."""

    lead = django_forms.ChoiceField(label="Đầu mối", help_text="200 đầu mối đứng đầu, của cơ quan anh/chị, chưa nằm trong vụ việc nào.")
    overlap_reason = django_forms.CharField(
        label="Lý do vẫn làm riêng",
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ cần, và bắt buộc, khi cơ quan khác đang có hồ sơ về đối tượng của đầu mối.",
    )


@page("cases.manage", methods=BOTH)
def attach_lead(request: Request, case_id: UUID) -> HttpResponseBase:
    case = owned_case_for(request.actor, case_id)
    form = LeadForm(request.POST if request.method == "POST" else None)
    free = leads_for(request.actor).filter(state__in=[*OPEN, LeadState.ACCEPTED], case_id__isnull=True)[:200]
    choose(form, "lead", [(str(lead.id), f"{lead.trader.name} · {lead.get_kind_display()}") for lead in free])
    act = Act("Đưa đầu mối vào vụ việc", "Đưa vào", "Đã đưa đầu mối vào vụ việc.")

    def do(given: dict[str, Any]) -> object:
        return opening.attach_lead(case_id, UUID(given["lead"]), overlap_reason=given["overlap_reason"], actor=request.actor)

    return perform(request, case, form, act, do)
