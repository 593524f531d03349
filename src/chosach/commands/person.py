"""`chosach person …`: accounts from the command line, where there is no administrator yet."""

from typing import Annotated

import typer

from chosach.commands.usage import App

app = App(help="Tài khoản: thêm người đầu tiên, cấp lại mật khẩu.")

CODE_OF_ADMINISTRATION = "administration"


@app.command("add")
def add(
    username: Annotated[str, typer.Argument(help="Tên đăng nhập: chữ thường không dấu, số, dấu chấm, gạch nối.")],
    full_name: Annotated[str, typer.Option("--name", help="Họ và tên.")],
    body: Annotated[str, typer.Option(help="Mã cơ quan.")] = CODE_OF_ADMINISTRATION,
    role: Annotated[str, typer.Option(help="officer, head, liaison, administrator hoặc auditor.")] = "administrator",
    title: Annotated[str, typer.Option(help="Chức danh.")] = "",
) -> None:
    """Thêm một người và in mật khẩu đầu tiên (một lần). Không ghi cơ quan: quản trị viên của hệ thống."""
    from chosach.commands.desk import setup_django

    setup_django()
    from django.db import transaction

    from chosach.desk.accounts.services import add_person
    from chosach.desk.agencies.models import Body
    from chosach.desk.agencies.selectors import body as body_of
    from chosach.desk.agencies.services import add_body
    from chosach.desk.core.access import system
    from chosach.desk.core.errors import Problem
    from chosach.desk.core.kinds import BodyKind

    actor = system("command")
    try:
        with transaction.atomic():
            if body == CODE_OF_ADMINISTRATION and not Body.objects.filter(code=body).exists():
                add_body(actor=actor, code=body, name="Bộ phận quản trị hệ thống", short_name="Quản trị", kind=BodyKind.ADMINISTRATION)
            made = add_person(actor=actor, username=username, full_name=full_name, body=body_of(body), role=role, title=title)
    except Problem as problem:
        typer.echo(f"{problem.message} [{problem.code}]", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Đã tạo tài khoản {made.user.username} ({made.user.full_name}).")
    typer.echo(f"Mật khẩu đầu tiên, chỉ hiện một lần: {made.password}")


@app.command("reset-password")
def reset(
    username: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    reason: Annotated[str, typer.Option(help="Lý do, ghi vào sổ cái.")],
    second_factor: Annotated[bool, typer.Option("--second-factor", help="Đặt lại cả xác thực hai lớp.")] = False,
) -> None:
    """Cấp lại mật khẩu cho người không còn ai cấp được (ví dụ quản trị viên cuối cùng)."""
    from chosach.commands.desk import setup_django

    setup_django()
    from django.db import transaction

    from chosach.desk.accounts.models import User
    from chosach.desk.accounts.services import NewPassword, reset_password, reset_second_factor
    from chosach.desk.core.access import system
    from chosach.desk.core.errors import Problem

    try:
        with transaction.atomic():
            user = User.objects.filter(username=username).first()
            if user is None:
                raise Problem("person.unknown", f"Không có tài khoản “{username}”.", where="username")
            made = reset_password(user.pk, actor=system("command"), reason=reason)
            if second_factor:
                reset_second_factor(user.pk, actor=system("command"), reason=reason)
    except Problem as problem:
        typer.echo(f"{problem.message} [{problem.code}]", err=True)
        raise typer.Exit(2) from None
    assert isinstance(made, NewPassword)  # noqa: S101 - who has the server is not asked for a second person
    typer.echo(f"Mật khẩu mới của {username}, chỉ hiện một lần: {made.password}")
