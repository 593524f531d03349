"""Puts the actor on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from chosach.desk.accounts.selectors import actor_or_nobody


class ActorMiddleware:
    """`request.actor`: who acts, read once a request and only when asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_or_nobody(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)
