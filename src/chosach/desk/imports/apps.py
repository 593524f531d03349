from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "chosach.desk.imports"
    label = "imports"
    verbose_name = "Nhập dữ liệu"
