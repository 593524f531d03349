from django.urls import path

from chosach.desk.rings import views, views_acts

app_name = "rings"
urlpatterns = [
    path("", views.rings, name="rings"),
    path("tim-lai/", views_acts.link, name="link"),
    path("cho-dong-y/", views_acts.asks, name="asks"),
    path("cho-dong-y/<uuid:ask_id>/", views_acts.ask, name="ask"),
    path("nhan-dinh/<uuid:judgement_id>/", views_acts.judgement, name="judgement"),
    path("thuong-nhan/<uuid:trader_id>/", views.trader, name="trader"),
    path("thuong-nhan/<uuid:trader_id>/tach/", views_acts.different, name="different"),
    path("moi-lien-ket/<uuid:first_id>/<uuid:second_id>/", views.pair, name="pair"),
    path("moi-lien-ket/<uuid:first_id>/<uuid:second_id>/cung-mot-nguoi/", views_acts.same, name="same"),
    path("moi-lien-ket/<uuid:first_id>/<uuid:second_id>/cat/", views_acts.cut, name="cut"),
    path("<uuid:ring_id>/", views.ring, name="ring"),
]
