"""A new password or second factor for an account with more rights than an officer's takes two administrators; wrong codes are entries."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from chosach.demo.cast import Person
from chosach.desk.accounts import selectors, services
from chosach.desk.accounts.models import Membership, ResetRequest, User
from chosach.desk.core.access import system
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.kinds import Role
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from tests.desk.accounts.test_second_factor import set_up, signed_in
from tests.people import PASSWORD, Cast, Member


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another administrator."""
    user = User.objects.create_user("quantri.hai", PASSWORD, full_name="Lê Thị Hai")
    Membership.objects.create(user=user, body=cast["quantri"].body, role=Role.ADMINISTRATOR)
    return Member(Person("quantri.hai", "Lê Thị Hai", "administration", Role.ADMINISTRATOR), user)


def asked(cast: Cast, who: str = "qltt.lanh-dao") -> ResetRequest:
    made = services.reset_password(cast[who].user.pk, actor=cast["quantri"].actor, reason="Quên mật khẩu")
    assert isinstance(made, ResetRequest)
    return made


@pytest.mark.parametrize("who", ["qltt.lanh-dao", "kiemtoan", "bcd.lanh-dao", "qltt.tiep-nhan", "qltt.phan-tich"])
def test_for_heads_auditors_and_people_with_a_duty_it_is_only_asked_for(cast: Cast, who: str) -> None:
    request = asked(cast, who)
    cast[who].user.refresh_from_db()
    assert cast[who].user.check_password(PASSWORD)
    assert [entry.event for entry in entries_of("reset_request", request.id)] == ["password.reset_asked"]


@pytest.mark.parametrize("who", ["qltt.can-bo", "isp.lien-he"])
def test_for_an_officer_and_a_liaison_one_administrator_does_it(cast: Cast, who: str) -> None:
    made = services.reset_password(cast[who].user.pk, actor=cast["quantri"].actor, reason="Quên mật khẩu")
    assert isinstance(made, services.NewPassword) and made.user.check_password(made.password)


def test_a_role_that_begins_later_counts_already(cast: Cast) -> None:
    Membership.objects.filter(user=cast["qltt.can-bo"].user).update(role=Role.HEAD, valid_from=dt.date(2099, 1, 1))
    assert isinstance(asked(cast, "qltt.can-bo"), ResetRequest)


def test_another_administrator_agrees_and_the_ledger_names_both(cast: Cast, second: Member) -> None:
    request = asked(cast)
    made = services.agree_reset(request.id, actor=second.actor)
    assert made is not None
    head = User.objects.get(pk=cast["qltt.lanh-dao"].user.pk)
    assert head.check_password(made.password) and head.must_change_password
    done = Entry.objects.get(event="password.reset")
    assert done.actor == second.actor.id and str(cast["quantri"].user.pk) in done.payload.text
    assert made.password not in "".join(entry.payload.text for entry in Entry.objects.exclude(payload=None))
    with pytest.raises(Problem) as again:
        services.agree_reset(request.id, actor=second.actor)
    assert again.value.code == "account.request_decided"


def test_neither_who_asked_nor_the_person_nor_anybody_else_may_agree(cast: Cast, second: Member) -> None:
    request = asked(cast)
    with pytest.raises(Problem) as same:
        services.agree_reset(request.id, actor=cast["quantri"].actor)
    assert same.value.code == "account.same_person"
    for stranger in ("qltt.lanh-dao", "vptt.lanh-dao", "kiemtoan", "qltt.can-bo"):
        with pytest.raises(Refused):
            services.agree_reset(request.id, actor=cast[stranger].actor)
    own = services.reset_password(second.user.pk, actor=cast["quantri"].actor, reason="Quên")
    assert isinstance(own, ResetRequest)
    with pytest.raises(Problem) as oneself:
        services.agree_reset(own.id, actor=second.actor)
    assert oneself.value.code == "account.own"


def test_a_second_factor_is_taken_away_by_two_and_only_by_two(cast: Cast, second: Member) -> None:
    set_up(signed_in("qltt.lanh-dao"))
    head = cast["qltt.lanh-dao"].user
    request = services.reset_second_factor(head.pk, actor=cast["quantri"].actor, reason="Mất điện thoại")
    assert request is not None and Authenticator.objects.filter(user=head).exists()
    with pytest.raises(Problem) as twice:
        services.reset_second_factor(head.pk, actor=second.actor, reason="Mất điện thoại")
    assert twice.value.code == "account.asked_already"
    assert services.agree_reset(request.id, actor=second.actor) is None
    assert not Authenticator.objects.filter(user=head).exists()


def test_it_is_refused_with_a_reason_taken_back_or_lapses(cast: Cast, second: Member) -> None:
    request = asked(cast)
    with pytest.raises(Problem):
        services.refuse_reset(request.id, answer=" ", actor=second.actor)
    services.refuse_reset(request.id, answer="Chưa gặp người này", actor=second.actor)
    services.refuse_reset(asked(cast).id, answer="Nhầm người", actor=cast["quantri"].actor)
    old = asked(cast)
    ResetRequest.objects.filter(pk=old.pk).update(created_at=old.created_at - selectors.RESET_LASTS)
    with pytest.raises(Problem) as lapsed:
        services.agree_reset(old.id, actor=second.actor)
    assert lapsed.value.code == "account.request_lapsed"
    assert not selectors.reset_requests(second.actor).exists()
    assert asked(cast).id != old.id
    assert not Entry.objects.filter(event="password.reset").exists()


def test_who_has_the_server_is_not_held_up(cast: Cast) -> None:
    made = services.reset_password(cast["quantri"].user.pk, actor=system("command"), reason="Quên, chỉ có một quản trị viên")
    assert isinstance(made, services.NewPassword)


def test_a_wrong_code_is_an_entry_without_the_code(cast: Cast) -> None:
    set_up(signed_in("qltt.lanh-dao"))
    cache.clear()
    later = signed_in("qltt.lanh-dao")
    later.post("/tai-khoan/hai-lop/nhap-ma/", {"code": "493817"})
    wrong = Entry.objects.get(event="mfa.failed")
    assert str(cast["qltt.lanh-dao"].user.pk) in wrong.refs and not wrong.payload_hash
    for _ in range(30):
        later.post("/tai-khoan/hai-lop/nhap-ma/", {"code": "493817"})
    assert 1 < Entry.objects.filter(event="mfa.failed").count() <= 10, "as many as the limit lets through"
    assert isinstance(later, Client)


def test_pages_ask_show_and_do(cast: Cast, second: Member) -> None:
    head = cast["qltt.lanh-dao"].user
    first = cast["quantri"].client
    act = f"/nguoi-dung/{head.pk}/mat-khau/"
    assert "một quản trị viên khác phải đồng ý" in first.get(act).content.decode()
    told = first.post(act, {"reason": "Quên mật khẩu"}, follow=True).content.decode()
    assert "chờ quản trị viên thứ hai" in told and "Đồng ý và làm ngay" not in told
    assert "Chờ quản trị viên thứ hai" in second.client.get("/").content.decode()
    page = second.client.get(f"/nguoi-dung/{head.pk}/").content.decode()
    assert "Đồng ý và làm ngay" in page
    request = ResetRequest.objects.get()
    shown = second.client.post(f"/nguoi-dung/de-nghi/{request.id}/dong-y/").content.decode()
    assert "first-password" in shown
