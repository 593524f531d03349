from django.urls import path

from chosach.desk.registry import views

app_name = "registry"
urlpatterns = [
    path("", views.traders, name="traders"),
    path("tra-cuu/", views.search, name="search"),
    path("thuong-nhan/<uuid:trader_id>/", views.trader, name="trader"),
    path("thuong-nhan/<uuid:trader_id>/dia-ban/", views.set_place, name="set_place"),
    path("thuong-nhan/<uuid:trader_id>/dinh-danh/", views.state_identifier, name="state_identifier"),
    path("dinh-danh/<uuid:sighting_id>/rut-lai/", views.withdraw_identifier, name="withdraw_identifier"),
    path("tin-ban/<uuid:listing_id>/", views.listing, name="listing"),
    path("anh/<uuid:picture_id>/", views.picture, name="picture"),
]
