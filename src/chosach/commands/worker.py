"""`chosach worker`: does long work in the background."""

import os
import signal
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from types import FrameType


def worker(
    *,
    once: Annotated[bool, typer.Option("--once", help="Làm hết việc đang chờ rồi kết thúc.")] = False,
    parent: Annotated[int | None, typer.Option("--parent", hidden=True)] = None,
) -> None:
    """Làm các việc dài trong nền (nhập tệp…). Dừng bằng Ctrl+C hoặc SIGTERM; việc đang dở được làm tiếp lần sau."""
    from chosach.commands.desk import setup_django

    setup_django()
    from chosach.desk.jobs import run
    from chosach.desk.jobs.worker import work

    def stop(number: int, frame: "FrameType | None") -> None:
        run.stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    work(once=once, alive=lambda: parent is None or os.getppid() == parent)
