"""Sign-in and a person's own account. Only what the desk uses of the library: nobody signs up or resets a password by e-mail."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from django.urls import path

from chosach.desk.accounts.views import own

_FACTOR = "tai-khoan/hai-lop/"
urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/xac-thuc-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/phien/", own.sessions, name="usersessions_list"),
    path(_FACTOR, second_factor.index, name="mfa_index"),
    path(f"{_FACTOR}nhap-ma/", second_factor.authenticate, name="mfa_authenticate"),
    path(f"{_FACTOR}xac-thuc-lai/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path(f"{_FACTOR}bat/", own.activate, name="mfa_activate_totp"),
    path(f"{_FACTOR}tat/", own.deactivate, name="mfa_deactivate_totp"),
    path(f"{_FACTOR}ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{_FACTOR}ma-du-phong/tao/", own.generate_codes, name="mfa_generate_recovery_codes"),
    path(f"{_FACTOR}ma-du-phong/tai-ve/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
