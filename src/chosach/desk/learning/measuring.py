"""What a correction does to labelled findings that it has not seen: before and after, by kind. Plain functions.

Labels are split into `FOLDS` parts by a hash of the shop's trader; the findings of each part are judged by a correction learnt from the
other parts, so no shop stands on both sides. Then one correction is learnt from all and checked on the guard set.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chosach.desk.core.words import number
from chosach.screening.correction import Correction, Decision, Features, features, fit, moved, self_declared
from chosach.screening.guard import LIKELY, found_in_guard, guard

FOLDS = 5
#: A promotion is refused beyond these, in any kind: fall of average precision (with at least `ENOUGH` labels of each verdict),
#: rise of the share of honest findings said to be likely, share of confirmed findings that fall below.
WORST_FALL = 0.02
WORST_RISE = 0.02
WORST_LOSS = 0.05
ENOUGH = 5
_SHOWN = 20


@dataclass(frozen=True)
class Example:
    """One labelled finding: what the screener alone says, what is in force adds (`now`), what the label counts, whose it is, and whether
    the finding rests on the seller's own strong words."""

    kind: str
    right: bool
    counted: float
    fold: int
    probability: float
    features: Features
    now: float = 0.0
    by: str = ""
    strong: bool = False


def fold_of(shop: str) -> int:
    """The part that a shop's labels are in."""
    return hashlib.sha256(shop.encode()).digest()[0] % FOLDS


def learn(examples: Sequence[Example], card: Mapping[str, Any] | None = None) -> Correction:
    """A correction from these examples."""
    return fit([Decision(e.kind, e.probability, e.right, e.counted, e.features, e.by) for e in examples], card=card)


def held_out_steps(examples: Sequence[Example]) -> list[float]:
    """For each example the step of a correction that did not know its shop."""
    steps = [0.0] * len(examples)
    for fold in sorted({e.fold for e in examples}):
        learnt = learn([e for e in examples if e.fold != fold])
        for at, e in enumerate(examples):
            if e.fold == fold:
                steps[at] = learnt.step(e.kind, e.features, strong=e.strong)
    return steps


def figures(examples: Sequence[Example], steps: Sequence[float]) -> dict[str, dict[str, Any]]:
    """Kind → numbers before (in force) and after (held out): labels, confirmed, average precision, false alarms and confirmed at 0.5 and
    above, how many fell below 0.5 or rose to it, and how many of the confirmed fell."""
    result = {}
    for kind in sorted({e.kind for e in examples}):
        rows = [
            (e.right, moved(e.probability, e.now), moved(e.probability, s)) for e, s in zip(examples, steps, strict=True) if e.kind == kind
        ]
        result[kind] = {
            "labels": len(rows),
            "confirmed": sum(right for right, _, _ in rows),
            "ap_before": average_precision([(before, right) for right, before, _ in rows]),
            "ap_after": average_precision([(after, right) for right, _, after in rows]),
            "false_before": sum(not right and before >= LIKELY for right, before, _ in rows),
            "false_after": sum(not right and after >= LIKELY for right, _, after in rows),
            "fell": sum(before >= LIKELY > after for _, before, after in rows),
            "rose": sum(after >= LIKELY > before for _, before, after in rows),
            "lost": sum(right and before >= LIKELY > after for right, before, after in rows),
        }
    return result


def average_precision(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Mean precision at the confirmed ones, ties taken together; None unless there are both sorts."""
    total = sum(right for _, right in scored)
    if not 0 < total < len(scored):
        return None
    found = seen = 0
    area = 0.0
    for score in sorted({score for score, _ in scored}, reverse=True):
        tied = [right for given, right in scored if given == score]
        seen, found = seen + len(tied), found + sum(tied)
        area += sum(tied) * found / seen
    return round(area / total, 4)


@dataclass(frozen=True)
class _PlainCase:
    """What must stay found: a listing of the guard set, the kind, and what `correct` would look at in it."""

    listing_id: str
    title: str
    kind: str
    probability: float
    features: Features
    strong: bool


@lru_cache(maxsize=1)
def _plain_cases() -> tuple[_PlainCase, ...]:
    """The guard set, read once: findings and the words around them are the same for every correction, only its weights differ."""
    listings, must = guard()
    wanted = set(must)
    rows = {row["listing_id"]: row for row in listings.to_pylist()}
    found = found_in_guard().select(["listing_id", "kind", "probability", "reasons"]).to_pylist()
    return tuple(
        _PlainCase(one, rows[one]["title"], kind, row["probability"], features(rows[one], row["reasons"]), self_declared(row["reasons"]))
        for row in found
        if ((one := row["listing_id"]), (kind := row["kind"])) in wanted
    )


def guard_check(learnt: Correction) -> dict[str, Any]:
    """How many plain cases with strong terms must stay found, how many `correct` with this correction would lose, and the first of
    these: title and kind."""
    cases = _plain_cases()
    lost = [case for case in cases if round(moved(case.probability, learnt.step(case.kind, case.features, strong=case.strong)), 4) < LIKELY]
    lost.sort(key=lambda case: (case.listing_id, case.kind))
    return {"cases": len(cases), "lost": len(lost), "first": [[case.title, case.kind] for case in lost[:_SHOWN]]}


@dataclass(frozen=True)
class Obstacle:
    """Why a version may not be put in force."""

    code: str
    message: str


def obstacles(by_kind: Mapping[str, Mapping[str, Any]], guarded: Mapping[str, Any], name: Mapping[str, str]) -> list[Obstacle]:
    """What stands against promotion. `name`: kinds in words."""
    found = []
    if guarded.get("lost", 0):
        found.append(
            Obstacle(
                "guard.lost", f"Bỏ lọt {number(guarded['lost'])} trên {number(guarded['cases'])} trường hợp rõ ràng phải luôn phát hiện."
            )
        )
    for kind, f in by_kind.items():
        honest = f["labels"] - f["confirmed"]
        both = min(honest, f["confirmed"]) >= ENOUGH
        if both and f["ap_before"] is not None and f["ap_before"] - f["ap_after"] > WORST_FALL:
            found.append(
                Obstacle("precision.fell", f"{name[kind]}: độ chính xác trung bình giảm quá {WORST_FALL * 100:.0f} điểm phần trăm.")
            )
        if honest and f["false_after"] - f["false_before"] > max(1, WORST_RISE * honest):
            found.append(Obstacle("alarms.rose", f"{name[kind]}: báo nhầm tăng quá {WORST_RISE * 100:.0f}% số nhãn báo nhầm."))
        if f["lost"] > WORST_LOSS * f["confirmed"]:
            found.append(Obstacle("confirmed.lost", f"{name[kind]}: {f['lost']} dấu hiệu đã được xác nhận sẽ tụt xuống dưới 50%."))
    return found
