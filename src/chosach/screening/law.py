"""The law in force on a date, from the dated data file ``data/law.csv``.

``scope`` is a kind or a rule, several joined by ``|``. ``clause`` and ``point`` (khoản, điểm) are filled only where they are sure.
``confidence``: verified (read in the instrument), secondary (read in a summary), unverified (article or dates still to be checked by a
lawyer).
"""

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
        )
        for row in rows("law.csv")
    )


@lru_cache(maxsize=4096)
def laws_in_force(kind: str, rules: frozenset[str], on: date) -> tuple[Provision, ...]:
    """Provisions for a kind, and for the rules that spoke, in force on a date; those of the rules first."""
    found = [p for p in provisions() if p.in_force(on) and (kind in p.scope or not p.scope.isdisjoint(rules))]
    return tuple(sorted(found, key=lambda p: (p.scope.isdisjoint(rules), p.valid_to is None and p.valid_from.year >= 2026)))
