"""The lexicon, compiled once: every word the screener knows, with the part it plays."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chosach.screening.data import rows
from chosach.text import kept
from chosach.text.matcher import Matcher, Pattern

#: Columns that are read for words; bit n of a pattern's mask is the n-th.
FIELDS = ("title", "description", "category", "brand")
TITLE, DESCRIPTION, CATEGORY, BRAND = range(4)
_TEXT = 1 << TITLE | 1 << DESCRIPTION
_GOODS = 1 << TITLE | 1 << CATEGORY

#: Contexts that make a text worth a closer look without any term: dates and promises are read by ``facts``.
WATCHED = frozenset({"expiry", "slimming", "barcode", "sickness"})

#: Contexts by which a category says what is sold: the rule follows.
SOLD_AS = "as:"

#: Tiers whose names make a text worth a closer look: copies of them are common. Others are known for prices and holders only.
WATCHED_TIERS = frozenset({"luxury", "watch", "sport", "street", "casual", "character"})

#: Letters of a term that is also looked for without its blanks: shorter ones would be found within other words, and each spelling
#: makes the automaton larger, a larger one slower; so of long ones only the strong, and of those not the longest.
SHORTEST_JOINED, LONGEST_WEAK_JOINED, LONGEST_JOINED = 7, 9, 14

TERM, NAME, MASK, NEGATOR, GROUP, CONTEXT = range(6)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is worth and how it speaks. ``strong``, ``medium``, ``weak``: probability of a word of that strength where it
    stands alone; ``body``: share of it that remains when the words stand in the description only; ``unless``: contexts of the
    goods that make it doubtful; ``ahead``: those that do so only where the title names them before the word (an adapter for the
    machine, not the machine with an adapter); ``since``: the day from which the goods are of this kind, and before it ``earlier`` is the
    rule that speaks."""

    id: str
    kind: str
    strong: float
    medium: float
    weak: float
    body: float
    unless: frozenset[str]
    ahead: frozenset[str]
    label: str
    sentence: str
    clears: tuple[str, ...]
    since: date | None
    earlier: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling and the part it plays.

    TERM: ``rule``, ``strength`` (strong, medium, weak), ``needs`` (alternatives of conjunctions of context names; with ``~`` in the
    same sentence), ``fold``, ``negatable`` (yes, no, or only by words of warning), ``where`` (bit mask of fields).
    NAME: a brand or character, ``name`` its proper spelling, ``rule`` its tier. Others: ``name`` is the context, group or class.
    """

    text: str
    part: int
    name: str
    rule: str = ""
    strength: str = "weak"
    needs: tuple[frozenset[str], ...] = ()
    fold: str = "yes"
    negatable: str = "yes"
    where: int = _TEXT
    #: what the rule begins with: of a term its kind
    head: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "head", self.rule.partition(".")[0])

    @property
    def strong(self) -> bool:
        return self.strength == "strong"

    def worth(self, rule: Rule) -> float:
        """What the rule gives a word of this strength."""
        return rule.strong if self.strength == "strong" else rule.medium if self.strength == "medium" else rule.weak


@dataclass(frozen=True, slots=True)
class Lexicon:
    rules: dict[str, Rule]
    entries: tuple[Entry, ...]
    matcher: Matcher
    #: per pattern of the matcher the entries that it reads: several where one word gives several contexts
    read_as: tuple[tuple[Entry, ...], ...]
    #: per pattern: may it by itself make a text worth a closer look
    triggers: NDArray[np.bool_]
    #: per pattern: a brand or character; these count in titles only
    names: NDArray[np.bool_]
    #: (tier, group) -> price in VND under which goods of that tier are hardly genuine
    floors: dict[tuple[str, str], int]


def _rules() -> dict[str, Rule]:
    return {
        row["rule"]: Rule(
            row["rule"],
            row["kind"],
            float(row["strong"]),
            float(row["medium"]),
            float(row["weak"]),
            float(row["body"]),
            frozenset(name for name in row["unless"].split("|") if name and name[0] != "<"),
            frozenset(name[1:] for name in row["unless"].split("|") if name[:1] == "<"),
            row["label"],
            row["sentence"],
            tuple(row["clears"].split("|")),
            date.fromisoformat(row["since"]) if row["since"] else None,
            row["earlier"],
        )
        for row in rows("rules.csv")
    }


def _needs(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(part.split("&")) for part in text.split("|")) if text else ()


def _term_entries() -> list[Entry]:
    return [
        Entry(
            row["term"],
            TERM,
            row["term"],
            rule=row["rule"],
            strength=row["strength"],
            needs=_needs(row["needs"]),
            fold=row["fold"],
            negatable=row["negatable"],
            where=1 << TITLE if row["where"] == "title" else _TEXT,
        )
        for row in rows("terms.csv")
    ]


def _name_entries() -> list[Entry]:
    found = []
    for row in rows("brands.csv"):
        alone = [] if row["common"] else [row["brand"]]  # a common word is a name only in the spellings that make it clear
        for spelling in [*alone, *filter(None, row["spellings"].split("|"))]:
            found.append(Entry(spelling, NAME, row["brand"], rule=row["tier"]))
    return found


def _word_entries() -> list[Entry]:
    parts = {"mask": MASK, "negator": NEGATOR, "group": GROUP, "context": CONTEXT}
    return [Entry(row["term"], parts[row["role"]], row["name"]) for row in rows("words.csv")]


def _pattern(entry: Entry, goods_only: frozenset[tuple[str, str]]) -> Pattern:
    plain = entry.text.isascii()
    letters = sum(char.isalnum() for char in entry.text)
    long = letters >= SHORTEST_JOINED
    hidden = entry.rule in WATCHED_TIERS if entry.part == NAME else not _says_nothing(entry)
    if entry.part == TERM:
        by_context = " " in entry.text and not _says_nothing(entry)
        joined = long and letters <= (LONGEST_JOINED if entry.strong else LONGEST_WEAK_JOINED)
        return Pattern(
            entry.text,
            any_marks=plain and long,
            needs_marks=_needs_marks(entry),
            by_context=by_context,
            compact=joined,
            fields=entry.where,
            hidden=hidden,
        )
    if entry.part == NAME:
        foreign = plain and max(map(len, entry.text.split())) > 3  # "Ben 10" must not be read in "độ bền 10 năm"
        return Pattern(entry.text, any_marks=foreign, compact=long, fields=_TEXT | 1 << BRAND, hidden=hidden)
    if (entry.text, entry.name) in goods_only:
        return Pattern(entry.text, needs_marks=_needs_marks(entry), fields=_GOODS, hidden=False)
    return Pattern(entry.text, needs_marks=_needs_marks(entry), fields=_TEXT, hidden=False)


def _says_nothing(entry: Entry) -> bool:
    return frozenset(["never"]) in entry.needs


def _needs_marks(entry: Entry) -> bool:
    """Single syllables have too many readings without marks: only the words for goods may be read so. Of terms the words around
    decide (``meaning``); those that say nothing by themselves are not worth the question."""
    if entry.part == TERM:
        return entry.fold == "no" and _says_nothing(entry)
    return entry.part not in (NAME, GROUP) and " " not in entry.text


def _triggers(entry: Entry) -> bool:
    return (
        (entry.part == NAME and entry.rule in WATCHED_TIERS)
        or (entry.part == TERM and not _says_nothing(entry))
        or entry.name in WATCHED
        or entry.name.startswith(SOLD_AS)
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    rules = _rules()
    entries = (*_term_entries(), *_name_entries(), *_word_entries())
    for entry in entries:
        if entry.part == TERM and entry.rule not in rules:
            raise ValueError(f"terms.csv: unknown rule {entry.rule!r} of {entry.text!r}")
    goods = frozenset((row["term"], row["name"]) for row in rows("words.csv") if row["where"] == "goods")
    read: dict[tuple[Pattern, int], list[Entry]] = {}
    for number, entry in enumerate(entries):
        read.setdefault((_pattern(entry, goods), -1 if entry.part == CONTEXT else number), []).append(entry)
    return Lexicon(
        rules=rules,
        entries=entries,
        matcher=kept.matcher([pattern for pattern, _ in read], lines=1 << DESCRIPTION),
        read_as=tuple(map(tuple, read.values())),
        triggers=np.array([any(map(_triggers, found)) for found in read.values()], np.bool_),
        names=np.array([found[0].part == NAME for found in read.values()], np.bool_),
        floors={(row["tier"], row["group"]): int(row["floor"]) for row in rows("floors.csv")},
    )
