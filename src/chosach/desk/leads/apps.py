from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "chosach.desk.leads"
    label = "leads"
    verbose_name = "Đầu mối"

    def ready(self) -> None:
        from chosach.desk.imports.hooks import after_import, after_pictures
        from chosach.desk.law import beside, nouns
        from chosach.desk.leads.clock_pages import passing_page, watched_too_long
        from chosach.desk.leads.known import file_of
        from chosach.desk.leads.linking import bodies_at_work, follow, link_after_import
        from chosach.desk.leads.services.after_import import record_and_open
        from chosach.desk.leads.services.open_leads import open_leads_of_import
        from chosach.desk.registry import files
        from chosach.desk.rings import stakes
        from chosach.desk.rings.hooks import after_regrouping

        files.register(file_of)
        beside.register(watched_too_long)
        nouns.register("lead_passing", "Chuyển đầu mối", passing_page)
        after_import(record_and_open)
        after_import(link_after_import)
        after_pictures(open_leads_of_import)
        after_pictures(link_after_import)
        stakes.register(bodies_at_work)
        after_regrouping(follow)
