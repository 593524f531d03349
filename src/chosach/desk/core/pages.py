"""How a page is declared: signed in or not, with which permission, by which method."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from chosach.desk.core.access import Actor

P = ParamSpec("P")


class Request(HttpRequest):
    """A request as every view of the desk gets it: with its actor. Used for typing only."""

    actor: Actor
    htmx: Any


View = Callable[Concatenate[Request, P], HttpResponseBase]


def page(
    permission: str | None, *, methods: tuple[str, ...] = ("GET",), body_limit: str | None = "DATA_UPLOAD_MAX_MEMORY_SIZE"
) -> Callable[[View[P]], View[P]]:
    """A page for people who are signed in. `permission` None: everyone who is; otherwise others get 404 and a ledger entry.
    `body_limit`: the setting that says how many bytes may be sent to it; None: the page looks itself."""

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if permission is not None:
                request.actor.require(permission)
            return view(request, *args, **kwargs)

        allowed = methods + (("HEAD",) if "GET" in methods else ())
        whole: Any = login_required(require_http_methods(list(allowed))(cast("Any", guarded)))
        whole.body_limit = body_limit
        whole.page_methods = frozenset(methods)  # the access table of the tests wants a row for each
        return cast("View[P]", whole)

    return wrap
