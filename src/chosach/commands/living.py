"""Files of earlier traders and of judgements for `chosach link`, read whole and checked before the records are."""

from pathlib import Path
from typing import TYPE_CHECKING

from chosach.commands.running import UNREADABLE, fail

if TYPE_CHECKING:
    import pyarrow as pa


def read_table(path: Path | None) -> "pa.Table | None":
    """The same of a file that may be left out."""
    return None if path is None else table_of(path)


def table_of(path: Path) -> "pa.Table":
    """A Parquet file, or CSV with every cell as text. Ends the command where it can't be read."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.formats.listings import spoken

    try:
        with path.open("rb") as file:
            parquet = file.read(4) == b"PAR1"
        if parquet:
            return pq.read_table(path)
        read = pl.read_csv(path, infer_schema=False)
        return read.rename({name: name.strip().lower() for name in read.columns}).to_arrow()
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", "file.unreadable")
    except (pa.ArrowInvalid, pl.exceptions.PolarsError, UnicodeDecodeError):
        fail(UNREADABLE, f"{path}: không phải tệp Parquet hay CSV (UTF-8) đọc được.", "file.form")


def checked(judgements: "pa.Table | None", previous: "pa.Table | None") -> None:
    """Ends the command where a table can't be used for what it is given for."""
    from chosach.linking.living import Unusable
    from chosach.linking.living.run import begin

    try:
        begin(judgements, previous)
    except Unusable as error:
        fail(UNREADABLE, error.message, error.code)
