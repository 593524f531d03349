from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "chosach.desk.reports"
    label = "reports"
    verbose_name = "Báo cáo"
