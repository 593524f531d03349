"""Pages of screenings."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from chosach.desk.core.kinds import LEAD_ORDER
from chosach.desk.core.pages import Request, page
from chosach.desk.jobs.views import job_context
from chosach.desk.screenings import selectors
from chosach.desk.screenings.models import ScreeningRun

PAGE = 50
WAYS = frozenset({"fell", "rose"})


@page("screenings.read")
def runs(request: Request) -> HttpResponseBase:
    """Every run."""
    found = Paginator(selectors.runs_for(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "screenings/runs.html", {"page": found})


@page("screenings.read")
def run(request: Request, run_id: UUID) -> HttpResponseBase:
    """One run: how far it is, numbers per kind, and the findings."""
    found = selectors.run_for(request.actor, run_id)
    kinds = [(str(kind), found.kinds[kind]) for kind in LEAD_ORDER if kind in found.kinds]
    kind = request.GET.get("kind", "")
    kind = kind if kind in found.kinds else ""
    total = sum(found.kinds.values())
    context = {
        **_about(request, found),
        "later": max(0, total - selectors.findings_of(found).count()),
        "kinds": kinds,
        "kind": kind,
        "total": total,
        "page": Paginator(selectors.findings_of(found, kind), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "screenings/run.html", context)


def _about(request: Request, found: ScreeningRun) -> dict[str, Any]:
    """What both pages of a run say above. The job's own page, where it is stopped, is for the body that gave it."""
    job, steers = found.job, selectors.may_steer(request.actor, found)
    about: dict[str, Any] = job_context(job) if job else {}
    return {
        **about,
        "run": found,
        "steers": steers,
        "unfinished": job is not None and not found.complete,
        "may_count": request.actor.may("leads.count"),
        "fell": selectors.changes_of(found, "fell").count(),
        "rose": selectors.changes_of(found, "rose").count(),
    }


@page("screenings.read")
def changes(request: Request, run_id: UUID) -> HttpResponseBase:
    """What a run over known listings changed: findings that are likely no more, or are now."""
    found = selectors.run_for(request.actor, run_id)
    way = request.GET.get("chieu", "")
    way = way if way in WAYS else ""
    about = _about(request, found)
    here = reverse("screenings:changes", args=[found.id])
    tabs = [
        ("Tất cả", here, not way, about["fell"] + about["rose"]),
        ("Tụt xuống dưới 50%", f"{here}?chieu=fell", way == "fell", about["fell"]),
        ("Lên từ 50%", f"{here}?chieu=rose", way == "rose", about["rose"]),
    ]
    shown = Paginator(selectors.changes_of(found, way), PAGE).get_page(request.GET.get("page"))
    return render(request, "screenings/changes.html", {**about, "tabs": tabs, "page": shown})
