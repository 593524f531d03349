"""Roles within bodies: given and ended, the history kept."""

from collections.abc import Sequence

from django.utils import timezone

from chosach.desk.accounts import selectors
from chosach.desk.accounts.models import Membership, ResetRequest, User
from chosach.desk.accounts.permissions import DUTIES
from chosach.desk.accounts.services.asking import ask, gives_more
from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import is_current
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.core.kinds import BodyKind, Role
from chosach.desk.ledger.services import in_turn, record


@in_turn
def give_role(
    user_id: object, *, actor: Actor, body: Body, role: str, title: str = "", duties: Sequence[str] = (), reason: str = ""
) -> Membership | ResetRequest:
    """Give a person a role in a body. The role held so far ends with it: one person acts in one body at a time. A role with more rights
    than an officer's is only asked for: another administrator decides (`resets.agree_reset`)."""
    actor.require("accounts.manage", user=user_id)
    user = selectors.person_for(actor, user_id)
    _check_not_own(actor, user)
    if gives_more(role, duties, actor):
        check_role(user, body=body, role=role, duties=duties)
        return ask_role(user, actor=actor, body=body, role=role, title=title, duties=duties, reason=reason)
    return change_role(user, actor=actor, body=body, role=role, title=title, duties=duties, reason=reason)


def ask_role(user: User, *, actor: Actor, body: Body, role: str, title: str, duties: Sequence[str], reason: str = "") -> ResetRequest:
    """Ask for a role that another administrator has to agree to. Part of the act, in its transaction; the role has been checked."""
    wanted = {"body": body.code, "role": role, "title": " ".join(title.split()), "duties": sorted(set(duties)), "body_name": body.name}
    return ask(user, ResetRequest.Act.ROLE, reason=reason, actor=actor, wanted=wanted)


def change_role(
    user: User, *, actor: Actor, body: Body, role: str, title: str, duties: Sequence[str], reason: str, **told: object
) -> Membership:
    """End the role held so far and open another. Part of the act that decides it; `told`: what its entry says besides."""
    check_role(user, body=body, role=role, duties=duties)
    if not (role == Role.ADMINISTRATOR and body.kind == BodyKind.ADMINISTRATION):
        check_not_last_administrator(user)
    close_role(user, actor=actor, reason=reason)
    return open_role(user, actor=actor, body=body, role=role, title=title, duties=duties, **told)


@in_turn
def end_role(user_id: object, *, actor: Actor, reason: str) -> None:
    """End a person's role. The account stays but may do nothing."""
    actor.require("accounts.manage", user=user_id)
    user = selectors.person_for(actor, user_id)
    _check_not_own(actor, user)
    if not reason.strip():
        raise Problem("account.reason_missing", "Hãy ghi lý do.", where="reason")
    check_not_last_administrator(user)
    if not close_role(user, actor=actor, reason=reason.strip()):
        raise Problem("role.none", "Người này hiện không giữ vai trò nào.")


def check_role(user: User, *, body: Body, role: str, duties: Sequence[str]) -> None:
    """The account is open and the role is one that this body has."""
    if not user.is_active:
        raise Problem("role.account_inactive", "Tài khoản đã ngừng. Hãy mở lại tài khoản trước khi giao vai trò.")
    if role not in Role.values:
        raise Problem("role.unknown", f"Không có vai trò “{role}”.", where="role")
    if not is_current(body):
        raise Problem("role.body_ended", f"{body.name} không hoạt động vào ngày này. Hãy chọn cơ quan kế thừa.", where="body")
    unknown = sorted(set(duties) - set(DUTIES))
    if unknown:
        raise Problem("role.unknown_duty", f"Không có nhiệm vụ “{', '.join(unknown)}”.", where="duties")
    if (role == Role.ADMINISTRATOR) != (body.kind == BodyKind.ADMINISTRATION):
        raise Problem(
            "role.administrator_apart", "Quản trị viên thuộc bộ phận quản trị hệ thống, và bộ phận này chỉ có quản trị viên.", where="role"
        )
    if (role == Role.AUDITOR) != (body.kind == BodyKind.AUDIT):
        raise Problem("role.auditor_apart", "Kiểm toán viên thuộc bộ phận kiểm toán, và bộ phận này chỉ có kiểm toán viên.", where="role")


def open_role(user: User, *, actor: Actor, body: Body, role: str, title: str, duties: Sequence[str], **told: object) -> Membership:
    """Check and write a new role, from the business date on. For the acts of this app; they have asked for the permission."""
    check_role(user, body=body, role=role, duties=duties)
    membership = Membership.objects.create(
        user=user, body=body, role=role, title=" ".join(title.split()), duties=sorted(set(duties)), valid_from=businessdate.today()
    )
    record(
        "role.given",
        actor=actor,
        refs={"user": user.pk, "body": body.code, "membership": membership.pk},
        payload={"role": role, "title": membership.title, "duties": membership.duties, **told},
    )
    return membership


def close_role(user: User, *, actor: Actor, reason: str) -> bool:
    """End the open role, if there is one."""
    membership = Membership.objects.select_related("body").filter(user=user, ended_at__isnull=True).first()
    if membership is None:
        return False
    membership.ended_at = timezone.now()
    membership.valid_to = businessdate.today()
    membership.save(update_fields=["ended_at", "valid_to"])
    record(
        "role.ended",
        actor=actor,
        refs={"user": user.pk, "body": membership.body.code, "membership": membership.pk},
        payload={"role": membership.role, "reason": reason},
    )
    return True


def check_not_last_administrator(user: User) -> None:
    """Somebody must be left who can manage accounts."""
    administrators = Membership.objects.filter(
        role=Role.ADMINISTRATOR, body__kind=BodyKind.ADMINISTRATION, ended_at__isnull=True, user__is_active=True
    ).values_list("user_id", flat=True)
    if list(administrators) == [user.pk]:
        raise Problem("account.last_administrator", "Đây là quản trị viên cuối cùng. Hãy giao vai trò quản trị cho người khác trước.")


def _check_not_own(actor: Actor, user: User) -> None:
    if user.pk == actor.user_id:
        raise Problem("account.own", "Không thể tự làm việc này với tài khoản của chính mình. Hãy nhờ một quản trị viên khác.")
