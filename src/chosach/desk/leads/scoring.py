"""Expected harm of a trader's findings: a sum that can be shown, part by part.

    score = Σ over findings   probability × severity(kind) × ln(1 + price × sold) × reach

`price` in VND, the weight `price:unknown` where a listing gives none. `sold` counts at least 1: an offer is one piece on sale.
`reach` is the weight of the channel's class times 1 + step × (channels of the trader − 1), no more than `reach:most`.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from chosach.desk.core.kinds import LEAD_ORDER, ViolationKind

#: From this probability on a finding may decide of which kind a lead, or a case, is.
LIKELY = 0.5


@dataclass(frozen=True)
class Signal:
    """One finding with what the score needs of its listing and channel."""

    finding: UUID
    listing: UUID
    kind: str
    probability: float
    price: int | None
    sold: int | None
    channel_class: str


@dataclass(frozen=True)
class Part:
    """One term of the sum, as the lead's page shows it."""

    signal: Signal
    severity: float
    volume: float
    reach: float

    @property
    def harm(self) -> float:
        return self.signal.probability * self.severity * self.volume * self.reach


@dataclass
class Score:
    """The sum, its terms (largest first) and what each kind adds."""

    parts: list[Part] = field(default_factory=list)

    @property
    def total(self) -> float:
        return sum(part.harm for part in self.parts)

    def by_kind(self) -> dict[str, tuple[int, float]]:
        """Kind → number of findings, share of the sum."""
        result: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        for part in self.parts:
            number, harm = result[part.signal.kind]
            result[part.signal.kind] = (number + 1, harm + part.harm)
        return dict(result)

    @property
    def lead_kind(self) -> str:
        """The kind that decides who is competent: the first of the legal order that is likely, else the one that adds most."""
        likely = {part.signal.kind for part in self.parts if part.signal.probability >= LIKELY}
        shares = self.by_kind()
        return next((kind for kind in LEAD_ORDER if kind in likely), max(shares, key=lambda kind: shares[kind][1]))


def score(signals: Iterable[Signal], channels: int, weights: Mapping[str, float]) -> Score:
    """Score the findings of one trader that sells on this number of channels."""
    many = min(weights["reach:most"], 1 + weights["reach:channel_step"] * max(0, channels - 1))
    parts = [
        Part(
            signal,
            weights[f"kind:{signal.kind}"],
            volume(signal, weights),
            weights.get(f"channel:{signal.channel_class}", 1.0) * many,
        )
        for signal in signals
    ]
    return Score(sorted(parts, key=lambda part: -part.harm))


def volume(signal: Signal, weights: Mapping[str, float]) -> float:
    """ln(1 + price × sold)."""
    return math.log1p(money(signal, weights))


def money(signal: Signal, weights: Mapping[str, float]) -> float:
    """price × sold in VND, with the assumptions for what a listing doesn't say."""
    price = weights["price:unknown"] if signal.price is None else signal.price
    return float(price) * max(1, signal.sold or 0)


def deserves_a_lead(result: Score, weights: Mapping[str, float]) -> bool:
    """Whether these findings make a lead: one is likely enough, and it isn't only a few goods sold under conditions."""
    if not any(part.signal.probability >= weights["lead:min_probability"] for part in result.parts):
        return False
    others = [part for part in result.parts if part.signal.kind != ViolationKind.CONDITIONAL]
    if any(part.signal.probability >= weights["lead:min_probability"] for part in others):
        return True
    return len({part.signal.listing for part in result.parts}) >= weights["lead:min_conditional"]
