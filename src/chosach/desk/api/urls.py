from django.urls import path

from chosach.desk.api import views

app_name = "api_keys"
urlpatterns = [
    path("", views.keys, name="list"),
    path("them/", views.add, name="add"),
    path("<uuid:key_id>/", views.key, name="key"),
    path("<uuid:key_id>/thu-hoi/", views.revoke, name="revoke"),
    path("do-thu/<uuid:probing_id>/", views.review, name="review"),
]
