"""Which listings of a batch deserve a closer look: told from all hits together, before anything is made for a single listing.

Most listings hold words that say nothing where they stand: a weak term without the company it needs, a brand at an honest price. They
are left out here, by conditions that are never narrower than those of ``evidence`` and ``facts``: what is left out would give no
finding (a test compares). A rule of ``facts`` that speaks on something else than a trigger's own hit has its words in ``_aids``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import repeat
from operator import or_

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.screening import facts, senses, signs, written
from chosach.screening.asked import asked
from chosach.screening.evidence import NEVER, Hit
from chosach.screening.lexicon import (
    CATEGORY,
    CONTEXT,
    FIELDS,
    GROUP,
    MASK,
    NAME,
    NEGATOR,
    SOLD_AS,
    TERM,
    TITLE,
    WATCHED,
    WATCHED_TIERS,
    Entry,
    Lexicon,
    lexicon,
)
from chosach.text.matcher import ALONE, FOLDED, Hits

_ABSENT = 1 << 62  #: a bit that no listing has
_TITLE_BIT = 1 << 61
_NO_PRICE = 1 << 62
_EXPIRY = "expiry"
BITS = 61  #: for names of company, below the two above
#: Names whose bits are asked for together, so each has its own.
_OWN = facts.FASHION | facts.CHARACTER_GOODS | {"brand", "fashion"}
#: Contexts of which every place is read, by ``written`` and ``facts``; in categories that of each (``channels``).
_BY_PLACE = frozenset({"papers", "genuine", "style", "figure"})
#: Contexts that ``facts`` and ``judge`` ask for whatever terms a listing holds; and those of senses.csv.
_ASKED = WATCHED | _BY_PLACE | {"licensed", "ingested"}


@dataclass(frozen=True)
class _Plan:
    """Per pattern of the lexicon's matcher, as arrays. Bits stand for names of contexts, groups and tiers."""

    gives: NDArray[np.int64]  #: bits that it gives to its listing
    #: (alternatives, patterns): of one row all must be there for a term to speak: these bits, …
    needs: NDArray[np.int64]
    near: NDArray[np.int64]  #: … these in the same sentence, …
    pair: NDArray[np.bool_]  #: … and another word of the same rule
    asks_near: NDArray[np.bool_]  #: terms of which an alternative has bits in ``near``
    gives_near: np.int64  #: all bits of ``near``
    term: NDArray[np.bool_]
    mask: NDArray[np.bool_]  #: innocent phrases
    negator: NDArray[np.bool_]
    asks: NDArray[np.int64]  #: of a term: all bits of its ``near``
    rule: NDArray[np.int64]  #: of a term that may stand for another's pair: a number for its rule, else -1
    word: NDArray[np.int64]  #: a number for what it reads
    expiry: NDArray[np.bool_]  #: words for a day of expiry, which say nothing without one
    watched: NDArray[np.bool_]  #: read by ``facts`` for what stands around it
    character: NDArray[np.bool_]
    brand: NDArray[np.bool_]
    floor: NDArray[np.int64]  #: of a brand: the highest price in VND at which it is still told
    aids: NDArray[np.bool_]  #: entries that speak beside any trigger
    fashion: int
    goods: int  #: bits of the groups on which a character counts
    #: ``entries[first[n] : first[n + 1]]`` are those of the n-th pattern
    first: NDArray[np.int64]
    entries: tuple[Entry, ...]
    #: per entry
    told_again: NDArray[np.bool_]  #: contexts of which the first in a field counts, and those that a term asks for in its sentence
    beside: NDArray[np.int64]  #: of a context: its bit, where a term asks for it in its sentence
    name: NDArray[np.int64]  #: a number for its name
    #: (patterns, words of 64): bits of the contexts that a listing is asked for by what the pattern reads
    contexts_asked: NDArray[np.uint64]
    #: of a context of which only such entries ask: the word and the bit in it; of all else 0, which is not looked at
    asked_word: NDArray[np.int64]
    asked_bit: NDArray[np.uint64]


def _bits(entries: Sequence[Entry]) -> dict[str, int]:
    """A bit for each name that terms ask for and each group that ``facts`` asks for, of ``BITS``. Where there are more names, those
    that the fewest terms ask for share the last: either is then taken for the other, which lets through more, never less."""
    asked = Counter(dict.fromkeys(facts.FASHION | facts.CHARACTER_GOODS, 0))
    asked.update(name.removeprefix("~") for entry in entries for together in entry.needs for name in together)
    names = sorted(asked.keys() - {"pair", "title", "never"}, key=lambda name: (name not in _OWN, -asked[name], name))
    return {name: 1 << min(place, BITS - 1) for place, name in enumerate(names)}


@lru_cache(maxsize=1)
def _plan() -> _Plan:
    known = lexicon()
    bits = _bits(known.entries)
    bits |= {"title": _TITLE_BIT, "pair": 0, "never": _ABSENT}
    patterns = known.read_as
    gives = np.zeros(len(patterns), np.int64)
    width = max(1, *(len(entry.needs) for entry in known.entries))
    needs = np.full((width, len(patterns)), _ABSENT, np.int64)
    near = np.zeros((width, len(patterns)), np.int64)
    pair = np.zeros((width, len(patterns)), np.bool_)
    rule = np.full(len(patterns), -1, np.int64)
    rules = {name: number for number, name in enumerate(known.rules)}
    words: dict[object, int] = {}
    floor = np.zeros(len(patterns), np.int64)
    highest: dict[str, int] = {}
    for (tier, _), price in known.floors.items():
        highest[tier] = max(highest.get(tier, 0), price)
    for place, (entry, *others) in enumerate(patterns):
        if entry.part in (CONTEXT, GROUP):
            for one in (entry, *others):
                gives[place] |= bits.get(one.name, 0)
            if entry.part == GROUP and entry.name in facts.FASHION:
                gives[place] |= bits.get("fashion", 0)
        elif entry.part == NAME:
            floor[place] = highest.get(entry.rule, 0)
            if entry.rule in WATCHED_TIERS and entry.rule != "character":
                gives[place] = bits.get("brand", 0)
        elif entry.part == TERM:
            for k, together in enumerate(entry.needs or (frozenset[str](),)):
                needs[k, place] = _either(bits[name.removeprefix("~")] for name in together)
                near[k, place] = _either(bits[name[1:]] for name in together if name.startswith("~"))
                pair[k, place] = "pair" in together
            if NEVER not in entry.needs:
                rule[place] = rules[entry.rule]

    def those(holds: Callable[[Entry], bool]) -> NDArray[np.bool_]:
        return np.array([any(map(holds, found)) for found in patterns])

    entries = tuple(entry for found in patterns for entry in found)
    contexts_asked, asked_word, asked_bit = _of_contexts(known, entries)
    gives_near = np.int64(np.bitwise_or.reduce(near, axis=None))
    return _Plan(
        gives=gives,
        needs=needs,
        near=near,
        pair=pair,
        asks_near=(near != 0).any(axis=0),
        gives_near=gives_near,
        term=those(lambda entry: entry.part == TERM),
        mask=those(lambda entry: entry.part == MASK),
        negator=those(lambda entry: entry.part == NEGATOR),
        asks=np.bitwise_or.reduce(near, axis=0),
        rule=rule,
        word=np.array([words.setdefault(found[0].text, len(words)) for found in patterns], np.int64),
        expiry=those(lambda entry: entry.part == CONTEXT and entry.name == _EXPIRY),
        watched=those(
            lambda entry: entry.part != TERM and entry.name != _EXPIRY and (entry.name in WATCHED or entry.name.startswith(SOLD_AS))
        ),
        character=those(lambda entry: entry.part == NAME and entry.rule == "character"),
        brand=those(lambda entry: entry.part == NAME and entry.rule != "character"),
        floor=floor,
        aids=those(lambda entry: entry.part == TERM and _aids(entry)),
        fashion=_either(map(bits.__getitem__, facts.FASHION)),
        goods=_either(map(bits.__getitem__, facts.CHARACTER_GOODS)),
        first=np.concatenate([[0], np.cumsum([len(found) for found in patterns])]),
        entries=entries,
        told_again=np.array([entry.part == CONTEXT and entry.name not in _BY_PLACE for entry in entries]),
        beside=np.array([bits.get(entry.name, 0) if entry.part == CONTEXT else 0 for entry in entries], np.int64) & gives_near,
        name=np.array([words.setdefault(entry.name, len(words)) for entry in entries], np.int64),
        contexts_asked=contexts_asked,
        asked_word=asked_word,
        asked_bit=asked_bit,
    )


def _of_contexts(known: Lexicon, entries: Sequence[Entry]) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint64]]:
    """``contexts_asked``, ``asked_word`` and ``asked_bit`` of the plan."""
    always = _ASKED | senses.company()
    names = {entry.name for entry in entries if entry.part == CONTEXT and not entry.name.startswith(SOLD_AS)} - always
    places = {name: place for place, name in enumerate(sorted(names))}
    asked = np.zeros((len(known.read_as), 1 + len(places) // 64), np.uint64)
    for pattern, found in enumerate(known.read_as):
        for name in names & frozenset[str]().union(*(_asks(entry, known) for entry in found)):
            asked[pattern, places[name] // 64] |= np.uint64(1 << places[name] % 64)
    of = [places.get(entry.name, -1) if entry.part == CONTEXT else -1 for entry in entries]
    bits = np.array([0 if place < 0 else 1 << place % 64 for place in of], np.uint64)
    return asked, np.array([max(0, place) // 64 for place in of], np.int64), bits


def _asks(entry: Entry, known: Lexicon) -> frozenset[str]:
    """Names of contexts that a listing is asked for where it holds this entry: as its company, or as what makes its rule doubtful."""
    if entry.part == TERM:
        rule = known.rules[entry.rule]
        return frozenset(name.removeprefix("~") for together in entry.needs for name in together) | rule.unless | rule.ahead
    if entry.part == CONTEXT and entry.name.startswith(SOLD_AS):
        return known.rules[entry.name.removeprefix(SOLD_AS)].unless
    return frozenset()


def _either(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _aids(entry: Entry) -> bool:
    return entry.rule == "conditional.formula" or entry.text in facts.DISCLAIMERS


def worth_a_look(hits: Hits, prices: Sequence[int | None], columns: Sequence[pa.Array]) -> NDArray[np.bool_]:
    """Per hit: does it belong to a listing that may come to a finding? ``prices``: VND, by row; ``columns``: the texts of ``FIELDS``."""
    plan, known = _plan(), lexicon()
    pattern = hits.pattern
    in_title = hits.field == TITLE
    trigger = known.triggers[pattern] & (in_title | ~known.names[pattern])
    trigger[_innocent(hits, np.flatnonzero(trigger & plan.term[pattern] & ~plan.aids[pattern]), plan)] = False
    wanted = np.zeros(len(prices), np.bool_)
    wanted[hits.row[trigger]] = True
    # only hits of listings with a trigger are looked at further: a quarter of all
    at = np.flatnonzero(wanted[hits.row])
    if len(at) == 0:
        return np.zeros(len(pattern), np.bool_)
    row, field, sentence, pattern = hits.row[at], hits.field[at], hits.sentence[at], pattern[at]
    company = np.zeros(len(prices), np.int64)
    np.bitwise_or.at(company, row, plan.gives[pattern])
    aided = np.zeros(len(prices), np.bool_)
    aided[row[plan.aids[pattern]]] = True
    paired = _paired(row, pattern, plan)
    beside = _in_sentence(row, field, sentence, pattern, plan)

    k = np.flatnonzero(trigger[at])
    row, pattern = row[k], pattern[k]
    has = company[row] | np.where(in_title[at][k], _TITLE_BIT, 0)
    speaks = plan.watched[pattern] | aided[row]
    for needs, near, pair in zip(plan.needs, plan.near, plan.pair, strict=True):
        speaks |= (needs[pattern] & ~has == 0) & (near[pattern] & ~beside[k] == 0) & (paired[k] | ~pair[pattern])
    speaks |= plan.character[pattern] & (has & plan.goods != 0)
    altered = hits.flags[at][k] & ~FOLDED != 0
    price = np.array([_NO_PRICE if value is None else min(max(value, -1), _NO_PRICE) for value in prices], np.int64)
    speaks |= plan.brand[pattern] & (has & plan.fashion != 0) & (altered | (price[row] < plan.floor[pattern]))
    wanted[:] = False
    wanted[row[speaks]] = True
    named = plan.brand[pattern] & (has & plan.fashion != 0) & (price[row] == _NO_PRICE) & ~wanted[row] & (plan.floor[pattern] > 0)
    highest = np.zeros(len(prices), np.int64)  # posts have no column of prices: every one that names a brand comes here
    np.maximum.at(highest, row[named], plan.floor[pattern[named]])
    for number in np.flatnonzero(highest).tolist():
        words = {name: columns[place][number].as_py() or "" for place, name in enumerate(FIELDS)}
        asks = asked(words, prices[number])
        wanted[number] = asks is not None and asks.amount < highest[number]
    dated = at[k[np.flatnonzero(plan.expiry[pattern] & ~wanted[row])]]
    for number in _dated(hits, dated, columns):
        wanted[number] = True
    chosen: NDArray[np.bool_] = wanted[hits.row]
    return chosen


def _dated(hits: Hits, words: NDArray[np.int64], columns: Sequence[pa.Array]) -> Iterator[int]:
    """The rows in which a day stands beside one of these words for an expiry."""
    numbers, beside = hits.row[words].tolist(), []
    read, text = (-1, -1), ""
    for place, number in zip(words.tolist(), numbers, strict=True):
        field = int(hits.field[place])
        if read != (number, field):
            read, text = (number, field), columns[field][number].as_py()
        beside.append(written.beside_expiry(text, int(hits.start[place]), int(hits.end[place])))
    for number, words_beside, may in zip(numbers, beside, signs.signs(pa.array(beside, pa.large_string())), strict=True):
        if may & signs.YEAR and written.is_dated(words_beside):
            yield number


def _innocent(hits: Hits, terms: NDArray[np.int64], plan: _Plan) -> NDArray[np.int64]:
    """Of these hits those that an innocent phrase covers, as far as it begins next to them; ``evidence`` looks for all."""
    masks = np.flatnonzero(plan.mask[hits.pattern] & (hits.flags & ALONE == 0))
    if len(masks) == 0:
        return masks

    def begins(which: NDArray[np.int64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = (hits.row[which].astype(np.int64) << 4 | hits.field[which]) << 32 | hits.start[which]
        return found

    masks = masks[np.argsort(begins(masks), kind="stable")]
    place, starts = begins(terms), begins(masks)
    length = hits.end[terms] - hits.start[terms]
    covered = np.zeros(len(terms), np.bool_)
    after = np.searchsorted(starts, place, side="right")
    for step in (-2, -1, 0):  # the last two that begin before the hit or with it, and the first within it
        which = (after + step).clip(0, len(masks) - 1)
        first = starts[which]
        long = hits.end[masks[which]] - hits.start[masks[which]]
        covered |= (long >= length) & (first < place + length) & (first + long > place)
    return terms[covered]


def _paired(row: NDArray[np.int32], pattern: NDArray[np.int32], plan: _Plan) -> NDArray[np.bool_]:
    """Per hit: does its listing hold two different words of its rule?"""
    rule = plan.rule[pattern]
    number = row.astype(np.int64) << 16 | rule
    paired = np.zeros(len(row), np.bool_)
    k = np.flatnonzero(rule >= 0)
    if len(k):
        words = np.unique(number[k] << 24 | plan.word[pattern[k]]) >> 24
        several = words[1:][words[1:] == words[:-1]]
        paired[k] = np.isin(number[k], several)
    return paired


def _in_sentence(
    row: NDArray[np.int32], field: NDArray[np.int32], sentence: NDArray[np.int32], pattern: NDArray[np.int32], plan: _Plan
) -> NDArray[np.int64]:
    """Per hit that asks for it: the bits that its own sentence gives; of others none."""
    beside = np.zeros(len(row), np.int64)
    gives = plan.gives[pattern] & plan.gives_near
    asks = plan.asks_near[pattern]
    asked = np.zeros(int(row.max()) + 1, np.bool_)
    asked[row[asks]] = True
    k = np.flatnonzero((gives != 0) & asked[row] | asks)
    if len(k):
        place = (row[k].astype(np.int64) << 4 | field[k]) << 32 | sentence[k]
        _, which = np.unique(place, return_inverse=True)
        told = np.zeros(len(k), np.int64)
        np.bitwise_or.at(told, which, gives[k])
        beside[k] = told[which]
    return beside


def _telling(hits: Hits, plan: _Plan) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What can matter, as (place of the hit, its entry): without the negations far from any term, the contexts that nothing in their
    listing asks for and, of contexts told again in a field, those that nobody asks for in their sentence."""
    pattern = hits.pattern
    _, sentence = np.unique((hits.row.astype(np.int64) << 4 | hits.field) << 32 | hits.sentence, return_inverse=True)
    termed = np.zeros(len(pattern), np.bool_)
    termed[sentence[plan.term[pattern]]] = True
    asks = np.zeros(len(pattern), np.int64)
    asking = np.flatnonzero(plan.asks[pattern])
    np.bitwise_or.at(asks, sentence[asking], plan.asks[pattern[asking]])

    place = np.flatnonzero(~plan.negator[pattern] | termed[sentence])
    first, several = plan.first[pattern[place]], np.diff(plan.first)[pattern[place]]
    place = np.repeat(place, several)
    entry = np.arange(len(place)) - np.repeat(np.cumsum(several) - several - first, several)  # the entries of each, one by one
    wanted = _wanted(hits.row, pattern, place, entry, plan)
    place, entry = place[wanted], entry[wanted]
    kept = ~plan.told_again[entry] | (hits.field[place] == CATEGORY) | (plan.beside[entry] & asks[sentence[place]] != 0)
    again = np.flatnonzero(~kept)
    field = hits.row[place[again]].astype(np.int64) << 4 | hits.field[place[again]]
    _, foremost = np.unique(field << 32 | plan.name[entry[again]], return_index=True)
    kept[again[foremost]] = True
    return place[kept], entry[kept]


def _wanted(
    row: NDArray[np.int32], pattern: NDArray[np.int32], place: NDArray[np.int64], entry: NDArray[np.int64], plan: _Plan
) -> NDArray[np.bool_]:
    """Per entry of a hit: not a context that nothing in its listing asks for? ``row`` and ``pattern``: of all hits, listing by listing."""
    begins = np.concatenate([[0], np.flatnonzero(np.diff(row)) + 1])
    asked = np.bitwise_or.reduceat(plan.contexts_asked[pattern], begins, axis=0)
    listing = np.repeat(np.arange(len(begins)), np.diff(np.concatenate([begins, [len(row)]])))
    bit = plan.asked_bit[entry]
    wanted: NDArray[np.bool_] = (bit == 0) | (asked[listing[place], plan.asked_word[entry]] & bit != 0)
    return wanted


def candidates(hits: Hits) -> Iterator[tuple[int, list[Hit]]]:
    """Listings by their row, with those of their hits that matter."""
    if len(hits.row) == 0:
        return
    plan = _plan()
    place, entry = _telling(hits, plan)
    row = hits.row[place]
    columns = (hits.field, hits.start, hits.end, hits.sentence, hits.first_letter, hits.last_letter, hits.flags)
    values = zip(map(plan.entries.__getitem__, entry.tolist()), *(column[place].tolist() for column in columns), repeat(1.0))
    made = list(map(tuple.__new__, repeat(Hit), values))  # a named tuple's own way of making one takes thrice the time
    borders = (np.flatnonzero(np.diff(row)) + 1).tolist()
    for begin, stop in zip([0, *borders], [*borders, len(made)], strict=True):
        yield int(row[begin]), made[begin:stop]


__all__ = ["candidates", "worth_a_look"]
