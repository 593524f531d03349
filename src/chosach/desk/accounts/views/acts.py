"""What an administrator can do to an account: each asks for confirmation and a reason first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.accounts import selectors, services
from chosach.desk.accounts.forms import ReasonForm
from chosach.desk.accounts.models import ResetRequest
from chosach.desk.accounts.selectors import Standing
from chosach.desk.accounts.services.asking import needs_second
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page


@dataclass(frozen=True)
class Act:
    """`do(user_id, actor=…, reason=…)` is the service; `possible` says when the account's page offers it."""

    code: str
    label: str
    explanation: str
    do: Callable[..., Any]
    possible: Callable[[Standing], bool]
    done: str
    tone: str = "danger"


ACTS = {
    act.code: act
    for act in (
        Act(
            "mat-khau",
            "Cấp lại mật khẩu",
            "Mật khẩu hiện tại mất hiệu lực, mọi phiên đăng nhập kết thúc. Mật khẩu mới chỉ hiện một lần, phải đổi khi đăng nhập.",
            services.reset_password,
            lambda standing: standing.user.is_active,
            "Đã cấp lại mật khẩu.",
        ),
        Act(
            "hai-lop",
            "Đặt lại xác thực hai lớp",
            "Ứng dụng xác thực và mã dự phòng mất hiệu lực, mọi phiên đăng nhập kết thúc. Chỉ làm khi đã gặp hoặc nhận ra đúng người.",
            services.reset_second_factor,
            lambda standing: standing.has_second_factor,
            "Đã đặt lại xác thực hai lớp.",
        ),
        Act(
            "ket-thuc-phien",
            "Kết thúc mọi phiên đăng nhập",
            "Người này bị đăng xuất khỏi mọi máy và phải đăng nhập lại.",
            services.end_sessions,
            lambda standing: bool(standing.sessions),
            "Đã kết thúc mọi phiên đăng nhập.",
        ),
        Act(
            "go-khoa",
            "Gỡ tạm khóa đăng nhập",
            "Người này được thử đăng nhập lại ngay.",
            services.lift_lockout,
            lambda standing: standing.lockout is not None,
            "Đã gỡ tạm khóa.",
            tone="info",
        ),
        Act(
            "ket-thuc-vai-tro",
            "Kết thúc vai trò",
            "Người này vẫn đăng nhập được nhưng không còn quyền gì cho đến khi được giao vai trò mới. Lịch sử vai trò được giữ lại.",
            services.end_role,
            lambda standing: standing.membership is not None,
            "Đã kết thúc vai trò.",
        ),
        Act(
            "ngung",
            "Ngừng tài khoản",
            "Vai trò và mọi phiên đăng nhập kết thúc ngay, không ai đăng nhập được bằng tài khoản này. Lịch sử được giữ lại.",
            services.deactivate,
            lambda standing: standing.user.is_active,
            "Đã ngừng tài khoản.",
        ),
        Act(
            "mo-lai",
            "Mở lại tài khoản",
            "Tài khoản mở lại nhưng chưa có vai trò nào.",
            services.reactivate,
            lambda standing: not standing.user.is_active,
            "Đã mở lại tài khoản.",
            tone="info",
        ),
    )
}


#: Acts that take a second administrator where the account has more rights than an officer's.
RESETS = frozenset({"mat-khau", "hai-lop"})


def acts_for(standing: Standing) -> list[Act]:
    """What the page of this account offers."""
    return [act for act in ACTS.values() if act.possible(standing)]


@page("accounts.manage", methods=("GET", "POST"))
def act(request: Request, user_id: UUID, code: str) -> HttpResponseBase:
    """Ask for confirmation and reason (GET), then do it (POST)."""
    if code not in ACTS:
        raise Http404
    chosen = ACTS[code]
    user = selectors.person_for(request.actor, user_id)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            result = chosen.do(user.pk, actor=request.actor, reason=form.cleaned_data["reason"])
        except Problem as problem:
            add_problem(form, problem)
        else:
            if isinstance(result, ResetRequest):
                messages.warning(request, "Đã ghi đề nghị. Một quản trị viên khác phải đồng ý thì việc này mới được làm.")
                return redirect("people:person", user_id=user.pk)
            if isinstance(result, services.NewPassword):
                return render(request, "accounts/first_password.html", {"person": result.user, "password": result.password})
            messages.success(request, chosen.done)
            return redirect("people:person", user_id=user.pk)
    second = chosen.code in RESETS and needs_second(user, request.actor)
    context = {"form": form, "person": user, "act": chosen, "second": second}
    return render(request, "accounts/act.html", context, status=422 if form.errors else 200)


@page("accounts.manage", methods=("POST",))
def agree(request: Request, request_id: UUID) -> HttpResponseBase:
    """The second administrator does what another asked for."""
    asked = selectors.reset_request_for(request.actor, request_id)
    try:
        made = services.agree_reset(request_id, actor=request.actor)
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("people:person", user_id=asked.user_id)
    if made is not None:
        return render(request, "accounts/first_password.html", {"person": made.user, "password": made.password})
    role = asked.act == ResetRequest.Act.ROLE
    messages.success(request, "Đã giao vai trò." if role else "Đã đặt lại xác thực hai lớp.")
    return redirect("people:person", user_id=asked.user_id)


@page("accounts.manage", methods=("POST",))
def refuse(request: Request, request_id: UUID) -> HttpResponseBase:
    """The second administrator doesn't agree, or the first takes the request back."""
    asked = selectors.reset_request_for(request.actor, request_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Hãy ghi lý do.")
        return redirect("people:person", user_id=asked.user_id)
    try:
        services.refuse_reset(request_id, answer=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, "Đã ghi; đề nghị không được thực hiện.")
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("people:person", user_id=asked.user_id)
