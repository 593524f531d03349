from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "chosach.desk.ledger"
    label = "ledger"
    verbose_name = "Sổ cái"

    def ready(self) -> None:
        from chosach.desk.core import frame
        from chosach.desk.ledger import events, selectors

        events.discover()
        frame.ledger_head_from(selectors.head)
