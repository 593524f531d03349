"""The administrator's pages about people, and a head's page about the own body."""

from django.urls import path

from chosach.desk.accounts.views import acts, people, rules

app_name = "people"
urlpatterns = [
    path("", people.all_people, name="list"),
    path("them/", people.add, name="add"),
    path("co-quan-toi/", people.own_body, name="own_body"),
    path("tam-khoa/", people.locked_out, name="lockouts"),
    path("hai-lop/", rules.second_factor, name="second_factor"),
    path("hai-lop/<uuid:rule_id>/bo/", rules.remove, name="remove_rule"),
    path("de-nghi/<uuid:request_id>/dong-y/", acts.agree, name="agree"),
    path("de-nghi/<uuid:request_id>/khong/", acts.refuse, name="refuse"),
    path("<uuid:user_id>/", people.person, name="person"),
    path("<uuid:user_id>/vai-tro/", people.give_role, name="give_role"),
    path("<uuid:user_id>/<slug:code>/", acts.act, name="act"),
]
