"""`chosach ledger verify`, `chosach ledger head` and `chosach ledger export`."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from chosach.commands.desk import setup_django
from chosach.commands.usage import App

app = App(name="ledger", help="Sổ cái: kiểm tra tính toàn vẹn, ký đầu sổ, xuất ra tệp.")


@app.command()
def verify(
    *,
    head: Annotated[
        list[Path] | None, typer.Option(help="Tệp đầu sổ, hoặc thư mục đầu sổ, lưu ngoài máy chủ; có thể ghi nhiều lần.")
    ] = None,
    key: Annotated[str, typer.Option(help="Khóa công khai (hex) mà mọi đầu sổ phải được ký.")] = "",
    lang: Annotated[str, typer.Option(help="vi hoặc en.")] = "vi",
    limit: Annotated[int, typer.Option(min=1, help="Số sai lệch in ra nhiều nhất.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Ghi kết quả vào sổ cái.")] = False,
) -> None:
    """Kiểm tra toàn bộ sổ cái. Mã thoát: 0 nguyên vẹn, 1 có sai lệch, 2 không đọc được."""
    setup_django()
    from chosach.desk.core.access import system
    from chosach.desk.ledger.services import record_verification
    from chosach.desk.ledger.services.verifying import verify as verify_ledger
    from chosach.verifier import chosach_verify

    try:
        outside = [found for path in head or [] for found in chosach_verify.read_heads(path)]
        report = verify_ledger(outside, key=key, limit=limit, processes=os.cpu_count() or 1)
    except chosach_verify.Unreadable as error:
        typer.echo(f"Không đọc được: {error}", err=True)
        raise typer.Exit(2) from error
    if record:
        record_verification(report, actor=system("command"))
    typer.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else chosach_verify.summary(report, lang))
    raise typer.Exit(0 if report.whole else 1)


@app.command()
def head(
    daily: Annotated[bool, typer.Option("--daily", help="Việc hằng ngày: kiểm tra, ký, xuất; đã làm hôm nay thì thôi.")] = False,
    show_key: Annotated[bool, typer.Option("--key", help="Chỉ in khóa công khai.")] = False,
) -> None:
    """Ký đầu sổ mới (nếu sổ cái có thêm bút toán) và xuất ra thư mục đầu sổ."""
    setup_django()
    from chosach.desk.ledger import heads, services

    if show_key:
        typer.echo(heads.public_key())
        return
    if daily:
        services.sign_daily_head()
        signed = heads.current()
    else:
        signed = services.sign_head()
    if signed is None:
        typer.echo("Chưa có đầu sổ nào.")
        return
    typer.echo(f"Đầu sổ {signed.number}: {signed.entries} bút toán, mã băm {signed.hash}")
    typer.echo(f"Khóa {heads.key_id(signed.public_key)}, ký lúc {signed.at}")
    waiting = heads.unexported()
    if waiting:
        typer.echo(f"{waiting} đầu sổ chưa xuất được ra {heads.folder()}", err=True)
        raise typer.Exit(1)
    typer.echo(f"Đã xuất: {heads.folder() / heads.file_name(signed)}")


@app.command()
def export(
    out: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp JSON lines sẽ ghi; - là in ra màn hình.")],
    payloads: Annotated[bool, typer.Option("--payloads", help="Kèm nội dung (có thể có dữ liệu cá nhân).")] = False,
) -> None:
    """Xuất sổ cái để kiểm tra độc lập bằng tools/chosach_verify.py. Mặc định không kèm nội dung."""
    setup_django()
    from chosach.desk.ledger.services import export_lines

    if str(out) == "-":
        sys.stdout.writelines(export_lines(payloads=payloads))
        return
    scratch = out.with_name(f".{out.name}.part")
    try:
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="\n") as file:
            file.writelines(export_lines(payloads=payloads))
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(out)
    finally:
        scratch.unlink(missing_ok=True)
