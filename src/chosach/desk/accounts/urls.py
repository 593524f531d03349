"""Sign-in and account pages. Only what the desk uses of the library: nobody signs up or resets a password by e-mail."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/xac-thuc-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/hai-lop/", include("allauth.mfa.urls")),
    path("tai-khoan/phien/", include("allauth.usersessions.urls")),
]
