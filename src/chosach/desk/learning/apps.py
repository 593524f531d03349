from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "chosach.desk.learning"
    label = "learning"
    verbose_name = "Học từ quyết định"

    def ready(self) -> None:
        from chosach.desk.cases.hooks import after_outcome
        from chosach.desk.core.hooks import later
        from chosach.desk.imports.hooks import after_import
        from chosach.desk.leads.hooks import after_dismissal

        after_dismissal(later("chosach.desk.learning.services.noting.note_dismissal"))
        after_outcome(later("chosach.desk.learning.services.noting.note_outcome"))
        after_import(later("chosach.desk.learning.services.rescreening.catch_up"))
