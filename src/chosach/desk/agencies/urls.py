from django.urls import path

from chosach.desk.agencies import views

app_name = "agencies"
urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("tham-quyen/", views.competence, name="competence"),
    path("them/", views.add, name="add"),
    path("<slug:code>/", views.body, name="body"),
    path("<slug:code>/lien-he/", views.set_contact, name="set_contact"),
    path("<slug:code>/doi-ten/", views.rename, name="rename"),
    path("<slug:code>/hop-nhat/", views.merge, name="merge"),
]
