"""Files of earlier traders and of judgements for `chosach link`, read whole and checked before the records are."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import UNREADABLE, fail

if TYPE_CHECKING:
    import pyarrow as pa

#: Columns of both kinds of table, by which the delimiter of a CSV file is told.
_COLUMNS = ("record_id", "cluster_id", "ring_id", "record_id_l", "record_id_r", "verdict", "decided")
_NO_TABLE = "không phải tệp Parquet hay CSV đọc được."


def read_table(path: Path | None) -> "pa.Table | None":
    """The same of a file that may be left out."""
    return None if path is None else table_of(path)


def read_judgements(path: Path | None) -> "pa.Table | None":
    """The same of judgements; `decided` where it is text becomes a time, or a number, so that the newest is the newest."""
    import pyarrow as pa

    table = read_table(path)
    if table is None or "decided" not in table.column_names:
        return table
    place = table.column_names.index("decided")
    kind = table.schema.field(place).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        return table
    told = [(text or "").strip() for text in table["decided"].to_pylist()]
    return table.set_column(place, "decided", pa.array(_in_time(told, path)))


def _in_time(told: list[str], path: Path | None) -> list[Any]:
    """Texts as what can be put in order, None where empty: numbers where all are, times else. Ends the command where one is neither."""
    from chosach.formats.listings.values import Bad, moment

    if all(text.isascii() and text.isdigit() for text in told if text):
        return [int(text) if text else None for text in told]
    times = []
    for row, text in enumerate(told, 1):
        try:
            times.append(moment(text) if text else None)
        except Bad:
            message = f"{path}: kết luận ở dòng {row} có thời điểm “{text}” không đọc được. Hãy ghi như 2026-11-30 hoặc 30/11/2026 08:30."
            fail(UNREADABLE, message, "judgement.decided")
    return times


def table_of(path: Path) -> "pa.Table":
    """A Parquet file, or CSV (encoding and delimiter as found) with every cell as text. Ends the command where it can't be read."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.formats.listings import Unreadable, spoken
    from chosach.formats.listings.sniff import sniff

    try:
        kind = sniff(path, names=_COLUMNS)
        if kind.format == "parquet":
            return pq.read_table(path)
        if kind.format != "csv":
            fail(UNREADABLE, f"{path}: {_NO_TABLE}", "file.form")
        text = path.read_bytes().decode(kind.encoding).lstrip("\ufeff").replace("\0", "")
        if text[:4].lower() == "sep=":
            text = text.partition("\n")[2]
        read = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, separator=kind.delimiter)
        named = read.rename({name: name.strip().lower() for name in read.columns})
        return named.select(pl.all().str.strip_chars()).to_arrow()
    except Unreadable as error:
        fail(UNREADABLE, f"{path}: {error.message}", error.code)
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", "file.unreadable")
    except (pa.ArrowInvalid, pl.exceptions.PolarsError, UnicodeDecodeError):
        fail(UNREADABLE, f"{path}: {_NO_TABLE}", "file.form")


def checked(judgements: "pa.Table | None", previous: "pa.Table | None") -> None:
    """Ends the command where a table can't be used for what it is given for."""
    from chosach.linking.living import Unusable
    from chosach.linking.living.run import begin

    try:
        begin(judgements, previous)
    except Unusable as error:
        fail(UNREADABLE, error.message, error.code)
