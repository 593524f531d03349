"""What commands over files have in common: exit codes, messages, signals, paths. Codes: docs/screen-command.md."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

import typer

if TYPE_CHECKING:
    from types import FrameType

    from rich.progress import TaskID

    from chosach.formats.listings import Unreadable
    from chosach.formats.listings.columns import Mapping as Columns
    from chosach.formats.listings.sniff import Kind

#: Characters of an id that a message shows.
_ID = 40
OK, REJECTED, USAGE, UNREADABLE, UNWRITABLE, FAILED = 0, 1, 2, 3, 4, 70


class Described(Protocol):
    """A file that a reader has opened."""

    @property
    def path(self) -> Path: ...
    @property
    def kind(self) -> "Kind": ...
    @property
    def mapping(self) -> "Columns": ...


_File = TypeVar("_File", bound=Described)


class Interrupted(BaseException):
    """A signal asked us to stop. `code` is the exit code, 128 + the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def check_paths(inputs: Sequence[Path], outputs: Mapping[str, Path | None]) -> None:
    """No output (option → path, None: not asked for) is an input or another output, and each can be written. Else the command ends."""
    given = {path.resolve() for path in inputs}
    seen: dict[Path, str] = {}
    for option, target in outputs.items():
        if target is None:
            continue
        place = target.resolve()
        if place in given:
            fail(USAGE, "Tệp kết quả trùng với một tệp đầu vào.", "out.is_input")
        if place in seen:
            fail(USAGE, f"{seen[place]} và {option} trùng nhau.", f"out.is_{option.lstrip('-')}")
        seen[place] = option
        if target.is_dir():
            fail(UNWRITABLE, f"{target} là một thư mục.", "out.unwritable")
        if not os.access(place.parent, os.W_OK):
            fail(UNWRITABLE, f"Không ghi được vào thư mục {place.parent}.", "out.unwritable")


class Results:
    """Which of a command's result files stand in their places. The files themselves are asked: a stop can fall between a file's taking its
    place and any note of it, and what takes the place of a file is another one."""

    def __init__(self, *targets: Path | None) -> None:
        """Before anything is written. None: not asked for."""
        self._were = {target: _number(target) for target in targets if target is not None}

    def told(self) -> str:
        """What a stop left, in a sentence or two."""
        written = [target for target, was in self._were.items() if _number(target) not in (was, None)]
        missing = [target for target in self._were if target not in written]
        if not written:
            return "Không ghi tệp kết quả nào."
        done = f"Đã ghi xong: {_named(written)}."
        if not missing:
            return done
        return (
            f"{done} Chưa ghi: {_named(missing)}; tệp cũ ở đó, nếu có, là của lần trước. Hãy chạy lại lệnh để có đủ các tệp cùng một lần."
        )


def _number(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one in its place."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


def _named(paths: Sequence[Path]) -> str:
    return ", ".join(map(str, paths))


@contextlib.contextmanager
def signals_caught() -> "Iterator[None]":
    """SIGINT and SIGTERM stop the run in order: temporary files go, nothing half stands at the target."""
    caught: list[int] = []

    def stop(number: int, frame: "FrameType | None") -> None:
        if not caught:  # not by a stream's buffer: the signal may have come within its use
            with contextlib.suppress(OSError):
                os.write(2, b"\n" * os.isatty(2) + "Đang dừng…\n".encode())
        caught.append(number)
        raise Interrupted(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except Exception as error:
        if caught:  # a library in the middle of its work makes an error of its own of it: DuckDB "Query interrupted"
            raise Interrupted(caught[0]) from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def stopping(left: "str | Callable[[], str]") -> "Iterator[None]":
    """The same around a whole command, which ends with 128 + the signal's number. `left`: what is said of what was done by then, or
    finds it out."""
    try:
        with signals_caught():
            yield
    except Interrupted as stop:
        say(f"Đã dừng theo yêu cầu. {left if isinstance(left, str) else left()}")
        raise typer.Exit(stop.code) from None


def grouped(value: int) -> str:
    """1.234.567"""
    return f"{value:,}".replace(",", ".")


def shown(ids: Sequence[str], most: int = 5) -> str:
    """The first of some ids, each cut to what an id is long: a line of a file may have been taken for one."""
    told = ", ".join(one if len(one) <= _ID else f"{one[:_ID]}…" for one in ids[:most])
    return f"{told}…" if len(ids) > most else told


def say(text: str) -> None:
    """To standard error."""
    typer.echo(text, err=True)


def fail(code: int, message: str, name: str) -> NoReturn:
    """End the command with this exit code. `name`: the stable code of the error."""
    say(f"Lỗi [{name}]: {message}")
    raise typer.Exit(code)


#: Code of a file that can't be read → the option that may help.
_OPTIONS = {
    "columns.missing": "Dùng --map, ví dụ --map title=“Tên cột trong tệp”.",
    "encoding.unknown": "Dùng --encoding windows-1258.",
    "xlsx.no_sheet": "Dùng --sheet “Tên trang”.",
}


def advised(path: Path, error: "Unreadable") -> str:
    """What is said of a file that can't be read: its name, what is wrong, and the option of the command that may help."""
    option = _OPTIONS.get(error.code, "")
    return (
        f"{path}: {error.message}" if not option or option.split()[1].rstrip(",") in error.message else f"{path}: {error.message} {option}"
    )


def mapped_by(
    pairs: Sequence[str], fields: Collection[str], example: str, field_of: Callable[[str], str | None] = lambda said: None
) -> dict[str, str]:
    """What `--map FIELD=COLUMN` says: field → column. `field_of`: other names of fields. Else the command ends."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        said = name.strip()
        if not sign or not said or not column:
            fail(USAGE, f"“{pair}” không có dạng TRƯỜNG=CỘT, ví dụ {example}.", "map.form")
        name = said if said in fields else field_of(said) or said
        if name in mapping:
            fail(USAGE, f"Trường “{name}” được chỉ ra hai lần.", "map.twice")
        if name not in fields:
            fail(USAGE, f"Không có trường “{name}”. Các trường: {', '.join(fields)}.", "map.unknown_field")
        mapping[name] = column
    return mapping


def mapped(pairs: Sequence[str]) -> dict[str, str]:
    """`mapped_by` for files of records."""
    from chosach.formats.records import FIELDS, field_of

    return mapped_by(pairs, FIELDS, "phone=SĐT", field_of)


@dataclass(frozen=True)
class How:
    """How files are to be read. `mapping`: field → column."""

    mapping: Mapping[str, str] = dataclass_field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    quiet: bool = False


def opened_by(path: Path, how: How, open_file: "Callable[..., _File]") -> "_File":
    """The file as `open_file` opens it, recognised and described. Ends the command where it can't be read."""
    from chosach.formats.listings import Unreadable

    try:
        file = open_file(path, mapping=how.mapping, encoding=how.encoding, sheet=how.sheet)
    except Unreadable as error:
        fail(UNREADABLE, advised(path, error), error.code)
    if not how.quiet:
        describe(file)
    return file


def describe(file: Described) -> None:
    """What was recognised, so that a wrong guess is seen at once."""
    say(f"{file.path}: {file.kind.label}")
    if file.mapping.renamed:
        say("  cột: " + ", ".join(f"{field} ← “{name}”" for field, name in file.mapping.renamed.items()))
    if file.mapping.ignored:
        shown = file.mapping.ignored[:12]
        more = len(file.mapping.ignored) - len(shown)
        say("  bỏ qua: " + ", ".join(shown) + (f" và {more} cột khác" if more else ""))


@contextlib.contextmanager
def progress(files: Sequence[Described], quiet: bool, doing: str, of: str) -> "Iterator[Any]":
    """A bar with rate and time left on a terminal; nothing elsewhere. Gives a function (file's place, share of it, rows)."""
    if quiet or not sys.stderr.isatty():
        yield lambda place, share, rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    sizes = [max(1, file.path.stat().st_size) for file in files]
    bar: Progress = Progress(
        SpinnerColumn(),
        TextColumn(doing),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn(f"{{task.fields[rows]}} {of} · {{task.fields[rate]}} {of}/giây"),
        TimeElapsedColumn(),
        TextColumn("· còn"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task: TaskID = bar.add_task("", total=sum(sizes), rows="0", rate="…")

        def advance(place: int, share: float, rows: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = grouped(int(rows / elapsed)) if elapsed > 0.5 else "…"
            done = sum(sizes[:place]) + sizes[place] * min(share, 1.0)
            bar.update(task, completed=done, rows=grouped(rows), rate=rate)

        yield advance
