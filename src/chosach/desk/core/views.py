"""The first page, and the pages for what went wrong."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from chosach.desk.core import home as home_sections
from chosach.desk.core.pages import Request, page


@page(None)
def home(request: Request) -> HttpResponseBase:
    """Where a person starts: what waits for them."""
    sections = home_sections.sections_for(request.actor)
    context = {
        "sections": sections,
        "waiting": [section for section in sections if section.count],
        "idle": [section for section in sections if not section.count],
    }
    return render(request, "core/home.html", context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's seal (CSRF token) is missing or old."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke, perhaps the database: the page asks nothing of it."""
    return HttpResponse(render_to_string("500.html"), status=500)
