"""Every address of the site. An address that the access table of the tests does not know fails the tests."""

from django.urls import include, path

urlpatterns = [
    path("", include("chosach.desk.core.urls")),
    path("", include("chosach.desk.accounts.urls")),
    path("nguoi-dung/", include("chosach.desk.accounts.people_urls")),
    path("co-quan/", include("chosach.desk.agencies.urls")),
    path("ke-hoach/", include("chosach.desk.plan.urls")),
    path("viec-dai/", include("chosach.desk.jobs.urls")),
    path("nhap-du-lieu/", include("chosach.desk.imports.urls")),
    path("sang-loc/", include("chosach.desk.screenings.urls")),
    path("so-dang-ky/", include("chosach.desk.registry.urls")),
    path("duong-day/", include("chosach.desk.rings.urls")),
    path("dau-moi/", include("chosach.desk.leads.urls")),
    path("vu-viec/", include("chosach.desk.cases.urls")),
    path("hoc-tu-quyet-dinh/", include("chosach.desk.learning.urls")),
    path("chung-cu/", include("chosach.desk.evidence.urls")),
    path("phap-luat/", include("chosach.desk.law.urls")),
    path("bao-cao/", include("chosach.desk.reports.urls")),
    path("khoa-api/", include("chosach.desk.api.urls")),
    path("api/", include("chosach.desk.api.wire.urls")),
    path("giam-sat/", include("chosach.desk.oversight.urls")),
]

handler400 = "chosach.desk.core.views.bad_request"
handler403 = "chosach.desk.core.views.forbidden"
handler404 = "chosach.desk.core.views.not_found"
handler500 = "chosach.desk.core.views.server_error"
