"""Accounts from the command line: the first administrator, and the last one who forgot the password."""

from typing import Any

import pytest

from chosach.desk.accounts.models import User
from chosach.desk.accounts.selectors import actor_of
from tests.conftest import DeskHome


def test_the_first_administrator_is_made_by_a_command(desk_home: DeskHome) -> None:
    out = desk_home.run("person", "add", "quantri", "--name", "Phùng Công Danh").stdout
    user = User.objects.get(username="quantri")
    assert actor_of(user).may("accounts.manage")
    assert user.check_password(out.rsplit(" ", 1)[1].strip())


@pytest.mark.once
def test_the_last_administrator_gets_a_new_password_by_a_command(desk_home: DeskHome) -> None:
    desk_home.run("person", "add", "quantri", "--name", "Phùng Công Danh")
    out = desk_home.run("person", "reset-password", "quantri", "--reason", "Quên mật khẩu").stdout
    assert User.objects.get(username="quantri").check_password(out.rsplit(" ", 1)[1].strip())


@pytest.mark.once
def test_bad_input_is_told_with_its_code(desk_home: DeskHome) -> None:
    done: Any = desk_home.run("person", "add", "quantri", "--name", "Ai Đó", "--body", "khong-co", check=False)
    assert done.returncode == 2
    assert "body.unknown" in done.stderr
    assert not User.objects.exists()
