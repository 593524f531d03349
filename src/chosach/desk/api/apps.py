from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "chosach.desk.api"
    label = "api"
    verbose_name = "Giao diện lập trình"
