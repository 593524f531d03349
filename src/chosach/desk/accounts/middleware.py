"""Puts the actor on the request, and sends those first to their account who have something to do there."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from chosach.desk.accounts.models import User
from chosach.desk.accounts.selectors import actor_or_nobody, has_second_factor, needs_second_factor

#: What stays open to a person who must first change the password, or set up the second factor.
_PASSWORD = frozenset({"account_change_password", "account_reauthenticate", "account_logout", "account_login"})
_SECOND_FACTOR = _PASSWORD | {"mfa_activate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_reauthenticate"}


class ActorMiddleware:
    """`request.actor`: who acts, read once a request and only when asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_or_nobody(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class SessionActivityMiddleware:
    """Keeps the list of a person's sessions: made at the first page, its last activity noted every five minutes, not at every page
    (each note is a write)."""

    EVERY = dt.timedelta(minutes=5)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated:
            fresh = UserSession.objects.filter(session_key=key, user=request.user, last_seen_at__gt=timezone.now() - self.EVERY)
            if not fresh.exists():
                UserSession.objects.create_from_request(request)
        return self.get_response(request)


class FirstThingsMiddleware:
    """A first password is changed, and a second factor that the role asks for is set up, before anything else opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User) or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        if user.must_change_password:
            return (
                None
                if name in _PASSWORD
                else _go(
                    request,
                    "account_change_password",
                    "Đây là mật khẩu do quản trị viên cấp. Hãy đổi mật khẩu của riêng mình trước khi làm việc.",
                )
            )
        if name in _SECOND_FACTOR or not needs_second_factor(request.actor) or has_second_factor(user):  # type: ignore[attr-defined]
            return None
        return _go(request, "mfa_activate_totp", "Vai trò của anh/chị phải có xác thực hai lớp. Hãy bật trước khi làm việc.")


def _go(request: HttpRequest, name: str, why: str) -> HttpResponseBase:
    messages.warning(request, why)
    response: HttpResponse = redirect(name)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204, headers={"HX-Redirect": response.headers["Location"]})
    return response
