"""The rejects file: every row left out and every value emptied, for the person who mends the source."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from chosach.formats.listings.problems import RowProblem

COLUMNS = ("file", "line", "row", "column", "severity", "code", "reason", "value")
#: A spreadsheet program takes a text that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before = + - @."""
    return f"'{value}" if value.startswith(FORMULA) else value


def bare(value: str) -> str:
    """The cell that `neutral` made this of, where it did."""
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value


class RejectsWriter:
    """Writes CSV (UTF-8 with BOM, so that spreadsheets read Vietnamese), or JSON lines when the name ends in .jsonl."""

    def __init__(self, path: Path, *, as_json: bool = False) -> None:
        self._json = as_json
        self._file = path.open("w", encoding="utf-8" if as_json else "utf-8-sig", newline="")
        self._csv = csv.writer(self._file)
        self.rejected = 0
        self.warnings = 0
        if not as_json:
            self._csv.writerow(COLUMNS)

    def write(self, file: str, problems: Iterable[RowProblem]) -> None:
        """Add these problems of one file."""
        for problem in problems:
            severity = "reject" if problem.rejected else "warning"
            self.rejected += problem.rejected
            self.warnings += not problem.rejected
            cells = (file, problem.line, problem.row, problem.column, severity, problem.code, problem.reason, problem.value)
            if self._json:
                self._file.write(json.dumps(dict(zip(COLUMNS, cells, strict=True)), ensure_ascii=False) + "\n")
            else:
                self._csv.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in cells])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
