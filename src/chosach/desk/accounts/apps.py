from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "chosach.desk.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed

        from chosach.desk.accounts.adapter import note_wrong_code

        authentication_failed.connect(note_wrong_code, dispatch_uid="ledger")
