"""What a label counts at most: one person or one body can't move the screener alone, however often it decides alike.

Labels of one kind, one found term and one verdict are counted together. Of these, one person counts freely up to `PERSON_FREE`, one body
up to `BODY_FREE`; beyond that each counts only in proportion to what *others* say of the same. A label with several terms counts as
the most limited of them. Everything here is a pure function.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

#: Findings of one kind that one decision speaks of count together for this much at most.
ACT_MOST = 3.0
#: What an outcome of a case counts beside a dismissal: two people decided it, after an inspection.
OUTCOME_WEIGHT = 2.0
PERSON_FREE = 4.0
PERSON_BESIDE_OTHERS = 0.5
BODY_FREE = 8.0
BODY_BESIDE_OTHERS = 1.0
#: Leads that one person dismisses as false alarm on one day before all of that day wait for somebody to look.
SUDDEN = 10


@dataclass(frozen=True)
class Vote:
    """One label as far as limits go. `person`, `body`: any ids that tell them apart."""

    kind: str
    terms: tuple[str, ...]
    right: bool
    person: str
    body: str
    weight: float


def weight_of_each(findings: int, act: float = 1.0) -> float:
    """What each of so many findings of one kind counts that one decision speaks of."""
    return act * min(1.0, ACT_MOST / max(1, findings))


def limited(votes: Sequence[Vote]) -> list[float]:
    """What each vote counts, in the order given."""
    by_person = _capped(votes, lambda vote: vote.person, PERSON_FREE, PERSON_BESIDE_OTHERS)
    return [vote.weight for vote in _capped(by_person, lambda vote: vote.body, BODY_FREE, BODY_BESIDE_OTHERS)]


def _capped(votes: Sequence[Vote], who: Callable[[Vote], str], free: float, beside: float) -> list[Vote]:
    """Each one's votes on the same brought down to `free`, or to `beside` times what the others say, if that is more."""
    sums: dict[tuple[str, str, bool], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for vote in votes:
        for key in _keys(vote):
            sums[key][who(vote)] += vote.weight
    share: dict[tuple[tuple[str, str, bool], str], float] = {}
    for key, each in sums.items():
        total = sum(each.values())
        for one, own in each.items():
            most = max(free, beside * (total - own))
            share[key, one] = min(1.0, most / own) if own else 1.0
    return [replace(vote, weight=vote.weight * min(share[key, who(vote)] for key in _keys(vote))) for vote in votes]


def _keys(vote: Vote) -> list[tuple[str, str, bool]]:
    """What a vote is about; one without a term (a price, a missing paper) is about its kind."""
    return [(vote.kind, term, vote.right) for term in sorted(set(vote.terms)) or [""]]
