from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chosach.desk.cases"
    label = "cases"
    verbose_name = "Vụ việc"
