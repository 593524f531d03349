"""How much two names alone say that they are one person's or firm's."""

import math
from bisect import bisect_right
from collections.abc import Sequence

from chosach.linking.comparisons import NAME
from chosach.linking.likeness import commonness, likeness
from chosach.linking.model import Model, bits, shipped

#: Likeness from which two names are the same, but for marks that one of them leaves out.
_SAME = 0.965
#: Likeness → the level of the engine's comparison whose weight it has; between them the weight goes in a straight line.
_ANCHORS = ((0.0, "other"), (0.6, "near"), (0.75, "letters"), (0.92, "letter"))
#: No name is taken for rarer than this.
_RAREST = 1e-6


def weigh_names(pairs: Sequence[tuple[str, str]], *, model: Model | None = None) -> list[float]:
    """For each pair of names bits of evidence: the weights of the model, laid on how alike the names are word by word (`likeness`).

    Where they are the same, the commoner the name the less it says. 0.0 where a name has nothing to compare.
    """
    known = model or shipped()
    levels = {level.name: level for level in NAME.levels}
    anchors = [(at, bits(known, NAME.field, levels[name])) for at, name in _ANCHORS]
    # what a full agreement says of a name that nobody else bears; a common one says less, and never less than a slip in a rare one
    most = math.log2(known.m[NAME.field]["same"] / _RAREST)
    return [_weighed(one, other, anchors, most) for one, other in pairs]


def _weighed(one: str, other: str, anchors: list[tuple[float, float]], most: float) -> float:
    alike = likeness(one, other)
    if alike is None:
        return 0.0
    said = _between([*anchors, (1.0, most)], alike)
    if alike >= _SAME:
        rare = math.log2(max(_RAREST, min(commonness(one), commonness(other)))) - math.log2(_RAREST)
        said -= min(rare, said - anchors[-1][1]) if said > anchors[-1][1] else 0.0
        said += alike
    return said


def _between(points: list[tuple[float, float]], at: float) -> float:
    place = min(bisect_right([x for x, _ in points], at), len(points) - 1)
    (x, y), (next_x, next_y) = points[place - 1], points[place]
    return y + (next_y - y) * (at - x) / (next_x - x)
