"""Pages about keys."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.accounts.entries import lines_of
from chosach.desk.api import selectors, services
from chosach.desk.api.forms import KeyForm, ReasonForm
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.ledger.selectors import entries_of


@page("api.see")
def keys(request: Request) -> HttpResponseBase:
    """Every key that this person may see, in use or not."""
    shown = [(key, selectors.state_of(key)) for key in selectors.keys_for(request.actor)]
    return render(request, "api/keys.html", {"keys": shown, "may_make": request.actor.may("api.manage")})


@page("api.manage", methods=("GET", "POST"))
def add(request: Request) -> HttpResponseBase:
    """A new key; the answer shows its text, once."""
    form = KeyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = services.make_key(actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            return render(request, "api/made.html", {"key": made.key, "text": made.text})
    return render(request, "api/add.html", {"form": form}, status=422 if form.errors else 200)


@page("api.see")
def key(request: Request, key_id: UUID) -> HttpResponseBase:
    """One key: what it may, how much it was used, what was done with it."""
    found = selectors.key_for(request.actor, key_id)
    usage = selectors.usage_of(found)
    context = {
        "key": found,
        "state": selectors.state_of(found),
        "usage": usage,
        "total": {name: sum(getattr(day, name) for day in usage) for name in ("requests", "flagged", "refused", "bytes")},
        "told": selectors.told_by(found),
        "probings": selectors.probings_of(found),
        "history": lines_of(entries_of("api_key", found.pk).select_related("payload"), details=("reason",)),
        "may_revoke": request.actor.may("api.revoke") and found.revoked_at is None,
        "may_review": request.actor.may("api.manage"),
    }
    return render(request, "api/key.html", context)


@page("api.revoke", methods=("GET", "POST"))
def revoke(request: Request, key_id: UUID) -> HttpResponseBase:
    """Take a key back."""
    found = selectors.key_for(request.actor, key_id)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.revoke_key(found.pk, actor=request.actor, reason=form.cleaned_data["reason"])
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã thu hồi khóa.")
            return redirect("api_keys:key", key_id=found.pk)
    return render(request, "api/revoke.html", {"form": form, "key": found}, status=422 if form.errors else 200)


@page("api.manage", methods=("POST",))
def review(request: Request, probing_id: UUID) -> HttpResponseBase:
    """Note what came of asking about a key that was used to try out the screener."""
    probing = services.review_probing(probing_id, actor=request.actor, reason=request.POST.get("reason", "")[:500])
    messages.success(request, "Đã ghi kết quả xem xét.")
    return redirect("api_keys:key", key_id=probing.key_id)
