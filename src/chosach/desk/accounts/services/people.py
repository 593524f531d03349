"""A person's account: made, given a new first password, ended, opened again."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from chosach.desk.accounts import selectors
from chosach.desk.accounts.models import ResetRequest, User
from chosach.desk.accounts.services.asking import ask, gives_more, needs_second
from chosach.desk.accounts.services.roles import ask_role, check_not_last_administrator, check_role, close_role, open_role
from chosach.desk.accounts.services.sessions import revoke_all
from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.services import in_turn, record

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,62})[a-z0-9]")
#: Letters and digits that cannot be taken for each other when read aloud or written by hand.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class NewPassword:
    """An account and its first password, which is shown once and stands nowhere else.

    `asked`: the account's role waits for a second administrator, who is shown the password then; there is none so far.
    """

    user: User
    password: str
    asked: ResetRequest | None = None


def new_password() -> str:
    """Four groups of four clear characters: 79 bits, can be dictated."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(4)) for _ in range(4))


@in_turn
def add_person(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    body: Body,
    role: str,
    title: str = "",
    duties: Sequence[str] = (),
    password: str | None = None,
    must_change: bool = True,
) -> NewPassword:
    """Make an account with its role in a body. Without `password` a random one is made; `must_change` asks for another at the first
    sign-in. Where the role has more rights than an officer's, the account has neither role nor password until another administrator
    agrees."""
    actor.require("accounts.manage")
    username = username.strip().lower()
    full_name = " ".join(full_name.split())
    if not USERNAME.fullmatch(username):
        raise Problem(
            "account.bad_username",
            "Tên đăng nhập gồm 3 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch nối; đầu và cuối là chữ hoặc số.",
            where="username",
        )
    if not full_name:
        raise Problem("account.name_missing", "Hãy ghi họ và tên.", where="full_name")
    if User.objects.filter(username=username).exists():
        raise Problem("account.username_taken", "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.", where="username")
    second = gives_more(role, duties, actor)
    given = "" if second else password or new_password()
    user = User.objects.create_user(username, given or None, full_name=full_name, must_change_password=must_change)
    record(
        "account.created", actor=actor, refs={"user": user.pk, "body": body.code}, payload={"username": username, "full_name": full_name}
    )
    if second:
        check_role(user, body=body, role=role, duties=duties)
        return NewPassword(user, "", ask_role(user, actor=actor, body=body, role=role, title=title, duties=duties))
    open_role(user, actor=actor, body=body, role=role, title=title, duties=duties)
    return NewPassword(user, given)


@in_turn
def reset_password(user_id: object, *, actor: Actor, reason: str) -> NewPassword | ResetRequest:
    """A new first password for a person who lost theirs. Sessions end; the second factor stays. For an account with more rights than an
    officer's it is only asked for: another administrator decides (`resets.agree_reset`)."""
    user = person_to_change(actor, user_id)
    reason = required_reason(reason)
    if needs_second(user, actor):
        return ask(user, ResetRequest.Act.PASSWORD, reason=reason, actor=actor)
    return give_password(user, actor=actor, reason=reason)


def give_password(user: User, *, actor: Actor, reason: str, **told: object) -> NewPassword:
    """Give the new password. Part of the act that decides it; `told`: what its entry says besides."""
    given = new_password()
    user.set_password(given)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    revoke_all(user)
    record("password.reset", actor=actor, refs={"user": user.pk}, payload={"reason": reason, **told})
    return NewPassword(user, given)


@in_turn
def deactivate(user_id: object, *, actor: Actor, reason: str) -> None:
    """End an account: the role ends, every session ends at once, nobody can sign in with it. History stays."""
    user = person_to_change(actor, user_id)
    reason = required_reason(reason)
    if not user.is_active:
        raise Problem("account.inactive_already", "Tài khoản này đã ngừng từ trước.")
    check_not_last_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    close_role(user, actor=actor, reason=reason)
    ended = revoke_all(user)
    record("account.deactivated", actor=actor, refs={"user": user.pk}, payload={"reason": reason, "sessions": ended})


@in_turn
def reactivate(user_id: object, *, actor: Actor, reason: str) -> None:
    """Open an ended account again. It has no role until one is given."""
    user = person_to_change(actor, user_id)
    reason = required_reason(reason)
    if user.is_active:
        raise Problem("account.active_already", "Tài khoản này đang hoạt động.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.reactivated", actor=actor, refs={"user": user.pk}, payload={"reason": reason})


def person_to_change(actor: Actor, user_id: object) -> User:
    """The person, if this actor manages accounts; never the actor's own account, which another administrator must change."""
    actor.require("accounts.manage", user=user_id)
    user = selectors.person_for(actor, user_id)
    if user.pk == actor.user_id:
        raise Problem("account.own", "Không thể tự làm việc này với tài khoản của chính mình. Hãy nhờ một quản trị viên khác.")
    return user


def required_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Problem("account.reason_missing", "Hãy ghi lý do.", where="reason")
    return reason
