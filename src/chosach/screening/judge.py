"""What is known of one listing becomes evidence, and evidence a probability."""

from collections.abc import Sequence
from datetime import date

from chosach.screening import facts
from chosach.screening.evidence import DOUBTFUL, Evidence, Reading, from_words
from chosach.screening.lexicon import WATCHED_TIERS, Lexicon


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


def judge(reading: Reading, text: dict[str, str], price: int | None, known: Lexicon, *, on: date, seen: bool) -> list[Evidence]:
    company = _company(reading)
    found = from_words(reading, known.rules, company)
    graded = any(known.rules[e.rule].kind == "counterfeit" and e.rule in _GRADED for e in found)
    found += facts.from_brand(reading, text["title"], price, known, graded)
    if graded:
        found += facts.from_figures(reading, known)
    found += facts.from_characters(reading, text["title"], price, known)
    found += facts.from_formula(reading, text["title"], known)
    found += facts.from_disclaimer(reading, known)
    if "slimming" in company:
        found += facts.from_slimming(text, known)
    if "expiry" in company:
        found += facts.from_expiry(text["title"], on, seen, known)
    if any(e.rule.startswith("conditional.") for e in found) and facts.paper_number(reading, text):
        found = [_lowered(e) if e.rule.startswith("conditional.") else e for e in found]
    if facts.is_a_book(reading):
        found = [e if e.rule.startswith("ip.") else e._replace(probability=e.probability * DOUBTFUL) for e in found]
    return found


_GRADED = frozenset({"counterfeit.grade", "counterfeit.declared"})


def _lowered(evidence: Evidence) -> Evidence:
    """The text shows a paper number."""
    return evidence._replace(probability=evidence.probability * 0.6)


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
