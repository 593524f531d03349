"""What is known of one listing becomes evidence, and evidence a probability."""

from collections.abc import Sequence
from datetime import date

from chosach.screening import channels, facts, senses, written
from chosach.screening.asked import asked
from chosach.screening.evidence import DOUBTFUL, Evidence, Reading, from_words, parted, refused
from chosach.screening.lexicon import FIELDS, WATCHED_TIERS, Lexicon
from chosach.screening.meaning import settled
from chosach.screening.prices import PriceTable


def _company(reading: Reading) -> set[str]:
    """What else the text is about: the names by which terms ask for company."""
    company = set(reading.context)
    groups = {hit.entry.name for hit in reading.groups}
    copied = WATCHED_TIERS - {"character"}
    if any(hit.entry.rule in copied for hit in reading.names):
        company.add("brand")
    if groups & facts.FASHION:
        company.add("fashion")
    return company | groups


def judge(
    reading: Reading, text: dict[str, str], price: int | None, known: Lexicon, prices: PriceTable, *, on: date, seen: bool
) -> list[Evidence]:
    reading.terms = [
        hit
        for hit in settled(reading.terms, text)
        if not parted(hit, text[FIELDS[hit.field]]) and not refused(hit, text[FIELDS[hit.field]])
    ]
    company = _company(reading)
    found = from_words(reading, known.rules, company)
    asking = asked(text, price) if reading.names else None
    found += facts.from_formula(reading, text, known)
    found += facts.from_disclaimer(reading, known)
    if "slimming" in company:
        found += facts.from_slimming(text, known)
    if "sickness" in company:
        found += facts.from_sickness(text, known)
    if "expiry" in company:
        found += written.from_expiry(reading, text, on, seen, known)
    if "barcode" in company:
        found += written.from_barcode(reading, text, known)
    if "genuine" in company:
        found += written.from_genuine(reading, text, asking, known, prices)
    # a grade that is dropped in the end, beside all that is said, makes no copy here either
    graded = any(e.rule in facts.COPIED for e in found) and any(
        e.probability >= _LEAST_GRADE for e in senses.weighed(found, reading, text, company) if e.rule in facts.COPIED
    )
    found += facts.from_brand(reading, text["title"], asking, known, graded)
    if graded:
        found += facts.from_described_brand(reading, found, text["description"], known)
        found += facts.from_figures(reading, known)
    found += facts.from_characters(reading, text["title"], asking, known)
    found = senses.weighed(found, reading, text, company)
    found += channels.from_category(reading, text, known)
    found += channels.from_channel(text, found, on, known)
    if any(e.rule.startswith(_LICENSED) for e in found):
        if written.shows_a_paper(reading, text):
            found = [*(e for e in found if not e.rule.startswith(_LICENSED)), *_papered(found)]
        elif any(e.rule.startswith("conditional.") for e in found):
            found += written.from_odd_papers(reading, text, known)
    if any(e.rule in _IMPORTED for e in found) and not any(e.rule in _NO_PAPERS for e in found) and written.states_import(text):
        found = [*(e for e in found if e.rule not in _IMPORTED), *_lowered([e for e in found if e.rule in _IMPORTED], _MOST_IMPORTED)]
    if facts.is_a_book(reading):
        found = [e if e.rule.startswith("ip.") else e._replace(probability=e.probability * DOUBTFUL) for e in found]
    return _of_the_day(found, on, known)


def _of_the_day(found: Sequence[Evidence], on: date, known: Lexicon) -> list[Evidence]:
    """What goods were before they were banned, for a listing of before: the rule that spoke then, in its own measure."""

    def told(e: Evidence) -> Evidence:
        rule = known.rules[e.rule]
        if rule.since is None or on >= rule.since:
            return e
        before = known.rules[rule.earlier]
        return e._replace(rule=before.id, probability=e.probability * before.strong / rule.strong)

    return [told(e) for e in found]


_LEAST_GRADE = 0.11  #: a word that hardly grades where it stands makes no copy of what bears a name


#: Kinds of goods that may be sold with a paper, by the first part of their rules.
_LICENSED = ("conditional.", "restricted.")
_PAPERED = 0.6  #: share that remains where the text shows a paper number of valid shape
_WORDS_PAPERED = 3  #: so many different words count, the strongest
_MOST_PAPERED = 0.25  #: and the most that is then said of such goods before it is made a probability, however many words speak of them


#: Rules of goods from abroad that papers of import clear. Who says that duties were evaded, or that there is no paper, has none.
_IMPORTED = frozenset(
    {"smuggled.handcarried", "smuggled.domestic_market", "smuggled.border", "smuggled.used_goods", "smuggled.tobacco_alcohol"}
)
_NO_PAPERS = frozenset({"smuggled.evasion", "origin.no_invoice", "origin.no_label", "origin.paper_trade", "origin.invoice_trade"})
_MOST_IMPORTED = 0.4  #: and the most that is then said of smuggling: papers that are named, not shown


def _papered(found: Sequence[Evidence]) -> list[Evidence]:
    """What is said of goods that need a paper, where the text shows the number of one."""
    return [e for prefix in _LICENSED for e in _lowered([e for e in found if e.rule.startswith(prefix)], _MOST_PAPERED)]


def _lowered(kind: Sequence[Evidence], most: float) -> list[Evidence]:
    """The strongest words of a kind for less, together for ``most`` at most."""
    kind = sorted(kind, key=lambda e: -e.probability)
    words = list(dict.fromkeys((e.rule, e.term) for e in kind))[:_WORDS_PAPERED]
    kind = [e._replace(probability=e.probability * _PAPERED) for e in kind if (e.rule, e.term) in words]
    while kind and combined(kind) > most:  # ends: what so few words add by their number alone is less
        kind = [e._replace(probability=e.probability * 0.9) for e in kind]
    return kind


def combined(evidence: Sequence[Evidence]) -> float:
    """Within a rule the strongest word counts; different rules add up as independent."""
    best: dict[str, float] = {}
    for e in evidence:
        best[e.rule] = max(best.get(e.rule, 0.0), e.probability)
    missed = 1.0
    for probability in best.values():
        missed *= 1.0 - probability
    extra = min(4, len({(e.rule, e.term) for e in evidence}) - len(best))
    return min(0.99, 1.0 - missed * 0.93**extra)
