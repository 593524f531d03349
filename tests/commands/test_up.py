"""`chosach up`: the site and its worker are one process tree."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import DeskHome


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def below(pid: int) -> dict[int, str]:
    """All processes below this one, with their command lines."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [(int(words[0]), int(words[1]), words[2]) for line in listed.splitlines() if len(words := line.split(None, 2)) == 3]
    found: dict[int, str] = {}
    front = {pid}
    while front:
        children = {child: args for child, parent, args in rows if parent in front and child not in found}
        found.update(children)
        front = set(children)
    return found


@pytest.fixture
def tree(desk_home: DeskHome) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = desk_home.start("up", "--port", "0", stdout=subprocess.PIPE)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    try:
        wait_for(lambda: answers(address + "dang-nhap/"))
        yield process, address
    finally:
        parts = below(process.pid)
        process.kill()
        process.wait()
        for pid in parts:
            if Path(f"/proc/{pid}").exists():
                os.kill(pid, signal.SIGKILL)


def gone(pids: dict[int, str]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_one_signal_ends_the_site_and_the_worker(tree: tuple[subprocess.Popen[str], str]) -> None:
    process, address = tree
    parts = below(process.pid)
    assert any("granian" in args for args in parts.values()) and any("worker" in args for args in parts.values())
    process.terminate()
    assert process.wait(30) == 0
    assert gone(parts)
    assert not answers(address + "dang-nhap/")


def test_a_signal_in_the_middle_of_the_start_ends_everything_too(desk_home: DeskHome) -> None:
    """A web server that is still loading the site forgets the first signal; it must not outlive the tree."""
    for wait in (0.5, 1.2):
        process = desk_home.start("up", "--port", "0", stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        parts = below(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        wait_for(partial(gone, parts), 5)


def test_a_killed_worker_is_started_again_and_a_killed_tree_leaves_nothing_behind(tree: tuple[subprocess.Popen[str], str]) -> None:
    process, _ = tree
    worker = next(pid for pid, args in below(process.pid).items() if "chosach.cli worker" in args)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: any("chosach.cli worker" in args and pid != worker for pid, args in below(process.pid).items()))
    parts = below(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: gone(parts), 20)
