"""Reading files of sellers' records: what `chosach link`, `chosach place` and `chosach index` have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import UNREADABLE, describe, fail

if TYPE_CHECKING:
    from chosach.formats.listings import RejectsWriter
    from chosach.formats.records import Batch, RecordFile
    from chosach.linking import Model


@dataclass
class Tally:
    """Rows read, and those that hold a record."""

    read: int = 0
    accepted: int = 0


@dataclass(frozen=True)
class How:
    """How files are to be read. `mapping`: field → column."""

    mapping: Mapping[str, str]
    encoding: str | None = None
    sheet: str | None = None
    quiet: bool = False


def opened(path: Path, how: How) -> "RecordFile":
    """The file, recognised and described. Ends the command where it can't be read."""
    from chosach.formats import listings, records

    try:
        file = records.open_file(path, mapping=how.mapping, encoding=how.encoding, sheet=how.sheet)
    except listings.Unreadable as error:
        fail(UNREADABLE, f"{path}: {error.message}", error.code)
    if not how.quiet:
        describe(file)
    return file


def batches(files: "list[RecordFile]", rejects: "RejectsWriter", tally: Tally, advance: Any) -> "Iterator[tuple[Path, Batch]]":
    """All batches of all files that hold a row, each with its file; problems are written as they come. Raises `Unreadable`."""
    from chosach.formats.listings import SeenIds, Unreadable

    seen = SeenIds()
    for place, file in enumerate(files):
        for batch in file.batches(seen=seen):
            rejects.write(str(file.path), batch.problems)
            tally.read += batch.table.num_rows + batch.rejected
            tally.accepted += batch.table.num_rows
            advance(place, batch.consumed / file.total, tally.read)
            if batch.table.num_rows:
                yield file.path, batch
    if not tally.accepted:
        raise Unreadable("rows.none", "Không dòng nào dùng được. Hãy xem lại cột mã hồ sơ và các cột để so sánh (--map).")


def model_of(path: Path | None) -> "Model | None":
    """The model of a file. Ends the command where it is none."""
    if path is None:
        return None
    from chosach.formats.listings import spoken
    from chosach.linking import Model

    try:
        return Model.from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", "model.unreadable")
    except ValueError:
        fail(UNREADABLE, f"{path}: không phải mô hình của chosach link.", "model.form")
