from django.apps import AppConfig


class RingsConfig(AppConfig):
    name = "chosach.desk.rings"
    label = "rings"
    verbose_name = "Đường dây"

    def ready(self) -> None:
        from chosach.desk.registry import apart, panels
        from chosach.desk.rings.panel import panels_of
        from chosach.desk.rings.selectors import judged_apart

        apart.register(judged_apart)
        panels.register(panels_of)
