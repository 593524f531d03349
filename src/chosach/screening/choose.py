"""Which listings of a batch deserve a closer look: told from all hits together, before anything is made for a single listing.

Most listings hold words that say nothing where they stand: a weak term without the company it needs, a brand at an honest price. They
are left out here, by conditions that are never narrower than those of ``evidence`` and ``facts``: what is left out would give no
finding (a test compares). A rule of ``facts`` that speaks on something else than a trigger's own hit has its words in ``_aids``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chosach.screening import facts
from chosach.screening.evidence import Hit
from chosach.screening.lexicon import CONTEXT, GROUP, NAME, SOLD_AS, TERM, TITLE, WATCHED, WATCHED_TIERS, Entry, lexicon
from chosach.text.matcher import FOLDED, Hits

_ABSENT = 1 << 62  #: a bit that no listing has
_TITLE_BIT = 1 << 61
_NO_PRICE = 1 << 62


@dataclass(frozen=True)
class _Plan:
    """Per entry of the lexicon, as arrays. Bits stand for names of contexts, groups and tiers."""

    gives: NDArray[np.int64]  #: bits that the entry gives to its listing
    #: (alternatives, entries): bits of which one row must be whole for the entry to speak
    needs: NDArray[np.int64]
    watched: NDArray[np.bool_]  #: read by ``facts`` for what stands around it
    character: NDArray[np.bool_]
    brand: NDArray[np.bool_]
    floor: NDArray[np.int64]  #: of a brand: the highest price in VND at which it is still told
    aids: NDArray[np.bool_]  #: entries that speak beside any trigger
    fashion: int
    goods: int  #: bits of the groups on which a character counts


def _names_needed(entries: Sequence[Entry]) -> list[str]:
    """What terms ask for, and the groups that ``facts`` asks for."""
    asked = {name.removeprefix("~") for entry in entries for together in entry.needs for name in together}
    return sorted((asked | facts.FASHION | facts.CHARACTER_GOODS) - {"pair", "title", "never"})


@lru_cache(maxsize=1)
def _plan() -> _Plan:
    known = lexicon()
    entries = known.entries
    names = _names_needed(entries)
    bits = {name: 1 << place for place, name in enumerate(names)}
    if len(names) > 60:
        raise ValueError("the lexicon asks for more kinds of company than there are bits")
    bits |= {"title": _TITLE_BIT, "pair": 0, "never": _ABSENT}
    fashion = sum(bits[name] for name in facts.FASHION)
    gives = np.zeros(len(entries), np.int64)
    width = max(1, *(len(entry.needs) for entry in entries))
    needs = np.full((width, len(entries)), _ABSENT, np.int64)
    floor = np.zeros(len(entries), np.int64)
    highest: dict[str, int] = {}
    for (tier, _), price in known.floors.items():
        highest[tier] = max(highest.get(tier, 0), price)
    for place, entry in enumerate(entries):
        if entry.part in (CONTEXT, GROUP):
            gives[place] = bits.get(entry.name, 0)
            if entry.part == GROUP and entry.name in facts.FASHION:
                gives[place] |= bits.get("fashion", 0)
        elif entry.part == NAME:
            floor[place] = highest.get(entry.rule, 0)
            if entry.rule in WATCHED_TIERS and entry.rule != "character":
                gives[place] = bits.get("brand", 0)
        elif entry.part == TERM:
            for k, together in enumerate(entry.needs or (frozenset[str](),)):
                needs[k, place] = sum(bits[name] for name in {name.removeprefix("~") for name in together})
    return _Plan(
        gives=gives,
        needs=needs,
        watched=np.array([(entry.name in WATCHED or entry.name.startswith(SOLD_AS)) and entry.part != TERM for entry in entries]),
        character=np.array([entry.part == NAME and entry.rule == "character" for entry in entries]),
        brand=np.array([entry.part == NAME and entry.rule != "character" for entry in entries]),
        floor=floor,
        aids=np.array([entry.part == TERM and _aids(entry) for entry in entries]),
        fashion=fashion,
        goods=sum(bits[name] for name in facts.CHARACTER_GOODS),
    )


def _aids(entry: Entry) -> bool:
    return entry.rule == "conditional.formula" or entry.text in facts.DISCLAIMERS


def worth_a_look(hits: Hits, prices: Sequence[int | None]) -> NDArray[np.bool_]:
    """Per hit: does it belong to a listing that may come to a finding? ``prices``: VND, by row."""
    plan, known = _plan(), lexicon()
    pattern = hits.pattern
    in_title = hits.field == TITLE
    trigger = known.triggers[pattern] & (in_title | ~known.names[pattern])
    wanted = np.zeros(len(prices), np.bool_)
    wanted[hits.row[trigger]] = True
    # only hits of listings with a trigger are looked at further: a quarter of all
    at = np.flatnonzero(wanted[hits.row])
    if len(at) == 0:
        return np.zeros(len(pattern), np.bool_)
    row, pattern, in_title, trigger = hits.row[at], pattern[at], in_title[at], trigger[at]
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    company = np.zeros(len(prices), np.int64)
    company[row[begins]] = np.bitwise_or.reduceat(plan.gives[pattern], begins)
    aided = np.zeros(len(prices), np.bool_)
    aided[row[plan.aids[pattern]]] = True

    k = np.flatnonzero(trigger)
    row, pattern = row[k], pattern[k]
    has = company[row] | np.where(in_title[k], _TITLE_BIT, 0)
    speaks = plan.watched[pattern] | aided[row]
    for alternative in plan.needs:
        speaks |= alternative[pattern] & ~has == 0
    speaks |= plan.character[pattern] & (has & plan.goods != 0)
    altered = hits.flags[at][k] & ~FOLDED != 0
    price = np.array([_NO_PRICE if value is None else min(max(value, -1), _NO_PRICE) for value in prices], np.int64)
    speaks |= plan.brand[pattern] & (has & plan.fashion != 0) & (altered | (price[row] < plan.floor[pattern]))
    wanted[:] = False
    wanted[row[speaks]] = True
    chosen: NDArray[np.bool_] = wanted[hits.row]
    return chosen


def candidates(hits: Hits, prices: Sequence[int | None]) -> Iterator[tuple[int, list[Hit]]]:
    """Listings worth a closer look by their row, with all their hits."""
    if len(hits.row) == 0:
        return
    places = np.flatnonzero(worth_a_look(hits, prices))
    if len(places) == 0:
        return
    rows = hits.row[places]
    entries = lexicon().entries
    columns = (hits.field, hits.start, hits.end, hits.sentence, hits.first_letter, hits.last_letter, hits.flags)
    made = list(map(Hit, map(entries.__getitem__, hits.pattern[places].tolist()), *(column[places].tolist() for column in columns)))
    borders = (np.flatnonzero(np.diff(rows)) + 1).tolist()
    for begin, stop in zip([0, *borders], [*borders, len(made)], strict=True):
        yield int(rows[begin]), made[begin:stop]


__all__ = ["candidates", "worth_a_look"]
