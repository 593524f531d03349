from django.apps import AppConfig


class ScreeningsConfig(AppConfig):
    name = "chosach.desk.screenings"
    label = "screenings"
    verbose_name = "Sàng lọc"
