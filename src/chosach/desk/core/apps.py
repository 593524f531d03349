from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "chosach.desk.core"
    label = "core"
    verbose_name = "Khung chung"

    def ready(self) -> None:
        from chosach.desk.core import access, navigation

        access.discover()
        navigation.discover()
