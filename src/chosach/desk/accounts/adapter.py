"""Sign-in rules that differ from the library's: nobody can sign up; every sign-in and every refusal is an entry in the ledger."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from chosach.desk.accounts.models import User
from chosach.desk.accounts.selectors import actor_of, needs_second_factor
from chosach.desk.core.access import NOBODY
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.ledger.services.refusing import record_refusal

WAIT = "Đã thử sai quá nhiều lần. Hãy đợi vài phút rồi thử lại."


class AccountAdapter(DefaultAccountAdapter):
    """Passwords: sign-in, sign-out, change."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã ngừng hoạt động.",
        "enter_current_password": "Hãy nhập mật khẩu hiện tại.",
        "incorrect_password": "Mật khẩu không đúng.",
        "incorrect_code": "Mã không đúng.",
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "same_as_current": "Mật khẩu mới phải khác mật khẩu hiện tại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @in_turn
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        actor = actor_of(user)
        record("signin.succeeded", actor=actor, refs={"user": user.pk, "body": actor.body_code or None})

    @in_turn
    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            record("session.ended", actor=actor_of(user), refs={"user": user.pk})

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._locked_before = not AxesProxyHandler.is_allowed(request, credentials)
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password of a known person is one entry each (their number is bounded by the lock-out). Unknown names are counted
        like other refusals; what was typed is not kept, for people type passwords into the name field."""
        user = User.objects.filter(username=credentials.get("username", "")).first()
        if user is None:
            record_refusal(Refused("signin.unknown_name"), actor=NOBODY, view="account_login", method="POST")
            return
        if self._locked_before:
            return
        locked = getattr(request, "axes_locked_out", False)
        with transaction.atomic():
            record("signin.locked" if locked else "signin.failed", actor=NOBODY, refs={"user": user.pk})

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseBase:
        """The library would lead to a page that this site hasn't."""
        with transaction.atomic():
            record("signin.failed", actor=NOBODY, refs={"user": user.pk})
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    @in_turn
    def set_password(self, user: User, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)
        record("password.changed", actor=actor_of(user), refs={"user": user.pk})

    def clean_password(self, password: str, user: Any = None) -> str:
        cleaned: str = super().clean_password(password, user=user)
        if user is not None and user.check_password(cleaned):
            raise self.validation_error("same_as_current")
        return cleaned


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: secrets encrypted at rest, and kept where a rule asks for it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Vai trò của anh/chị bắt buộc có xác thực hai lớp nên không thể tắt.",
        "cannot_generate_recovery_codes": "Hãy bật xác thực hai lớp trước khi tạo mã dự phòng.",
        "incorrect_code": "Mã không đúng.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not needs_second_factor(actor_of(authenticator.user))


def note_wrong_code(*, user: User, reauthentication: bool = False, **_: Any) -> None:
    """A wrong code of the second factor is one entry, without the code; the library calls this. Tries beyond the library's limit
    (`ACCOUNT_RATE_LIMITS`) don't get as far, so their number is bounded."""
    actor = actor_of(user) if reauthentication else NOBODY
    with transaction.atomic():
        record("mfa.failed", actor=actor, refs={"user": user.pk})


def _cipher() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def client_address(request: HttpRequest) -> str | None:
    """The client's address (behind CHOSACH_PROXIES proxies), by which lock-outs count; None for a sign-in without a network."""
    try:
        return str(AccountAdapter(request).get_client_ip(request))
    except PermissionDenied:
        return None
