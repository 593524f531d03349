from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "chosach.desk.learning"
    label = "learning"
    verbose_name = "Học từ quyết định"

    def ready(self) -> None:
        from chosach.desk.cases.hooks import after_outcome
        from chosach.desk.imports.hooks import after_import
        from chosach.desk.leads.hooks import after_dismissal
        from chosach.desk.learning.services.noting import note_dismissal, note_outcome
        from chosach.desk.learning.services.rescreening import catch_up

        after_dismissal(note_dismissal)
        after_outcome(note_outcome)
        after_import(catch_up)
