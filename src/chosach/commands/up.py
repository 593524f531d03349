"""`chosach up`: the site and its worker as one process tree, ended by one signal."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from chosach.desk.config import home

if TYPE_CHECKING:
    from types import FrameType

#: A part that ends is started again, but not more often than this within `WINDOW` seconds.
MAX_STARTS = 5
WINDOW = 60.0
#: Seconds that the parts get to end by themselves, and between two requests to end: a web server that is still starting forgets the first.
PATIENCE = 20.0
REMIND = 2.0


def up(
    *,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ nghe.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Cổng; 0: một cổng còn trống.")] = 8000,
    threads: Annotated[int, typer.Option("--threads", min=1, help="Số luồng của máy chủ web.")] = 4,
) -> None:
    """Chạy trang web và tiến trình làm việc dài. Dừng cả hai bằng Ctrl+C hoặc SIGTERM."""
    raise typer.Exit(serve(host, port, threads))


def serve(host: str, port: int, threads: int = 4) -> int:
    """Run the site and the worker until a signal comes; returns the exit code. The database must be migrated."""
    port = port or free_port(host)
    (home() / "static").mkdir(parents=True, exist_ok=True)  # where collected files would lie; the server warns if it is not there
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1"]
    server += ["--blocking-threads", str(threads), "--log-level", "warning", "chosach.desk.wsgi:application"]
    worker = [sys.executable, "-m", "chosach.cli", "worker", "--parent", str(os.getpid())]
    tree = _Tree([_Part("server", server), _Part("worker", worker)])
    signal.signal(signal.SIGTERM, tree.stop)
    signal.signal(signal.SIGINT, tree.stop)
    typer.echo(f"http://{host}:{port}/")
    return tree.run()


def free_port(host: str) -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        number: int = probe.getsockname()[1]
        return number


@dataclass
class _Part:
    """One process of the tree."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        # A session of its own: Ctrl+C goes to the tree, which ends its parts in order. This process has no threads.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603, PLW1509
        self.starts.append(time.monotonic())

    def restarts_too_often(self) -> bool:
        return len([at for at in self.starts if time.monotonic() - at < WINDOW]) >= MAX_STARTS


class _Tree:
    def __init__(self, parts: list[_Part]) -> None:
        self._parts = parts
        self._stopping = False

    def stop(self, number: int, frame: "FrameType | None") -> None:
        self._stopping = True

    def run(self) -> int:
        code = 0
        try:
            for part in self._parts:
                part.start()
            while not self._stopping:
                time.sleep(0.2)
                for part in self._parts:
                    if part.process is None or part.process.poll() is None or self._stopping:
                        continue
                    typer.echo(f"{part.name} ended with {part.process.returncode}", err=True)
                    if part.restarts_too_often():
                        return 1
                    part.start()
        finally:
            code = self._end()
        return code

    def _end(self) -> int:
        running = [part.process for part in self._parts if part.process is not None and part.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + PATIENCE
        while running and time.monotonic() < until:
            running = [process for process in running if not _ended(process, REMIND / len(running))]
            for process in running:
                _signal_group(process, signal.SIGTERM)
        for process in running:
            _signal_group(process, signal.SIGKILL)
            process.wait()
        return 0


def _ended(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a part and all that it started: it leads a session of its own, and a killed server must not leave its workers behind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _end_with_parent() -> None:
    """On Linux: the kernel ends this process when the tree is killed outright. Elsewhere the worker looks for itself."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
