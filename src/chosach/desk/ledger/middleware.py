"""A refusal answers as if the thing did not exist, and is written to the ledger."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import get_resolver

from chosach.desk.core.access import NOBODY, Actor
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.services import record_refusal


class RefusalMiddleware:
    """Catches `Refused`: the site's own 404 page, the same as for an address that was never there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Django calls this for what a view raises; the view's transaction is rolled back by then."""
        if not isinstance(exception, Refused):
            return None
        record_refusal(exception, actor=_actor(request), view=_view_name(request), method=request.method or "")
        page_not_found: Callable[..., HttpResponseBase] = get_resolver().resolve_error_handler(404)
        return page_not_found(request, exception=Http404())


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
