"""Brings tables to what the files say, without deleting: rows that a file no longer has are withdrawn."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What happened to one row. `before` None: added. Values that differ only."""

    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any]


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, dt.date | uuid.UUID):
        return str(value)
    return str(value) if isinstance(value, str) else value


def sync(table: type[Model], scope: Values, key: Sequence[str], rows: Sequence[Values], *, label: Sequence[str] = ()) -> list[Change]:
    """Make the rows of `table` within `scope` (fields and values that the file owns) equal to `rows`.

    `key` names the fields that identify a row; `label` the fields that name it in the history (the key by default). A table with a
    field `withdrawn` has the rows that are missing here withdrawn, and put back when they return.
    """
    manager = table._default_manager
    existing = {tuple(getattr(found, name) for name in key): found for found in manager.filter(**scope)}
    can_withdraw = any(field.name == "withdrawn" for field in table._meta.get_fields())
    changes: list[Change] = []
    new: list[Model] = []
    changed: dict[Model, set[str]] = {}
    name = table._meta.model_name or ""

    def called(values: Values) -> str:
        return " ".join(str(plain(values[part])) for part in (label or key) if part in values)

    for values in rows:
        wanted = {**values, "withdrawn": False} if can_withdraw else dict(values)
        found = existing.pop(tuple(values[part] for part in key), None)
        if found is None:
            new.append(table(**scope, **wanted))
            changes.append(Change(name, called(values), None, {}))
            continue
        before = {part: plain(getattr(found, part)) for part, value in wanted.items() if plain(getattr(found, part)) != plain(value)}
        if before:
            for part in before:
                setattr(found, part, wanted[part])
            changed[found] = set(before)
            changes.append(Change(name, called(values), before, {part: plain(wanted[part]) for part in before}))
    if can_withdraw:
        for key_values, found in existing.items():
            if not getattr(found, "withdrawn"):  # noqa: B009 - the field is known by name only
                setattr(found, "withdrawn", True)  # noqa: B010
                changed[found] = {"withdrawn"}
                changes.append(Change(name, " ".join(map(str, key_values)), {"withdrawn": False}, {"withdrawn": True}))
    manager.bulk_create(new, batch_size=500)
    fields = sorted(set().union(*changed.values())) if changed else []
    if fields:
        manager.bulk_update(list(changed), fields, batch_size=500)
    return changes


def sync_shared(table: type[Model], plan: str, newer: Sequence[str], rows: Sequence[Values]) -> list[Change]:
    """Bodies and units belong to no single file: several plans speak of them, and people change them between two files.

    So a field is written only where this plan's file says something else than at its last loading, and never over the word of a
    newer plan (`newer`: codes). `from_file` keeps what each plan last said. Nothing is ever removed. Rows come parents first.
    """
    manager = table._default_manager
    existing = {found.code: found for found in manager.all()}  # type: ignore[attr-defined]
    changes: list[Change] = []
    name = table._meta.model_name or ""
    for values in rows:
        said = {part: plain(value) for part, value in values.items()}
        found = existing.get(values["code"])
        if found is None:
            manager.create(**values, from_file={plan: said})
            changes.append(Change(name, values["code"], None, {part: value for part, value in said.items() if value not in ("", None)}))
            continue
        last = found.from_file.get(plan, {})
        if last == said:
            continue
        overruled = any(code in found.from_file for code in newer)
        before = {}
        for part, value in values.items():
            moved = said[part] != last.get(part) if last else True
            blank = value in ("", None) and part in {"contact", "valid_from", "valid_to"} and not last
            if moved and not blank and not overruled and plain(getattr(found, part)) != said[part]:
                before[part] = plain(getattr(found, part))
                setattr(found, part, value)
        found.from_file = {**found.from_file, plan: said}
        found.save()
        if before:
            changes.append(Change(name, values["code"], before, {part: said[part] for part in before}))
    return changes
