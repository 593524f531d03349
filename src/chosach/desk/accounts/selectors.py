"""What can be asked about people."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from chosach.desk.accounts.models import Membership, ResetRequest, SecondFactorRule, User
from chosach.desk.core import businessdate
from chosach.desk.core.access import NOBODY, Actor
from chosach.desk.core.errors import Refused

#: A request for a reset that nobody decided on lapses: what was asked long ago may be wanted by nobody any more.
RESET_LASTS = dt.timedelta(days=7)


def current_membership(user: User) -> Membership | None:
    """The role that this person holds on the business date, if any."""
    return _current(Membership.objects.select_related("body").filter(user=user)).first()


def _current(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    today = businessdate.today()
    return memberships.filter(ended_at__isnull=True).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )


def actor_of(user: User) -> Actor:
    """The actor that this person is today. Without a current role in a body, or with a locked account, a person may do nothing, nor may
    jobs that the person left behind."""
    membership = current_membership(user)
    if membership is None or not user.is_active:
        return Actor(id=f"user:{user.pk}", name=str(user), user_id=user.pk)
    return Actor(
        id=f"user:{user.pk}",
        name=str(user),
        user_id=user.pk,
        body_id=membership.body_id,
        body_code=membership.body.code,
        body_name=membership.body.short_name,
        body_kind=membership.body.kind,
        role=membership.role,
        duties=frozenset(membership.duties),
    )


def actor_or_nobody(user: object) -> Actor:
    """The actor of a request's user, signed in or not."""
    return actor_of(user) if isinstance(user, User) else NOBODY


def people_for(actor: Actor) -> QuerySet[User]:
    """Administrators see everybody; a head sees who holds or held a role in the head's own body. With their roles, newest first."""
    roles = Membership.objects.select_related("body")
    if actor.may("accounts.manage"):
        people = User.objects.all()
    elif actor.body_id is not None and actor.may("accounts.see_own_body"):
        roles = roles.filter(body_id=actor.body_id)
        people = User.objects.filter(memberships__body_id=actor.body_id).distinct()
    else:
        raise Refused("accounts.see_own_body")
    return people.prefetch_related(Prefetch("memberships", roles)).order_by("full_name", "username")


def person_for(actor: Actor, user_id: object) -> User:
    """One person that this actor may see; `Refused` otherwise."""
    try:
        return people_for(actor).get(pk=UUID(str(user_id)))
    except (User.DoesNotExist, ValueError):
        raise Refused("object.not_visible", refs={"user": str(user_id)}) from None


def reset_requests(actor: Actor) -> QuerySet[ResetRequest]:
    """What administrators asked for and another one has to decide, the oldest first; not what has lapsed."""
    actor.require("accounts.manage")
    living = ResetRequest.objects.filter(state=ResetRequest.State.WAITING, created_at__gt=timezone.now() - RESET_LASTS)
    return living.select_related("user", "by").order_by("created_at")


def reset_request_for(actor: Actor, request_id: UUID, *, lock: bool = False) -> ResetRequest:
    """One request, decided or not."""
    actor.require("accounts.manage", reset_request=request_id)
    found = ResetRequest.objects.select_related("user", "by").filter(pk=request_id)
    asked = (found.select_for_update(of=("self",)) if lock else found).first()
    if asked is None:
        raise Refused("object.not_visible", refs={"reset_request": str(request_id)})
    return asked


def needs_second_factor(actor: Actor) -> bool:
    """True if a rule (or the setting CHOSACH_MFA_ROLES) asks this actor's role in this body for a second factor."""
    if not actor.role:
        return False
    if actor.role in settings.MFA_REQUIRED_ROLES:
        return True
    return SecondFactorRule.objects.filter(Q(body_id=actor.body_id) | Q(body__isnull=True), role=actor.role).exists()


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def second_factor_rules(actor: Actor) -> QuerySet[SecondFactorRule]:
    actor.require("accounts.manage")
    return SecondFactorRule.objects.select_related("body")


def own_sessions(actor: Actor) -> list[UserSession]:
    """One's own living sessions, the latest first."""
    return [] if actor.user_id is None else _living_sessions(User.objects.get(pk=actor.user_id))


def _living_sessions(user: User) -> list[UserSession]:
    sessions: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)


@dataclass(frozen=True)
class Lockout:
    """A login name that is locked now from at least one address."""

    user: User
    until: dt.datetime
    failures: int


def lockouts(actor: Actor, user: User | None = None) -> list[Lockout]:
    """Who is locked out at this moment, the latest first. Names that belong to nobody are not shown."""
    actor.require("accounts.manage")
    lasts = dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - lasts)
    if user is not None:
        attempts = attempts.filter(username=user.username)
    locked: dict[str, tuple[dt.datetime, int]] = {}
    by_address = attempts.values("username", "ip_address").annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    for row in by_address.filter(failures__gte=settings.AXES_FAILURE_LIMIT):
        until, failures = locked.get(row["username"], (row["last"] + lasts, 0))
        locked[row["username"]] = (max(until, row["last"] + lasts), failures + row["failures"])
    people = User.objects.filter(username__in=locked)
    return sorted((Lockout(person, *locked[person.username]) for person in people), key=lambda lockout: lockout.until, reverse=True)


@dataclass(frozen=True)
class Standing:
    """How an account stands: for the administrator's page about it."""

    user: User
    membership: Membership | None
    has_second_factor: bool
    must_second_factor: bool
    sessions: list[UserSession]
    lockout: Lockout | None


def standing(actor: Actor, user: User) -> Standing:
    actor.require("accounts.manage", user=user.pk)
    return Standing(
        user=user,
        membership=current_membership(user),
        has_second_factor=has_second_factor(user),
        must_second_factor=needs_second_factor(actor_of(user)),
        sessions=_living_sessions(user),
        lockout=next(iter(lockouts(actor, user)), None),
    )
