"""Lock-outs after wrong passwords, lifted before their time."""

from axes.models import AccessAttempt

from chosach.desk.accounts.services.people import person_to_change, required_reason
from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record


@in_turn
def lift_lockout(user_id: object, *, actor: Actor, reason: str) -> None:
    """Let a person who is locked out try again at once."""
    user = person_to_change(actor, user_id)
    reason = required_reason(reason)
    AccessAttempt.objects.filter(username=user.username).delete()
    record("signin.unlocked", actor=actor, refs={"user": user.pk}, payload={"reason": reason})
