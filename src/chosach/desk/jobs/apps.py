from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "chosach.desk.jobs"
    label = "jobs"
    verbose_name = "Việc dài"

    def ready(self) -> None:
        from chosach.desk.jobs import handlers

        handlers.discover()
