"""Who may sign in as a head can decide what a head decides. So nobody alone makes that possible: for accounts with more rights than an
officer's, and for roles that give such rights, one administrator asks, another does."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from chosach.desk.accounts.models import Membership, ResetRequest, User
from chosach.desk.accounts.selectors import RESET_LASTS
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.core.kinds import Role
from chosach.desk.ledger.services import record

#: Roles whose rights don't go beyond an officer's.
ORDINARY = (Role.OFFICER, Role.LIAISON)
EVENTS = {
    ResetRequest.Act.PASSWORD: "password.reset_asked",
    ResetRequest.Act.SECOND_FACTOR: "mfa.reset_asked",
    ResetRequest.Act.ROLE: "role.asked",
}


def needs_second(user: User, actor: Actor) -> bool:
    """True if this account holds, or will hold, a role or a duty beyond an officer's, or one is asked for. Who has the server itself (a
    command) is not held up."""
    beyond = Membership.objects.filter(user=user, ended_at__isnull=True).filter(~Q(role__in=ORDINARY) | ~Q(duties=[]))
    asked = ResetRequest.objects.filter(user=user, act=ResetRequest.Act.ROLE, state=ResetRequest.State.WAITING)
    return not actor.is_system and (beyond.exists() or asked.exists())


def gives_more(role: str, duties: Sequence[str], actor: Actor) -> bool:
    """True if a role with these duties has rights beyond an officer's, so that a second administrator has to agree to it."""
    return not actor.is_system and (role not in ORDINARY or bool(duties))


def ask(user: User, act: ResetRequest.Act, *, reason: str, actor: Actor, wanted: Mapping[str, Any] | None = None) -> ResetRequest:
    """Write down what is asked for. A request that lapsed makes room. Part of the act, in its transaction."""
    lapsed = ResetRequest.objects.filter(user=user, act=act, state=ResetRequest.State.WAITING, created_at__lt=timezone.now() - RESET_LASTS)
    lapsed.update(state=ResetRequest.State.REFUSED)
    if ResetRequest.objects.filter(user=user, act=act, state=ResetRequest.State.WAITING).exists():
        raise Problem("account.asked_already", "Việc này đã được đề nghị và đang chờ một quản trị viên khác.")
    made = ResetRequest.objects.create(user=user, act=act, reason=reason[:500], by_id=actor.seat[0], wanted=dict(wanted or {}))
    told = {key: value for key, value in made.wanted.items() if key != "body_name"}
    refs = {"user": user.pk, "reset_request": made.id} | ({"body": told["body"]} if told else {})
    record(EVENTS[act], actor=actor, refs=refs, payload={"reason": reason, **told})
    return made
