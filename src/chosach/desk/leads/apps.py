from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "chosach.desk.leads"
    label = "leads"
    verbose_name = "Đầu mối"

    def ready(self) -> None:
        from chosach.desk.imports.hooks import after_import
        from chosach.desk.leads.known import file_of
        from chosach.desk.leads.services.open_leads import open_leads_of_import
        from chosach.desk.registry import files

        files.register(file_of)
        after_import(open_leads_of_import)
