from django.urls import path

from chosach.desk.core import views

app_name = "core"
urlpatterns = [path("", views.home, name="home")]
