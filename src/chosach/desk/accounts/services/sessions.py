"""Sessions: a person ends their own, an administrator ends all of a person."""

import re

from allauth.usersessions.models import UserSession

from chosach.desk.accounts import selectors
from chosach.desk.accounts.models import User
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record


@in_turn
def end_own_session(session_id: str, *, actor: Actor) -> None:
    """End one of one's own sessions, say of a machine that was lost."""
    number = int(session_id) if re.fullmatch("[0-9]{1,18}", session_id) else 0
    session = UserSession.objects.filter(pk=number, user_id=actor.user_id).first()
    if session is None:
        raise Refused("object.not_visible")
    session.end()
    record("session.revoked", actor=actor, refs={"user": actor.user_id}, payload={"sessions": 1})


@in_turn
def end_sessions(user_id: object, *, actor: Actor, reason: str, but: str = "") -> int:
    """End every session of a person; returns how many. One's own may be ended by anybody, all but the session key `but`."""
    if actor.user_id is not None and str(actor.user_id) == str(user_id):
        user = User.objects.get(pk=actor.user_id)
    else:
        actor.require("accounts.manage", user=user_id)
        user = selectors.person_for(actor, user_id)
        if not reason.strip():
            raise Problem("account.reason_missing", "Hãy ghi lý do.", where="reason")
    ended = revoke_all(user, but=but)
    record("session.revoked", actor=actor, refs={"user": user.pk}, payload={"sessions": ended, "reason": reason.strip()})
    return ended


def revoke_all(user: User, but: str = "") -> int:
    """End the sessions; the caller writes the entry."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for session in sessions:
        session.end()
    return len(sessions)
