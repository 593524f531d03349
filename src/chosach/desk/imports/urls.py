from django.urls import URLPattern, URLResolver, path

from chosach.desk.imports import views, views_pictures

app_name = "imports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.import_list, name="list"),
    path("tep-moi/", views.new, name="new"),
    path("<uuid:import_id>/", views.one, name="import"),
    path("<uuid:import_id>/ghep-cot/", views.mapping, name="mapping"),
    path("<uuid:import_id>/ghep-lai/", views.remap, name="remap"),
    path("<uuid:import_id>/anh/", views_pictures.pictures, name="pictures"),
    path("<uuid:import_id>/bo/", views.discard, name="discard"),
]
