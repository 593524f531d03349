from django.urls import path

from chosach.desk.oversight import views, views_orders

app_name = "oversight"
urlpatterns = [
    path("so-cai/", views.ledger, name="ledger"),
    path("so-cai/kiem-tra/", views.verify, name="verify"),
    path("so-cai/xuat/", views.export, name="export"),
    path("so-cai/<int:seq>/", views.entry, name="entry"),
    path("dau-so/", views.heads, name="heads"),
    path("dau-so/<int:number>/", views.head_file, name="head_file"),
    path("dau-so/chosach_verify.py", views.verifier, name="verifier"),
    path("lenh-xoa/", views_orders.redactions, name="redactions"),
    path("lenh-xoa/ra-lenh/", views_orders.order, name="order_redaction"),
    path("lenh-xoa/<int:seq>/thi-hanh/", views_orders.carry_out, name="carry_out_redaction"),
    path("nap-ke-hoach/", views_orders.plan_loads, name="plan_loads"),
    path("he-thong/", views.health, name="health"),
]
