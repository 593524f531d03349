"""Reads the CSV and YAML files of a plan, keeping the line of everything, so that every problem can name file and line."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Row = TypeVar("Row", bound=BaseModel)
YamlPath = tuple[str | int, ...]

#: Kinds of pydantic errors → (stable code, Vietnamese sentence).
_MESSAGES: Mapping[str, tuple[str, str]] = {
    "missing": ("plan.value_missing", "thiếu “{field}”"),
    "string_too_short": ("plan.value_missing", "“{field}” để trống"),
    "string_too_long": ("plan.value_long", "“{field}” dài quá mức cho phép"),
    "string_pattern_mismatch": ("plan.code_wrong", "“{field}”: “{value}” không đúng dạng mã (chữ thường không dấu, số, gạch nối)"),
    "string_type": ("plan.value_wrong", "“{field}”: phải là chữ; hãy đặt trong dấu ngoặc kép"),
    "extra_forbidden": ("plan.field_unknown", "“{field}” không phải trường được dùng ở đây"),
    "enum": ("plan.value_unknown", "“{field}”: “{value}” không có trong danh mục"),
    "literal_error": ("plan.value_unknown", "“{field}”: “{value}” không có trong danh mục"),
    "value_error": ("plan.value_wrong", "“{field}”: {error}"),
}
_DATE = ("plan.date_wrong", "“{field}”: “{value}” không phải ngày (viết năm-tháng-ngày, ví dụ 2020-11-13)")
_NUMBER = ("plan.number_wrong", "“{field}”: “{value}” không phải số nguyên hợp lệ")
_OTHER = ("plan.value_wrong", "“{field}”: giá trị “{value}” không hợp lệ")


@dataclass(frozen=True, order=True)
class Issue:
    """One problem in one file. `line` counts from 1; 0 when the file as a whole is meant."""

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: [{self.code}] {self.message}"


@dataclass(frozen=True)
class At(Generic[Row]):
    """A checked row with its place."""

    row: Row
    file: str
    line: int


@dataclass
class Reader:
    """Reads the files of one folder and gathers every issue on the way."""

    folder: Path
    issues: list[Issue] = field(default_factory=list)

    def report(self, file: str, line: int, code: str, message: str) -> None:
        self.issues.append(Issue(self.name(file), line, code, message))

    def name(self, file: str) -> str:
        """How a file is called in messages: with its folder, because the law stands in another one."""
        return f"{self.folder.name}/{file}"

    def text(self, file: str, *, needed: bool) -> str | None:
        """The file's text (UTF-8 with or without BOM), or None with an issue where it is needed."""
        path = self.folder / file
        if not path.is_file():
            if needed:
                self.report(file, 0, "plan.file_missing", "không có tệp này")
            return None
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.report(file, 0, "plan.not_utf8", f"tệp không phải UTF-8 (byte thứ {error.start + 1})")
            return None

    def table(self, file: str, kind: type[Row], *, needed: bool = False) -> list[At[Row]]:
        """The rows of a CSV file, each checked against `kind`."""
        text = self.text(file, needed=needed)
        if text is None:
            return []
        rows: list[At[Row]] = []
        for line, cells in self._lines(file, text, kind):
            try:
                rows.append(At(kind.model_validate(cells), self.name(file), line))
            except ValidationError as error:
                for found in error.errors():
                    self._invalid(file, line, found)
        return rows

    def document(self, file: str, kind: type[Row], *, needed: bool = False) -> "Document[Row] | None":
        """A YAML file checked against `kind`, or None with issues."""
        text = self.text(file, needed=needed)
        if text is None:
            return None
        loader = yaml.SafeLoader(text)
        lines: dict[YamlPath, int] = {}
        try:
            node = loader.get_single_node()
            if node is None:
                self.report(file, 0, "plan.file_empty", "tệp không có nội dung")
                return None
            self._walk(file, node, (), lines)
            data = loader.construct_document(node)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.report(file, mark.line + 1 if mark else 0, "plan.yaml_wrong", f"sai cú pháp YAML: {getattr(error, 'problem', error)}")
            return None
        except ValueError as error:
            self.report(file, 0, "plan.date_wrong", f"ngày tháng không có thật: {error}")
            return None
        finally:
            loader.dispose()
        try:
            return Document(kind.model_validate(data), self.name(file), lines)
        except ValidationError as error:
            for found in error.errors():
                self._invalid(file, line_of(lines, found["loc"]), found)
            return None

    def _lines(self, file: str, text: str, kind: type[Row]) -> Iterator[tuple[int, dict[str, str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            known = kind.model_fields
            for name in header:
                if name not in known:
                    self.report(file, 1, "plan.column_unknown", f"cột “{name}” không được dùng ở đây")
            missing = [name for name, field in known.items() if field.is_required() and name not in header]
            if missing:
                self.report(file, 1, "plan.column_missing", f"thiếu cột: {', '.join(missing)}")
            if missing or set(header) - set(known):
                return
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    self.report(file, reader.line_num, "plan.cells_wrong", f"dòng có {len(cells)} ô, tiêu đề có {len(header)} cột")
                    continue
                yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        except csv.Error as error:
            self.report(file, reader.line_num, "plan.csv_wrong", f"sai cú pháp CSV: {error}")

    def _walk(self, file: str, node: yaml.Node, path: YamlPath, lines: dict[YamlPath, int]) -> None:
        lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                name = str(key.value)
                if name in seen:
                    self.report(file, key.start_mark.line + 1, "plan.field_twice", f"“{name}” ghi hai lần")
                seen.add(name)
                lines[(*path, name)] = key.start_mark.line + 1
                self._walk(file, value, (*path, name), lines)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                self._walk(file, value, (*path, number), lines)

    def _invalid(self, file: str, line: int, found: Any) -> None:
        kind = str(found["type"])
        if kind.startswith(("date", "datetime")):
            code, message = _DATE
        elif kind.startswith(("int", "greater", "less")):
            code, message = _NUMBER
        else:
            code, message = _MESSAGES.get(kind, _OTHER)
        context = found.get("ctx", {})
        name = ".".join(str(part) for part in found["loc"] if not isinstance(part, int)) or "nội dung"
        value = str(found.get("input", ""))[:60]
        self.report(file, line, code, message.format(field=name, value=value, error=context.get("error", "")))


@dataclass(frozen=True)
class Document(Generic[Row]):
    """A checked YAML file with the line of every part."""

    row: Row
    file: str
    lines: Mapping[YamlPath, int]

    def line(self, *path: str | int) -> int:
        return line_of(self.lines, path)


def line_of(lines: Mapping[YamlPath, int], path: YamlPath) -> int:
    """The line of a part, or of the nearest part around it."""
    for end in range(len(path), -1, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 0
