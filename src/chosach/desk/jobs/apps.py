from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "chosach.desk.jobs"
    label = "jobs"
    verbose_name = "Việc dài"
