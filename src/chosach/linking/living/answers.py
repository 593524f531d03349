"""What an index answers of one record."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A trader that the record might be. `record_id`: its record that agrees best; `weight`, `probability`, `agreement`, `reasons`: of that
    pair (see schema.EDGES). `mean`: bits on the average over all records of the trader. `barred`: a person said that it is not this one.
    `name`, `seller_name`: as read in that record, or in another one of the trader's.
    """

    trader_id: str
    ring_id: str | None
    record_id: str
    weight: float
    probability: float
    agreement: float
    mean: float
    barred: bool
    reasons: list[dict[str, Any]]
    name: str | None = None
    seller_name: str | None = None


@dataclass(frozen=True)
class Sharing:
    """Another trader with whom the record shares a place that goods are sent from, as far as a full run would call that a tie: evidence
    that they work together, not that they are one.

    `record_id`: its first record that shows the place, `value` as written there. `kind`: of schema.TIE_KINDS. `shared_by`: traders of the
    index that show it; where the two spellings are only near, the commoner one, and the other counted in.
    """

    trader_id: str
    ring_id: str | None
    record_id: str
    kind: str
    value: str
    shared_by: int
    sentence: str
    name: str | None = None
    seller_name: str | None = None


@dataclass(frozen=True)
class Placed:
    """`trader_id`: None for a trader of its own. `judged`: a person said so. `weights`: record → bits of every pair that was compared.

    `more`: traders beyond `candidates` that are worth a look. `sharing`: those whom the same place ties to the record, `more_sharing`: how
    many beyond them; None where so many show it that it ties nobody. `public`: how many show a place that ties nobody.
    """

    trader_id: str | None
    ring_id: str | None
    probability: float
    reasons: list[dict[str, Any]]
    candidates: list[Candidate]
    judged: bool
    weights: dict[str, float]
    more: int = 0
    sharing: list[Sharing] = field(default_factory=list)
    more_sharing: int | None = 0
    public: int = 0
