"""Brings tables to what the files say, without deleting: rows that a file no longer has are withdrawn."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from chosach.desk.agencies.models import Body, Territory

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


def sync(
    table: type[Model], scope: Values, key: Sequence[str], rows: Sequence[Values], *, called: Callable[[Values], str] | None = None
) -> list[Change]:
    """Make the rows of `table` within `scope` (the rows that the file owns) equal to `rows`.

    `key` names the fields that identify a row; `called` gives the row's name in the history (the key's values by default). A table
    with a field `withdrawn` has the rows that are missing here withdrawn, and put back when they return.
    """
    manager = table._default_manager
    existing = {tuple(getattr(found, name) for name in key): found for found in manager.filter(**scope)}
    can_withdraw = any(field.name == "withdrawn" for field in table._meta.get_fields())
    changes: list[Change] = []
    new: list[Model] = []
    changed: dict[Model, set[str]] = {}
    name = table._meta.model_name or ""

    own = {part: value for part, value in scope.items() if "__" not in part}

    def title(values: Values) -> str:
        return called(values) if called else " ".join(str(plain(values[part])) for part in key)

    for values in rows:
        wanted = {**values, "withdrawn": False} if can_withdraw else dict(values)
        found = existing.pop(tuple(values[part] for part in key), None)
        if found is None:
            new.append(table(**own, **wanted))
            changes.append(Change(name, title(values), None, {}))
            continue
        before = {part: plain(getattr(found, part)) for part, value in wanted.items() if plain(getattr(found, part)) != plain(value)}
        if before:
            for part in before:
                setattr(found, part, wanted[part])
            changed[found] = set(before)
            changes.append(Change(name, title(values), before, {part: plain(wanted[part]) for part in before}))
    for missing in existing.values() if can_withdraw else ():
        if not missing.withdrawn:  # type: ignore[attr-defined]
            missing.withdrawn = True  # type: ignore[attr-defined]
            changed[missing] = {"withdrawn"}
            said = {part: getattr(missing, part) for part in key}
            changes.append(Change(name, title(said), {"withdrawn": False}, {"withdrawn": True}))
    manager.bulk_create(new, batch_size=500)
    fields = sorted(set().union(*changed.values())) if changed else []
    if fields:
        manager.bulk_update(list(changed), fields, batch_size=500)
    return changes


def sync_shared(table: type[Body] | type[Territory], plan: str, newer: Sequence[str], rows: Sequence[Values]) -> list[Change]:
    """Bodies and units belong to no single file: several plans speak of them, and people change them between two files.

    So a field is written only where this plan's file says something else than at its last loading, and never over the word of a
    newer plan (`newer`: codes). `from_file` keeps what each plan last said. Nothing is ever removed. Rows come parents first.
    """
    existing: dict[str, Body | Territory] = {found.code: found for found in table.objects.all()}
    changes: list[Change] = []
    new: list[Model] = []
    touched: list[Model] = []
    name = table._meta.model_name or ""
    for values in rows:
        said = {part: plain(value) for part, value in values.items()}
        found = existing.get(values["code"])
        if found is None:
            created = table(**values)
            created.from_file = {plan: said}
            new.append(created)
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
        touched.append(found)
        if before:
            changes.append(Change(name, values["code"], before, {part: said[part] for part in before}))
    generic: type[Model] = table
    manager = generic._default_manager
    manager.bulk_create(new, batch_size=500)
    if touched:
        manager.bulk_update(touched, [*rows[0], "from_file"], batch_size=100)
    return changes
