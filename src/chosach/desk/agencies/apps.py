from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "chosach.desk.agencies"
    label = "agencies"
    verbose_name = "Cơ quan"
