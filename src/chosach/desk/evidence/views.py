"""Pages of one piece of evidence: its custody record, its bytes, its hand-over."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.evidence import names, services
from chosach.desk.evidence.forms import HandOverForm
from chosach.desk.evidence.keepers import keeper_of
from chosach.desk.evidence.selectors import custody_of, evidence_for, may_hand_over


@page("evidence.see")
def piece(request: Request, evidence_id: UUID) -> HttpResponseBase:
    """What is known of the piece, and its custody record."""
    evidence = services.view(evidence_id, actor=request.actor)
    keeper = keeper_of(evidence.noun)
    context = {
        "evidence": evidence,
        "custody": custody_of(request.actor, evidence),
        "back": keeper.url(evidence.object_id),
        "may_hand_over": may_hand_over(request.actor, evidence),
    }
    return render(request, "evidence/piece.html", context)


@page("evidence.see")
def download(request: Request, evidence_id: UUID) -> HttpResponseBase:
    """The bytes, checked, always as an attachment that no browser runs."""
    try:
        evidence, file = services.download(evidence_id, actor=request.actor)
    except Problem as problem:
        evidence = evidence_for(request.actor, evidence_id)
        context = {"problem": problem, "evidence": evidence, "back": keeper_of(evidence.noun).url(evidence.object_id)}
        return render(request, "evidence/damaged.html", context, status=409)
    response = FileResponse(file, content_type="application/octet-stream")
    name = names.for_download(evidence.name, evidence.media_type)
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response["Content-Disposition"] = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Length"] = str(evidence.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@page("evidence.hand_over", methods=("GET", "POST"))
def hand_over(request: Request, evidence_id: UUID) -> HttpResponseBase:
    """Record that a copy or the original was handed over."""
    evidence = evidence_for(request.actor, evidence_id)
    keeper_of(evidence.noun).hand_over(request.actor, evidence.object_id)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_over(evidence_id, actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã ghi việc bàn giao vào sổ theo dõi chứng cứ.")
            return redirect("evidence:piece", evidence_id)
    return render(request, "evidence/hand_over.html", {"evidence": evidence, "form": form})
