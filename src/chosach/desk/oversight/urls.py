from django.urls import path

from chosach.desk.oversight import views

app_name = "oversight"
urlpatterns = [
    path("so-cai/", views.ledger, name="ledger"),
    path("so-cai/kiem-tra/", views.verify, name="verify"),
    path("so-cai/xuat/", views.export, name="export"),
    path("so-cai/<int:seq>/", views.entry, name="entry"),
    path("dau-so/", views.heads, name="heads"),
    path("dau-so/<int:number>/", views.head_file, name="head_file"),
    path("dau-so/chosach_verify.py", views.verifier, name="verifier"),
    path("he-thong/", views.health, name="health"),
]
