"""What can be done with keys."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import is_current
from chosach.desk.api import secret, selectors
from chosach.desk.api.models import REASONS, SCREEN, Key, Probing, Told, Usage
from chosach.desk.api.permissions import HOLDERS
from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import STATE
from chosach.desk.ledger.services import in_turn, record

LONGEST = dt.timedelta(days=366)
PER_MINUTE, PER_DAY = 60, 5_000  #: what a form proposes
MOST_PER_MINUTE, MOST_PER_DAY = 600, 200_000


@dataclass(frozen=True)
class NewKey:
    """A key and its text, which is shown once and stands nowhere else."""

    key: Key
    text: str


@in_turn
def make_key(
    *,
    actor: Actor,
    body: Body,
    name: str,
    expires_on: dt.date,
    reasons: bool = False,
    per_minute: int = PER_MINUTE,
    per_day: int = PER_DAY,
) -> NewKey:
    """A key for a body. `reasons`: it is also told which words, rules and figures a finding rests on (bodies of the State only)."""
    actor.require("api.manage", body=body.code)
    name = " ".join(name.split())
    _check(body, name, expires_on, reasons=reasons)
    for value, most, where in ((per_minute, MOST_PER_MINUTE, "per_minute"), (per_day, MOST_PER_DAY, "per_day")):
        if not 1 <= value <= most:
            raise Problem("api_key.limit", f"Ghi một số từ 1 đến {most}.", where=where)
    made = secret.make()
    scopes = [SCREEN, REASONS] if reasons else [SCREEN]
    limits = {"scopes": scopes, "per_minute": per_minute, "per_day": per_day, "expires_on": expires_on}
    key = Key.objects.create(body=body, name=name, prefix=made.prefix, digest=made.digest, **limits)
    record(
        "api.key_made", actor=actor, refs={"api_key": key.pk, "body": body.code}, payload={"name": name, "prefix": made.prefix, **limits}
    )
    return NewKey(key, made.text)


def _check(body: Body, name: str, expires_on: dt.date, *, reasons: bool) -> None:
    today = selectors.today()
    if body.kind not in HOLDERS or not is_current(body):
        raise Problem("api_key.body", f"{body.name} không được cấp khóa API.", where="body")
    if reasons and body.kind not in STATE:
        raise Problem("api_key.reasons", "Chỉ cơ quan nhà nước được nhận lý do: lý do chỉ cho người bán cách né tránh.", where="reasons")
    if not name:
        raise Problem("api_key.name_missing", "Hãy đặt tên cho khóa, ví dụ tên phần mềm sẽ dùng.", where="name")
    if Key.objects.filter(body=body, name=name, revoked_at__isnull=True, expires_on__gte=today).exists():
        raise Problem("api_key.name_taken", "Cơ quan này đã có một khóa đang dùng mang tên đó.", where="name")
    check_end(expires_on)


def check_end(expires_on: dt.date) -> None:
    """A `Problem` unless a key may end on this day."""
    today = selectors.today()
    if expires_on < today:
        raise Problem("api_key.expiry", "Ngày này đã qua: khóa dùng được từ hôm nay và lâu nhất một năm.", where="expires_on")
    if expires_on > today + LONGEST:
        raise Problem("api_key.expiry", "Khóa dùng được lâu nhất một năm.", where="expires_on")


@in_turn
def revoke_key(key_id: UUID, *, actor: Actor, reason: str) -> Key:
    """Take a key back: from this moment it opens nothing. Its use stays to be seen."""
    actor.require("api.revoke", api_key=key_id)
    key = selectors.key_for(actor, key_id)
    reason = reason.strip()
    if not reason:
        raise Problem("api_key.reason_missing", "Hãy ghi lý do.", where="reason")
    if key.revoked_at is not None:
        raise Problem("api_key.revoked_already", "Khóa này đã bị thu hồi từ trước.")
    key.revoked_at = timezone.now()
    key.save(update_fields=["revoked_at"])
    record("api.key_revoked", actor=actor, refs={"api_key": key.pk, "body": key.body.code}, payload={"reason": reason})
    return key


@in_turn
def note_probing(key: Key, variants: int) -> None:
    """Write down, once a key and day, that variants of one text were tried out. The texts are not kept anywhere."""
    _, new = Probing.objects.get_or_create(key=key, on=selectors.today(), defaults={"variants": variants})
    if new:
        refs = {"api_key": key.pk, "body": key.body.code}
        record("api.probing_noticed", actor=system("api"), refs=refs, payload={"variants": variants})


@in_turn
def review_probing(probing_id: UUID, *, actor: Actor, reason: str) -> Probing:
    """The administrator has asked the body and says what came of it."""
    actor.require("api.manage", probing=probing_id)
    probing = Probing.objects.select_related("key__body").filter(pk=probing_id).first()
    if probing is None:
        raise Refused("object.not_visible", refs={"probing": str(probing_id)})
    reason = reason.strip()
    if not reason:
        raise Problem("api_key.reason_missing", "Hãy ghi kết quả xem xét.", where="reason")
    if probing.reviewed_at is not None:
        raise Problem("api_key.reviewed_already", "Dấu hiệu này đã được xem xét.")
    probing.reviewed_at = timezone.now()
    probing.save(update_fields=["reviewed_at"])
    record("api.probing_reviewed", actor=actor, refs={"api_key": probing.key_id, "body": probing.key.body.code}, payload={"reason": reason})
    return probing


@dataclass(frozen=True)
class Turn:
    """One request that was let in, or not: `over` is "" or the limit that refused it (minute, day)."""

    key_id: UUID
    day: dt.date
    over: str = ""


def take_turn(key: Key, *, size: int, at: dt.datetime) -> Turn:
    """Count one request of `size` bytes against the key's limits: one statement, so that two at once never share the last place."""
    day, minute = timezone.localdate(at), int(at.timestamp()) // 60
    mine = Usage.objects.filter(key=key, day=day)
    free = mine.filter(~Q(minute=minute) | Q(in_minute__lt=key.per_minute), requests__lt=key.per_day)
    count = {
        "requests": F("requests") + 1,
        "bytes": F("bytes") + size,
        "in_minute": Case(When(minute=minute, then=F("in_minute") + 1), default=Value(1)),
        "minute": Value(minute),
    }
    if free.update(**count):
        return Turn(key.pk, day)
    if not mine.exists():  # the day's first; who else made the row meanwhile has it counted apart
        Usage.objects.get_or_create(key=key, day=day)
        if free.update(**count):
            return Turn(key.pk, day)
    mine.update(refused=F("refused") + 1)
    return Turn(key.pk, day, "day" if mine.filter(requests__gte=key.per_day).exists() else "minute")


def count_told(turn: Turn, kinds: Iterable[str]) -> None:
    """Count which kinds were told: numbers a day, never with what was screened."""
    kinds = set(kinds)
    if not kinds:
        return
    with transaction.atomic():  # in one commit; rows in the same order everywhere, so that nobody waits in a circle
        usage = Usage.objects.filter(key_id=turn.key_id, day=turn.day)
        usage.update(flagged=F("flagged") + 1)
        for kind in sorted(kinds):
            told = Told.objects.filter(usage__key_id=turn.key_id, usage__day=turn.day, kind=kind)
            if not told.update(count=F("count") + 1):
                Told.objects.get_or_create(usage=usage.get(), kind=kind)
                told.update(count=F("count") + 1)
