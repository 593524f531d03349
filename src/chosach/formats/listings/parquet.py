"""Parquet, a batch of rows at a time, only the columns that are needed."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from chosach.formats.listings.columns import Mapping
from chosach.formats.listings.problems import Unreadable
from chosach.formats.listings.source import RawBatch
from chosach.formats.listings.texts import as_text

_MAX_COLUMNS = 1000


class ParquetSource:
    """A Parquet file. Lines of its problems are row numbers, from 1. `texts`: fields of which `RawBatch.texts` tells as far as they are."""

    def __init__(self, path: Path, *, texts: Collection[str] = ()) -> None:
        self._texts = frozenset(texts)
        try:
            self._file: Any = pq.ParquetFile(path, memory_map=False, buffer_size=1 << 20)
            self.header: list[str] = list(self._file.schema_arrow.names)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable("parquet.damaged", "Tệp Parquet bị hỏng hoặc bị cắt cụt.") from error
        if len(self.header) > _MAX_COLUMNS:
            raise Unreadable("columns.too_many", f"Tệp có hơn {_MAX_COLUMNS} cột.")
        self.total: int = self._file.metadata.num_rows

    def batches(self, mapping: Mapping, size: int) -> Iterator[RawBatch]:
        """All rows."""
        row = 0
        names = list(dict.fromkeys(mapping.names.values()))
        try:
            for batch in self._file.iter_batches(batch_size=size, columns=names, use_threads=False):
                numbers = list(range(row + 1, row + batch.num_rows + 1))
                row += batch.num_rows
                # of two columns of one name the first counts, as in the other formats
                places = {name: batch.schema.get_all_field_indices(name)[0] for name in names}
                given = {field: batch.column(places[name]) for field, name in mapping.names.items()}
                texts = {field: text for field in self._texts & given.keys() for text in [as_text(given[field])] if text is not None}
                columns = {field: _values(column) for field, column in given.items() if field not in texts}
                yield RawBatch(columns, numbers, list(numbers), [], row, texts)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable("parquet.damaged", f"Tệp Parquet bị hỏng sau dòng {row}.") from error


def _values(column: Any) -> list[Any]:
    """Python values. Strings that are not UTF-8 come as bytes and are mended later; times keep microseconds."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), column.type.value_type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = column.cast(pa.large_binary()).to_pylist()
    return values
