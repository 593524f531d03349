"""Weights of the score: the project's defaults (`data/weights.csv`), changed by the standing office with a reason, kept with history."""

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from chosach.desk.leads.models import Weight


@dataclass(frozen=True)
class Default:
    subject: str
    value: float
    label: str
    ground: str


@functools.cache
def defaults() -> dict[str, Default]:
    """The weights that count as long as nobody has set others."""
    text = files("chosach.desk.leads").joinpath("data/weights.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["subject"]: Default(row["subject"], float(row["value"]), row["label"], row["ground"]) for row in rows}


def current() -> Mapping[str, float]:
    """Every weight by its subject, as it counts now."""
    values = {subject: default.value for subject, default in defaults().items()}
    for subject, value in Weight.objects.order_by("created_at").values_list("subject", "value"):
        if subject in values:
            values[subject] = value
    return values
