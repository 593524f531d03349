from django.urls import path

from chosach.desk.leads import views, views_back, views_office, views_passing

app_name = "leads"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("nhieu/", views.bulk, name="bulk"),
    path("bo-loc/", views.save_view, name="save_view"),
    path("bo-loc/<uuid:view_id>/", views.open_view, name="open_view"),
    path("bo-loc/<uuid:view_id>/xoa/", views.remove_view, name="remove_view"),
    path("cho-nguoi-thu-hai/", views.waiting, name="waiting"),
    path("chuyen-den/", views_passing.passings, name="passings"),
    path("chuyen-den/<uuid:passing_id>/", views_passing.passing, name="passing"),
    path("chuyen-den/<uuid:passing_id>/nhan/", views_passing.accept, name="accept_passed"),
    path("chuyen-den/<uuid:passing_id>/tra-lai/", views_passing.send_back, name="return_passed"),
    path("so-luong/", views_office.counts, name="counts"),
    path("xem-lai/", views_office.reviews, name="reviews"),
    path("xem-lai/<uuid:dismissal_id>/", views_office.review, name="review"),
    path("xem-lai/<uuid:dismissal_id>/xac-nhan/", views_office.confirm_review, name="confirm_review"),
    path("xem-lai/<uuid:dismissal_id>/tra-lai/", views_office.send_back, name="send_back"),
    path("trong-so/", views_office.weights_page, name="weights"),
    path("trong-so/dat/", views_office.set_weight, name="set_weight"),
    path("<uuid:lead_id>/", views.lead, name="lead"),
    path("<uuid:lead_id>/phan-cong/", views.assign, name="assign"),
    path("<uuid:lead_id>/theo-doi/", views.watch, name="watch"),
    path("<uuid:lead_id>/bo-qua/", views.dismiss, name="dismiss"),
    path("<uuid:lead_id>/mo-lai/", views_back.take_back, name="take_back"),
    path("<uuid:lead_id>/bao-nham/<uuid:dismissal_id>/rut-lai/", views_back.take_back_findings, name="take_back_findings"),
    path("<uuid:lead_id>/tiep-nhan/", views.accept, name="accept"),
    path("<uuid:lead_id>/rut-tiep-nhan/", views_back.take_back_acceptance, name="take_back_acceptance"),
    path("<uuid:lead_id>/chuyen-ngoai-tinh/", views.hand_over, name="hand_over"),
    path("<uuid:lead_id>/chuyen-co-quan/", views.pass_on, name="pass_on"),
    path("<uuid:lead_id>/rut-chuyen/", views.withdraw_passed, name="withdraw_passed"),
    path("<uuid:lead_id>/dong-y-bo-qua/", views.agree, name="agree"),
    path("<uuid:lead_id>/rut-de-nghi/", views_back.withdraw_dismissal, name="withdraw_dismissal"),
    path("<uuid:lead_id>/khong-dong-y/", views.refuse, name="refuse"),
]
