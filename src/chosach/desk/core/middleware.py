"""What holds for every request: how much may be sent, that answers are kept nowhere, that a problem is told in words."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from chosach.desk.core import views
from chosach.desk.core.errors import Problem

#: What a form adds around the file it sends, in bytes.
FORM_OVERHEAD = 100_000
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SoundRequestMiddleware:
    """Refuses what no page could take, before anything of it is read: more bytes than the page asks for (a form is read, and its files
    are written to the disk, before anybody asks who sent it), and addresses with the sign NUL, which PostgreSQL does not take."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return views.bad_request(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        name = getattr(view, "body_limit", "DATA_UPLOAD_MAX_MEMORY_SIZE")
        if name is None:  # the page looks itself, to say it beside its form
            return None
        limit: int = getattr(settings, name)
        if _length(request) <= limit + FORM_OVERHEAD:
            return None
        return render(request, "413.html", {"limit": limit / 1_000_000}, status=413)


class PrivateMiddleware:
    """No answer is kept in a cache or on the disk of the machine: offices share machines, and after signing out "back" must show
    nothing. Static files are served further out and are kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True)
        return response


class ProblemMiddleware:
    """A `Problem` that no page caught beside its form: a page with the sentence and the code instead of a failure."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return render(request, "422.html", {"problem": exception}, status=422) if isinstance(exception, Problem) else None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
