"""CSV: quoted line breaks, ragged rows, broken quotes; each row with the line it begins on."""

import csv
from collections.abc import Iterator
from pathlib import Path

from chosach.formats.listings.columns import Mapping
from chosach.formats.listings.lines import Lines
from chosach.formats.listings.problems import RowProblem, Unreadable, shorten
from chosach.formats.listings.source import RawBatch

MAX_FIELD = 1 << 20
MAX_COLUMNS = 1000
#: After so many broken quotes a file is not gone back over any more: each costs up to MAX_FIELD characters of reading again.
MAX_RECOVERIES = 200


class _Records:
    """Records of a CSV file with the line each begins on. A broken record gives None; reading goes on with the line after its first."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        csv.field_size_limit(MAX_FIELD)
        self.lines = Lines(path, encoding)
        self._pending: list[str] = []
        self._reader = csv.reader(self._feed(), delimiter=delimiter, strict=True)
        self._recoveries = 0
        self.begins = 1
        self.broken = ""

    def _feed(self) -> Iterator[str]:
        # csv.reader must never see the end of this generator before the file's: it would not ask again after a put_back.
        while True:
            line = next(self.lines, None)
            if line is None:
                return
            if not self._pending:
                self.begins = self.lines.number
            self._pending.append(line)
            yield line

    def __iter__(self) -> Iterator[list[str] | None]:
        return self

    def __next__(self) -> list[str] | None:
        self._pending.clear()
        try:
            return next(self._reader)
        except csv.Error:
            self._recover()
            return None

    def _recover(self) -> None:
        self.broken = self._pending[0] if self._pending else ""
        rest = self._pending[1:]
        if rest and self._recoveries < MAX_RECOVERIES:
            self._recoveries += 1
            self.lines.put_back(rest)
            self._reader = csv.reader(self._feed(), dialect=self._reader.dialect, strict=True)


class DelimitedSource:
    """A CSV file with a header line."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        self.total = path.stat().st_size
        self._path, self._encoding, self._delimiter = path, encoding, delimiter
        records = _Records(path, encoding, delimiter)
        self.header = self._read_header(records)
        records.lines.close()

    def _read_header(self, records: _Records) -> list[str]:
        for record in records:
            if record is None:
                raise Unreadable("csv.header", "Dòng tiêu đề có ngoặc kép không khớp.")
            if not any(cell.strip() for cell in record) or (records.begins == 1 and _is_sep_line(records)):
                continue
            if len(record) > MAX_COLUMNS:
                raise Unreadable("columns.too_many", f"Tệp có hơn {MAX_COLUMNS} cột.")
            return [cell.strip() for cell in record]
        raise Unreadable("file.empty", "Tệp không có dòng tiêu đề.")

    def batches(self, mapping: Mapping, size: int) -> Iterator[RawBatch]:
        """All rows after the header."""
        records = _Records(self._path, self._encoding, self._delimiter)
        try:
            self._read_header(records)
            yield from self._batches(records, mapping, size)
        finally:
            records.lines.close()

    def _batches(self, records: _Records, mapping: Mapping, size: int) -> Iterator[RawBatch]:
        width = len(self.header)
        row, kept, lines, rows, problems = 0, [], [], [], []
        for record in records:
            if records.lines.too_long:
                row += len(records.lines.too_long)
                problems += [RowProblem(line, row, "", "row.too_long") for line in records.lines.too_long]
                records.lines.too_long.clear()
            if record is not None and not any(record):
                continue
            row += 1
            if record is None:
                problems.append(RowProblem(records.begins, row, "", "csv.quote", shorten(records.broken)))
            elif len(record) != width and not self._fits(record, records.begins, row, problems):
                continue
            else:
                kept.append(record)
                lines.append(records.begins)
                rows.append(row)
            if len(kept) + len(problems) >= size:
                yield RawBatch(_columns(kept, mapping), lines, rows, problems, records.lines.consumed)
                kept, lines, rows, problems = [], [], [], []
        problems += [RowProblem(line, row + at + 1, "", "row.too_long") for at, line in enumerate(records.lines.too_long)]
        yield RawBatch(_columns(kept, mapping), lines, rows, problems, self.total)

    def _fits(self, record: list[str], line: int, row: int, problems: list[RowProblem]) -> bool:
        """Make the record as wide as the header; False when it can't be, because it has more cells than the header."""
        width = len(self.header)
        if len(record) < width:
            problems.append(RowProblem(line, row, self.header[len(record)], "row.short"))
            record.extend([""] * (width - len(record)))
        elif any(record[width:]):
            problems.append(RowProblem(line, row, "", "row.columns", shorten(" ¦ ".join(record[width:]))))
            return False
        return True


def _is_sep_line(records: _Records) -> bool:
    line = "".join(records._pending).lstrip("\ufeff").strip().lower()
    return line.startswith("sep=") and len(line) <= 5


def _columns(kept: list[list[str]], mapping: Mapping) -> dict[str, list[str]]:
    return {field: [record[place] for record in kept] for field, place in mapping.columns.items()}
