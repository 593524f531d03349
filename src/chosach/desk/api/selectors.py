"""What can be asked about keys."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import is_current, valid_on
from chosach.desk.api.models import Key, Probing, Told, Usage
from chosach.desk.api.permissions import HOLDERS
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.core.kinds import LEAD_ORDER, Role

SHOWN_DAYS = 30
SOON_DAYS = 14


def today() -> dt.date:
    """Keys end and are counted by the real day, whatever day is simulated: who may come in is no exercise."""
    return timezone.localdate()


def keys_for(actor: Actor) -> QuerySet[Key]:
    """Keys with the day of their last use: of all bodies for administrator and auditor, of the own body for its head."""
    actor.require("api.see")
    keys = Key.objects.select_related("body").annotate(last_used=Max("usage__day"))
    return keys.filter(body_id=actor.seat[1]) if actor.role == Role.HEAD else keys


def key_for(actor: Actor, key_id: UUID) -> Key:
    found = keys_for(actor).filter(pk=key_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"api_key": str(key_id)})
    return found


def holders() -> QuerySet[Body]:
    """Bodies for which a key can be made."""
    return Body.objects.filter(valid_on(businessdate.today()), kind__in=HOLDERS).order_by("name")


@dataclass(frozen=True)
class State:
    """How a key stands: `code` is "" for a key that opens, else why not."""

    code: str
    label: str
    tone: str


_OPEN = State("", "Đang dùng được", "ok")


def state_of(key: Key) -> State:
    if key.revoked_at is not None:
        return State("key.revoked", "Đã thu hồi", "neutral")
    if key.expires_on < today():
        return State("key.expired", "Đã hết hạn", "neutral")
    if not is_current(key.body):
        return State("key.body_ended", "Cơ quan không còn hoạt động", "warn")
    if (key.expires_on - today()).days <= SOON_DAYS:
        return State("", "Sắp hết hạn", "warn")
    return _OPEN


def usage_of(key: Key) -> list[Usage]:
    """The last thirty days on which it was used, the newest first."""
    return list(Usage.objects.filter(key=key, day__gt=today() - dt.timedelta(days=SHOWN_DAYS)))


def told_by(key: Key) -> list[tuple[str, int]]:
    """Kinds told in the last thirty days, in the order of the plan's kinds."""
    since = today() - dt.timedelta(days=SHOWN_DAYS)
    rows = Told.objects.filter(usage__key=key, usage__day__gt=since).order_by().values_list("kind").annotate(n=Sum("count"))
    counts = dict(rows)
    return [(str(kind.value), counts[kind.value]) for kind in LEAD_ORDER if kind.value in counts]


def probings_of(key: Key) -> list[Probing]:
    return list(Probing.objects.filter(key=key)[:SHOWN_DAYS])


def probings_to_review(actor: Actor) -> QuerySet[Probing]:
    actor.require("api.manage")
    return Probing.objects.filter(reviewed_at__isnull=True).select_related("key__body")


def keys_ending(actor: Actor) -> QuerySet[Key]:
    """Keys in use that end within two weeks."""
    return keys_for(actor).filter(revoked_at__isnull=True, expires_on__gte=today(), expires_on__lte=today() + dt.timedelta(days=SOON_DAYS))
