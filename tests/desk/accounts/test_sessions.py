"""Sessions are listed and can be ended, by oneself and by the administrator."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from chosach.desk.accounts import selectors, services
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.selectors import entries_of
from tests.people import BACKEND, Cast, Member


def another_machine(member: Member) -> Client:
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    client.get("/")
    return client


def test_a_person_sees_the_own_sessions_and_ends_one(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    officer.client.get("/")
    lost = another_machine(officer)
    assert len(selectors.own_sessions(officer.actor)) == 2
    session = UserSession.objects.get(session_key=lost.session.session_key)
    officer.client.post("/tai-khoan/phien/", {"session": session.pk})
    assert lost.get("/").status_code == 302
    assert officer.client.get("/").status_code == 200
    assert entries_of("user", officer.user.pk).filter(event="session.revoked").count() == 1


def test_a_person_ends_all_other_sessions(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    officer.client.get("/")
    others = [another_machine(officer), another_machine(officer)]
    officer.client.post("/tai-khoan/phien/")
    assert [client.get("/").status_code for client in [*others, officer.client]] == [302, 302, 200]


def test_nobody_ends_a_session_of_another_person(cast: Cast) -> None:
    victim = another_machine(cast["thue.can-bo"])
    session = UserSession.objects.get(session_key=victim.session.session_key)
    with pytest.raises(Refused):
        services.end_own_session(str(session.pk), actor=cast["qltt.can-bo"].actor)
    assert cast["qltt.can-bo"].client.post("/tai-khoan/phien/", {"session": session.pk}).status_code == 404
    assert victim.get("/").status_code == 200


def test_an_administrator_ends_all_sessions_of_a_person(cast: Cast) -> None:
    officer = cast["qltt.can-bo"]
    officer.client.get("/")
    assert services.end_sessions(officer.user.pk, actor=cast["quantri"].actor, reason="Mất máy") == 1
    assert officer.client.get("/").status_code == 302


def test_activity_is_noted_now_and_then_and_not_at_every_page(cast: Cast, django_assert_num_queries: object) -> None:
    officer = cast["qltt.can-bo"]
    officer.client.get("/")
    before = UserSession.objects.get(user=officer.user).last_seen_at
    officer.client.get("/")
    assert UserSession.objects.get(user=officer.user).last_seen_at == before
