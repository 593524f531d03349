"""A file of entities, line by line. What several lines say of one id is put together, as FollowTheMoney's own tools do."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chosach.formats.followthemoney.entity import Entity
from chosach.formats.followthemoney.model import ELSEWHERE, MODEL
from chosach.formats.listings.lines import Lines
from chosach.formats.listings.problems import RowProblem, Unreadable, shorten, spoken


@dataclass
class Entities:
    """`by_id`: in the order in which they came. `lines`: file, line and row where each came first. `problems`: by file. `others`: lines
    of further schemata of FollowTheMoney, counted by name. `rows`: lines that are not blank."""

    by_id: dict[str, Entity] = field(default_factory=dict)
    lines: dict[str, tuple[Path, int, int]] = field(default_factory=dict)
    problems: dict[Path, list[RowProblem]] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def note(self, entity_id: str, code: str, column: str = "", value: object = "") -> None:
        """A problem of an entity, told with the line on which it came first."""
        path, line, row = self.lines[entity_id]
        self.problems[path].append(RowProblem(line, row, column, code, shorten(value)))

    def of(self, *schemata: str) -> Iterator[Entity]:
        """Entities of these schemata or of what stands on them."""
        for entity in self.by_id.values():
            if any(MODEL.is_a(entity.schema, schema) for schema in schemata):
                yield entity


def entities_of(paths: Sequence[Path]) -> Entities:
    """All files together. Raises `Unreadable`: file.unreadable, ftm.none (a file without a single entity)."""
    found = Entities()
    for path in paths:
        if not _File(path, found).take():
            form = '{"id": …, "schema": …, "properties": {…}}'
            told = f"{path}: không có thực thể FollowTheMoney nào. Mỗi dòng phải là một đối tượng {form}."
            raise Unreadable("ftm.none", told)
    return found


class _File:
    def __init__(self, path: Path, found: Entities) -> None:
        self._path, self._found = path, found
        self._problems = found.problems.setdefault(path, [])
        self._line = self._row = self._good = 0

    def take(self) -> int:
        """Every line of the file. How many of them are entities."""
        try:
            lines = Lines(self._path, "utf-8")
            try:
                for line in lines:
                    if line.strip("\ufeff \t\r\n"):
                        self._line, self._row = lines.number, self._row + 1
                        self._take(line)
            finally:
                lines.close()
        except OSError as error:
            raise Unreadable("file.unreadable", f"{self._path}: không đọc được tệp: {spoken(error)}.") from error
        self._problems += [RowProblem(number, self._row + at + 1, "", "row.too_long") for at, number in enumerate(lines.too_long)]
        self._found.rows += self._row + len(lines.too_long)
        return self._good

    def _problem(self, code: str, column: str = "", value: object = "") -> None:
        self._problems.append(RowProblem(self._line, self._row, column, code, shorten(value)))

    def _take(self, line: str) -> None:
        """One line: what it says of its entity, or why it says nothing."""
        item = _parsed(line)
        fault = _fault(item, line)
        if fault is not None:
            return self._problem(*fault)
        self._good += 1
        entity_id, schema = _sound(item["id"]), item["schema"]
        if schema in ELSEWHERE:
            self._found.others[schema] = self._found.others.get(schema, 0) + 1
            return None
        entity = self._found.by_id.get(entity_id)
        if entity is None:
            entity = self._found.by_id[entity_id] = Entity(entity_id, schema)
            self._found.lines[entity_id] = (self._path, self._line, self._row)
        elif MODEL.is_a(schema, entity.schema):
            entity.schema = schema
        elif not MODEL.is_a(entity.schema, schema):
            return self._problem("ftm.schema_conflict", "schema", schema)
        for name, values in item.get("properties", {}).items():
            texts, wrong = _texts(values)
            entity.add(name, *texts)
            if wrong:
                self._problem("ftm.value_form", name, values)
        return self._problem("text.undecodable", value=line) if "\ufffd" in line else None


def _parsed(line: str) -> Any:
    """What the line says; None where it is not JSON."""
    try:
        return json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _fault(item: Any, line: str) -> tuple[str, str, object] | None:
    """Code, place and value of what makes a line useless."""
    if not isinstance(item, dict):
        return ("json.syntax" if item is None else "json.not_object", "", line)
    entity_id, schema, properties = item.get("id"), item.get("schema"), item.get("properties", {})
    checks: list[tuple[bool, tuple[str, str, object]]] = [
        (isinstance(entity_id, str) and bool(entity_id.strip()), ("ftm.id_missing", "id", entity_id)),
        (isinstance(schema, str) and bool(schema), ("ftm.schema_missing", "schema", schema)),
        (str(schema) in ELSEWHERE or MODEL.get(str(schema)) is not None, ("ftm.schema_unknown", "schema", schema)),
        (isinstance(properties, dict), ("ftm.properties_form", "properties", properties)),
    ]
    return next((fault for good, fault in checks if not good), None)


def _texts(values: Any) -> tuple[list[str], bool]:
    """The texts among a property's values, and whether there was something else."""
    several = values if isinstance(values, list) else [values]
    texts, wrong = [], False
    for value in several:
        if isinstance(value, str):
            texts.append(_sound(value).strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            texts.append(str(value))
        else:
            wrong = True
    return texts, wrong


def _sound(text: str) -> str:
    """Without what an Arrow column cannot hold: half a pair of surrogates, the null character."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
