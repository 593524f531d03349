from django.urls import path

from chosach.desk.api.wire import endpoint

app_name = "api"
urlpatterns = [
    path("screen", endpoint.screen_view, name="screen"),
    path("openapi.json", endpoint.openapi, name="openapi"),
]
