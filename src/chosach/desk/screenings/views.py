"""Pages of screenings."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render

from chosach.desk.core.kinds import LEAD_ORDER
from chosach.desk.core.pages import Request, page
from chosach.desk.screenings import selectors

PAGE = 50


@page("screenings.read")
def runs(request: Request) -> HttpResponseBase:
    """Every run."""
    found = Paginator(selectors.runs_for(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "screenings/runs.html", {"page": found})


@page("screenings.read")
def run(request: Request, run_id: UUID) -> HttpResponseBase:
    """One run: numbers per kind, and the findings."""
    found = selectors.run_for(request.actor, run_id)
    kinds = [(str(kind), found.kinds[kind]) for kind in LEAD_ORDER if kind in found.kinds]
    kind = request.GET.get("kind", "")
    kind = kind if kind in found.kinds else ""
    context = {
        "run": found,
        "kinds": kinds,
        "kind": kind,
        "total": sum(found.kinds.values()),
        "page": Paginator(selectors.findings_of(found, kind), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "screenings/run.html", context)
