from django.urls import URLPattern, URLResolver, path

from chosach.desk.jobs import views

app_name = "jobs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.job_list, name="list"),
    path("<uuid:job_id>/", views.job, name="job"),
    path("<uuid:job_id>/tien-do/", views.progress, name="progress"),
    path("<uuid:job_id>/dong-loi/", views.problems, name="problems"),
    path("<uuid:job_id>/dong-loi.csv", views.problems_csv, name="problems_csv"),
    path("<uuid:job_id>/dung/", views.cancel, name="cancel"),
    path("<uuid:job_id>/chay-tiep/", views.resume, name="resume"),
]
