from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "chosach.desk.law"
    label = "law"
    verbose_name = "Pháp luật"
