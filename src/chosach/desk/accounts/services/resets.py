"""The second administrator: agrees to a reset and does it by that, or doesn't."""

from uuid import UUID

from django.utils import timezone

from chosach.desk.accounts.models import ResetRequest
from chosach.desk.accounts.selectors import RESET_LASTS, reset_request_for
from chosach.desk.accounts.services.people import NewPassword, give_password, person_to_change, required_reason
from chosach.desk.accounts.services.roles import change_role
from chosach.desk.accounts.services.second_factor import take_second_factor
from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.services import in_turn, record


@in_turn
def agree_reset(request_id: UUID, *, actor: Actor) -> NewPassword | None:
    """Do what another administrator asked for. A new password is shown to this one, who hands it over; also the first one of an account
    that was made with a role of more rights than an officer's."""
    asked = _waiting(request_id, actor)
    if asked.by_id == actor.user_id:
        raise Problem("account.same_person", "Người đề nghị không được tự làm; cần một quản trị viên khác.")
    if asked.created_at < timezone.now() - RESET_LASTS:
        raise Problem("account.request_lapsed", "Đề nghị này đã quá hạn. Nếu còn cần, hãy đề nghị lại.")
    person_to_change(actor, asked.user_id)
    told = {"asked_by": str(asked.by_id), "request": str(asked.id)}
    made = None
    if asked.act == ResetRequest.Act.PASSWORD:
        made = give_password(asked.user, actor=actor, reason=asked.reason, **told)
    elif asked.act == ResetRequest.Act.ROLE:
        made = _give_asked_role(asked, actor, told)
    else:
        take_second_factor(asked.user, actor=actor, reason=asked.reason, **told)
    _decide(asked, ResetRequest.State.DONE, actor)
    return made


@in_turn
def refuse_reset(request_id: UUID, *, answer: str, actor: Actor) -> ResetRequest:
    """Don't agree, with a reason. Who asked may take the request back in the same way."""
    asked = _waiting(request_id, actor)
    answer = required_reason(answer)[:500]
    _decide(asked, ResetRequest.State.REFUSED, actor, answer)
    refs = {"user": asked.user_id, "reset_request": asked.id}
    record("account.reset_refused", actor=actor, refs=refs, payload={"act": asked.act, "reason": answer, "asked_by": str(asked.by_id)})
    return asked


def _give_asked_role(asked: ResetRequest, actor: Actor, told: dict[str, str]) -> NewPassword | None:
    wanted = asked.wanted
    body = Body.objects.get(code=wanted["body"])
    role = {name: wanted[name] for name in ("role", "title", "duties")}
    change_role(asked.user, actor=actor, body=body, reason=asked.reason, **role, **told)
    if asked.user.has_usable_password():
        return None
    return give_password(asked.user, actor=actor, reason=asked.reason, **told)


def _waiting(request_id: UUID, actor: Actor) -> ResetRequest:
    asked = reset_request_for(actor, request_id, lock=True)
    if asked.state != ResetRequest.State.WAITING:
        raise Problem("account.request_decided", "Đề nghị này đã được quyết định.")
    return asked


def _decide(asked: ResetRequest, state: ResetRequest.State, actor: Actor, answer: str = "") -> None:
    asked.state, asked.second_id, asked.answer = state, actor.user_id, answer
    asked.save(update_fields=["state", "second", "answer"])
