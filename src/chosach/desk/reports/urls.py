from django.urls import path

from chosach.desk.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.rounds, name="list"),
    path("mo/", views.open_round, name="open"),
    path("<uuid:id>/", views.report, name="report"),
    path("<uuid:id>/noi-dung/", views.words, name="words"),
    path("<uuid:id>/trinh/", views.propose, name="propose"),
    path("<uuid:id>/duyet/", views.approve, name="approve"),
    path("<uuid:id>/khong-duyet/", views.withdraw, name="withdraw"),
    path("<uuid:id>/doi-chieu/", views.rebuilt, name="rebuilt"),
    path("<uuid:id>/tep/<str:kind>/", views.file, name="file"),
    path("<uuid:id>/so-lieu/<slug:body>/<slug:key>/", views.cell, name="cell"),
    path("don-vi/<uuid:id>/", views.body_return, name="return"),
    path("don-vi/<uuid:id>/soan/", views.write_return, name="write_return"),
    path("don-vi/<uuid:id>/nop/", views.submit, name="submit"),
    path("don-vi/<uuid:id>/tiep-nhan/", views.accept, name="accept"),
    path("don-vi/<uuid:id>/tra-lai/", views.send_back, name="send_back"),
]
