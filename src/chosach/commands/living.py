"""Files of earlier traders and of judgements for `chosach link`, read whole and checked before the records are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import UNREADABLE, fail

if TYPE_CHECKING:
    import pyarrow as pa

    from chosach.formats.listings.source import RawBatch, Source

#: Those without which a judgement is not what the person said.
_JUDGED = frozenset({"record_id_l", "record_id_r", "verdict", "decided"})
_NO_TABLE = "không phải tệp Parquet, CSV hay XLSX đọc được."
_ROWS = 50_000


@dataclass(frozen=True)
class _File:
    """A table, and the line of the file at which each of its rows begins."""

    table: "pa.Table"
    lines: "list[int] | range"


def read_table(path: Path | None) -> "pa.Table | None":
    """The same of a file that may be left out."""
    return None if path is None else table_of(path)


def table_of(path: Path) -> "pa.Table":
    """A Parquet file, or CSV (encoding and delimiter as found) or a spreadsheet (the first sheet with such columns), every cell as text.

    Ends the command where it can't be read.
    """
    return _read(path).table


def read_judgements(path: Path | None) -> "pa.Table | None":
    """The same of judgements. Verdicts in words become codes. `decided` where it is text becomes a time, or a number, so that the newest
    is the newest; column `line` (`judgements.LINE`) says where each stands in the file."""
    import pyarrow as pa

    from chosach.formats.records.judged import verdict
    from chosach.linking.living.judgements import LINE

    if path is None:
        return None
    file = _read(path, whole=_JUDGED)
    table = file.table.drop_columns([LINE]) if LINE in file.table.column_names else file.table
    table = table.append_column(LINE, pa.array(file.lines, pa.int64()))
    if "verdict" in table.column_names:
        said = [verdict(text) for text in table["verdict"].cast(pa.string()).to_pylist()]
        table = table.set_column(table.column_names.index("verdict"), "verdict", pa.array(said, pa.string()))
    if "decided" not in table.column_names:
        return table
    place = table.column_names.index("decided")
    kind = table.schema.field(place).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        return table
    told = [(text or "").strip() for text in table["decided"].to_pylist()]
    return table.set_column(place, "decided", pa.array(_in_time(told, file.lines, path)))


def _in_time(told: list[str], lines: "list[int] | range", path: Path) -> list[Any]:
    """Texts as what can be put in order, None where empty: numbers where all are, times else. Ends the command where one is neither."""
    from chosach.formats.listings.values import Bad, moment

    if all(text.isascii() and text.isdigit() for text in told if text):
        return [int(text) if text else None for text in told]
    times = []
    for line, text in zip(lines, told, strict=True):
        try:
            times.append(moment(text) if text else None)
        except Bad:
            message = f"{path}: kết luận ở dòng {line} có thời điểm “{text}” không đọc được. Hãy ghi như 2026-11-30 hoặc 30/11/2026 08:30."
            fail(UNREADABLE, message, "judgement.decided")
    return times


def _read(path: Path, whole: frozenset[str] = frozenset()) -> _File:
    """`whole`: columns that no row may be cut short of."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.formats.listings import Unreadable, spoken
    from chosach.formats.listings.delimited import DelimitedSource
    from chosach.formats.listings.sniff import sniff
    from chosach.formats.listings.xlsx import XlsxSource
    from chosach.formats.records import judged

    names = [*judged.FIELDS, *judged.LABELS.values(), *(name for others in judged.SYNONYMS.values() for name in others)]
    try:
        kind = sniff(path, names=names)
        if kind.format == "parquet":
            table = pq.read_table(path)
            found = {place: field for field, place in judged.recognise(table.column_names).items()}
            named = table.rename_columns([found.get(place, name) for place, name in enumerate(table.column_names)])
            table = named.replace_schema_metadata(table.schema.metadata)
            return _File(table, range(1, table.num_rows + 1))
        if kind.format == "csv":
            return _texts(DelimitedSource(path, kind.encoding, kind.delimiter), path, whole)
        if kind.format == "xlsx":
            sheets = XlsxSource(path, needed=lambda header: len(judged.recognise(header)) > 1)
            return _texts(sheets, path, whole)
    except Unreadable as error:
        fail(UNREADABLE, f"{path}: {error.message}", error.code)
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", "file.unreadable")
    except pa.ArrowInvalid:
        pass
    fail(UNREADABLE, f"{path}: {_NO_TABLE}", "file.form")


def _texts(source: "Source", path: Path, whole: frozenset[str]) -> _File:
    """All cells as text, None where empty. A row that can't be read ends the command: nothing that a person judged is passed over."""
    import pyarrow as pa

    from chosach.formats.listings.columns import Mapping
    from chosach.formats.records import judged

    places = judged.recognise(source.header)
    for place, name in enumerate(source.header):
        if name.strip() and place not in places.values():
            places.setdefault(name.strip().lower(), place)
    columns: dict[str, list[str | None]] = {name: [] for name in places}
    lines: list[int] = []
    for batch in source.batches(Mapping(places, {}), _ROWS):
        _refuse_broken(batch, path, source.header, max((place for name, place in places.items() if name in whole), default=-1))
        lines += batch.lines
        for name, values in batch.columns.items():
            columns[name] += [_text(value) for value in values]
    return _File(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}), lines)


def _refuse_broken(batch: "RawBatch", path: Path, header: Sequence[str], last: int) -> None:
    """`last`: place of the last column that a row must reach."""
    for problem in batch.problems:
        if problem.rejected:
            fail(UNREADABLE, f"{path}: dòng {problem.line}: {problem.reason}", problem.code)
        if problem.code == "row.short" and header.index(problem.column) <= last:
            message = f"{path}: dòng {problem.line}: dòng bị cụt, thiếu từ cột “{problem.column}”. Ô trống cũng phải có dấu phân cách."
            fail(UNREADABLE, message, problem.code)


def _text(value: object) -> str | None:
    """A cell as it would stand in a CSV file. Spreadsheets know days and times, and call every number a fraction."""
    from chosach.formats.listings.rejects import bare
    from chosach.formats.listings.values import whole

    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return bare(whole("" if value is None else str(value)).replace("\0", "").strip()) or None


def checked(judgements: "pa.Table | None", previous: "pa.Table | None", *, judged: Path | None, earlier: Path | None) -> None:
    """Ends the command where a table can't be used for what it is given for. `judged`, `earlier`: the files they were read from."""
    from chosach.linking.living import Unusable
    from chosach.linking.living.run import begin

    try:
        begin(judgements, previous)
    except Unusable as error:
        fail(UNREADABLE, f"{judged if error.code.startswith('judgement.') else earlier}: {error.message}", error.code)
