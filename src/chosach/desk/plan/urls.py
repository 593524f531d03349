from django.urls import path

from chosach.desk.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.board, name="board"),
    path("<slug:plan>/", views.board, name="board_of"),
    path("<slug:plan>/van-ban/", views.about, name="about"),
    path("<slug:plan>/<slug:code>/", views.obligation, name="obligation"),
    path("<slug:plan>/<slug:code>/tien-do/", views.note_progress, name="note_progress"),
    path("<slug:plan>/<slug:code>/vuong-mac/", views.note_obstacle, name="note_obstacle"),
    path("<slug:plan>/<slug:code>/chi-dao/", views.direct, name="direct"),
    path("<slug:plan>/<slug:code>/han/", views.set_due, name="set_due"),
    path("<slug:plan>/<slug:code>/rut-han/", views.withdraw_due, name="withdraw_due"),
    path("<slug:plan>/<slug:code>/nhac/", views.remind, name="remind"),
]
