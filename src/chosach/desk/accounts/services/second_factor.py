"""The second factor: reset for a person who lost the phone; rules of who must have one."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from chosach.desk.accounts.models import ResetRequest, SecondFactorRule, User
from chosach.desk.accounts.services.asking import ask, needs_second
from chosach.desk.accounts.services.people import person_to_change, required_reason
from chosach.desk.accounts.services.sessions import revoke_all
from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import Role
from chosach.desk.ledger.services import in_turn, record


@in_turn
def reset_second_factor(user_id: object, *, actor: Actor, reason: str) -> ResetRequest | None:
    """Take a person's second factor and recovery codes away, so that a new one can be set up. Every session ends. For an account with
    more rights than an officer's it is only asked for: another administrator decides (`resets.agree_reset`)."""
    user = person_to_change(actor, user_id)
    reason = required_reason(reason)
    if needs_second(user, actor):
        if not Authenticator.objects.filter(user=user).exists():
            raise Problem("mfa.none", "Người này chưa bật xác thực hai lớp.")
        return ask(user, ResetRequest.Act.SECOND_FACTOR, reason=reason, actor=actor)
    take_second_factor(user, actor=actor, reason=reason)
    return None


def take_second_factor(user: User, *, actor: Actor, reason: str, **told: object) -> None:
    """Take it away. Part of the act that decides it; `told`: what its entry says besides."""
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        raise Problem("mfa.none", "Người này chưa bật xác thực hai lớp.")
    revoke_all(user)
    record("mfa.reset", actor=actor, refs={"user": user.pk}, payload={"reason": reason, **told})


@in_turn
def add_rule(*, actor: Actor, role: str, body: Body | None = None) -> SecondFactorRule:
    """From now on this role (in one body, or in all) must sign in with a second factor."""
    actor.require("accounts.manage")
    if role not in Role.values:
        raise Problem("role.unknown", f"Không có vai trò “{role}”.", where="role")
    rule, made = SecondFactorRule.objects.get_or_create(body=body, role=role)
    if not made:
        raise Problem("mfa.rule_exists", "Quy định này đã có.", where="role")
    record("mfa.rule_added", actor=actor, refs={"body": body.code if body else None}, payload={"role": role})
    return rule


@in_turn
def remove_rule(rule_id: UUID, *, actor: Actor) -> None:
    """Take a rule back. Second factors that people have set up stay."""
    actor.require("accounts.manage")
    rule = SecondFactorRule.objects.select_related("body").filter(pk=rule_id).first()
    if rule is None:
        raise Refused("object.not_visible")
    rule.delete()
    record("mfa.rule_removed", actor=actor, refs={"body": rule.body.code if rule.body else None}, payload={"role": rule.role})
