"""What is known of how one trader's records agree, and two traders': the parameters of Fellegi and Sunter, level by level.

A model is small and readable (JSON), and turns into settings of Splink, which scores the pairs. `data/model.json` is what came out of
the made-up sellers of `bench/sellers.py`; learning starts from it and moves as far as the records at hand bear out.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from chosach.linking.comparisons import COMPARISONS, Comparison, Level

#: The prior that two records taken blindly are one trader never goes above this, however short the list is.
MOST_PRIOR = 1e-3


@dataclass(frozen=True)
class Model:
    """`m`, `u`: field → level → how often the level is seen with one trader, with two. `prior`: of two records taken blindly."""

    prior: float
    m: Mapping[str, Mapping[str, float]]
    u: Mapping[str, Mapping[str, float]]

    def to_json(self) -> str:
        """Readable, always the same for the same model."""
        return json.dumps({"prior": self.prior, "m": self.m, "u": self.u}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """Fields that it doesn't know are those of the shipped model. Raises `ValueError` for text that is no model."""
        return _read(text).completed(shipped())

    def completed(self, behind: "Model") -> "Model":
        """The same with the fields of another model where it has none: a list may get a column that it was not learnt on."""
        return Model(self.prior, {**behind.m, **self.m}, {**behind.u, **self.u})


def _read(text: str) -> Model:
    told = json.loads(text)
    try:
        prior, (m, u) = float(told["prior"]), ({field: dict(levels) for field, levels in told[name].items()} for name in ("m", "u"))
        for one in COMPARISONS:
            if one.field in m or one.field in u:
                shares = [float(side[one.field][level.name]) for side in (m, u) for level in one.levels]
                if not all(0 < share <= 1 for share in shares):
                    raise ValueError("not a model of linking")
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a model of linking") from error
    if not 0 < prior < 1:
        raise ValueError("not a model of linking")
    return Model(prior, m, u)


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that learning starts from."""
    return _read(resources.files("chosach.linking").joinpath("data/model.json").read_text(encoding="utf-8"))


def bits(model: Model, field: str, level: Level) -> float:
    """What a level says for one trader, in bits; for a level that goes by its value, before the frequency of the value is taken off."""
    m, u = model.m[field][level.name], model.u[field][level.name]
    said = math.log2(m) if level.rare else math.log2(m / u)
    return said if level.most is None else min(said, level.most)


def settings(model: Model, comparisons: Iterable[Comparison]) -> dict[str, Any]:
    """The model as settings of Splink."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(one, model) for one in comparisons],
    }


def _comparison(one: Comparison, model: Model) -> dict[str, Any]:
    nothing = f"{one.present}_l IS NULL OR {one.present}_r IS NULL"
    levels: list[dict[str, Any]] = [{"sql_condition": nothing, "label_for_charts": "null", "is_null_level": True}]
    for level in one.levels:
        told: dict[str, Any] = {
            "sql_condition": one.spelt_out(level.sql) or "ELSE",
            "label_for_charts": level.name,
            "m_probability": model.m[one.field][level.name],
            "u_probability": model.u[one.field][level.name],
        }
        if level.most is not None:
            told["m_probability"] = 2 ** bits(model, one.field, level) * told["u_probability"]
        if level.rare:
            # the level's own chance gives way to that of the very value: weight = log2(m / frequency)
            told |= {"tf_adjustment_column": level.rare, "tf_adjustment_weight": 1.0, "disable_tf_exact_match_detection": True}
        levels.append(told)
    return {"output_column_name": one.field, "comparison_levels": levels}


def uninformed(comparisons: Iterable[Comparison]) -> Model:
    """Guesses to begin with where nothing was ever learnt: the fuller the agreement, the likelier one trader."""
    m: dict[str, dict[str, float]] = {}
    u: dict[str, dict[str, float]] = {}
    for one in comparisons:
        full = [0.05 + 4 * level.agreement**4 for level in one.levels]
        chance = [0.002 if level.rare else 0.02 if level.name != "other" else 1.0 for level in one.levels]
        m[one.field] = {level.name: share / sum(full) for level, share in zip(one.levels, full, strict=True)}
        u[one.field] = {level.name: share / sum(chance) for level, share in zip(one.levels, chance, strict=True)}
    return Model(1e-5, m, u)
