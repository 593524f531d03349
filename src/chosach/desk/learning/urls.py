from django.urls import path

from chosach.desk.learning import views, views_versions

app_name = "learning"
urlpatterns = [
    path("", views_versions.versions, name="versions"),
    path("hoc-lai/", views_versions.train, name="train"),
    path("sang-loc-lai/", views_versions.rescreen, name="rescreen"),
    path("bo-goc/", views_versions.put_back_original, name="put_back_original"),
    path("ban/<uuid:version_id>/", views_versions.version, name="version"),
    path("ban/<uuid:version_id>/thay-doi/", views_versions.changes, name="changes"),
    path("ban/<uuid:version_id>/dua-vao-dung/", views_versions.promote, name="promote"),
    path("ban/<uuid:version_id>/dat-lai/", views_versions.put_back, name="put_back"),
    path("nhan/", views.labels, name="labels"),
    path("nhan/<uuid:label_id>/", views.label, name="label"),
    path("nhan/<uuid:label_id>/rut/", views.withdraw, name="withdraw"),
    path("nhan/<uuid:label_id>/dung-lai/", views.restore, name="restore"),
    path("nhan/<uuid:label_id>/dao/", views.turn, name="turn"),
    path("don-dap/", views.masses, name="masses"),
    path("don-dap/<uuid:by>/<str:on>/", views.mass, name="mass"),
    path("don-dap/sua-nhan/dong-y/", views.release_changes, name="release_changes"),
    path("don-dap/sua-nhan/khong-dong-y/", views.refuse_changes, name="refuse_changes"),
    path("don-dap/cho-tinh/", views.release, name="release"),
    path("don-dap/khong-tinh/", views.refuse, name="refuse"),
]
