from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "chosach.desk.ledger"
    label = "ledger"
    verbose_name = "Sổ cái"
