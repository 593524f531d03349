"""Open a file of listings of any format and read it in batches."""

from collections.abc import Iterator
from collections.abc import Mapping as Pairs
from pathlib import Path

from chosach.formats.listings.columns import Mapping, propose
from chosach.formats.listings.delimited import DelimitedSource
from chosach.formats.listings.jsonl import JsonLinesSource
from chosach.formats.listings.parquet import ParquetSource
from chosach.formats.listings.problems import Unreadable, spoken
from chosach.formats.listings.seen import SeenIds
from chosach.formats.listings.sniff import Kind, sniff
from chosach.formats.listings.source import Source
from chosach.formats.listings.table import TEXTS, Batch, build
from chosach.formats.listings.xlsx import XlsxSource

__all__ = ["BATCH_ROWS", "Batch", "ListingFile", "open_file"]

#: Rows of a batch. Real listings average 1.1 kB, so a batch is some 9 MB.
BATCH_ROWS = 8192


class ListingFile:
    """A file that can be read, with the mapping of its columns."""

    def __init__(self, path: Path, kind: Kind, source: Source, mapping: Mapping) -> None:
        self.path = path
        self.kind = kind
        self.mapping = mapping
        self._source = source

    @property
    def header(self) -> list[str]:
        """Names of its columns."""
        return self._source.header

    @property
    def total(self) -> int:
        """What `Batch.consumed` counts up to (bytes or rows, by format)."""
        return max(1, self._source.total)

    def batches(self, *, seen: SeenIds | None = None, size: int = BATCH_ROWS) -> Iterator[Batch]:
        """Every row, in order. `seen`: ids read before from other files; ids met there or here twice are rejected.

        Batches hold up to `size` rows as read; rejected ones are missing from the table. Raises `Unreadable` when the file
        turns out to be damaged.
        """
        known = SeenIds() if seen is None else seen
        for raw in self._source.batches(self.mapping, size):
            if raw.rows or raw.problems:
                yield build(raw, self.mapping, known, sheet=self.kind.format == "xlsx")


def open_file(
    path: Path,
    *,
    mapping: Pairs[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    guess: bool = True,
) -> ListingFile:
    """Recognise the file by its content and propose its mapping.

    `mapping` (field → column name) goes before what the names tell, and is all without `guess`; `encoding` is only needed for
    windows-1258; `sheet` for a spreadsheet with several. Raises `Unreadable` with a stable code.
    """
    told = dict(mapping or {})
    source, kind = open_source(path, encoding=encoding, sheet=sheet, told=told)
    return ListingFile(path, kind, source, propose(source.header, told, guess=guess))


def open_source(
    path: Path, *, encoding: str | None = None, sheet: str | None = None, told: Pairs[str, str] | None = None
) -> tuple[Source, Kind]:
    """The file's columns and rows, before any mapping. For pages that ask a person for the mapping."""
    names = list((told or {}).values())
    kind = sniff(path, encoding=encoding, names=names)
    try:
        if kind.format == "parquet":
            return ParquetSource(path, texts=TEXTS), kind
        if kind.format == "xlsx":
            return XlsxSource(path, sheet, names), kind
        if kind.format == "jsonl":
            return JsonLinesSource(path, kind.encoding), kind
        return DelimitedSource(path, kind.encoding, kind.delimiter), kind
    except OSError as error:
        raise Unreadable("file.unreadable", f"Không đọc được tệp: {spoken(error)}.") from error
