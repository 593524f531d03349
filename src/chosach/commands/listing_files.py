"""Files of listings as `chosach screen`, `train` and `prices` take them: how they are found, opened, and what is said of one that can't
be read."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import UNREADABLE, How, advised, fail, mapped_by, opened_by

if TYPE_CHECKING:
    from chosach.formats.listings import Batch, ListingFile
    from chosach.formats.listings.seen import SeenIds


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
    from chosach.formats.listings import open_file

    return opened_by(path, how, open_file)


def batches(file: "ListingFile", seen: "SeenIds") -> "Iterator[Batch]":
    """All batches of a file. Ends the command, with the file's name, where it turns out to be damaged."""
    from chosach.formats import listings

    try:
        yield from file.batches(seen=seen)
    except listings.Unreadable as error:
        fail(UNREADABLE, advised(file.path, error), error.code)


def mapped(pairs: Sequence[str]) -> dict[str, str]:
    """`mapped_by` for files of listings."""
    from chosach.formats.listings.schema import FIELDS

    return mapped_by(pairs, FIELDS, "title=Tên hàng")


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
