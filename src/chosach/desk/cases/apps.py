from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chosach.desk.cases"
    label = "cases"
    verbose_name = "Vụ việc"

    def ready(self) -> None:
        from chosach.desk.cases import clock_pages
        from chosach.desk.cases.keeping import CASE
        from chosach.desk.cases.known import files_of
        from chosach.desk.evidence.keepers import register
        from chosach.desk.registry import files

        register(CASE)
        files.register(files_of)
        clock_pages.register()
