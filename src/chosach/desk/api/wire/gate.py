"""Before a word of a request is read: whose key is it, is the body small enough, is there a turn left."""

import contextlib
import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from chosach.desk.accounts.adapter import client_address
from chosach.desk.api import secret, selectors, services
from chosach.desk.api.limits import bad_keys
from chosach.desk.api.models import Key
from chosach.desk.api.services import Turn
from chosach.desk.api.wire.problems import Rejected
from chosach.desk.core.access import NOBODY
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.services.refusing import record_refusal

MOST_BYTES = 65_536
#: Bytes of a body too large that are taken off the line, unkept: whoever is still sending reads no answer, only a broken connection.
MOST_PASSED_OVER = 16_000_000
_PIECE = 65_536
_NOTHING = secret.digest("")
_ENDED = {
    "key.revoked": "Khóa này đã bị thu hồi.",
    "key.expired": "Khóa này đã hết hạn. Hãy đề nghị quản trị viên cấp khóa mới.",
    "key.body_ended": "Cơ quan của khóa này không còn hoạt động.",
}


@dataclass(frozen=True)
class Caller:
    """Who asks, and the turn that was counted."""

    key: Key
    turn: Turn


def let_in(request: HttpRequest) -> Caller:
    """The caller of a sound request. Raises `Rejected`; the body has not been touched by then."""
    key = _key(request)
    size = _size(request)
    if not re.match(r"application/json\s*(;|$)", request.META.get("CONTENT_TYPE", ""), re.I):
        raise Rejected("request.not_json", "Hãy gửi JSON với Content-Type: application/json.")
    now = timezone.now()
    turn = services.take_turn(key, size=size, at=now)
    if turn.over == "minute":
        raise Rejected("limit.minute", "Đã quá số lượt mỗi phút của khóa này.", retry_after=60 - int(now.timestamp()) % 60)
    if turn.over == "day":
        local = timezone.localtime(now)
        left = 86_400 - (local.hour * 3600 + local.minute * 60 + local.second)
        raise Rejected("limit.day", "Đã quá số lượt mỗi ngày của khóa này.", retry_after=left)
    return Caller(key, turn)


def pass_over(request: HttpRequest) -> None:
    """Take what a caller with a good key still sends off the line, piece by piece, so that it gets to read why it was refused. Of more than
    `MOST_PASSED_OVER` nothing: who sends so much may see the connection end."""
    left = int(request.META["CONTENT_LENGTH"])
    if left > MOST_PASSED_OVER:
        return
    with contextlib.suppress(OSError):
        while left > 0 and (piece := request.read(min(_PIECE, left))):
            left -= len(piece)


def _key(request: HttpRequest) -> Key:
    scheme, _, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    text = text.strip() if scheme.lower() == "bearer" else ""
    if not text:
        raise _bad(request, "key.missing", "Thiếu khóa. Hãy gửi Authorization: Bearer <khóa>.")
    prefix = secret.prefix_of(text)
    key = Key.objects.select_related("body").filter(prefix=prefix).first() if prefix else None
    # Compared also where there is no such key, so that both take the same time.
    if not secret.same(secret.digest(text), key.digest if key else _NOTHING) or key is None:
        raise _bad(request, "key.unknown", "Không có khóa này. Hãy kiểm tra lại khóa đã chép.")
    state = selectors.state_of(key)
    if state.code:
        raise _bad(request, state.code, _ENDED[state.code], key)
    return key


def _bad(request: HttpRequest, code: str, message: str, key: Key | None = None) -> Rejected:
    """Count a bad key against its address, and write it to the ledger while the address has tries left."""
    if wait := bad_keys.note(client_address(request) or ""):
        return Rejected("key.too_many_tries", "Quá nhiều lần gửi khóa sai từ địa chỉ này. Hãy đợi rồi thử lại.", retry_after=wait)
    refs = {} if key is None else {"api_key": str(key.pk)}
    record_refusal(Refused(code, refs=refs), actor=NOBODY, view="api:screen", method="POST")
    return Rejected(code, message)


def _size(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or ""
    if not re.fullmatch("[0-9]{1,18}", declared):
        raise Rejected("request.length_missing", "Thiếu Content-Length: không nhận nội dung chưa biết dài bao nhiêu.")
    if int(declared) > MOST_BYTES:
        raise Rejected("request.too_large", f"Nội dung dài quá {MOST_BYTES} byte.")
    return int(declared)
