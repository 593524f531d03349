from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "chosach.desk.agencies"
    label = "agencies"
    verbose_name = "Cơ quan"

    def ready(self) -> None:
        from chosach.desk.agencies import committee
        from chosach.desk.core import frame

        frame.committee_from(committee.name)
