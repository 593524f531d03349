"""JSON lines: one object a line. A column is a key, or keys joined by dots for objects within ("shop.name")."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chosach.formats.listings.columns import Mapping
from chosach.formats.listings.lines import Lines
from chosach.formats.listings.problems import RowProblem, Unreadable, shorten
from chosach.formats.listings.source import RawBatch

_SAMPLE_LINES = 200
_MAX_COLUMNS = 1000


class JsonLinesSource:
    """A file of JSON objects, one a line."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.total = path.stat().st_size
        self._path, self._encoding = path, encoding
        self.header = self._read_header()

    def _read_header(self) -> list[str]:
        """Keys of the first rows, in order of appearance, one level of inner objects included."""
        names: dict[str, None] = {}
        good = 0
        lines = Lines(self._path, self._encoding)
        try:
            for _, line in zip(range(_SAMPLE_LINES), lines, strict=False):
                item = _object(line)
                if isinstance(item, dict):
                    good += 1
                    for key, value in item.items():
                        names[key] = None
                        if isinstance(value, dict):
                            names.update((f"{key}.{inner}", None) for inner in value)
        finally:
            lines.close()
        if not good:
            raise Unreadable("json.syntax", "Tệp bắt đầu bằng “{” nhưng không dòng nào là một đối tượng JSON trọn vẹn.")
        return list(names)[:_MAX_COLUMNS]

    def batches(self, mapping: Mapping, size: int) -> Iterator[RawBatch]:
        """All rows; blank lines are skipped."""
        lines = Lines(self._path, self._encoding)
        paths = {field: _path(name, self.header) for field, name in mapping.names.items()}
        try:
            yield from self._batches(lines, paths, size)
        finally:
            lines.close()

    def _batches(self, lines: Lines, paths: dict[str, list[str]], size: int) -> Iterator[RawBatch]:
        row, kept, numbers, rows, problems = 0, [], [], [], []
        for line in lines:
            if not line.strip("\ufeff \t\r\n"):
                continue
            row += 1
            item = _object(line)
            if isinstance(item, dict):
                kept.append(item)
                numbers.append(lines.number)
                rows.append(row)
            else:
                code = "json.syntax" if item is None else "json.not_object"
                problems.append(RowProblem(lines.number, row, "", code, shorten(line)))
            if len(kept) + len(problems) >= size:
                yield RawBatch(_columns(kept, paths), numbers, rows, problems, lines.consumed)
                kept, numbers, rows, problems = [], [], [], []
        problems += [RowProblem(line, row + at + 1, "", "row.too_long") for at, line in enumerate(lines.too_long)]
        yield RawBatch(_columns(kept, paths), numbers, rows, problems, self.total)


def _object(line: str) -> object:
    """The line's value; None when it is not JSON. (A lone `null` is told apart from that by nobody: both are rejects.)"""
    try:
        return json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _path(name: str, header: list[str]) -> list[str]:
    """The keys that lead to a column. A name with dots that is itself a key is that key."""
    parts = name.split(".", 1)
    return parts if len(parts) == 2 and parts[0] in header else [name]


def _columns(kept: list[dict[str, Any]], paths: dict[str, list[str]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for field, path in paths.items():
        if len(path) == 1:
            key = path[0]
            columns[field] = [item.get(key) for item in kept]
        else:
            columns[field] = [_inner(item, path) for item in kept]
    return columns


def _inner(item: dict[str, Any], path: list[str]) -> Any:
    whole = ".".join(path)
    if whole in item:
        return item[whole]
    inner = item.get(path[0])
    return inner.get(path[1]) if isinstance(inner, dict) else None
