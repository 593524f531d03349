"""Files of listings as `chosach screen`, `train` and `prices` take them: how they are found, opened, and what is said of one that can't
be read."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import UNREADABLE, USAGE, advised, describe, fail

if TYPE_CHECKING:
    from chosach.formats.listings import Batch, ListingFile
    from chosach.formats.listings.seen import SeenIds


@dataclass(frozen=True)
class How:
    """How files are to be read. `mapping`: field → column."""

    mapping: Mapping[str, str] = dataclass_field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    quiet: bool = False


def files_of(inputs: Sequence[Path]) -> list[Path]:
    """The files themselves, and of a folder all Parquet files in it. Ends the command where a folder has none."""
    found: list[Path] = []
    for path in inputs:
        inside = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
        if not inside:
            fail(UNREADABLE, f"{path}: thư mục không có tệp Parquet nào.", "folder.empty")
        found += inside
    return found


def opened(path: Path, how: How) -> "ListingFile":
    """The file, recognised and described. Ends the command where it can't be read."""
    from chosach.formats import listings

    try:
        file = listings.open_file(path, mapping=how.mapping, encoding=how.encoding, sheet=how.sheet)
    except listings.Unreadable as error:
        fail(UNREADABLE, advised(path, error), error.code)
    if not how.quiet:
        describe(file)
    return file


def batches(file: "ListingFile", seen: "SeenIds") -> "Iterator[Batch]":
    """All batches of a file. Ends the command, with the file's name, where it turns out to be damaged."""
    from chosach.formats import listings

    try:
        yield from file.batches(seen=seen)
    except listings.Unreadable as error:
        fail(UNREADABLE, advised(file.path, error), error.code)


def mapped(pairs: Sequence[str]) -> dict[str, str]:
    """What `--map FIELD=COLUMN` says of files of listings: field → column. Else the command ends."""
    from chosach.formats.listings.schema import FIELDS

    mapping: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or not name.strip() or not column:
            fail(USAGE, f"“{pair}” không có dạng TRƯỜNG=CỘT, ví dụ title=Tên hàng.", "map.form")
        if name.strip() in mapping:
            fail(USAGE, f"Trường “{name.strip()}” được chỉ ra hai lần.", "map.twice")
        mapping[name.strip()] = column
    for name in mapping:
        if name not in FIELDS:
            fail(USAGE, f"Không có trường “{name}”. Các trường: {', '.join(FIELDS)}.", "map.unknown_field")
    return mapping


def loaded(path: Path, load: Callable[[Path], Any], what: str, name: str) -> Any:
    """What `load` makes of this file. `what`: what it should have been; `name`: the first part of the codes. Ends the
    command where it is something else."""
    from chosach.formats.listings import spoken

    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        return load(path)
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", f"{name}.unreadable")
    except (ValueError, TypeError, RecursionError, OverflowError, csv.Error):  # the last three: a file made to break a reader
        fail(UNREADABLE, f"{path}: không phải {what}, hoặc tệp đã hỏng.", f"{name}.form")


#: Bytes of a price table or a learnt part; the real ones are a hundredth of it.
_LARGEST = 64_000_000
