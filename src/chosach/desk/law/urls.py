from django.urls import path

from chosach.desk.law import views

app_name = "law"
urlpatterns = [
    path("", views.kinds, name="kinds"),
    path("muc-phat/", views.penalties, name="penalties"),
    path("thoi-han-luat-dinh/", views.deadlines, name="deadlines"),
    path("lich/", views.calendar, name="calendar"),
    path("lich/<int:year>/", views.calendar, name="calendar_of"),
    path("thoi-han/", views.clocks, name="clocks"),
]
