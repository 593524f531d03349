from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "chosach.desk.leads"
    label = "leads"
    verbose_name = "Đầu mối"
