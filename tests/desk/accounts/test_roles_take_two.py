"""A role with more rights than an officer's takes two administrators, also where the account is made with it."""

from typing import Any

import pytest

from chosach.demo.cast import Person
from chosach.desk.accounts import selectors, services
from chosach.desk.accounts.models import Membership, ResetRequest, User
from chosach.desk.core.access import system
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import Role
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from tests.people import PASSWORD, Cast, Member

HEAD = ("head", ())
TIP_DESK = ("officer", ("tip_desk",))


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another administrator."""
    user = User.objects.create_user("quantri.hai", PASSWORD, full_name="Lê Thị Hai")
    Membership.objects.create(user=user, body=cast["quantri"].body, role=Role.ADMINISTRATOR)
    return Member(Person("quantri.hai", "Lê Thị Hai", "administration", Role.ADMINISTRATOR), user)


def added(cast: Cast, role: str = "head", actor: Any = None, **more: Any) -> services.NewPassword:
    by = actor or cast["quantri"].actor
    return services.add_person(actor=by, username="qltt.xuan", full_name="Vương Thị Xuân", body=cast["qltt.can-bo"].body, role=role, **more)


def given(cast: Cast, role: str = "head", duties: tuple[str, ...] = ()) -> Membership | ResetRequest:
    officer = cast["thue.can-bo"].user.pk
    return services.give_role(officer, actor=cast["quantri"].actor, body=cast["qltt.can-bo"].body, role=role, duties=duties)


def test_a_new_head_has_neither_role_nor_password_until_another_administrator_agrees(cast: Cast, second: Member) -> None:
    made = added(cast, title="Phó Cục trưởng")
    assert made.asked is not None and not made.password
    assert not made.user.has_usable_password() and not selectors.actor_of(made.user).role
    done = services.agree_reset(made.asked.id, actor=second.actor)
    assert done is not None
    user = User.objects.get(pk=made.user.pk)
    assert user.check_password(done.password) and user.must_change_password
    actor = selectors.actor_of(user)
    assert (actor.body_code, actor.role) == ("market-surveillance", "head")
    assert [entry.event for entry in entries_of("user", user.pk)] == ["account.created", "role.asked", "role.given", "password.reset"]
    entry = Entry.objects.get(event="role.given", refs__contains=str(user.pk))
    assert entry.actor == second.actor.id and str(cast["quantri"].user.pk) in entry.payload.text


@pytest.mark.parametrize(("role", "duties"), [HEAD, TIP_DESK])
def test_an_officer_keeps_the_own_role_while_more_is_asked_for(cast: Cast, second: Member, role: str, duties: tuple[str, ...]) -> None:
    asked = given(cast, role, duties)
    assert isinstance(asked, ResetRequest)
    assert cast["thue.can-bo"].actor.body_code == "tax"
    assert services.agree_reset(asked.id, actor=second.actor) is None
    actor = cast["thue.can-bo"].actor
    assert (actor.body_code, actor.role, actor.duties) == ("market-surveillance", role, frozenset(duties))
    assert cast["thue.can-bo"].user.check_password(PASSWORD)


def test_an_officers_role_is_given_by_one(cast: Cast) -> None:
    assert isinstance(given(cast, "officer"), Membership)


def test_who_asked_the_person_and_strangers_may_not_agree(cast: Cast, second: Member) -> None:
    asked = given(cast)
    assert isinstance(asked, ResetRequest)
    with pytest.raises(Problem) as same:
        services.agree_reset(asked.id, actor=cast["quantri"].actor)
    assert same.value.code == "account.same_person"
    for stranger in ("thue.can-bo", "qltt.lanh-dao", "kiemtoan"):
        with pytest.raises(Refused):
            services.agree_reset(asked.id, actor=cast[stranger].actor)
    assert cast["thue.can-bo"].actor.role == "officer"


def test_a_refused_role_is_not_given_and_can_be_asked_for_again(cast: Cast, second: Member) -> None:
    asked = given(cast)
    assert isinstance(asked, ResetRequest)
    with pytest.raises(Problem) as twice:
        given(cast)
    assert twice.value.code == "account.asked_already"
    services.refuse_reset(asked.id, answer="Chưa có quyết định", actor=second.actor)
    assert cast["thue.can-bo"].actor.role == "officer"
    assert isinstance(given(cast), ResetRequest)


def test_while_a_role_is_asked_for_the_password_takes_two_as_well(cast: Cast) -> None:
    given(cast)
    made = services.reset_password(cast["thue.can-bo"].user.pk, actor=cast["quantri"].actor, reason="Quên")
    assert isinstance(made, ResetRequest)


def test_what_no_body_has_is_refused_before_it_is_asked_for(cast: Cast) -> None:
    with pytest.raises(Problem) as apart:
        given(cast, "auditor")
    assert apart.value.code == "role.auditor_apart"
    assert not ResetRequest.objects.exists()


def test_an_account_that_was_ended_meanwhile_gets_no_role(cast: Cast, second: Member) -> None:
    asked = given(cast)
    assert isinstance(asked, ResetRequest)
    services.deactivate(cast["thue.can-bo"].user.pk, actor=second.actor, reason="Nghỉ việc")
    with pytest.raises(Problem) as ended:
        services.agree_reset(asked.id, actor=second.actor)
    assert ended.value.code == "role.account_inactive"


def test_who_has_the_server_is_not_held_up(cast: Cast) -> None:
    made = added(cast, actor=system("command"))
    assert made.user.check_password(made.password) and selectors.actor_of(made.user).role == "head"


def test_pages_say_that_a_second_person_is_needed(cast: Cast, second: Member) -> None:
    client = cast["quantri"].client
    assert "một quản trị viên khác phải đồng ý" in client.get("/nguoi-dung/them/").content.decode()
    form = {"full_name": "Vương Thị Xuân", "username": "qltt.xuan", "body": cast["qltt.can-bo"].body.pk, "role": "head"}
    page = client.post("/nguoi-dung/them/", form, follow=True).content.decode()
    assert "chờ quản trị viên thứ hai" in page and "first-password" not in page
    user = User.objects.get(username="qltt.xuan")
    shown = second.client.get(f"/nguoi-dung/{user.pk}/").content.decode()
    assert "Lãnh đạo đơn vị" in shown and "Đồng ý và làm ngay" in shown
    assert "first-password" in second.client.post(f"/nguoi-dung/de-nghi/{ResetRequest.objects.get().id}/dong-y/").content.decode()
