from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "chosach.desk.leads"
    label = "leads"
    verbose_name = "Đầu mối"

    def ready(self) -> None:
        from chosach.desk.core.hooks import later
        from chosach.desk.imports.hooks import after_import, after_pictures
        from chosach.desk.law import beside, nouns
        from chosach.desk.registry import files, rulings
        from chosach.desk.rings import stakes
        from chosach.desk.rings.hooks import after_regrouping

        files.register(later("chosach.desk.leads.known.file_of"))
        rulings.register(later("chosach.desk.leads.known.rulings_of"))
        beside.register(later("chosach.desk.leads.clock_pages.watched_too_long"))
        nouns.register("lead_passing", "Chuyển đầu mối", later("chosach.desk.leads.clock_pages.passing_page"))
        after_import(later("chosach.desk.leads.services.after_import.record_and_open"))
        after_import(later("chosach.desk.leads.linking.link_after_import"))
        after_pictures(later("chosach.desk.leads.services.open_leads.open_leads_of_import"))
        after_pictures(later("chosach.desk.leads.linking.link_after_import"))
        stakes.register(later("chosach.desk.leads.linking.bodies_at_work"))
        after_regrouping(later("chosach.desk.leads.linking.follow"))
