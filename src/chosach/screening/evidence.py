"""From the hits of one listing to its evidence: masks, negation, company of words, then facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chosach.screening.lexicon import (
    CONTEXT,
    DESCRIPTION,
    FIELDS,
    GROUP,
    MASK,
    NAME,
    NEGATOR,
    TERM,
    TITLE,
    Entry,
    Rule,
)
from chosach.text.matcher import DISGUISED, FOLDED, JOINED, LEETED, MARKED

BEFORE_REACH = 24  #: letters between a negation and the word it denies
AFTER_REACH = 18
NEAR = 60  #: letters between a word and the company it needs in its sentence
DOUBTFUL = 0.3  #: share that remains where the goods are of a kind that makes a rule doubtful
NEVER = frozenset(["never"])
LIST_REACH = 10  #: "không bán hàng giả, hàng nhái": a denied word denies its neighbour
#: Rules whose words are mostly used to warn of others.
_WARNED = ("expired.declared", "counterfeit.declared", "origin.", "smuggled.evasion", "banned.", "substandard.", "counterfeit.mixed")


class Hit(NamedTuple):
    """One affirmed or unaffirmed reading of an entry. ``first`` and ``last`` count letters, for distances."""

    entry: Entry
    field: int
    start: int
    end: int
    sentence: int
    first: int
    last: int
    flags: int


class Evidence(NamedTuple):
    """One reason: a rule that spoke, where it read what, and how far it can be believed."""

    rule: str
    probability: float
    field: str
    start: int
    end: int
    term: str


@dataclass(slots=True)
class Reading:
    """The hits of one listing, sorted by the part they play."""

    terms: list[Hit] = field(default_factory=list)
    names: list[Hit] = field(default_factory=list)
    masks: list[Hit] = field(default_factory=list)
    negators: list[Hit] = field(default_factory=list)
    groups: list[Hit] = field(default_factory=list)
    contexts: list[Hit] = field(default_factory=list)

    @property
    def context(self) -> set[str]:
        return {hit.entry.name for hit in self.contexts}

    def goods_context(self) -> set[str]:
        """Contexts that the title or the category names: what the goods are."""
        return {hit.entry.name for hit in self.contexts if hit.field != DESCRIPTION}


def read(hits: Iterable[Hit]) -> Reading:
    reading = Reading()
    places = {
        TERM: reading.terms,
        NAME: reading.names,
        MASK: reading.masks,
        NEGATOR: reading.negators,
        GROUP: reading.groups,
        CONTEXT: reading.contexts,
    }
    for hit in hits:
        places[hit.entry.part].append(hit)
    reading.names = _longest(reading.names)
    return reading


def _masked(hit: Hit, masks: Sequence[Hit]) -> bool:
    for mask in masks:
        if mask.field == hit.field and mask.start < hit.end and hit.start < mask.end and mask.end - mask.start >= hit.end - hit.start:
            return True
    return False


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Without those that lie inside a longer one of the same kind, or repeat it."""
    kept: list[Hit] = []
    reached: dict[tuple[int, str], int] = {}
    for hit in sorted(hits, key=lambda h: (h.field, h.start, -h.end, h.flags)):
        place = (hit.field, hit.entry.rule.partition(".")[0])
        if reached.get(place, -1) >= hit.end:
            continue
        reached[place] = hit.end
        kept.append(hit)
    return kept


def _denied(hit: Hit, negators: Sequence[Hit]) -> bool:
    for negator in negators:
        if negator.field != hit.field or negator.sentence != hit.sentence:
            continue
        kind = negator.entry.name
        if kind == "warn" and not hit.entry.rule.startswith(_WARNED):
            continue
        if kind != "warn" and hit.entry.negatable == "warn":
            continue
        if kind == "after":
            if 0 <= negator.first - hit.last <= AFTER_REACH:
                return True
        elif 0 <= hit.first - negator.last <= BEFORE_REACH:
            return True
    return False


def affirmed(reading: Reading) -> list[Hit]:
    """The suspicious words that are neither innocent phrases nor denied."""
    kept: list[Hit] = []
    denied: list[Hit] = []
    for hit in _longest(reading.terms):
        if _masked(hit, reading.masks):
            continue
        if hit.entry.negatable != "no":
            listed = any(d.field == hit.field and d.sentence == hit.sentence and 0 <= hit.first - d.last <= LIST_REACH for d in denied[-2:])
            if listed or _denied(hit, reading.negators):
                denied.append(hit)
                continue
        kept.append(hit)
    return kept


def _near(hit: Hit, contexts: Sequence[Hit], name: str) -> bool:
    """Does a word of this context stand in the same sentence, not far from the hit?"""
    return any(
        other.entry.name == name
        and other.field == hit.field
        and other.sentence == hit.sentence
        and other.first - hit.last >= -NEAR
        and other.last - hit.first <= NEAR
        for other in contexts
    )


def _satisfied(hit: Hit, reading: Reading, company: set[str], pairs: dict[str, set[str]]) -> bool:
    if not hit.entry.needs:
        return True
    for together in hit.entry.needs:
        if all(
            bool(pairs.get(hit.entry.rule, set()) - {hit.entry.text})
            if name == "pair"
            else _near(hit, reading.contexts, name[1:])
            if name.startswith("~")
            else hit.field == TITLE
            if name == "title"
            else name in company
            for name in together
        ):
            return True
    return False


def from_words(reading: Reading, rules: Mapping[str, Rule], company: set[str]) -> list[Evidence]:
    """What the words alone say."""
    hits = affirmed(reading)
    pairs: dict[str, set[str]] = {}
    for hit in hits:
        if NEVER not in hit.entry.needs:
            pairs.setdefault(hit.entry.rule, set()).add(hit.entry.text)
    return [_weighed(hit, rules[hit.entry.rule], reading) for hit in hits if _satisfied(hit, reading, company, pairs)]


def _weighed(hit: Hit, rule: Rule, reading: Reading) -> Evidence:
    probability = rule.strong if hit.entry.strong else rule.weak
    if hit.field != TITLE:
        probability *= rule.body
    if hit.flags & FOLDED:
        probability *= 0.85 if hit.entry.fold == "yes" else 0.5
    if hit.flags & DISGUISED:
        probability = min(0.95, probability * 1.15)
    if rule.unless and rule.unless in reading.goods_context():
        probability *= DOUBTFUL
    return Evidence(rule.id, probability, FIELDS[hit.field], hit.start, hit.end, hit.entry.text)


def altered(hit: Hit) -> bool:
    """A name broken by signs, digits or marks inside it: not merely written in fancy letters, hyphens apart."""
    return bool(hit.flags & (JOINED | LEETED | MARKED))
