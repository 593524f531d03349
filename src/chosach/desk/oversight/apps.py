from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "chosach.desk.oversight"
    label = "oversight"
    verbose_name = "Giám sát"
