from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "chosach.desk.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
