"""The law in force on a date, from the dated data file ``data/law.csv``.

``scope`` is a kind or a rule, several joined by ``|``; ``unless``: rules that have a law of their own, so that a provision for the kind is
not told where nothing else spoke. ``clause`` and ``point`` (khoản, điểm) are filled only where they are sure.
``confidence``: verified (read in the instrument), secondary (read in a summary), unverified (article or dates still to be checked by a
lawyer).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chosach.screening.data import rows


@dataclass(frozen=True, slots=True)
class Provision:
    scope: frozenset[str]
    instrument: str
    article: str
    clause: str
    point: str
    valid_from: date
    valid_to: date | None
    confidence: str
    source: str
    unless: frozenset[str]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@lru_cache(maxsize=1)
def provisions() -> tuple[Provision, ...]:
    return tuple(
        Provision(
            scope=frozenset(row["scope"].split("|")),
            instrument=row["instrument"],
            article=row["article"],
            clause=row["clause"],
            point=row["point"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            confidence=row["confidence"],
            source=row["source"],
            unless=frozenset(filter(None, row["unless"].split("|"))),
        )
        for row in rows("law.csv")
    )


#: Rules that call goods a copy or tell it by a brand: where a brand is copied, the law is that of trademarks, not that of fake goods.
_OF_A_COPY = frozenset(
    {"counterfeit.grade", "counterfeit.declared", "counterfeit.brand_price", "counterfeit.brand_altered", "counterfeit.genuine_price"}
)
TRADEMARK = "counterfeit.trademark"  #: stands for them in ``scope`` and ``unless``


def of_trademarks(rules: Iterable[str], *, branded: bool) -> frozenset[str]:
    """The rules that spoke as ``laws_in_force`` takes them. ``branded``: words or price say of a brand that it is copied."""
    return frozenset(TRADEMARK if branded and rule in _OF_A_COPY else rule for rule in rules)


@lru_cache(maxsize=4096)
def laws_in_force(kind: str, rules: frozenset[str], on: date) -> tuple[Provision, ...]:
    """Provisions for a kind, and for the rules that spoke, in force on a date; those of the rules first."""

    def told(provision: Provision) -> bool:
        of_kind = kind in provision.scope and not (rules and rules <= provision.unless)
        return of_kind or not provision.scope.isdisjoint(rules)

    found = [p for p in provisions() if p.in_force(on) and told(p)]
    return tuple(sorted(found, key=lambda p: (p.scope.isdisjoint(rules), p.valid_to is None and p.valid_from.year >= 2026)))
