"""Who must sign in with a second factor."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.accounts import selectors, services
from chosach.desk.accounts.forms import RuleForm
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.kinds import Role
from chosach.desk.core.pages import Request, page


@page("accounts.manage", methods=("GET", "POST"))
def second_factor(request: Request) -> HttpResponseBase:
    """The rules, and a form for one more."""
    form = RuleForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.add_rule(actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã thêm quy định.")
            return redirect("people:second_factor")
    context = {
        "form": form,
        "rules": selectors.second_factor_rules(request.actor),
        "by_setting": [Role(role).label for role in settings.MFA_REQUIRED_ROLES if role in Role.values],
    }
    return render(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


@page("accounts.manage", methods=("POST",))
def remove(request: Request, rule_id: UUID) -> HttpResponseBase:
    """Take a rule back."""
    services.remove_rule(rule_id, actor=request.actor)
    messages.success(request, "Đã bỏ quy định.")
    return redirect("people:second_factor")
