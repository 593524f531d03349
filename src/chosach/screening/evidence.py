"""From the hits of one listing to its evidence: masks, negation, company of words, then facts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
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
from chosach.screening.signs import ANYTHING
from chosach.text.matcher import ALONE, DISGUISED, FOLDED, JOINED, LEETED, MARKED
from chosach.text.spellings import DOUBLED, GAPPED

BEFORE_REACH = 24  #: letters between a negation and the word it denies
AFTER_REACH = 18
POLICY_REACH = 90  #: letters between a word of a shop's terms of sale and what they say of papers and labels
NEAR = 60  #: letters between a word and the company it needs in its sentence
DOUBTFUL = 0.3  #: share that remains where the goods are of a kind that makes a rule doubtful
NEVER = frozenset(["never"])
WITHOUT_MARKS = 0.9  #: of what a word says remains so much where it was read without its marks
LONGEST_WORD = 64  #: letters of the longest negation in the lexicon, and more
_first, _start = attrgetter("first"), attrgetter("start")
LIST_REACH = 10  #: "không bán hàng giả, hàng nhái": a denied word denies its neighbour
#: Words that deny what follows and nothing besides: before a term that is itself a negation they deny something else.
BARE_NEGATIONS = frozenset({"không", "ko", "khong", "hông", "hok", "chưa", "chẳng"})
_NEGATIVE = ("không ", "ko ", "chưa ", "chẳng ", "no ", "miễn ", "khỏi cần ")
#: Rules whose words are mostly used to warn of others.
_WARNED = (
    "expired.declared",
    "counterfeit.declared",
    "origin.",
    "smuggled.evasion",
    "banned.",
    "substandard.",
    "counterfeit.mixed",
    "misleading.disease",
)
#: Rules of papers and labels, which terms of sale and of warranty speak of too.
_PAPERS = ("origin.no_invoice", "origin.no_label", "substandard.", "expired.declared")


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
    #: probability that the writer meant the entry, where it was read without its marks
    meant: float = 1.0


class Evidence(NamedTuple):
    """One reason: a rule that spoke, where it read what, and how far it can be believed."""

    rule: str
    probability: float
    field: str
    start: int
    end: int
    term: str
    #: of a price: (brand, group of goods, price under which such goods are hardly genuine, where one is known)
    against: tuple[str, str, int | None] | None = None


@dataclass(slots=True)
class Reading:
    """The hits of one listing, sorted by the part they play."""

    terms: list[Hit] = field(default_factory=list)
    names: list[Hit] = field(default_factory=list)
    masks: list[Hit] = field(default_factory=list)
    negators: list[Hit] = field(default_factory=list)
    groups: list[Hit] = field(default_factory=list)
    contexts: list[Hit] = field(default_factory=list)
    #: contexts that the text names anywhere
    context: set[str] = field(default_factory=set)
    #: contexts that the title or the category names: what the goods are
    goods_context: set[str] = field(default_factory=set)
    #: contexts that the title names, and where each begins first
    title_context: dict[str, int] = field(default_factory=dict)
    #: what title and description may hold (``signs``), as bits
    signs: tuple[int, int] = (ANYTHING, ANYTHING)
    #: what is sold (``facts.head_group``), once somebody has asked
    head: str | None = None


class _Sentences:
    """Hits by the sentence they stand in, so that a word looks at its neighbours only: a text may hold a hundred thousand hits.

    Put in order when they are first asked for, as most texts never ask.
    """

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._given = hits
        self._hits: dict[tuple[int, int], list[Hit]] = {}
        self._first: dict[tuple[int, int], list[int]] = {}

    def between(self, near: Hit, first: int, last: int) -> Sequence[Hit]:
        """Those of the sentence of ``near`` that begin between these letters, both counted in."""
        if self._given:
            for hit in self._given:
                place = (hit.field, hit.sentence)
                if place in self._hits:
                    self._hits[place].append(hit)
                else:
                    self._hits[place] = [hit]
            self._given = ()
        place = (near.field, near.sentence)
        found = self._hits.get(place)
        if found is None:
            return ()
        begins = self._first.get(place)
        if begins is None:
            found.sort(key=_first)
            begins = self._first[place] = list(map(_first, found))
        return found[bisect_left(begins, first) : bisect_right(begins, last)]


class _Masks:
    """Innocent phrases by their place in the field."""

    def __init__(self, masks: Iterable[Hit]) -> None:
        self._masks: dict[int, list[Hit]] = {}
        for mask in masks:
            self._masks.setdefault(mask.field, []).append(mask)
        self._start: dict[int, list[int]] = {}
        self._longest: dict[int, int] = {}

    def cover(self, hit: Hit) -> bool:
        """Does one at least as long lie over the hit?"""
        masks = self._masks.get(hit.field)
        if masks is None:
            return False
        starts = self._start.get(hit.field)
        if starts is None:
            masks.sort(key=_start)
            starts = self._start[hit.field] = list(map(_start, masks))
            self._longest[hit.field] = max(mask.end - mask.start for mask in masks)
        begin = bisect_right(starts, hit.start - self._longest[hit.field])
        for mask in masks[begin : bisect_left(starts, hit.end)]:
            if hit.start < mask.end and mask.end - mask.start >= hit.end - hit.start:
                return True
        return False


def read(hits: Iterable[Hit]) -> Reading:
    reading = Reading()
    places = {
        TERM: reading.terms,
        NAME: reading.names,
        MASK: reading.masks,
        NEGATOR: reading.negators,
        GROUP: reading.groups,
    }
    for hit in hits:
        entry = hit.entry
        if entry.part == CONTEXT:
            reading.contexts.append(hit)
            reading.context.add(entry.name)
            if hit.field != DESCRIPTION:
                reading.goods_context.add(entry.name)
            if hit.field == TITLE:
                reading.title_context[entry.name] = min(hit.start, reading.title_context.get(entry.name, hit.start))
        elif entry.part != MASK or not hit.flags & ALONE:  # nobody hides an innocent phrase: a hidden "bang gia" is no price list
            places[entry.part].append(hit)
    if reading.names:
        other_trade = _Masks(mask for mask in reading.masks if mask.entry.name == "brand")
        reading.names = [hit for hit in _longest(reading.names) if not other_trade.cover(hit)]
    return reading


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Without those that lie inside a longer one of the same kind, or repeat it. One word of two rules is kept for both: which of them
    speaks, what stands beside it decides."""
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit] = []
    reached: dict[tuple[int, str], list[Hit]] = {}
    for hit in sorted(hits, key=lambda h: (h.field, h.start, -h.end, h.flags)):
        place = (hit.field, hit.entry.head)
        last = reached.get(place, [])
        if last and last[0].end >= hit.end:
            if (hit.start, hit.end, hit.flags) != (last[0].start, last[0].end, last[0].flags) or hit.entry.part != TERM:
                continue
            if any(hit.entry.rule == other.entry.rule for other in last):
                continue
            last.append(hit)
        else:
            reached[place] = [hit]
        kept.append(hit)
    return kept


def _denied(hit: Hit, negators: _Sentences, negative: Hit | None) -> bool:
    """``negative``: the last of the words before that are themselves a negation."""
    for negator in negators.between(hit, hit.first - max(BEFORE_REACH, POLICY_REACH) - LONGEST_WORD, hit.last + POLICY_REACH):
        kind = negator.entry.name
        if negative is not None and _within(negator, negative) and hit.entry.rule == negative.entry.rule:
            continue  # "không cần hồ sơ, bao check": what is not needed is told to its end
        warned = hit.entry.rule.startswith(_WARNED)
        if (kind == "warn" and not warned) or (kind == "policy" and not hit.entry.rule.startswith(_PAPERS)):
            continue
        if kind not in ("warn", "policy") and hit.entry.negatable == "warn":
            continue
        if negator.entry.text in BARE_NEGATIONS and hit.entry.text.startswith(_NEGATIVE):
            continue  # "không lỗi, không hóa đơn": two of a list, not the one of the other
        before, after = hit.first - negator.last, negator.first - hit.last
        if kind == "policy":
            if 0 <= before <= POLICY_REACH or 0 <= after <= POLICY_REACH:
                return True
        elif kind == "after":
            if 0 <= after <= AFTER_REACH:
                return True
        elif 0 <= before <= BEFORE_REACH:
            return True
    return False


def _within(inner: Hit, outer: Hit) -> bool:
    return inner.field == outer.field and outer.first <= inner.first and inner.last <= outer.last


def affirmed(reading: Reading) -> list[Hit]:
    """The suspicious words that are neither innocent phrases nor denied."""
    kept: list[Hit] = []
    denied: list[Hit] = []
    masks = _Masks(reading.masks)
    negative: Hit | None = None
    negators = _Sentences(reading.negators)
    for hit in _longest(reading.terms):
        if masks.cover(hit):
            continue
        if hit.entry.negatable != "no":
            listed = denied and any(
                d.field == hit.field and d.sentence == hit.sentence and 0 <= hit.first - d.last <= LIST_REACH for d in denied[-2:]
            )
            if listed or _denied(hit, negators, negative):
                denied.append(hit)
                continue
        if hit.entry.text.startswith(_NEGATIVE):
            negative = hit
        kept.append(hit)
    return kept


def _near(hit: Hit, contexts: _Sentences, name: str, negatives: Sequence[Hit]) -> bool:
    """Does a word of this context stand in the same sentence, not far from the hit, and not within it? No term is its own company, and what
    a term of the rule says there is none of ("bao check, không cần giấy tờ") is nobody's. ``negatives``: such terms."""
    return any(
        other.entry.name == name
        and other.last - hit.first <= NEAR
        and not (hit.first <= other.first and other.last <= hit.last)
        and not any(hit.entry.rule == one.entry.rule and _within(other, one) for one in negatives)
        for other in contexts.between(hit, hit.last - NEAR, hit.first + NEAR)
    )


def _satisfied(hit: Hit, contexts: _Sentences, company: set[str], pairs: dict[str, set[str]], negatives: Sequence[Hit]) -> bool:
    if not hit.entry.needs:
        return True
    for together in hit.entry.needs:
        for name in together:
            if name == "pair":
                there = len(pairs.get(hit.entry.rule, set()) | {hit.entry.text}) > 1
            elif name == "title":
                there = hit.field == TITLE
            elif name.startswith("~"):
                there = name[1:] in company and _near(hit, contexts, name[1:], negatives)
            else:
                there = name in company
            if not there:
                break
        else:
            return True
    return False


def from_words(reading: Reading, rules: Mapping[str, Rule], company: set[str]) -> list[Evidence]:
    """What the words alone say."""
    hits = affirmed(reading)
    pairs: dict[str, set[str]] = {}
    for hit in hits:
        if NEVER not in hit.entry.needs:
            pairs.setdefault(hit.entry.rule, set()).add(hit.entry.text)
    contexts = _Sentences(reading.contexts)
    negatives = [hit for hit in hits if hit.entry.text.startswith(_NEGATIVE)]
    said: dict[tuple[str, int, int, int], Evidence] = {}
    for hit in hits:
        if _satisfied(hit, contexts, company, pairs, negatives):
            place, told = (hit.entry.head, hit.field, hit.start, hit.end), _weighed(hit, rules[hit.entry.rule], reading)
            if place not in said or said[place].probability < told.probability:  # one word speaks once, for the rule where it says most
                said[place] = told
    return list(said.values())


def _weighed(hit: Hit, rule: Rule, reading: Reading) -> Evidence:
    probability = hit.entry.worth(rule)
    if hit.field != TITLE:
        probability *= rule.body
    if hit.flags & FOLDED:
        probability *= 1.0 if hit.flags & ALONE else WITHOUT_MARKS * hit.meant
    if hit.flags & DISGUISED:
        probability = min(0.95, probability * 1.15)
    if not rule.unless.isdisjoint(reading.goods_context) or (rule.ahead and _ahead(hit, rule.ahead, reading)):
        probability *= DOUBTFUL
    return Evidence(rule.id, probability, FIELDS[hit.field], hit.start, hit.end, hit.entry.text)


def _ahead(hit: Hit, names: frozenset[str], reading: Reading) -> bool:
    """Does the title name one of these contexts before the word? Of a word in the description: anywhere."""
    named = [reading.title_context[name] for name in names if name in reading.title_context]
    return bool(named) and (hit.field != TITLE or min(named) < hit.start)


def parted(hit: Hit, written: str) -> bool:
    """Does a bracket that closes within the words, and did not open there, part them: "(da trắng) - da sáng" holds no *trắng da*? One that
    opens goes on about what stands before it, and who writes brackets into a word hides it. ``written``: the field."""
    if hit.flags & DISGUISED:
        return False
    words = written[hit.start : hit.end]
    return (")" in words and "(" not in words) or ("]" in words and "[" not in words)


#: Behind words that are asked about or refused: "Hàng nhái? Không!", "bằng lái giả không nhận". The sentence ends there, for who takes
#: nothing *back* ("không nhận đổi trả") has said what the goods are.
_REFUSED = re.compile(
    r"\s*\?+!?\s*[-–:]?\s*(?:dạ,?\s+|tuyệt đối\s+|hoàn toàn\s+|nói\s+)?(?:không|ko|khong)"
    r"(?:\s+(?:nhé|nha|ạ|hề|đâu|bao giờ))?\s*(?:[.,!;…\n–—-]|$)|"
    r",?\s*(?:(?:thì|là|shop|em|bên em|mình)\s+)?(?:không|ko|khong|miễn)\s+(?:nhận|tiếp|thuê|cho thuê|chấp nhận|giao dịch)"
    r"(?:\s+(?:nhé|nha|ạ))?\s*(?:[.,!;…)\n–—-]|$)",
    re.IGNORECASE,
)


def refused(hit: Hit, written: str) -> bool:
    """Does what follows refuse what the words name? Of words that are themselves a negation ("không hóa đơn? Không sao") it says nothing.
    ``written``: the field."""
    return not hit.entry.text.startswith(_NEGATIVE) and _REFUSED.match(written, hit.end) is not None


def altered(hit: Hit) -> bool:
    """A name broken by signs, digits or marks inside it: not merely written in fancy letters, hyphens apart."""
    return bool(hit.flags & (JOINED | LEETED | MARKED | DOUBLED | GAPPED))
