from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "chosach.desk.registry"
    label = "registry"
    verbose_name = "Sổ đăng ký"
