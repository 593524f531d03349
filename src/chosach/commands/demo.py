"""`chosach demo`: a province on this machine, from nothing to a site that is served."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

DONE = "demo.done"


def demo(
    *,
    home: Annotated[Path, typer.Option("--home", help="Thư mục của bản trình diễn.")] = Path("chosach-demo"),
    port: Annotated[int, typer.Option("--port", help="Cổng của trang web; 0: một cổng còn trống.")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Chỉ dựng, không chạy trang web.")] = False,
) -> None:
    """Dựng một tỉnh trên máy này: kế hoạch, tài khoản, chợ giả lập, nửa năm công việc; rồi chạy trang web."""
    home = home.resolve()
    _choose(home)
    if (home / DONE).exists():
        typer.echo(f"Bản trình diễn đã có ở {home}; mật khẩu đã in khi dựng. Muốn dựng lại: xóa thư mục đó.")
        _bring_up_to_date()
    else:
        _refuse_foreign(home)
        began = time.monotonic()
        passwords = _build(home)
        (home / DONE).touch()
        _say_where_to_click(passwords, time.monotonic() - began, home)
    if no_serve:
        return
    from chosach.commands.up import serve

    raise typer.Exit(serve("127.0.0.1", port))


def _choose(home: Path) -> None:
    """Point this process, and what it starts, at the demo's home: its own database and keys, whatever is set outside."""
    os.environ["CHOSACH_HOME"] = str(home)
    for name in ("CHOSACH_DATABASE_URL", "CHOSACH_SECRET_KEY"):
        os.environ.pop(name, None)


def _refuse_foreign(home: Path) -> None:
    """A folder with something in it is not ours to fill; one that a demo left half-way is named, never removed."""
    if home.exists() and any(home.iterdir()):
        typer.echo(f"Thư mục {home} không trống (hoặc lần dựng trước bị ngắt). Hãy xóa nó, hoặc chọn thư mục khác bằng --home.", err=True)
        raise typer.Exit(2)
    home.mkdir(parents=True, exist_ok=True)


@contextmanager
def _progress() -> Iterator["Progress"]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr)) as bar:
        yield bar


def _bring_up_to_date() -> None:
    """A demo that an earlier release built has the tables of that one."""
    from chosach.commands.desk import setup_django

    setup_django()
    from chosach.demo.world import make_database

    make_database()


def _build(home: Path) -> dict[str, str]:
    from chosach.commands.desk import setup_django

    setup_django()
    from chosach.demo import build

    passwords: dict[str, str] = {}
    with _progress() as bar:
        for number, step in enumerate(build.STEPS, start=1):
            if not sys.stdout.isatty():  # the bar is drawn on a screen only: whoever reads a pipe or a log is told each step as it begins
                typer.echo(f"{number}/{len(build.STEPS)} {step.label}")
                sys.stdout.flush()
            task = bar.add_task(step.label, total=None)
            _run(step.work, passwords, lambda done, total, task=task: bar.update(task, completed=done, total=total))  # type: ignore[misc]
            shown = bar.tasks[-1]
            bar.update(task, total=shown.total or 1, completed=shown.total or 1)
    return passwords


def _run(work: Callable[..., None], passwords: dict[str, str], report: Callable[[int, int], None]) -> None:
    work(passwords, report)


def _say_where_to_click(passwords: dict[str, str], seconds: float, home: Path) -> None:
    typer.echo(f"\nĐã dựng trong {seconds:.0f} giây ở {home}. Mật khẩu chỉ in một lần này:\n")
    for key, password in passwords.items():
        typer.echo(f"  {key:<20} {password}")
    typer.echo(
        "\nBấm vào đâu trước:\n"
        "  1. qltt.can-bo     Đầu mối: danh sách xếp theo mức hại; mở một đầu mối mới, xem chữ được đánh dấu, bấm Mở vụ việc.\n"
        "  2. qltt.lanh-dao   Bàn làm việc, Vụ việc chờ quyết định: duyệt một kết quả; Chờ anh/chị là người thứ hai: một đầu mối.\n"
        "  3. congan.lanh-dao Bàn làm việc, Vụ việc chờ quyết định: Trả lời chuyển giao (một hồ sơ đã quá hạn), nhận hoặc trả lại.\n"
        "  4. vptt.can-bo     Báo cáo, Báo cáo định kỳ 06 tháng: bấm một con số để mở các vụ việc; Bảng kế hoạch: nhiệm vụ quá hạn.\n"
        "  5. kiemtoan        Sổ cái: từng bút toán, Kiểm tra ngay; Đầu sổ: các đầu sổ đã ký.\n"
        "  6. congan.can-bo   Đường dây: mở một đường dây, bấm một mối trong hình; qltt.kiem-tra: Nhận định của cơ quan khác chờ đồng ý.\n"
        "                     Ảnh gửi ngày cuối đang được đọc trong nền; chừng một phút sau có thêm người bán chỉ lộ ra qua ảnh.\n"
    )
