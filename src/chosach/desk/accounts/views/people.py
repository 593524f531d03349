"""The administrator's pages about people, and the head's page about the own body."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.accounts import selectors, services
from chosach.desk.accounts.forms import FindForm, PersonForm, ReasonForm, RoleForm
from chosach.desk.accounts.models import ResetRequest
from chosach.desk.accounts.views.acts import acts_for
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page

PER_PAGE = 50
FOUND_AT_MOST = 500
ASKED = "Một quản trị viên khác phải đồng ý thì vai trò mới có hiệu lực."


@page("accounts.manage", methods=("GET", "POST"))
def all_people(request: Request) -> HttpResponseBase:
    """Everybody who has or had an account; POST looks for a name or a body."""
    form = FindForm(request.POST or None)
    people = selectors.people_for(request.actor)
    if form.is_bound and form.is_valid():
        if words := form.cleaned_data["words"].strip():
            people = people.filter(Q(full_name__icontains=words) | Q(username__icontains=words.lower()))
        if body := form.cleaned_data["body"]:
            people = people.filter(memberships__body=body, memberships__ended_at__isnull=True)
    shown = Paginator(people, FOUND_AT_MOST if form.is_bound else PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"people": shown, "form": form})


@page("accounts.see_own_body")
def own_body(request: Request) -> HttpResponseBase:
    """Who holds or held a role in the head's own body."""
    shown = Paginator(selectors.people_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/own_body.html", {"people": shown})


@page("accounts.manage", methods=("GET", "POST"))
def add(request: Request) -> HttpResponseBase:
    """A new person; the answer shows the first password, once."""
    form = PersonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = services.add_person(actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            if made.asked is not None:
                messages.warning(request, f"Đã tạo tài khoản, chưa có vai trò và mật khẩu. {ASKED} Mật khẩu đầu tiên hiện cho người đó.")
                return redirect("people:person", user_id=made.user.pk)
            return render(request, "accounts/first_password.html", {"person": made.user, "password": made.password, "new": True})
    return render(request, "accounts/add.html", {"form": form}, status=422 if form.errors else 200)


@page("accounts.manage")
def person(request: Request, user_id: UUID) -> HttpResponseBase:
    """One account: roles now and before, sign-in, what can be done."""
    user = selectors.person_for(request.actor, user_id)
    standing = selectors.standing(request.actor, user)
    own = user.pk == request.actor.user_id
    requests = [
        (asked, asked.by_id == request.actor.user_id, ReasonForm(auto_id=f"r{at}_%s"))
        for at, asked in enumerate(selectors.reset_requests(request.actor).filter(user=user))
    ]
    acts = [] if own else acts_for(standing)
    return render(request, "accounts/person.html", {"person": user, "standing": standing, "own": own, "acts": acts, "requests": requests})


@page("accounts.manage", methods=("GET", "POST"))
def give_role(request: Request, user_id: UUID) -> HttpResponseBase:
    """Another role for a person; the one held so far ends."""
    user = selectors.person_for(request.actor, user_id)
    form = RoleForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            given = services.give_role(user.pk, actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            if isinstance(given, ResetRequest):
                messages.warning(request, f"Đã ghi đề nghị. {ASKED}")
            else:
                messages.success(request, "Đã giao vai trò.")
            return redirect("people:person", user_id=user.pk)
    context = {"form": form, "person": user, "current": selectors.current_membership(user)}
    return render(request, "accounts/give_role.html", context, status=422 if form.errors else 200)


@page("accounts.manage")
def locked_out(request: Request) -> HttpResponseBase:
    """Who is locked out at this moment."""
    return render(request, "accounts/lockouts.html", {"lockouts": selectors.lockouts(request.actor)})
