"""`POST /api/screen` and its description."""

import logging
import traceback
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from chosach.desk.api import services
from chosach.desk.api.probing import watch
from chosach.desk.api.wire import gate, reading
from chosach.desk.api.wire.problems import CONTENT_TYPE, STATUSES, Rejected, response
from chosach.desk.api.wire.schemas import Answer, Question, Trouble
from chosach.desk.core import frame

log = logging.getLogger("chosach.api")


class BearerKey(HttpBearer):
    """A body's key in the header Authorization. What is missing is told like what is wrong: by `gate`."""

    def __call__(self, request: HttpRequest) -> gate.Caller:
        return gate.let_in(request)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError


api = NinjaAPI(
    title="Chợ sạch",
    version="1",
    description="Screening of one listing or text. Stateless: nothing that is sent is kept. Explained in docs/api.md.",
    docs_url=None,
    openapi_url=None,
    auth=BearerKey(),
    urls_namespace="chosach-api-1",
)


@api.post(
    "/screen",
    url_name="screen",
    operation_id="screen",
    summary="Screen one listing or text",
    response={200: Answer, tuple(sorted(set(STATUSES.values()))): Trouble},
    exclude_unset=True,
)
def screen(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Signs of the ten kinds of violation in one listing, for a person to check. Never a verdict. Keys with the scope `reasons` are
    told the words and figures that a sign rests on, the law and what would clear the seller; others only kind and level."""
    caller: gate.Caller = request.auth  # type: ignore[attr-defined]
    result = reading.screened(question)
    kinds = reading.told(result.findings)
    services.count_told(caller.turn, kinds)
    if variants := watch.notice(caller.key.pk, result.text, told=bool(kinds)):
        services.note_probing(caller.key, variants)
    return reading.answer(result, reasons=caller.key.gives_reasons)


@api.exception_handler(Rejected)
def _rejected(request: HttpRequest, error: Rejected) -> HttpResponse:
    return response(error)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return response(Rejected("request.bad_json", "Nội dung không phải JSON đọc được."))


_MESSAGES = {
    "missing": "Thiếu trường này.",
    "extra_forbidden": "Không có trường mang tên này.",
    "text_or_title": "Ghi title hoặc text, một trong hai.",
    "text_alone": "text đứng một mình: không ghi kèm description, category, brand, origin.",
    "nothing_to_screen": "Không có gì để sàng lọc: title, description hoặc text phải có chữ.",
    "string_unicode": "Chữ không phải Unicode hợp lệ.",
}


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which field is wrong and how. What was sent is not told back: it would stand in the caller's logs."""
    errors = [
        {
            "where": ".".join(str(part) for part in found["loc"][2:]) or "body",
            "code": str(found["type"]),
            "message": _MESSAGES.get(found["type"], "Giá trị không đúng kiểu hoặc ngoài khoảng cho phép."),
        }
        for found in error.errors[:20]
    ]
    return response(Rejected("request.invalid", "Có trường không đúng. Xem errors.", errors=errors))


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.warning("the database did not answer in time")
    return response(Rejected("server.busy", "Máy chủ đang bận. Hãy thử lại sau ít giây.", retry_after=2))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Told to the operator by its kind and the places it came through: an exception's own words may repeat what was sent."""
    places = [f"{Path(frame_.filename).name}:{frame_.lineno}" for frame_ in traceback.extract_tb(error.__traceback__)[-4:]]
    log.error("screening failed: %s at %s", type(error).__name__, " > ".join(places))
    return response(Rejected("server.error", "Máy chủ gặp lỗi. Quản trị viên xem được lỗi trong nhật ký."))


_screen: Any = next(pattern.callback for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name == "screen")


@csrf_exempt
def screen_view(request: HttpRequest) -> HttpResponseBase:
    """No session, no form: the key alone says who asks."""
    if request.method != "POST":
        refused = response(Rejected("request.method", "Địa chỉ này chỉ nhận POST."))
        refused.headers["Allow"] = "POST"
        return refused
    answer: HttpResponseBase = _screen(request)
    if answer.status_code == STATUSES["request.too_large"]:
        gate.pass_over(request)
    return answer


screen_view.page_methods = frozenset({"POST"})  # type: ignore[attr-defined]
screen_view.body_limit = None  # type: ignore[attr-defined] # the gate looks, and answers in JSON


def description() -> dict[str, Any]:
    """The OpenAPI document."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/"))
    schema["info"] = {**schema["info"], "x-chosach-version": frame.version()}
    for operation in (entry for methods in schema["paths"].values() for entry in methods.values()):
        for status, told in operation["responses"].items():
            if int(status) >= 400:
                told["content"] = {CONTENT_TYPE: next(iter(told["content"].values()))}
                told["description"] = ", ".join(code for code, its in STATUSES.items() if its == int(status))
                if int(status) in (429, 503):
                    told["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    return schema


@require_GET
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description, for everybody: it says nothing that the source does not."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
