"""What can go wrong for a program: a stable code, a Vietnamese sentence, a status (problem+json, RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

from chosach.desk.core.errors import Problem

CONTENT_TYPE = "application/problem+json"
#: Code → status. docs/api.md lists them all (a test).
STATUSES: dict[str, int] = {
    "request.bad_json": 400,
    "key.missing": 401,
    "key.unknown": 401,
    "key.expired": 401,
    "key.revoked": 401,
    "key.body_ended": 401,
    "request.method": 405,
    "request.length_missing": 411,
    "request.too_large": 413,
    "request.not_json": 415,
    "request.invalid": 422,
    "key.too_many_tries": 429,
    "limit.minute": 429,
    "limit.day": 429,
    "server.error": 500,
    "server.busy": 503,
}


class Rejected(Problem):
    """A request that is not served. `retry_after` in seconds; `errors`: one a field."""

    def __init__(self, code: str, message: str, *, retry_after: int = 0, errors: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(code, message)
        self.retry_after = retry_after
        self.errors = list(errors)


def response(problem: Rejected) -> HttpResponse:
    """The problem as a program reads it."""
    status = STATUSES[problem.code]
    content: dict[str, Any] = {"type": "about:blank", "status": status, "code": problem.code, "title": problem.message}
    if problem.errors:
        content["errors"] = problem.errors
    answer = JsonResponse(content, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})
    if problem.retry_after:
        answer.headers["Retry-After"] = str(problem.retry_after)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="chosach"'
    return answer
