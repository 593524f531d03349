"""A person's own account, where the library's page lacks the ledger entry or the one session to end."""

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chosach.desk.accounts import devices, selectors, services
from chosach.desk.core.pages import Request, page
from chosach.desk.ledger.services import in_turn, record


class Activate(ActivateTOTPView):
    @in_turn
    def form_valid(self, form: Any) -> HttpResponse:
        return _recorded(self.request, "mfa.enabled", super().form_valid(form))


class Deactivate(DeactivateTOTPView):
    @in_turn
    def form_valid(self, form: Any) -> HttpResponse:
        return _recorded(self.request, "mfa.disabled", super().form_valid(form))


class GenerateCodes(GenerateRecoveryCodesView):
    @in_turn
    def form_valid(self, form: Any) -> HttpResponse:
        return _recorded(self.request, "mfa.codes_made", super().form_valid(form))


activate, deactivate, generate_codes = Activate.as_view(), Deactivate.as_view(), GenerateCodes.as_view()


def _recorded(request: Any, event: str, response: HttpResponse) -> HttpResponse:
    record(event, actor=request.actor, refs={"user": request.user.pk})
    return response


@page(None, methods=("GET", "POST"))
def sessions(request: Request) -> HttpResponseBase:
    """One's own sessions. POST ends one (`session`), or all but this one."""
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        if chosen:
            services.end_own_session(chosen, actor=request.actor)
        else:
            services.end_sessions(request.actor.user_id, actor=request.actor, reason="", but=request.session.session_key or "")
        messages.success(request, "Đã kết thúc phiên đăng nhập.")
        return redirect("usersessions_list")
    living = [(session, devices.name_of(session.user_agent)) for session in selectors.own_sessions(request.actor)]
    return render(request, "accounts/sessions.html", {"sessions": living, "session_key": request.session.session_key})
