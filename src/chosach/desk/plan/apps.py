from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "chosach.desk.plan"
    label = "plan"
    verbose_name = "Kế hoạch"
