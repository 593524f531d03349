from django.apps import AppConfig


class RingsConfig(AppConfig):
    name = "chosach.desk.rings"
    label = "rings"
    verbose_name = "Đường dây"

    def ready(self) -> None:
        from chosach.desk.core.hooks import later
        from chosach.desk.registry import apart, panels
        from chosach.desk.registry.hooks import after_stating

        apart.register(later("chosach.desk.rings.selectors.judged_apart"))
        panels.register(later("chosach.desk.rings.panel.panels_of"))
        after_stating(later("chosach.desk.rings.services.linking.link_after_statement"))
