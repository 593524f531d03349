"""Reading files of sellers' records: what `chosach link`, `chosach place` and `chosach index` have in common."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import UNREADABLE, How, fail, grouped, opened_by, say

if TYPE_CHECKING:
    from chosach.formats.listings import RejectsWriter
    from chosach.formats.listings.problems import RowProblem
    from chosach.formats.records import Batch, RecordFile
    from chosach.linking import Model


_LOST = ("number.scientific", "id.scientific", "number.figures")
#: Ids that a message names.
_NAMED = 5


@dataclass
class Tally:
    """Rows read, and those that hold a record. `reasons`: code → rows left out, cells. `lost`: code → cells whose last figures a
    spreadsheet has lost. `unread`: field → how many of its values can't be read,
    and the first records with one."""

    read: int = 0
    accepted: int = 0
    reasons: "Counter[str]" = dataclass_field(default_factory=Counter)
    lost: "Counter[str]" = dataclass_field(default_factory=Counter)
    unread: "dict[str, tuple[int, list[str]]]" = dataclass_field(default_factory=dict)

    def told(self) -> list[str]:
        """Why rows were left out, the commonest reason first, a line each; then what was found in cells, but for what `warn` says."""
        from chosach.formats.listings.problems import CODES

        order = sorted(self.reasons.items(), key=lambda one: (not CODES[one[0]].rejects, -one[1], one[0]))
        lines = [f"  {grouped(count)} {'dòng' if CODES[code].rejects else 'ô'}: {CODES[code].reason}" for code, count in order[:_NAMED]]
        return [*lines, "  …"] if len(order) > _NAMED else lines

    def warn(self) -> None:
        """Says which values couldn't be read, to the quiet too: such a record must not be taken for one that nobody knows."""
        from chosach.formats.records.columns import LABELS

        lost = sum(self.lost.values())
        if lost:
            what = f"{grouped(lost)} ô có số dài bị bảng tính đổi các chữ số cuối"
            say(f"{what}. Hãy định dạng cột là văn bản rồi ghi lại. {_codes(self.lost)}")
        for field, (count, first) in self.unread.items():
            more = "…" if count > len(first) else ""
            what = f"{grouped(count)} hồ sơ có {LABELS[field].lower()} không đọc được ({', '.join(first)}{more})"
            say(f"{what}: vẫn được giữ, chỉ so các cột còn lại. [record.unread]")


def opened(path: Path, how: How) -> "RecordFile":
    """The file, recognised and described. Ends the command where it can't be read."""
    from chosach.formats.records import open_file

    return opened_by(path, how, open_file)


def batches(
    files: "list[RecordFile]", rejects: "RejectsWriter", tally: Tally, advance: Any, *, left_out: Callable[[str], bool] | None = None
) -> "Iterator[tuple[Path, Batch]]":
    """All batches of all files that hold a row, each with its file; problems are written as they come. Raises `Unreadable`.

    `left_out`: tells by its id whether a row will be left out by who asked: what can't be read in it matters to nobody.
    """
    from chosach.formats.listings import SeenIds, Unreadable

    seen = SeenIds()
    for place, file in enumerate(files):
        for batch in file.batches(seen=seen):
            rejects.write(
                str(file.path), sorted([*batch.problems, *_unread(file, batch, tally, left_out)], key=lambda one: (one.row, one.line))
            )
            tally.read += batch.table.num_rows + batch.rejected
            for problem in batch.problems:
                (tally.lost if problem.code in _LOST else tally.reasons)[problem.code] += 1
            tally.accepted += batch.table.num_rows
            advance(place, batch.consumed / file.total, tally.read)
            if batch.table.num_rows:
                yield file.path, batch
    if not tally.accepted:
        raise Unreadable("rows.none", _none_usable(tally))


def _codes(codes: "Counter[str]") -> str:
    return " ".join(f"[{code}]" for code in sorted(codes))


def _none_usable(tally: Tally) -> str:
    if not tally.read:
        return "Không có dòng dữ liệu nào, chỉ có dòng tiêu đề."
    why = "\n".join(tally.told())
    return f"Không dòng nào dùng được. Hãy xem lại cột mã hồ sơ và các cột để so sánh (--map).\n{why}".strip()


def _unread(file: "RecordFile", batch: "Batch", tally: Tally, left_out: Callable[[str], bool] | None) -> "Iterator[RowProblem]":
    """Values of a batch in which nothing to compare can be read; they are counted as well."""
    from chosach.formats.listings.problems import RowProblem, shorten
    from chosach.linking.unread import unread

    ids = batch.table["record_id"]
    for row, field, value in unread(batch.table):
        if left_out and left_out(ids[row].as_py()):
            continue
        count, first = tally.unread.get(field, (0, []))
        tally.unread[field] = (count + 1, first if len(first) >= _NAMED else [*first, ids[row].as_py()])
        yield RowProblem(batch.lines[row], batch.rows[row], file.mapping.column(field), "record.unread", shorten(value))


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
    except (ValueError, RecursionError, OverflowError):
        fail(UNREADABLE, f"{path}: không phải mô hình của chosach link.", "model.form")
