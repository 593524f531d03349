"""One record weighed against others: the levels, weights and sentences of a full run, without a database."""

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from chosach.linking import tables
from chosach.linking.comparisons import COMPARISONS, Comparison
from chosach.linking.living.sql import Function, Row, compiled, measure
from chosach.linking.model import Model, bits
from chosach.linking.reasons import REFINED, SENTENCES

#: Columns of table `records` that weighing reads, and those whose values' frequencies count.
READ: tuple[str, ...] = tuple(dict.fromkeys(name for one in COMPARISONS for name in (one.present, *one.columns, *one.frequencies)))
COUNTED: tuple[str, ...] = tuple(dict.fromkeys(name for one in COMPARISONS for name in one.frequencies))

#: How many records carry a value of a column.
Counts = Callable[[str, str], int]


@dataclass(frozen=True)
class Weighed:
    """A pair. `levels`, `fields`: field → level (left out where one side has nothing), bits. `weight`: together with the prior."""

    levels: dict[str, int]
    fields: dict[str, float]
    weight: float


@dataclass(frozen=True)
class _Field:
    """A comparison, ready to run."""

    one: Comparison
    conditions: tuple[Function, ...]
    left: str
    right: str

    def level(self, row: Row) -> int:
        """-1 where one side has nothing to compare."""
        if row[self.left] is None or row[self.right] is None:
            return -1
        for at, condition in enumerate(self.conditions):
            if condition(row):
                return at
        return len(self.conditions)


@lru_cache(maxsize=1)
def _fields() -> tuple[_Field, ...]:
    told = []
    for one in COMPARISONS:
        measures: dict[str, Function] = {}
        for name, sql in one.measures:
            measures[name] = measure(name, sql, dict(measures))
        conditions = tuple(compiled(level.sql, measures) for level in one.levels if level.sql)
        told.append(_Field(one, conditions, f"{one.present}_l", f"{one.present}_r"))
    return tuple(told)


def side(columns: Mapping[str, Any], end: str) -> Row:
    """Columns of one record as one side (`l` or `r`) of a pair."""
    return {f"{name}_{end}": columns[name] for name in READ}


def levels(left: Row, right: Row) -> dict[str, int]:
    """Field → level of a pair."""
    row = left | right
    return {field.one.field: level for field in _fields() if (level := field.level(row)) >= 0}


def asked(told: Mapping[str, int]) -> list[str]:
    """Columns whose values' frequencies these levels go by."""
    return [rare for field in _fields() if (at := told.get(field.one.field)) is not None and (rare := field.one.levels[at].rare)]


def weigh(model: Model, told: dict[str, int], left: Row, right: Row, rarity: Callable[[str, str], float]) -> Weighed:
    """`rarity`: log2 of how often a value of a column is met."""
    fields: dict[str, float] = {}
    total = math.log2(model.prior / (1 - model.prior))
    for field in _fields():
        at = told.get(field.one.field)
        if at is None:
            continue
        level = field.one.levels[at]
        said = bits(model, field.one.field, level)
        if level.rare:
            values = [value for value in (left[f"{level.rare}_l"], right[f"{level.rare}_r"]) if value is not None]
            # in single precision, as SQL subtracts
            said = float(np.float32(said) - np.float32(max(rarity(level.rare, value) for value in values)))
        fields[field.one.field] = float(np.float32(said))
        total += fields[field.one.field]
    return Weighed(told, fields, float(np.float32(total)))


def frequency(column: str, value: str, carried_by: int, total: int) -> float:
    """How often the value is met among `total` records, smoothed (see `tables.frequencies`)."""
    typical = tables.TYPICAL[column]
    if column in tables._OF_WORDS:
        typical = max(typical, _by_words(value))
    return (carried_by + tables.PSEUDO_RECORDS * typical) / (total + tables.PSEUDO_RECORDS)


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    text = resources.files("chosach.linking").joinpath("data/name_words.csv").read_text(encoding="utf-8")
    return {row["word"]: float(row["share"]) for row in csv.DictReader(text.splitlines())}


def _by_words(name: str) -> float:
    return math.exp(sum(sorted(math.log(_shares().get(word, tables._UNKNOWN_WORD)) for word in name.split(" "))))


def agreement(model: Model, told: Mapping[str, int]) -> float:
    """How far the two agree, 0 to 1 (see `reasons.agreement`)."""
    above = below = 0.0
    for field in _fields():
        one, at = field.one, told.get(field.one.field)
        if at is not None:
            full = max(math.log2(model.m[one.field][one.levels[0].name] / model.u[one.field][one.levels[0].name]), 1.0)
            above += full * one.levels[at].agreement
            below += full
    return above / below if below else 0.0


@lru_cache(maxsize=1)
def _refined() -> dict[tuple[str, str], tuple[Function, str]]:
    return {key: (compiled(sql), sentence) for key, (sql, sentence) in REFINED.items()}


def reasons(
    weighed: Weighed, left: Mapping[str, str | None], right: Mapping[str, str | None], shared: Mapping[str, int], pair: Row
) -> list[Row]:
    """Rows of schema.REASON. `left`, `right`: the values as read; `shared`: field → records that carry the value the two share; `pair`:
    the normal columns of both sides."""
    told = []
    for field in _fields():
        name, at = field.one.field, weighed.levels.get(field.one.field)
        if at is None:
            continue
        level = field.one.levels[at]
        number = shared.get(name)
        template = SENTENCES[name, level.name]
        if (name, level.name) in _refined():
            condition, instead = _refined()[name, level.name]
            template = instead if condition(pair) else template
        told.append(
            {
                "field": name,
                "level": level.name,
                "agreement": level.agreement,
                "weight": weighed.fields[name],
                "shared_by": number,
                "sentence": _sentence(template, left.get(name) or "", right.get(name) or "", number or 0),
            }
        )
    return told


def _sentence(template: str, left: str, right: str, number: int) -> str:
    values = {"l": left, "r": right, "n": str(number)}
    pieces = template.replace("}", "{").split("{")
    return "".join(values[piece] if at % 2 else piece for at, piece in enumerate(pieces))
