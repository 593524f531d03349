"""Files that are whole or not there: written beside their place under another name, then renamed."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path in the target's folder. When the block ends well, it takes the target's place; otherwise it is removed.

    Killed outright, the target stays as it was, and the temporary file (`.NAME.PID.part`) is cleared away by the next run.
    """
    _clear_stale(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def passing(target: Path) -> Iterator[Path]:
    """A temporary path in the target's folder for what is made on the way to it; removed at the end, or by the next run as above."""
    beside = target.with_name(f"{target.name}.passing")
    _clear_stale(beside)
    temporary = beside.with_name(f".{beside.name}.{os.getpid()}.part")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear_stale(target: Path) -> None:
    """Remove temporary files of this target whose process is gone."""
    prefix = f".{target.name}."
    for path in target.parent.iterdir() if target.parent.is_dir() else ():
        middle = path.name.removeprefix(prefix).removesuffix(".part")
        if path.name == f"{prefix}{middle}.part" and middle.isdigit() and not _alive(int(middle)):
            path.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
