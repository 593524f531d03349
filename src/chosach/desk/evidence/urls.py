from django.urls import URLPattern, URLResolver, path

from chosach.desk.evidence import views

app_name = "evidence"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:evidence_id>/", views.piece, name="piece"),
    path("<uuid:evidence_id>/tai-ve/", views.download, name="download"),
    path("<uuid:evidence_id>/ban-giao/", views.hand_over, name="hand_over"),
]
