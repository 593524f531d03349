from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "chosach.desk.evidence"
    label = "evidence"
    verbose_name = "Chứng cứ"
