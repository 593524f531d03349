from django.urls import path

from chosach.desk.screenings import views

app_name = "screenings"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("<uuid:run_id>/", views.run, name="run"),
    path("<uuid:run_id>/thay-doi/", views.changes, name="changes"),
]
