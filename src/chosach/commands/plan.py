"""`chosach plan check DIR` and `chosach plan load DIR`."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import typer

from chosach.commands.desk import setup_django
from chosach.commands.usage import App

app = App(name="plan", help="Kế hoạch ghi thành tệp: kiểm tra, nạp.")
FOLDER = typer.Argument(..., metavar="THƯ MỤC", help="Thư mục kế hoạch, hoặc tên một kế hoạch đi kèm phần mềm: dong-nai-2020.")


@app.command()
def check(folder: Path = FOLDER) -> None:
    """Kiểm tra thư mục kế hoạch, không ghi gì. Lỗi ghi rõ tệp và dòng; có lỗi thì mã thoát là 1."""
    setup_django()
    from chosach.desk.plan.files.folder import PlanProblems, read
    from chosach.desk.plan.files.shipped import plan_folder

    try:
        found = read(plan_folder(folder))
    except PlanProblems as problems:
        _complain(problems.issues)
    obligations = len(found.obligations.row.obligations) if found.obligations else 0
    typer.echo(f"{folder}: không có lỗi ({len(found.bodies)} cơ quan, {len(found.territory)} đơn vị hành chính, {obligations} nhiệm vụ).")


@app.command()
def load(folder: Path = FOLDER) -> None:
    """Kiểm tra rồi nạp kế hoạch trong một giao dịch. Nạp lại tệp không đổi thì không có gì thay đổi."""
    setup_django()
    from chosach.desk.core import access
    from chosach.desk.plan.files.folder import PlanProblems
    from chosach.desk.plan.files.loading import load as load_folder
    from chosach.desk.plan.files.shipped import plan_folder

    try:
        result = load_folder(plan_folder(folder), actor=access.system("plan"))
    except PlanProblems as problems:
        _complain(problems.issues)
    if not result.changes:
        typer.echo(f"{result.plan.code}: tệp không đổi so với lần nạp trước.")
        return
    typer.echo(f"{result.plan.code}: đã nạp.")
    for table, counts in sorted(result.counts.items()):
        typer.echo(f"  {table}: thêm {counts.get('added', 0)}, sửa {counts.get('changed', 0)}")


def _complain(issues: Sequence[object]) -> NoReturn:
    for issue in issues:
        typer.echo(str(issue), err=True)
    typer.echo(f"{len(issues)} lỗi; chưa nạp gì.", err=True)
    raise typer.Exit(1)
