"""Accounts of people: made, changed and ended by an administrator."""

import json

import pytest
from django.test import Client

from chosach.desk.accounts import selectors, services
from chosach.desk.accounts.models import Membership, User
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.models import Payload
from chosach.desk.ledger.selectors import entries_of
from tests.people import PASSWORD, Cast


def events_of(user: User) -> list[str]:
    return [entry.event for entry in entries_of("user", user.pk)]


def new_officer(cast: Cast, username: str = "qltt.moi") -> services.NewPassword:
    return services.add_person(
        actor=cast["quantri"].actor, username=username, full_name="Nguyễn  Văn Mới ", body=cast["qltt.can-bo"].body, role="officer"
    )


def test_a_new_person_gets_a_first_password_and_a_role(cast: Cast) -> None:
    made = new_officer(cast)
    assert made.user.check_password(made.password)
    assert made.user.must_change_password
    assert made.user.full_name == "Nguyễn Văn Mới"
    actor = selectors.actor_of(made.user)
    assert (actor.body_code, actor.role) == ("market-surveillance", "officer")
    assert events_of(made.user) == ["account.created", "role.given"]


def test_the_ledger_keeps_the_name_apart_where_it_can_be_redacted(cast: Cast) -> None:
    made = new_officer(cast)
    entry = entries_of("user", made.user.pk)[0]
    assert "Nguyễn" not in entry.refs
    assert json.loads(Payload.objects.get(entry=entry).text)["full_name"] == "Nguyễn Văn Mới"
    assert made.password not in Payload.objects.get(entry=entry).text


@pytest.mark.parametrize("username", ["ab", "có dấu", "Nguyen Van A", ".dau", "cuoi-", "a" * 70])
def test_a_login_name_is_plain(cast: Cast, username: str) -> None:
    with pytest.raises(Problem) as caught:
        new_officer(cast, username)
    assert (caught.value.code, caught.value.where) == ("account.bad_username", "username")


def test_a_login_name_is_given_once(cast: Cast) -> None:
    with pytest.raises(Problem) as caught:
        new_officer(cast, "QLTT.can-bo")
    assert caught.value.code == "account.username_taken"


@pytest.mark.parametrize("key", ["qltt.can-bo", "qltt.lanh-dao", "bcd.lanh-dao", "vptt.lanh-dao", "kiemtoan", "isp.lien-he"])
def test_only_an_administrator_changes_accounts(cast: Cast, key: str) -> None:
    actor, target = cast[key].actor, cast["thue.can-bo"].user
    acts = [
        lambda: services.add_person(actor=actor, username="moi.moi", full_name="Mới", body=cast[key].body, role="officer"),
        lambda: services.give_role(target.pk, actor=actor, body=cast[key].body, role="head"),
        lambda: services.end_role(target.pk, actor=actor, reason="thử"),
        lambda: services.deactivate(target.pk, actor=actor, reason="thử"),
        lambda: services.reactivate(target.pk, actor=actor, reason="thử"),
        lambda: services.reset_password(target.pk, actor=actor, reason="thử"),
        lambda: services.reset_second_factor(target.pk, actor=actor, reason="thử"),
        lambda: services.end_sessions(target.pk, actor=actor, reason="thử"),
        lambda: services.lift_lockout(target.pk, actor=actor, reason="thử"),
        lambda: services.add_rule(actor=actor, role="officer"),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()


def test_a_new_role_ends_the_old_one_and_both_stay_in_the_history(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    services.give_role(officer.user.pk, actor=cast["quantri"].actor, body=cast["thue.can-bo"].body, role="officer", title="Chuyên viên")
    assert (officer.actor.body_code, officer.actor.role) == ("tax", "officer")
    held = Membership.objects.filter(user=officer.user)
    assert [(item.body.code, item.ended_at is None) for item in held] == [("tax", True), ("market-surveillance", False)]
    assert events_of(officer.user) == ["role.ended", "role.given"]


def test_a_role_given_and_ended_on_one_day_leaves_nothing_that_can_be_done(cast: Cast) -> None:
    made = new_officer(cast)
    services.end_role(made.user.pk, actor=cast["quantri"].actor, reason="Nhầm người")
    assert not selectors.actor_of(made.user).role


def test_administration_and_audit_stand_apart_from_the_other_bodies(cast: Cast) -> None:
    administrator, officer = cast["quantri"], cast["qltt.can-bo"].user.pk
    for body, role in (("qltt.can-bo", "administrator"), ("quantri", "officer"), ("qltt.can-bo", "auditor"), ("kiemtoan", "head")):
        with pytest.raises(Problem):
            services.give_role(officer, actor=administrator.actor, body=cast[body].body, role=role)


def test_somebody_can_always_manage_accounts(cast: Cast) -> None:
    from chosach.desk.core.access import system

    for act in (services.deactivate, services.end_role):
        with pytest.raises(Problem) as caught:
            act(cast["quantri"].user.pk, actor=system("command"), reason="thử")
        assert caught.value.code == "account.last_administrator"


def test_nobody_ends_the_own_account(cast: Cast) -> None:
    with pytest.raises(Problem) as caught:
        services.deactivate(cast["quantri"].user.pk, actor=cast["quantri"].actor, reason="thử")
    assert caught.value.code == "account.own"


def test_an_ended_account_is_out_at_once(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    assert officer.client.get("/").status_code == 200
    services.deactivate(officer.user.pk, actor=cast["quantri"].actor, reason="Nghỉ việc")
    assert officer.client.get("/").status_code == 302
    again = Client()
    again.post("/dang-nhap/", {"login": "qltt.can-bo", "password": PASSWORD})
    assert again.get("/").status_code == 302
    assert events_of(officer.user) == ["role.ended", "account.deactivated", "signin.failed"]


def test_an_account_opened_again_has_no_role(cast: Cast) -> None:
    officer = cast["qltt.can-bo"].user
    services.deactivate(officer.pk, actor=cast["quantri"].actor, reason="Nghỉ việc")
    services.reactivate(officer.pk, actor=cast["quantri"].actor, reason="Trở lại")
    officer.refresh_from_db()
    assert officer.is_active
    assert not selectors.actor_of(officer).role


def test_an_act_without_a_reason_is_not_done(cast: Cast) -> None:
    with pytest.raises(Problem) as caught:
        services.deactivate(cast["qltt.can-bo"].user.pk, actor=cast["quantri"].actor, reason="  ")
    assert caught.value.code == "account.reason_missing"
    assert User.objects.get(username="qltt.can-bo").is_active


def test_a_head_sees_the_own_body_and_no_other(cast: Cast) -> None:
    seen = {user.username for user in selectors.people_for(cast["qltt.lanh-dao"].actor)}
    assert seen == {key for key, member in cast.items() if member.person.body == "market-surveillance"}
    with pytest.raises(Refused):
        selectors.person_for(cast["qltt.lanh-dao"].actor, cast["thue.can-bo"].user.pk)


def test_names_are_looked_for_without_standing_in_an_address(cast: Cast) -> None:
    page = cast["quantri"].client.post("/nguoi-dung/", {"words": "Thu Hà"})
    assert [user.username for user in page.context["people"]] == ["qltt.can-bo"]
    assert "words" not in page.request["QUERY_STRING"]
