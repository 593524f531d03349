from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chosach.desk.cases"
    label = "cases"
    verbose_name = "Vụ việc"

    def ready(self) -> None:
        from chosach.desk.cases import clock_pages
        from chosach.desk.cases.keeping import CASE
        from chosach.desk.cases.known import files_of
        from chosach.desk.cases.selectors.overlap import bodies_with_open_cases
        from chosach.desk.evidence.keepers import register
        from chosach.desk.registry import files
        from chosach.desk.rings import stakes

        register(CASE)
        files.register(files_of)
        stakes.register(bodies_with_open_cases)
        clock_pages.register()
